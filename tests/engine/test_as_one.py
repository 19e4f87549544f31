"""Several measures of one person as one: one state, one alert, one budget (ST7)."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from midcourse.measures import find
from midcourse.record import Episode
from midcourse.review import review_caseload
from midcourse.review.people import ORDER, people_of, person_of
from midcourse.signals.as_one import ALERTS, URGENCY, as_one, is_alert
from midcourse.signals.budget import GRID, Sessions, alerts_of, sessions_of, thresholds_for
from midcourse.signals.budget_of_people import rate_of_people, thresholds_for_people
from midcourse.signals.state import State
from midcourse.signals.two_stage import Thresholds
from midcourse.tables import read_table
from tests.engine.known_course import COURSE, HIGH, LOW, MIRRORED, episode

STATES = st.sampled_from(list(State))
PHQ_9 = find("phq-9").scale


@given(st.dictionaries(st.sampled_from("abcd"), STATES, min_size=1))
def test_the_most_urgent_measure_decides_and_is_named(states: dict[str, State]) -> None:
    one = as_one(states)
    assert all(URGENCY.index(one.state) <= URGENCY.index(state) for state in states.values())
    assert set(one.measures) == {name for name, state in states.items() if state is one.state}
    assert (one.words() == "") is (len(states) == 1)
    assert len(states) == 1 or f"{one.state} (" in one.words()


def test_a_measure_that_is_still_given_speaks_for_who_stopped_another() -> None:
    assert as_one({"old": State.NO_RECENT_DATA, "new": State.ON_COURSE}).state is State.ON_COURSE
    assert as_one({"old": State.NO_RECENT_DATA, "new": State.TOO_EARLY}).state is State.TOO_EARLY
    both = as_one({"old": State.NO_RECENT_DATA, "new": State.NO_RECENT_DATA})
    assert both.words() == "As one, over 2 measures: no recent data (all of them)."


def test_every_state_has_its_place_and_nobody_without_a_measure_has_one() -> None:
    assert set(URGENCY) == set(State)
    with pytest.raises(ValueError, match="without a measure"):
        as_one({})


@given(st.lists(STATES, min_size=1, max_size=12))
def test_an_alert_is_a_change_and_both_paths_say_so(history: list[State]) -> None:
    on = np.array([state in ALERTS for state in history])
    many = alerts_of(np.zeros(len(on), dtype=np.intp), on)
    assert [is_alert(history[: i + 1]) for i in range(len(history))] == many.tolist()


def held(chances: dict[str, list[float]], first: float = 18.0, latest: float = 17.0) -> Sessions:
    """People whose scores settle nothing, with a chance after each of their sessions 2, 3, ..."""
    person = np.repeat(np.arange(len(chances)), [len(one) for one in chances.values()])
    time = np.concatenate([np.arange(2.0, 2.0 + len(one)) for one in chances.values()])
    chance = np.concatenate([np.array(one, dtype=float) for one in chances.values()])
    filled = np.full(len(person), first), np.full(len(person), latest)
    return sessions_of(tuple(chances), person, time, *filled, chance, PHQ_9)


CHANCES = st.dictionaries(
    st.sampled_from("abcdef"), st.lists(st.floats(0, 1), min_size=2, max_size=8), min_size=1
)


@given(CHANCES, CHANCES, st.floats(0.1, 0.6), st.floats(0.6, 0.9))
def test_a_session_counts_once_however_many_measures_fire(
    one: dict[str, list[float]], two: dict[str, list[float]], soft: float, firm: float
) -> None:
    limits = Thresholds(soft, firm)
    alone = rate_of_people([held(one)], [limits])
    assert rate_of_people([held(one), held(one)], [limits, limits]) == alone
    joined = rate_of_people([held(one), held(two)], [limits, limits])
    assert joined == pytest.approx(slowly(one, two, limits))


def slowly(one: dict[str, list[float]], two: dict[str, list[float]], limits: Thresholds) -> float:
    """The same rate person by person: the states of both measures as one, session by session."""
    alerts = sessions = 0
    for name in one.keys() | two.keys():
        series = [chances[name] for chances in (one, two) if name in chances]
        history = []
        for i in range(max(map(len, series))):
            on = [is_on(chances[: i + 1], limits) for chances in series]
            history.append(State.OFF_COURSE if any(on) else State.ON_COURSE)
            if any(i < len(chances) - 1 for chances in series):
                sessions += 1
                alerts += is_alert(history)
    return 100.0 * alerts / sessions


def is_on(chances: list[float], limits: Thresholds) -> bool:
    return len(chances) > 1 and chances[-1] >= limits.firm and chances[-2] >= limits.soft


@pytest.fixture(scope="module")
def three_measures() -> list[Sessions]:
    """Three measures of 200 invented people, whose chances go up and down partly together."""
    random = np.random.RandomState(7)
    common = random.normal(size=(200, 9)).cumsum(axis=1)
    found = []
    for _ in range(3):
        chance = 1 / (1 + np.exp(-(common + random.normal(size=(200, 9)).cumsum(axis=1)) / 2))
        found.append(held({f"p{i}": row.tolist() for i, row in enumerate(chance)}))
    return found


def test_one_measure_keeps_the_budget_to_itself(three_measures: list[Sessions]) -> None:
    first = three_measures[0]
    assert thresholds_for_people([first]) == (thresholds_for(first),)
    assert rate_of_people([first], [thresholds_for(first)]) == pytest.approx(5.0, abs=0.6)


def test_the_budget_is_kept_for_the_person_whatever_the_number_of_measures(
    three_measures: list[Sessions],
) -> None:
    alone = [thresholds_for(one) for one in three_measures]
    assert rate_of_people(three_measures, alone) > 7.0
    found = thresholds_for_people(three_measures)
    assert rate_of_people(three_measures, found) == pytest.approx(5.0, abs=0.6)
    assert len({one.alert_budget for one in found}) == 1
    assert 5.0 / 3 <= found[0].alert_budget < 5.0
    assert found[0].soft_budget / found[0].alert_budget == pytest.approx(7.0 / 5.0)


def test_measures_that_never_fire_together_with_too_small_a_load_keep_the_whole_budget() -> None:
    calm = held({f"p{i}": [0.01 * i] * 4 for i in range(2)})
    assert rate_of_people([calm, calm], thresholds_for_people([calm, calm])) >= 0.0


def test_reliable_worsening_is_an_alert_and_who_reached_the_goal_or_has_no_room_makes_none() -> None:
    assert held({"a": [0.0] * 4}, first=10, latest=18).worse.all()
    for first, latest in ((18, 5), (4, 5)):
        some = held({"a": [1.0] * 4}, first, latest)
        assert not some.open.any()
        assert not some.alarmed(Thresholds(0.1, 0.2)).any()


def test_thresholds_lie_on_the_grid_and_the_soft_one_is_not_above_the_firm(
    three_measures: list[Sessions],
) -> None:
    limits = thresholds_for(three_measures[0], 2.0, 8.0)
    assert limits.soft in GRID
    assert limits.soft <= limits.firm
    assert (limits.alert_budget, limits.soft_budget) == (2.0, 8.0)


# In a caseload.


def both(client: str, low: list[float], high: list[float]) -> Episode:
    return Episode(client, (*episode(client, *low).scores, *episode(client, *high, measure="high").scores))


def test_a_caseload_lists_people_by_their_one_state_and_keeps_their_measures_together() -> None:
    found = review_caseload(
        [
            both("calm", [15, 9], [12, 20]),
            both("mixed", [15, 9], [12, 5]),
            both("off", [15, 17, 17], [12, 20]),
        ],
        {"low": LOW, "high": HIGH},
        courses={"low": COURSE, "high": MIRRORED},
    ).courses
    assert [course.client_id for course in found] == ["mixed", "mixed", "off", "off", "calm", "calm"]
    assert found[0].state is State.RELIABLY_WORSE
    assert found[0].as_one == found[1].as_one == "As one, over 2 measures: reliably worse (High)."
    assert found[4].as_one == "As one, over 2 measures: reached goal (all of them)."


@settings(max_examples=30)
@given(
    st.lists(st.integers(0, 27), min_size=1, max_size=6), st.lists(st.integers(0, 27), min_size=1, max_size=6)
)
def test_a_second_measure_never_makes_a_person_less_urgent(low: list[float], high: list[float]) -> None:
    scales, courses = {"low": LOW, "high": HIGH}, {"low": COURSE, "high": MIRRORED}
    states = {
        course.measure: course.state
        for course in review_caseload([both("c", low, high)], scales, courses=courses).courses
    }
    alone = review_caseload([episode("c", *low)], scales, courses=courses).courses[0].state
    assert states["low"] is alone
    assert URGENCY.index(as_one(states).state) <= URGENCY.index(alone)


def test_the_people_of_claus_2020_have_one_place_each_with_four_measures(
    real_data: Callable[[str], Path],
) -> None:
    reading = read_table(real_data("claus2020_inpatient_bdi_hamd.csv"))
    scales = {measure: find(measure).scale for measure in reading.measures()}
    found = review_caseload(reading.episodes, scales, bands=False).courses
    people = [course.client_id for course in found]
    places = [i for i, name in enumerate(people) if i == 0 or people[i - 1] != name]
    assert len(places) == len(set(people)) == 43
    assert all(course.as_one.startswith("As one, over ") for course in found)
    states = people_of(found, {measure: scale.title for measure, scale in scales.items()})
    ones = [ORDER[states[person_of(found[i])].state] for i in places]
    assert ones == sorted(ones)
