"""Any episodes, written as a table, come back the same."""

import csv

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from midcourse.record import Episode, Score
from midcourse.tables import read_table
from midcourse.tables.values import is_missing

# Anything a clinic might use as an id, with spaces, commas, quotes and line breaks inside it.
IDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), min_size=1, max_size=8).filter(
    lambda text: text == text.strip() and not is_missing(text)
)
RANGES = {"phq-9": 27, "gad-7": 21, "bdi": 63}


@st.composite
def episodes(draw):
    """Draw episodes of several clients, by session number or by day, each time at most once."""
    by_session = draw(st.booleans())
    keys = draw(st.lists(st.tuples(IDS, IDS), min_size=1, max_size=5, unique=True))
    found = []
    for client, episode in keys:
        times = sorted(draw(st.sets(st.integers(0, 400), min_size=1, max_size=6)))
        scores = []
        for time in times:
            for measure in draw(st.lists(st.sampled_from(sorted(RANGES)), min_size=1, unique=True)):
                value = float(draw(st.integers(0, RANGES[measure])))
                session, day = (float(time), None) if by_session else (None, float(time))
                scores.append(Score(measure, value, session, day))
        therapist = draw(st.none() | IDS)
        age = draw(st.none() | st.integers(18, 99))
        found.append(Episode(client, tuple(scores), episode, therapist, age))
    return by_session, tuple(found)


def write(path, by_session, found, delimiter):
    """Write episodes as a tidy table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        time = "session" if by_session else "day"
        writer.writerow(["client_id", "episode_id", time, "measure", "score", "therapist_id", "age"])
        for e in found:
            for s in e.scores:
                at = s.session if by_session else s.day
                row = [e.client_id, e.episode_id, f"{at:g}", s.measure, f"{s.value:g}"]
                writer.writerow([*row, e.therapist_id, e.age])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(drawn=episodes(), delimiter=st.sampled_from(",;\t"))
def test_any_episodes_written_as_a_csv_are_read_back_the_same(drawn, delimiter, tmp_path):
    by_session, found = drawn
    write(tmp_path / "scores.csv", by_session, found, delimiter)
    reading = read_table(tmp_path / "scores.csv", strict=True)
    assert reading.episodes == found
    assert reading.counts.used == reading.counts.rows == sum(len(e.scores) for e in found)


@given(content=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8")))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_bytes_at_all_make_it_fail_other_than_by_refusing(content, tmp_path):
    path = tmp_path / "scores.csv"
    for start in (b"", b"client,session,measure,score\n"):
        path.write_bytes(start + content)
        try:
            assert read_table(path).episodes
        except ValueError as refused:
            assert "scores.csv" in str(refused)
