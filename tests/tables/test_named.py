"""Which one measure a file names, where options describe a scale without naming it."""

from pathlib import Path

import pytest

from midcourse.tables.named import only_measure


def written(folder: Path, text: str) -> Path:
    path = folder / "scores.csv"
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("client_id,measure,session,score\na,mystery,1,5\na,mystery,2,4\n", "mystery"),
        ("client_id,measure,session,score\na,phq9,1,5\na,gad7,1,4\n", None),
        ("client_id,measure,session,score\na,phq9,1,5\na,,1,4\n", "phq9"),
        ("client_id,Instrument,session,score\na, phq9 ,1,5\nb\n", "phq9"),
        ("client_id,session,score\na,1,5\n", None),
        ("", None),
    ],
)
def test_a_measure_is_named_where_the_column_holds_only_one(
    tmp_path: Path, text: str, name: str | None
) -> None:
    assert only_measure(written(tmp_path, text)) == name


def test_a_mapped_column_is_looked_at_instead(tmp_path: Path) -> None:
    path = written(tmp_path, "client_id,what,session,score\na,mystery,1,5\n")
    assert only_measure(path) is None
    assert only_measure(path, {"measure": "what"}) == "mystery"
    assert only_measure(path, {"measure": "nothing"}) is None
