"""The front door: a whole caseload in, one review per course out, most in need of attention first."""

import json
from dataclasses import asdict, replace

import pytest

from midcourse.course.forecast import forecast, seen
from midcourse.measures import find
from midcourse.record import Episode, Score
from midcourse.review import review_caseload
from midcourse.review.caseload import NOT_PLACED
from midcourse.signals import State
from midcourse.signals.two_stage import RULE_VERSION
from tests.engine.known_course import ASSUMED, COURSE, HIGH, LOW, MIRRORED, episode, scores_of

SCALES = {"low": LOW, "high": HIGH}
COURSES = {"low": COURSE, "high": MIRRORED}


def reviewed(*episodes, scales=SCALES, courses=COURSES, **more):
    return review_caseload(list(episodes), scales, courses=courses, **more)


def one(*values, **more):
    return reviewed(episode("c", *values), **more).courses[0]


def test_the_most_in_need_of_attention_stand_first():
    found = reviewed(
        episode("goal", 15, 9, first_day=80),
        episode("fine", 20, 10, 11, first_day=80),
        episode("early", 15, first_day=80),
        episode("silent", 15, 14),
        episode("drifting", 15, 16, first_day=80),
        episode("off", 15, 15, 17, first_day=80),
        episode("child", 15, 14, first_day=80, age=12.0),
        episode("worse", 15, 21, first_day=80),
        courses={"low": replace(COURSE, age_range=(18.0, 75.0))},
        as_of=100.0,
    )
    wanted = ["worse", "off", "drifting", "silent", "early", "fine", "goal", "child"]
    assert [course.client_id for course in found.courses] == wanted
    assert [course.state for course in found.courses] == list(State)


def test_of_two_in_the_same_state_the_less_likely_to_improve_stands_first():
    found = reviewed(episode("a", 15, 12, 11), episode("b", 15, 15, 15), episode("c", 15, 14, 13))
    odds = [course.outlook.p_improvement for course in found.courses]
    assert [course.client_id for course in found.courses] == ["b", "c", "a"]
    assert odds == sorted(odds)


def test_every_measure_and_every_episode_of_a_client_has_a_course_of_its_own():
    both = Episode("c", episode("c", 15, 14).scores + episode("c", 10, 12, measure="high").scores)
    again = episode("c", 20, 18, episode_id="2")
    found = reviewed(both, again)
    keys = {(course.client_id, course.episode_id, course.measure) for course in found.courses}
    assert keys == {("c", "1", "low"), ("c", "1", "high"), ("c", "2", "low")}
    assert [measure.measure for measure in found.measures] == ["low", "high"]


@pytest.mark.parametrize(
    ("age", "has_a_band"), [(17.9, False), (18, True), (75, True), (76, False), (None, True)]
)
def test_outside_the_ages_of_the_reference_there_is_no_band_and_no_forecast_and_the_review_says_why(
    age, has_a_band
):
    course = replace(COURSE, age_range=(18.0, 75.0))
    found = reviewed(episode("c", 15, 15, 15, age=age), courses={"low": course}).courses[0]
    assert bool(found.expected) is bool(found.ahead) is (found.outlook is not None) is has_a_band
    assert found.state is (State.OFF_COURSE if has_a_band else State.NOT_COMPUTED)
    if not has_a_band:
        assert found.notes == (
            f"No band and no forecast: the reference describes people aged 18 to 75, and this person is {age:g}.",
        )


def test_plain_change_is_still_judged_outside_the_ages_of_the_reference():
    course = replace(COURSE, age_range=(18.0, 75.0))
    found = reviewed(episode("c", 15, 21, age=12.0), courses={"low": course}).courses[0]
    assert found.state is State.RELIABLY_WORSE


def test_scores_between_whole_numbers_are_noted():
    assert one(15, 14).notes == ()
    assert one(15, 14.5).notes == (
        "One score lies between the measure's steps: kept as given for the fit, rounded for the odds.",
    )
    assert one(15.25, 14.5).notes[0].startswith("2 scores lie between")
    halves = {"low": replace(LOW, step=0.5)}
    assert one(15, 14.5, scales=halves).notes == ()


def test_a_saved_course_that_counts_otherwise_is_not_used_and_the_review_says_so():
    by_day = Episode("c", tuple(replace(score, session=None) for score in episode("c", 15, 14).scores))
    found = reviewed(by_day)
    assert found.courses[0].state is State.NOT_COMPUTED
    assert found.measures[0].sources[0] == "The saved course counts by session, these scores by week."
    assert found.measures[0].horizon is None


def test_a_saved_course_is_named_as_such():
    assert reviewed(episode("c", 15, 14)).measures[0].sources[0] == "A saved course, fitted before."


def test_a_measure_without_times_gets_plain_change_and_no_course():
    bare = Episode("c", (Score("low", 15), Score("low", 14)))
    found = reviewed(bare, courses={})
    assert found.courses[0].scores == ((1.0, 15), (2.0, 14))
    assert found.courses[0].sentence.startswith("Low 14 at occasion 2, first 15.")
    assert found.measures[0].axis == "score"
    assert "neither a session number nor a date" in found.measures[0].sources[0]
    saved = reviewed(bare)
    assert saved.measures[0].sources[0] == "The saved course counts by session, these scores by neither."


def test_a_client_without_a_time_on_the_clock_gets_no_forecast_and_is_told_why():
    untimed = Episode("untimed", (Score("low", 15, day=1.0), Score("low", 12, day=8.0)))
    timed = [episode(f"c{i}", *[15.0] * 20) for i in range(3)]
    found = {course.client_id: course for course in reviewed(*timed, untimed).courses}
    assert found["untimed"].state is State.NOT_COMPUTED
    assert found["untimed"].notes == (NOT_PLACED,)
    assert found["untimed"].outlook is None
    assert found["untimed"].sentence.startswith("Low 12 at occasion 2")
    assert found["c0"].state is State.OFF_COURSE


def test_a_client_without_a_time_on_the_clock_does_not_enter_the_fit():
    timed = [episode(f"c{i}", *(14.0 - (i * k) % 5 for k in range(6))) for i in range(30)]
    untimed = Episode("untimed", (Score("low", 27, day=1.0), Score("low", 0, day=8.0)))
    with_it, without = reviewed(*timed, untimed, courses={}), reviewed(*timed, courses={})
    assert with_it.measures == without.measures


def test_the_outlook_speaks_of_the_usual_end_or_a_little_after_the_latest_score():
    assert one(15, 14).outlook.time == COURSE.horizon == 12.0
    assert one(*[15] * 14).outlook.time == 15.0
    weeks = replace(COURSE, basis=replace(COURSE.basis, axis="week"), horizon=4.0)
    by_day = Episode("c", tuple(replace(score, session=None) for score in episode("c", *[15] * 7).scores))
    assert reviewed(by_day, courses={"low": weeks}).courses[0].outlook.time == 8.0


def test_the_bands_run_forward_in_time_from_the_first_and_from_the_latest_score_to_the_horizon():
    found = one(15, 14, 13)
    expected, ahead = [p.time for p in found.expected], [p.time for p in found.ahead]
    assert expected == sorted(set(expected))
    assert expected[0] > 1.0
    assert ahead == [time for time in expected if time > 3.0]
    assert expected[-1] == ahead[-1] == pytest.approx(found.outlook.time)
    assert all(p.low80 <= p.mean <= p.high80 for p in found.expected + found.ahead)


def test_bands_are_left_out_when_nobody_draws_them():
    drawn, plain = one(15, 14), one(15, 14, bands=False)
    assert plain == replace(drawn, expected=(), ahead=())


def test_ids_are_shown_as_given():
    for name in ("007", "22.0", " a,b ", "[red]x", "👩‍👩‍👧", "Ünïté"):
        assert reviewed(episode(name, 15, 14)).courses[0].client_id == name


def test_every_number_of_the_outlook_comes_from_one_predictive_distribution():
    found = one(15, 14, 12).outlook
    observed = scores_of(15, 14, 12)
    whole = forecast(COURSE, LOW, seen(COURSE, observed), found.time)
    mass = {y: whole.predictive.at_most(y) - whole.predictive.at_most(y - 1) for y in range(28)}
    assert sum(mass.values()) == pytest.approx(1.0)
    assert found.mean == pytest.approx(sum(y * p for y, p in mass.items()))
    assert found.p_improvement == pytest.approx(sum(p for y, p in mass.items() if y <= 15 - 6))
    assert found.p_deterioration == pytest.approx(sum(p for y, p in mass.items() if y >= 15 + 6))
    assert found.p_caseness_left == pytest.approx(sum(p for y, p in mass.items() if y < 10))
    for level, low, high in ((0.80, found.low80, found.high80), (0.95, found.low95, found.high95)):
        assert (low, high) == whole.predictive.interval(level)
        assert sum(p for y, p in mass.items() if low <= y <= high) >= level
    assert (found.borrowed_share, found.own_share) == (whole.borrowed_share, whole.own_share)
    assert 0.0 < found.own_share < 1.0


def test_an_assumed_course_gives_the_wider_band_no_odds_and_says_so():
    found = one(15, 14, courses={"low": ASSUMED})
    first, second = (
        one(15, 14, courses={"low": replace(COURSE, parts=((1.0, p),))}) for _, p in ASSUMED.parts
    )
    outlook = found.outlook
    assert outlook.p_improvement is outlook.p_deterioration is outlook.p_caseness_left is None
    assert outlook.low80 == min(first.outlook.low80, second.outlook.low80)
    assert outlook.high95 == max(first.outlook.high95, second.outlook.high95)
    assert outlook.mean == pytest.approx((first.outlook.mean + second.outlook.mean) / 2)
    assert found.expected[3].low80 == min(first.expected[3].low80, second.expected[3].low80)
    assert found.expected[3].high80 == max(first.expected[3].high80, second.expected[3].high80)
    assert found.notes[0].startswith("The expected course rests on assumed numbers")


def test_silence_is_counted_from_the_latest_score_and_not_after_therapy_has_ended():
    assert one(15, 14).state is State.DRIFTING
    assert one(15, 14, as_of=7.0 + 28).state is State.DRIFTING
    assert one(15, 14, as_of=7.0 + 29).state is State.NO_RECENT_DATA
    over = episode("c", 15, 14, ended=20.0)
    assert reviewed(over, as_of=90.0).courses[0].state is State.DRIFTING
    assert reviewed(over, as_of=19.0).courses[0].state is State.DRIFTING
    going_on = episode("c", 15, 14, ended=200.0)
    assert reviewed(going_on, as_of=90.0).courses[0].state is State.NO_RECENT_DATA


def test_who_is_asked_once_a_month_may_be_silent_for_two():
    monthly = tuple(Score("low", 15, session=i + 1.0, day=30.0 * i) for i in range(4))
    assert reviewed(Episode("c", monthly), as_of=90.0 + 60).courses[0].state is State.OFF_COURSE
    assert reviewed(Episode("c", monthly), as_of=90.0 + 61).courses[0].state is State.NO_RECENT_DATA


def test_scores_after_the_day_of_the_review_are_not_seen():
    found = reviewed(episode("c", 15, 14, 27), episode("later", 15, first_day=50.0), as_of=13.0)
    assert [course.client_id for course in found.courses] == ["c"]
    assert found.courses[0].scores == ((1.0, 15), (2.0, 14))
    same_day = Episode("c", (Score("low", 15, day=0.5), Score("low", 14, day=7.9)))
    assert len(reviewed(same_day, as_of=7.0, courses={}).courses[0].scores) == 2


def test_a_review_says_its_rule_its_day_its_sources_and_what_was_set_aside():
    bare = replace(LOW, reliable_change=None, caseness=None)
    found = reviewed(episode("c", 15, 14), as_of=7.0, as_of_text="day 7", problems=["line 3"])
    assert (found.rule_version, found.as_of, found.problems) == (RULE_VERSION, "day 7", ("line 3",))
    assert found.measures[0].sources[1:3] == ("Reliable change of 6 points: a test.", "Cut-off 10: a test.")
    assert (
        found.measures[0]
        .sources[3]
        .startswith("Signals: soft from 50 of 100 on, firm from 65 on, by default")
    )
    assert (found.measures[0].reliable_change, found.measures[0].caseness) == (6, 10)
    without = reviewed(episode("c", 15, 14), scales={"low": bare}).measures[0]
    assert without.reliable_change is without.caseness is None
    assert without.sources[1:] == (
        "No reliable change is in force for this measure, so nothing is called reliable.",
    )


def test_a_review_is_ready_for_json():
    found = reviewed(episode("c", 15, 14), episode("d", 15, 14.5, age=9.0))
    assert json.loads(json.dumps(asdict(found), allow_nan=False))["courses"][1]["client_id"] == "c"


def test_progress_runs_up_to_one():
    told = []
    reviewed(episode("a", 15, 14), episode("b", 15), progress=told.append)
    assert told == [0.5, 1.0]


def test_an_empty_caseload_has_an_empty_review():
    found = reviewed()
    assert (found.courses, found.measures) == ((), ())


def test_a_review_in_whole_weeks_says_what_rounding_moved():
    clinic = [
        Episode(
            f"C{i}",
            tuple(
                Score(
                    "phq-9", float(max(0, 16 + i % 7 - step * (1 + i % 3) + (i * step) % 4)), day=9.0 * step
                )
                for step in range(6)
            ),
        )
        for i in range(24)
    ]
    found = review_caseload(clinic, {"phq-9": find("phq-9").scale}, whole_weeks=True, references=False)
    moved = found.measures[0].course["whole_weeks"]
    assert moved["scores_moved"] > 0
    assert moved["largest_weeks"] < 0.5
    assert moved["largest_points"] < 1.0
