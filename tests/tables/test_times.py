"""Sessions, dates, days; weeks and months; occasions in words; what lies after therapy."""

from datetime import date

import pytest

from midcourse.record import Score
from midcourse.tables import read_table


def tidy(columns, *rows):
    """Return a tidy file on the PHQ-9, each row's score its number from 1 on."""
    lines = [f"client,{columns},measure,score"]
    return "\n".join([*lines, *(f"A,{row},phq9,{n}" for n, row in enumerate(rows, start=1))]) + "\n"


def times(path, **options):
    """Return (session, day) of the first episode's scores."""
    return [(score.session, score.day) for score in read_table(path, **options).episodes[0].scores]


def test_session_numbers_are_the_axis_where_95_in_100_scores_have_one(table):
    rows = [f"{n},2024-01-{n:02d}" for n in range(1, 20)]
    reading = read_table(table(tidy("session,date", *rows, ",2024-01-30")))
    assert reading.time_kind == "session"
    assert reading.episodes[0].scores[0] == Score("phq-9", 1, 1, date(2024, 1, 1).toordinal())
    (problem,) = reading.problems
    assert (problem.kind, problem.line, problem.column) == ("no-time", 21, "session")


def test_dates_are_the_axis_where_fewer_scores_have_a_session_number(table):
    reading = read_table(table(tidy("session,date", "1,2024-01-01", ",2024-01-08")))
    assert reading.time_kind == "date"
    assert reading.episodes[0].scores[1].day == date(2024, 1, 8).toordinal()


def test_session_numbers_stay_the_axis_where_there_is_nothing_else(table):
    reading = read_table(table(tidy("session", "1", "", "3")))
    assert (reading.time_kind, reading.counts.set_aside) == ("session", 1)


def test_days_come_from_one_source_in_the_whole_file(table):
    rows = ["0,0,week", "8,1,week", ",2,week"]
    assert times(table(tidy("day,time,time_unit", *rows))) == [(None, 0), (None, 7), (None, 14)]
    assert times(table(tidy("day,time,time_unit", *rows[:2]))) == [(None, 0), (None, 8)]


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("session", (2, None)),
        ("Sessions", (2, None)),
        ("assessment", (2, None)),
        ("day", (None, 2)),
        ("weeks", (None, 14)),
        ("month", (None, 60.875)),
        ("yr", (None, 730.5)),
    ],
)
def test_a_time_is_read_in_its_unit(table, unit, expected):
    assert times(table(tidy("time,time_unit", f"2,{unit}"))) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Week 4", (None, 28)),
        ("6 months", (None, 182.625)),
        ("S3", (3, None)),
        ("T2", (2, None)),
        ("5", (5, None)),
    ],
)
def test_a_unit_may_stand_in_the_cell(table, text, expected):
    assert times(table(tidy("time", text))) == [expected]


def test_a_time_without_a_unit_is_a_session_number_and_this_is_said(table):
    reading = read_table(table(tidy("time", "1", "2")))
    assert reading.time_kind == "session"
    assert any("have no unit" in note for note in reading.notes)


def test_a_session_column_wins_over_a_time_that_counts_sessions_too(table):
    assert times(table(tidy("session,time,time_unit", "3,7,session"))) == [(3, None)]
    assert times(table(tidy("session,time", "3,7"))) == [(3, None)]
    assert times(table(tidy("session,time,time_unit", ",7,session"))) == [(7, None)]


@pytest.mark.parametrize("words", [("pre", "post"), ("Before", "After"), ("Baseline", "End")])
def test_words_are_ordered_occasions_and_this_is_said(table, words):
    reading = read_table(table(tidy("time", *words)))
    assert [score.session for score in reading.episodes[0].scores] == [1, 2]
    first, second = words
    note = f"Occasions are read as session numbers in order: {first} as 1, {second} as 2."
    assert note in reading.notes


def test_three_words_are_three_occasions(table):
    assert times(table(tidy("assessment", "post", "mid", "pre"))) == [(1, None), (2, None), (3, None)]


def test_intake_among_session_numbers_stands_before_the_first(table):
    assert times(table(tidy("session", "intake", "1", "2")))[0] == (0, None)


def test_the_end_among_session_numbers_could_be_any_session_and_is_set_aside(table):
    (problem,) = read_table(table(tidy("session", "1", "post"))).problems
    assert (problem.kind, problem.line, problem.column) == ("not-a-time", 3, "session")
    assert "'post'" in problem.what


@pytest.mark.parametrize("text", ["soon", "3 fortnights", "week 3 days"])
def test_a_time_nobody_can_read_is_set_aside(table, text):
    reading = read_table(table(tidy("time,time_unit", "1,week", f"{text},week")))
    assert [(p.kind, p.line, p.column) for p in reading.problems] == [("not-a-time", 3, "time")]


def test_a_day_nobody_can_read_is_set_aside(table):
    (problem,) = read_table(table(tidy("day", "1", "x"))).problems
    assert (problem.kind, problem.line) == ("not-a-time", 3)
    assert "not a number of days" in problem.what


def test_an_unknown_unit_is_refused(table, refused):
    (problem,) = refused(table(tidy("time,time_unit", "1,week", "1,fortnight")))
    assert (problem.kind, problem.line) == ("unknown-time-unit", 3)
    assert "'fortnight'" in problem.what


def test_an_empty_unit_is_no_unknown_unit(table):
    assert times(table(tidy("time,time_unit", "1,NA"))) == [(1, None)]


def test_times_in_assessments_are_said_to_be_session_numbers(table):
    reading = read_table(table(tidy("time,time_unit", "1.0,assessment")))
    assert "Times given by assessment are read as session numbers." in reading.notes


def test_follow_up_is_counted_and_kept_out_of_the_course(table):
    text = tidy("session,phase", "1,treatment", "2,", "101,followup", "102,Follow-up", "103,FU2")
    reading = read_table(table(text))
    assert (reading.counts.used, reading.counts.follow_up, reading.problems) == (2, 3, ())
    assert "Scores after the end of therapy, kept out of the course: 3." in reading.notes


def test_an_occasion_called_follow_up_is_kept_out_too(table):
    reading = read_table(table(tidy("time", "pre", "post", "follow up")))
    assert (reading.counts.used, reading.counts.follow_up) == (2, 1)
    assert any("called follow-up" in note for note in reading.notes)


def test_scores_after_the_end_of_therapy_are_follow_up(table):
    text = tidy("date,ended", "2024-01-01,2024-02-01", "2024-02-01,", "2024-02-02,")
    reading = read_table(table(text))
    assert (reading.counts.used, reading.counts.follow_up) == (2, 1)
    assert reading.episodes[0].ended == date(2024, 2, 1).toordinal()


def test_an_end_of_therapy_that_is_no_date_is_set_aside_and_the_scores_stay(table):
    reading = read_table(table(tidy("date,ended", "2024-01-01,soon")))
    assert reading.counts.used == 1
    (problem,) = reading.problems
    assert (problem.kind, problem.column, problem.what) == ("not-a-date", "ended", "'soon' is not a date.")


def test_an_end_of_therapy_in_days_goes_with_days(table):
    reading = read_table(table(tidy("day,ended", "0,x", "7,x")))
    assert reading.problems[0].what == "'x' is not a number of days."


def test_an_end_of_therapy_is_passed_over_where_scores_have_no_day(table):
    reading = read_table(table(tidy("session,ended", "1,30", "2,30")))
    assert (reading.problems, reading.episodes[0].ended) == ((), None)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-25",
        "2024/03/25",
        "2024.3.25",
        "20240325",
        "25/03/2024",
        "25.3.2024",
        "3/25/2024",
        "25 March 2024",
        "25-Mar-2024",
        '"Mar 25, 2024"',
        "2024-03-25T09:30:00",
        "25/03/2024 09:30",
    ],
)
def test_a_date_is_read_in_any_common_form(table, text):
    assert times(table(tidy("date", text))) == [(None, date(2024, 3, 25).toordinal())]


def test_one_date_settles_the_order_for_the_whole_file(table):
    reading = read_table(table(tidy("date", "03/04/2024", "25/04/2024")))
    assert reading.episodes[0].scores[0].day == date(2024, 4, 3).toordinal()
    assert "Dates such as 03/04/2024 are read day-first, as other dates in the file show." in reading.notes
    reading = read_table(table(tidy("date", "03/04/2024", "04/25/2024")))
    assert reading.episodes[0].scores[0].day == date(2024, 3, 4).toordinal()


def test_an_end_date_can_settle_the_order_too(table):
    reading = read_table(table(tidy("date,ended", "03/04/2024,25/04/2024")))
    assert reading.episodes[0].scores[0].day == date(2024, 4, 3).toordinal()


def test_dates_that_nothing_settles_are_refused_with_the_mend(table, refused):
    (problem,) = refused(table(tidy("date", "05/05/2024", "03/04/2024")))
    assert (problem.kind, problem.line) == ("ambiguous-dates", 3)
    assert "'03/04/2024' could be day-first or month-first" in problem.what
    assert "2024-03-05" in problem.mend


def test_the_same_day_and_month_leaves_nothing_to_settle(table):
    assert times(table(tidy("date", "05/05/2024"))) == [(None, date(2024, 5, 5).toordinal())]


def test_dates_that_contradict_each_other_are_refused(table, refused):
    (problem,) = refused(table(tidy("date", "25/04/2024", "04/25/2024")))
    assert problem.kind == "ambiguous-dates"
    assert problem.what == "'25/04/2024' is day-first and '04/25/2024' is month-first (line 3)."


def test_years_of_two_digits_are_refused(table, refused):
    (problem,) = refused(table(tidy("date", "25/04/24")))
    assert (problem.kind, problem.what) == ("ambiguous-dates", "the year of '25/04/24' has two digits only.")


@pytest.mark.parametrize("text", ["2024-02-30", "31 Foo 2024", "31 Ma 2024", "yesterday", "45/13/2024"])
def test_a_date_that_does_not_exist_is_set_aside(table, text):
    (problem,) = read_table(table(tidy("date", "2024-01-01", text))).problems
    assert (problem.kind, problem.line, problem.column) == ("not-a-date", 3, "date")
