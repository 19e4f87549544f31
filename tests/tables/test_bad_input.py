"""Every kind of problem, with its line and its mend, and all of them at once."""

import pytest

from midcourse.measures import Scale
from midcourse.tables import KINDS, bad_input_table, problem, read_table

HEADER = "client,session,measure,score\n"

# One small file for each kind: its text, and the line the problem must name.
REFUSED = {
    "empty-file": (HEADER, 1),
    "same-column-twice": ("client,session,score,measure,score\nA,1,2,phq9,2\n", 1),
    "no-client-column": ("session,measure,score\n1,phq9,2\n", 1),
    "no-score-column": ("client,session\nA,1\n", 1),
    "no-time-column": ("client,measure,score\nA,phq9,2\n", 1),
    "no-measure": ("client,session,score\nA,1,2\n", None),
    "unclear-columns": ("client,phq9_1,phq9_2\nA,1,2\n", 1),
    "unknown-measure": (HEADER + "A,1,phq9,2\nA,1,phq99,2\n", 3),
    "unknown-time-unit": ("client,time,time_unit,phq9\nA,1,moon,2\n", 2),
    "missing-id": (HEADER + "A,1,phq9,2\n,2,phq9,2\n", 3),
    "ambiguous-dates": ("client,date,phq9\nA,01/02/2024,2\n", 2),
    "nothing-usable": (HEADER + "A,1,phq9,\n", None),
    "unreadable-file": (HEADER + 'A,1,phq9,2\nA,2,"ph"q9,2\n', 3),
}
SET_ASIDE = {
    "not-a-number": (HEADER + "A,1,phq9,2\nA,2,phq9,high\n", 3),
    "out-of-range": (HEADER + "A,1,phq9,2\nA,2,phq9,-1\n", 3),
    "not-whole": (HEADER + "A,1,phq9,2\nA,2,phq9,2.5\n", 3),
    "repeated": (HEADER + "A,1,phq9,2\nA,2,phq9,3\nA,2,phq9,4\n", 3),
    "item-answer": ("client,session,gad2_1,gad2_q2,phq9\nA,1,1,1,2\nA,2,1,7,2\n", 3),
    "too-few-items": ("client,session,gad2_q1,gad2_q2,phq9\nA,1,1,1,2\nA,2,1,,2\n", 3),
    "row-without-measure": (HEADER + "A,1,phq9,2\nA,2,,2\n", 3),
    "row-shape": (HEADER + "A,1,phq9,2\nA,2,phq9,1,5\n", 3),
    "no-time": (HEADER + "A,1,phq9,2\nA,,phq9,2\n", 3),
    "not-a-time": (HEADER + "A,1,phq9,2\nA,later,phq9,2\n", 3),
    "not-a-date": ("client,date,phq9\nA,2024-01-01,2\nA,2024-13-01,2\n", 3),
}
# These have tests of their own, in the file named.
ELSEWHERE = {
    "unknown-format": "test_formats",
    "missing-extra": "test_formats",
    "wrong-encoding": "test_encodings",
    "no-such-column": "test_columns",
    "no-such-role": "test_columns",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_makes_a_file_unclear_is_refused_with_its_line_and_mend(kind, table, refused):
    text, line = REFUSED[kind]
    (found,) = refused(table(text))
    assert (found.kind, found.severity, found.file, found.line) == (kind, "refuse", "scores.csv", line)
    assert found.what.endswith((".", "?"))
    assert found.mend.endswith((".", "worse."))


@pytest.mark.parametrize("kind", SET_ASIDE)
def test_a_single_bad_row_is_set_aside_with_its_line_and_mend_and_the_rest_is_read(kind, table):
    text, line = SET_ASIDE[kind]
    text = text.replace("gad2_1", "gad2_q1")
    reading = read_table(table(text))
    (found,) = reading.problems
    assert (found.kind, found.severity, found.file, found.line) == (kind, "set aside", "scores.csv", line)
    assert found.mend == KINDS[kind].mend
    assert reading.counts.used >= 1
    assert reading.counts.by_kind == {kind: 1}


@pytest.mark.parametrize("kind", SET_ASIDE)
def test_strict_refuses_what_would_be_set_aside(kind, table, refused):
    text, line = SET_ASIDE[kind]
    (found,) = refused(table(text.replace("gad2_1", "gad2_q1")), strict=True)
    assert (found.kind, found.severity, found.line) == (kind, "refuse", line)


def test_every_kind_of_problem_has_a_test():
    assert {*REFUSED, *SET_ASIDE, *ELSEWHERE} == set(KINDS)
    assert all(KINDS[kind].severity == "refuse" for kind in (*REFUSED, *ELSEWHERE))
    assert all(KINDS[kind].severity == "set aside" for kind in SET_ASIDE)


def test_the_table_in_the_documentation_is_the_table_in_the_code(root):
    assert bad_input_table() in (root / "docs/reference/bad-input.md").read_text("utf-8")


def test_all_problems_are_said_at_once_and_refused_ones_first(table, refused):
    text = (
        "client,date,measure,score\nA,01/02/2024,phq9,99\nA,02/03/2024,hopee,5\n"
        ",03/02/2024,phq9,5\nA,03/02/2024,phq9,x\nA,03/02/2024,mood,1\n"
    )
    problems = refused(table(text))
    assert [(p.kind, p.line) for p in problems] == [
        ("ambiguous-dates", 2),
        ("unknown-measure", 3),
        ("missing-id", 4),
        ("unknown-measure", 6),
        ("out-of-range", 2),
        ("not-a-number", 5),
    ]


def test_a_problem_reads_as_file_line_column_what_and_mend(table):
    (found,) = read_table(table(HEADER + "A,1,phq9,2\nA,2,phq9,99\n")).problems
    assert str(found) == (
        "scores.csv, line 3, column score: 99 is outside PHQ-9's range, 0 to 27. "
        "Check it against the questionnaire; leave the cell empty where a code means missing."
    )


def test_an_unknown_measure_names_near_ones_and_the_flags_of_a_bare_scale(table, refused):
    (found,) = refused(table(HEADER + "A,1,phq-99,2\n"))
    assert "no measure is called 'phq-99'; did you mean phq-9" in found.what
    assert found.column == "measure"
    for flag in ("--min", "--max", "--direction", "--measure"):
        assert flag in found.mend
    (found,) = refused(table(HEADER + "A,1,qqqqq,2\n"))
    assert found.what == "no measure is called 'qqqqq'."


def test_a_near_miss_of_the_callers_own_scale_is_named_too(table, refused):
    (found,) = refused(table(HEADER + "A,1,moood,2\n"), scale=Scale("mood", "Mood", 0, 9))
    assert "mood" in found.what.partition("did you mean")[2]


def test_a_questionnaire_without_a_total_cannot_be_followed(table, refused):
    (found,) = refused(table(HEADER + "A,1,midcourse-check-in,2\n"))
    assert "has no total, so no course can be followed on it" in found.what


def test_an_unknown_measure_asked_for_is_refused(table, refused):
    (found,) = refused(table(HEADER + "A,1,phq9,2\n"), measure="phq9,nope")
    assert (found.kind, found.line) == ("unknown-measure", None)


def test_a_row_without_a_score_needs_neither_id_nor_measure(table):
    assert read_table(table(HEADER + "A,1,phq9,2\n,2,,\n")).problems == ()


def test_exact_repeats_count_once_and_are_no_problem_even_when_strict(table):
    reading = read_table(table(HEADER + "A,1,phq9,2\nA,1,phq9,2\nA,1,phq9,2.0\n"), strict=True)
    c = reading.counts
    assert (c.used, c.repeated_days, c.exact_repeats, reading.problems) == (1, 1, 2, ())


def test_different_scores_at_one_time_are_all_left_out_and_named_in_one_problem(table):
    text = "client,date,measure,score\nA,2024-01-01,phq9,5\n" + "".join(
        f"A,2024-01-08,phq9,{n}\n" for n in (2, 3, 2)
    )
    reading = read_table(table(text))
    (found,) = reading.problems
    assert found.what == (
        "client A has different PHQ-9 scores on 2024-01-08: 2 (line 3) and 3 (line 4) and 2 (line 5)."
    )
    assert (reading.counts.set_aside, reading.counts.repeated_days) == (3, 1)


def test_the_same_time_in_another_episode_or_on_another_measure_is_no_repeat(table):
    text = "client,episode,session,measure,score\nA,1,1,phq9,2\nA,2,1,phq9,3\nA,1,1,gad7,3\n"
    assert read_table(table(text)).counts.repeated_days == 0


def test_allow_keeps_what_can_be_used_and_says_so(table):
    text = HEADER + "A,1,phq9,2.5\nA,2,phq9,30\nA,3,phq9,1\nA,3,phq9,4\nA,3,phq9,4\nA,4,phq9,x\n"
    reading = read_table(table(text), allow=True)
    assert [score.value for score in reading.episodes[0].scores] == [2.5, 30, 3]
    assert [p.kind for p in reading.problems] == ["not-a-number"]
    assert reading.counts.kept == {"not-whole": 1, "out-of-range": 1, "repeated": 1}
    assert (reading.counts.averaged, reading.counts.set_aside) == (2, 1)
    assert "Scores different at one time: their mean is used, as asked: 1." in reading.notes


def test_one_score_can_have_two_problems_and_is_set_aside_once(table):
    reading = read_table(table(HEADER + "A,1,phq9,-0.5\nA,2,phq9,3\n"))
    assert reading.counts.by_kind == {"out-of-range": 1, "not-whole": 1}
    assert reading.counts.set_aside == 1


@pytest.mark.parametrize("text", ["1_0", "inf", "1e999", "٣", "1,5", "0x1", "+"])
def test_what_python_or_a_spreadsheet_would_take_for_a_number_is_not_always_one(text, table):
    (found,) = read_table(table(HEADER + f'A,1,phq9,2\nA,2,phq9,"{text}"\n')).problems
    assert found.kind == "not-a-number"


def test_a_score_that_closes_the_rest_of_its_items_contradicts_them(table):
    names = ",".join(f"pc-ptsd-5_q{n}" for n in range(1, 7))
    reading = read_table(table(f"client,session,phq9,{names}\nA,1,3,0,1,1,1,1,1\n"))
    (found,) = reading.problems
    assert (found.kind, found.line) == ("item-answer", 2)


def test_an_item_answer_is_named_by_its_own_column(table):
    (found,) = read_table(table("client,session,gad2_q1,gad2_q2,phq9\nA,1,1,x,2\n")).problems
    assert (found.column, found.what) == ("gad2_q2", "'x' is not an answer: 0, 1, 2, 3.")


def test_beyond_a_limit_problems_are_only_counted_and_this_is_said(table, monkeypatch):
    monkeypatch.setattr(problem, "LISTED_PER_KIND", 3)
    monkeypatch.setattr("midcourse.tables.notes.LISTED_PER_KIND", 3)
    rows = "".join(f"A,{n},phq9,99\n" for n in range(2, 10))
    reading = read_table(table(HEADER + "A,1,phq9,2\n" + rows))
    assert len(reading.problems) == 3
    assert reading.counts.by_kind["out-of-range"] == reading.counts.set_aside == 8
    assert "More problems of kind out-of-range, not listed: 5." in reading.notes


def test_many_different_scores_are_not_all_remembered(table, monkeypatch):
    monkeypatch.setattr("midcourse.tables.judge.REMEMBERED", 2)
    rows = "".join(f"A,{n},phq9,{n}\n" for n in range(1, 10))
    assert read_table(table(HEADER + rows)).counts.used == 9


def test_a_file_that_is_not_there_is_refused(tmp_path, refused):
    (found,) = refused(tmp_path / "nowhere.csv")
    assert found.kind == "unreadable-file"
    assert "No such file" in found.what


def test_a_folder_is_refused(tmp_path, refused):
    assert refused(tmp_path)[0].kind == "unreadable-file"
