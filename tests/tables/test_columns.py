"""Tidy and wide, totals and items, guessed and mapped."""

import pytest

from midcourse.measures import Scale
from midcourse.record import Score
from midcourse.tables import read_table

NINE = ",".join(f"phq9_{n}" for n in range(1, 10))


def scores(path, **options):
    """Return the scores of the first episode."""
    return read_table(path, **options).episodes[0].scores


def test_one_column_per_measure_is_read_as_wide(table):
    reading = read_table(table("ID,week,PHQ-9,GAD7 total,phq2\nA,0,20,11,\nA,1,18,9,\n"))
    assert reading.columns == {
        "client_id": "ID",
        "time": "week",
        "phq-9": "PHQ-9",
        "gad-7": "GAD7 total",
        "phq-2": "phq2",
    }
    assert reading.episodes[0].scores == (
        Score("phq-9", 20, day=0),
        Score("gad-7", 11, day=0),
        Score("phq-9", 18, day=7),
        Score("gad-7", 9, day=7),
    )


def test_item_answers_are_scored(table):
    path = table(f"client,session,{NINE}\nA,1,1,2,3,0,1,2,3,0,1\n")
    assert scores(path) == (Score("phq-9", 13, session=1, n_answered=9, missing="complete"),)
    assert read_table(path).columns["phq-9 items"] == "phq9_1 to phq9_9"


def test_a_missing_item_is_handled_by_the_instrument_and_said_in_the_score(table):
    (score,) = scores(table(f"client,session,{NINE}\nA,1,,2,2,2,2,2,2,2,2\n"))
    assert (score.value, score.n_answered, score.missing) == (18, 8, "prorated")


def test_a_row_without_any_answer_is_a_missing_score(table):
    reading = read_table(table(f"client,session,{NINE}\nA,1,,,,,,,,,\nA,2,1,1,1,1,1,1,1,1,1\n"))
    assert (reading.counts.missing, reading.counts.used, reading.problems) == (1, 1, ())


@pytest.mark.parametrize("pattern", ["phq9_q{}", "PHQ9 item {}", "phq9.{}", "phq{}", "phq_{}", "PHQ9Q{}"])
def test_items_are_known_by_many_spellings(table, pattern):
    names = ",".join(pattern.format(n) for n in range(1, 10))
    assert scores(table(f"client,session,{names}\nA,1{',1' * 9}\n"))[0].value == 9


def test_the_unscored_tenth_item_changes_nothing(table):
    path = table(f"client,session,{NINE},phq9_10\nA,1{',1' * 9},3\n")
    assert scores(path)[0].value == 9


def test_items_are_scored_before_a_total_beside_them(table):
    reading = read_table(table(f"client,session,{NINE},phq9_total\nA,1{',1' * 9},27\n"))
    assert reading.episodes[0].scores[0].value == 9
    assert "The column phq9_total is left aside: its items are scored." in reading.notes


def test_a_bare_total_beside_items_is_left_aside_and_said(table):
    reading = read_table(table(f"client,session,{NINE},total\nA,1{',1' * 9},27\n"))
    assert reading.episodes[0].scores[0].value == 9
    assert "The column total is left aside: other columns name measures." in reading.notes


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("phq9_s1", "phq9_s2"),
        ("phq9_session_1", "phq9_session_2"),
        ("s1_phq9", "s2_phq9"),
        ("phq9_t1", "phq9_t2"),
        ("phq9_total_s1", "phq9_s2_total"),
        ("phq9_pre", "phq9_post"),
        ("PHQ9 first", "PHQ9 last"),
        ("Baseline PHQ-9", "PHQ-9 after"),
    ],
)
def test_occasions_can_stand_in_the_names_of_columns(table, first, second):
    reading = read_table(table(f"client,{first},{second}\nA,20,15\nB,10,\n"))
    assert reading.episodes[0].scores == (Score("phq-9", 20, session=1), Score("phq-9", 15, session=2))
    assert len(reading.episodes[1].scores) == 1


def test_weeks_in_the_names_of_columns_become_days_and_follow_up_is_kept_out(table):
    reading = read_table(table("client,gad7_w0,gad7_w4,gad7_follow_up\nA,20,15,3\n"))
    assert reading.episodes[0].scores == (Score("gad-7", 20, day=0), Score("gad-7", 15, day=28))
    assert reading.counts.follow_up == 1
    assert reading.columns["gad-7 at 4 week"] == "gad7_w4"


@pytest.mark.parametrize("name", ["gad7_6mfu", "gad7_fu1", "gad7 follow-up", "GAD7 FU 3m", "fu_gad7"])
def test_follow_ups_in_the_names_of_columns_are_kept_out(table, name):
    assert read_table(table(f"client,gad7_pre,{name}\nA,20,3\n")).counts.follow_up == 1


def test_a_column_that_begins_with_a_measure_and_is_not_understood_is_said(table):
    reading = read_table(table("client,session,phq9,phq9_band,remark\nA,1,20,severe,\n"))
    note = "The column phq9_band is left aside: what follows the measure's name is not known."
    assert reading.notes == (note,)


def test_items_by_occasion_are_scored_on_each(table):
    after = [f"gad7_s{s}_q{n}" for s in (1, 2) for n in range(1, 8)]
    before = [f"gad7_q{n}_s{s}" for s in (1, 2) for n in range(1, 8)]
    front = [f"s{s}_gad7_{n}" for s in (1, 2) for n in range(1, 8)]
    for names in (after, before, front):
        path = table(f"client,{','.join(names)}\nA{',1' * 7}{',2' * 7}\n")
        assert [(s.session, s.value) for s in scores(path)] == [(1, 7), (2, 14)]


def test_numbers_beyond_the_items_are_sessions(table):
    names = ",".join(f"gad7_{n}" for n in range(1, 13))
    assert [s.session for s in scores(table(f"client,{names}\nA{',5' * 12}\n"))] == list(range(1, 13))


def test_numbers_beyond_the_items_on_a_named_occasion_are_refused(table, refused):
    assert refused(table("client,s1_gad7_12\nA,3\n"))[0].kind == "unclear-columns"


def test_numbered_columns_that_could_be_either_are_refused(table, refused):
    (problem,) = refused(table("client,gad7_1,gad7_2,gad7_total_s1\nA,3,4,3\n"))
    assert (problem.kind, problem.line) == ("unclear-columns", 1)
    assert "gad7_1, gad7_2 could be items or occasions" in problem.what
    assert "phq9_s1" in problem.mend


def test_bdi_1_and_bdi_2_side_by_side_are_refused_and_not_taken_for_two_measures(table, refused):
    problems = refused(table("client,session,bdi_1,bdi_2\nA,1,3,4\n"))
    assert {problem.kind for problem in problems} == {"unclear-columns"}


def test_bdi_1_to_bdi_21_are_items(table):
    names = ",".join(f"bdi_{n}" for n in range(1, 22))
    (score,) = scores(table(f"client,session,{names}\nA,1{',1' * 21}\n"))
    assert (score.measure, score.value) == ("bdi", 21)


def test_an_item_that_an_instrument_does_not_have_is_refused(table, refused):
    (problem,) = refused(table(f"client,session,{NINE},phq9_q14\nA,1{',1' * 9},0\n"))
    assert (problem.kind, problem.column, problem.what) == (
        "unclear-columns",
        "phq9_q14",
        "PHQ-9 has 10 items.",
    )


def test_numbered_columns_of_a_bare_scale_are_unclear(table, refused):
    mood = Scale("mood", "Mood", 0, 10)
    (problem,) = refused(table("client,mood_1,mood_2\nA,3,4\n"), scale=mood)
    assert problem.kind == "unclear-columns"


def test_columns_that_only_resemble_a_measure_are_not_read(table, refused):
    names = "xyphq9,phq9_extra,other_phq9,phq9_s1_extra,s1_phq9_extra,phq9_zz3,phq99"
    (problem,) = refused(table(f"client,session,{names}\nA,1,1,1,1,1,1,1,1\n"))
    assert problem.kind == "no-score-column"


def test_a_measure_and_score_column_win_over_columns_named_after_measures(table):
    path = table("client,session,measure,score,hamd_baseline\nA,1,phq9,20,22\n")
    assert scores(path) == (Score("phq-9", 20, session=1),)


def test_only_the_measures_asked_for_are_read_from_a_wide_file(table):
    reading = read_table(table("client,session,phq9,gad7\nA,1,20,11\n"), measure="gad7")
    assert reading.measures() == ("gad-7",)


def test_a_mapping_corrects_a_guess(table):
    text = "client,code,session,visit,measure,score,result\nx,A,9,1,phq9,1,20\n"
    mapping = {"client_id": "code", "session": "visit", "score": "result"}
    reading = read_table(table(text), mapping=mapping)
    assert reading.episodes[0].client_id == "A"
    assert reading.episodes[0].scores == (Score("phq-9", 20, session=1),)


def test_a_mapping_can_name_the_column_of_a_measure(table):
    path = table("client,session,low mood\nA,1,20\n")
    assert scores(path, mapping={"phq9": "low mood"}) == (Score("phq-9", 20, session=1),)


def test_a_mapped_measure_stands_beside_those_found_by_name(table):
    path = table("client,session,low mood,phq9,gad7\nA,1,20,1,7\n")
    reading = read_table(path, mapping={"phq9": "low mood"})
    assert [(s.measure, s.value) for s in reading.episodes[0].scores] == [("phq-9", 20), ("gad-7", 7)]
    assert read_table(path, mapping={"phq9": "low mood"}, measure="gad7").measures() == ("gad-7",)


def test_a_measure_may_be_called_as_a_score_column_often_is(table):
    path = table("client,session,total\nA,1,3\n")
    reading = read_table(path, scale=Scale("total", "Total", 0, 9))
    assert (reading.measures(), reading.notes) == (("total",), ())


def test_a_mapped_score_column_needs_the_measure_said(table, refused):
    path = table("client,session,phq9,result\nA,1,20,7\n")
    assert refused(path, mapping={"score": "result"})[0].kind == "no-measure"
    options = {"mapping": {"score": "result"}, "measure": "gad7"}
    assert scores(path, **options) == (Score("gad-7", 7, session=1),)


def test_an_empty_mapping_sets_a_role_aside(table):
    path = table("client,session,date,measure,score\nA,1,2024-01-31,phq9,20\n")
    assert read_table(path, mapping={"session": ""}).time_kind == "date"


def test_a_column_called_week_is_read_in_weeks_also_where_it_is_mapped(table):
    path = table("client,day,Week No,measure,score\nA,,2,phq9,20\n")
    assert scores(path)[0].day == 14
    assert scores(path, mapping={"time": "Week No"})[0].day == 14
    assert scores(path, mapping={"time": "Week No", "time_unit": "month"})[0].day == 2 * 30.4375


def test_an_empty_mapping_of_a_measure_changes_nothing(table):
    assert scores(table("client,session,phq9\nA,1,20\n"), mapping={"phq9": ""})[0].value == 20


def test_the_unit_of_time_can_be_mapped_to_a_word(table):
    path = table("client,time,measure,score\nA,2,phq9,20\n")
    assert scores(path, mapping={"time_unit": "week"})[0].day == 14


def test_a_mapping_to_a_column_that_is_not_there_names_the_near_ones(table, refused):
    path = table("client,session,measure,score\nA,1,phq9,20\n")
    near, far = refused(path, mapping={"score": "scores", "age": "zzz"})
    assert near.kind == far.kind == "no-such-column"
    assert near.mend == "Did you mean score?"
    assert far.mend == "There are: client, session, measure, score."


def test_a_mapping_for_a_role_that_is_not_there_names_the_roles(table, refused):
    (problem,) = refused(table("client,session,phq9\nA,1,20\n"), mapping={"colour": "phq9"})
    assert problem.kind == "no-such-role"
    assert "client_id, episode_id, measure" in problem.mend


def test_occasion_counts_as_session_only_where_there_is_no_other_time(table):
    assert scores(table("client,occasion,phq9\nA,0,20\n"))[0].session == 0
    timed = scores(table("client,occasion,time,time_unit,phq9\nA,0,3,month,20\n"))[0]
    assert (timed.session, timed.day) == (None, 3 * 30.4375)


def test_two_columns_of_the_same_name_are_refused_only_where_they_would_be_read(table, refused):
    (problem,) = refused(table("client,session,phq9,phq9\nA,1,20,21\n"))
    assert (problem.kind, problem.column) == ("same-column-twice", "phq9")
    assert read_table(table("client,session,phq9,x,x\nA,1,20,,\n")).counts.used == 1


def test_everything_a_header_lacks_is_said_at_once(table, refused):
    names = ",".join(f"c{n}" for n in range(15))
    problems = refused(table(f"{names}\n{',' * 13}1,\n"))
    assert [p.kind for p in problems] == ["no-client-column", "no-score-column", "no-time-column"]
    assert "c11 and 3 more" in problems[0].what
    assert "c11" not in problems[1].what
