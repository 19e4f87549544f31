"""What a good file gives: episodes, columns as guessed, and counts that add up."""

import hashlib

import pytest

from midcourse.measures import Scale
from midcourse.record import Score
from midcourse.tables import read_table

TIDY = "client_id,session,measure,score\nA,1,phq9,20\nA,2,phq9,15\nB,1,gad7,7\n"


def test_a_tidy_file_gives_one_episode_per_client_with_its_scores_in_order(table):
    reading = read_table(table(TIDY))
    first, second = reading.episodes
    assert first.client_id == "A"
    assert first.scores == (Score("phq-9", 20, session=1), Score("phq-9", 15, session=2))
    assert second.scores == (Score("gad-7", 7, session=1),)
    assert (reading.n_clients, reading.time_kind, reading.measures()) == (2, "session", ("phq-9", "gad-7"))


def test_the_fingerprint_is_the_sha256_of_the_file(table):
    path = table(TIDY)
    assert read_table(str(path)).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_columns_are_shown_as_they_were_guessed(table):
    text = "Patient ID;Session No.;Questionnaire;Total Score;Therapist;Age (years)\n7;1;GAD-7;3;T1;40\n"
    reading = read_table(table(text))
    assert reading.columns == {
        "client_id": "Patient ID",
        "session": "Session No.",
        "measure": "Questionnaire",
        "score": "Total Score",
        "therapist_id": "Therapist",
        "age": "Age (years)",
    }


def test_ids_are_shown_as_given(table):
    text = "id,episode,session,measure,score\n1.0,007,1,phq9,20\n 1 ,,1,phq9,20\n"
    episodes = read_table(table(text)).episodes
    assert [(e.client_id, e.episode_id) for e in episodes] == [("1.0", "007"), ("1", "1")]


def test_one_client_can_have_several_episodes_and_measures(table):
    text = "client,episode,session,measure,score\nA,1,1,phq9,20\nA,1,1,gad7,9\nA,2,1,phq9,8\n"
    reading = read_table(table(text))
    assert [len(e.scores) for e in reading.episodes] == [2, 1]
    assert reading.n_clients == 1


def test_therapist_age_and_end_of_therapy_are_taken_from_the_first_row_that_has_them(table):
    text = (
        "client,day,measure,score,therapist_id,age,ended\n"
        "A,0,phq9,20,,NA,\nA,7,phq9,18,T7,41,30\nA,14,phq9,15,T8,42,30\n"
    )
    (episode,) = read_table(table(text)).episodes
    assert (episode.therapist_id, episode.age, episode.ended) == ("T7", 41, 30)


def test_an_age_that_is_not_a_number_is_left_out_and_said(table):
    reading = read_table(table("client,session,measure,score,age\nA,1,phq9,20,30-40\n"))
    assert reading.episodes[0].age is None
    assert "Ages that are not numbers, left out: 1." in reading.notes


def test_a_file_where_no_client_has_two_scores_asks_for_the_right_column(table):
    rows = "".join(f"{n},1,phq9,3\n{n},1,gad7,3\n" for n in range(10))
    text = "id,session,measure,score\n" + rows
    assert any("does the column id hold the clients' ids?" in note for note in read_table(table(text)).notes)
    assert read_table(table(text + "9,2,phq9,3\n")).notes == ()


def test_scores_are_put_in_order_of_time(table):
    reading = read_table(table("client,session,measure,score\nA,3,phq9,3\nA,1,phq9,1\nA,2,phq9,2\n"))
    assert [score.value for score in reading.episodes[0].scores] == [1, 2, 3]


def test_an_empty_score_is_missing_counted_and_no_problem(table):
    text = "client,session,measure,score\nA,1,phq9,20\nA,2,phq9,\nA,3,phq9,NA\n,4,phq9,\nA,5,,\n"
    reading = read_table(table(text))
    assert (reading.counts.used, reading.counts.missing, reading.problems) == (1, 4, ())
    assert "Empty score cells, counted as missing: 4." in reading.notes


def test_blank_lines_are_passed_over_and_lines_are_still_counted_right(table):
    text = "client,session,measure,score\n\nA,1,phq9,20\n,,,\n\nA,2,phq9,99\n"
    reading = read_table(table(text))
    assert reading.counts.rows == 2
    assert [problem.line for problem in reading.problems] == [6]


def test_a_line_break_inside_quotes_does_not_shift_the_line_numbers(table):
    text = 'client,session,measure,score,note\nA,1,phq9,20,"two\nlines"\nA,2,phq9,99,\n'
    assert [problem.line for problem in read_table(table(text)).problems] == [4]


def test_the_measure_of_a_bare_score_column_is_given_by_the_caller(table):
    reading = read_table(table("client,session,score\nA,1,20\n"), measure="PHQ9")
    assert reading.measures() == ("phq-9",)


def test_measures_can_be_chosen_and_the_others_are_counted(table):
    text = TIDY + "B,1,unheard_of,3\n"
    reading = read_table(table(text), measure="phq9")
    assert (reading.measures(), reading.counts.other) == (("phq-9",), 2)
    assert read_table(table(text), measure=["phq9", "gad-7"]).counts.other == 1
    assert read_table(table(text), measure="phq9, gad7").counts.other == 1


def test_a_bare_scale_stands_in_for_a_measure_without_a_file(table):
    mood = Scale("mood", "Mood", 0, 10, higher_is_better=True)
    text = "client,session,measure,score\nA,1,Mood,3.5\nA,2,mood,11\n"
    reading = read_table(table(text), scale=mood)
    assert reading.episodes[0].scores == (Score("mood", 3.5, session=1),)
    assert [problem.kind for problem in reading.problems] == ["out-of-range"]


def test_a_bare_scale_names_the_measure_of_a_bare_score_column(table):
    mood = Scale("mood", "Mood", 0, 10)
    assert read_table(table("client,session,score\nA,1,3\n"), scale=mood).measures() == ("mood",)


def test_a_bare_scale_may_redefine_a_known_measure(table):
    own = Scale("phq9", "Our PHQ", 0, 100)
    reading = read_table(table("client,session,phq9\nA,1,30.5\n"), scale=own)
    assert reading.episodes[0].scores == (Score("phq9", 30.5, session=1),)


def test_cells_are_each_counted_once(table):
    text = (
        "client,session,measure,score,phase\n"
        "A,1,phq9,20,\nA,1,phq9,20,\nA,2,phq9,15,\nA,2,phq9,16,\nA,3,phq9,\n"
        "A,4,phq9,3,follow-up\nA,5,gad7,3,\nA,6,phq9,99,\nA,7,phq9\n"
    )
    path = table(text)
    for allow in (False, True):
        c = read_table(path, measure="phq9", allow=allow).counts
        parts = (c.used, c.missing, c.follow_up, c.other, c.exact_repeats, c.averaged, c.set_aside)
        assert sum(parts) == c.cells == 9


def test_progress_rises_to_one(table):
    rows = "".join(f"C{n},1,phq9,3\n" for n in range(50_000))
    seen: list[float] = []
    read_table(table("client,session,measure,score\n" + rows), progress=seen.append)
    assert seen == sorted(seen)
    assert len(seen) > 2
    assert seen[-1] == 1.0


def test_strict_and_allow_cannot_both_be_asked_for(table):
    with pytest.raises(ValueError, match="not for both"):
        read_table(table(TIDY), strict=True, allow=True)
