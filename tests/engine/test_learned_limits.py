"""Limits of signals, learned from the clients at hand under a budget."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from midcourse.course.course import Course
from midcourse.course.expect import expected_course
from midcourse.course.observed import Observed
from midcourse.measures import ReliableChange, find
from midcourse.record import Episode, Score
from midcourse.review import review_caseload
from midcourse.signals import decide
from midcourse.signals.as_one import is_alert
from midcourse.signals.budget_of_people import rate_of_people
from midcourse.signals.learned import FEWEST, MOST, spoken, with_limits
from midcourse.signals.thresholds import in_words, limits_of, thresholds_of
from midcourse.signals.two_stage import DEFAULT, RULE_VERSION, Thresholds
from midcourse.tables import read_table
from tests.clinics import clinic
from tests.engine.known_course import ASSUMED, COURSE, LOW

PHQ_9 = find("phq-9").scale


@pytest.fixture(scope="module")
def people() -> list[Observed]:
    return clinic(240, seed=4, planned_sessions=9, clip_to_scale=True, whole_numbers=True)


@pytest.fixture(scope="module")
def learned(people: list[Observed]) -> Course:
    course = expected_course(people, "phq-9", "session")
    return with_limits([spoken(people, course, PHQ_9)])[0]


def alerts_per_100(people: list[Observed], course: Course) -> float:
    """Session by session as a review would have said it, where two later scores exist."""
    alerts = sessions = 0
    for one in people:
        states = [decide(one.up_to(k), course, PHQ_9).state for k in range(2, len(one.scores) - 1)]
        sessions += len(states)
        alerts += sum(is_alert(states[: i + 1]) for i in range(len(states)))
    return 100.0 * alerts / sessions


def test_a_review_with_learned_limits_keeps_to_the_budget(people: list[Observed], learned: Course) -> None:
    assert alerts_per_100(people, learned) == pytest.approx(5.0, abs=0.5)
    assert thresholds_of(learned, PHQ_9) != DEFAULT


def test_other_clients_of_the_same_clinic_are_alerted_about_as_often(learned: Course) -> None:
    others = clinic(240, seed=5, planned_sessions=9, clip_to_scale=True, whole_numbers=True)
    assert 2.5 < alerts_per_100(others, learned) < 8.0


def test_limits_hold_only_for_the_reliable_change_and_the_rule_they_were_learned_with(
    learned: Course,
) -> None:
    change = PHQ_9.reliable_change
    assert change is not None
    assert thresholds_of(learned, replace(PHQ_9, reliable_change=replace(change, points=5))) == DEFAULT
    assert thresholds_of(learned, replace(PHQ_9, reliable_change=None)) == DEFAULT
    assert learned.limits is not None
    older = replace(learned, limits=replace(learned.limits, rule="two-stage-1"))
    assert thresholds_of(older, PHQ_9) == DEFAULT
    assert thresholds_of(None, PHQ_9) == DEFAULT


def test_limits_are_said_with_how_they_came_about(learned: Course) -> None:
    said = in_words(learned, PHQ_9)
    assert said.startswith("Signals: soft from ")
    assert "so that about 5.0 alerts and 7.0 soft notices come per 100 scored sessions" in said
    assert in_words(COURSE, LOW).endswith("so they keep to no budget.")


def test_too_few_clients_an_assumed_course_and_limits_learned_before_teach_nothing(
    people: list[Observed], learned: Course
) -> None:
    assert spoken(people[: FEWEST - 1], COURSE, LOW).sessions is None
    assert spoken(people, ASSUMED, LOW).sessions is None
    assert spoken(people, COURSE, replace(LOW, reliable_change=None)).sessions is None
    assert with_limits([spoken(people, learned, PHQ_9)]) == (learned,)
    assert with_limits([spoken(people[:3], COURSE, LOW)]) == (COURSE,)
    assert limits_of(Thresholds(0.1, 0.2), replace(LOW, reliable_change=None), 3) is None


def test_of_many_clients_a_thousand_teach_the_limits_whatever_their_order() -> None:
    people = [
        Observed(f"c{i:05}", (1.0, 2.0, 3.0, 4.0), (20.0, 20.0 - i % 7, 20.0 - i % 5, 18.0))
        for i in range(2 * MOST)
    ]
    found = spoken(people, COURSE, LOW).sessions
    assert found is not None
    assert len(found.names) == MOST
    turned = spoken(people[::-1], COURSE, LOW).sessions
    assert turned is not None
    assert (turned.names, turned.chance.tolist()) == (found.names, found.chance.tolist())


def test_who_has_no_room_to_improve_makes_no_chance_and_no_alert() -> None:
    people = [Observed(f"c{i}", (1.0, 2.0, 3.0), (4.0, 5.0, 4.0)) for i in range(FEWEST)]
    found = spoken(people, COURSE, LOW).sessions
    assert found is not None
    assert not found.chance.any()
    assert not found.open.any()


def test_a_caseload_learns_its_own_limits_and_names_them(people: list[Observed]) -> None:
    episodes = [
        Episode(
            one.client_id,
            tuple(Score("phq-9", s, session=t) for t, s in zip(one.times, one.scores, strict=True)),
        )
        for one in people[:80]
    ]
    found = review_caseload(episodes, {"phq-9": PHQ_9}, references=False, bands=False)
    assert any("learned on 80 clients" in source for source in found.measures[0].sources)
    assert not any("by default" in course.sentence for course in found.courses)


def test_in_a_real_caseload_of_several_measures_people_are_alerted_within_the_budget(
    real_data: Callable[[str], Path],
) -> None:
    """Claus 2020: four measures; each alone would be set to 5, and people would be alerted more often."""
    reading = read_table(real_data("claus2020_inpatient_bdi_hamd.csv"))
    scales = {measure: find(measure).scale for measure in reading.measures()}
    found = review_caseload(reading.episodes, scales, bands=False)
    budgets = {
        word
        for measure in found.measures
        for source in measure.sources
        if "alerts and" in source
        for word in [source.partition("so that about ")[2].partition(" alerts")[0]]
    }
    assert len(budgets) == 1  # one common share
    assert float(budgets.pop()) <= 5.0


def test_the_rate_reached_on_enrichd_is_that_of_the_budget(real_data: Callable[[str], Path]) -> None:
    from midcourse.course.observed import observe

    bdi = replace(find("bdi").scale, reliable_change=ReliableChange(9, "given"))
    episodes = read_table(real_data("enrichd_cbt_bdi.csv")).episodes
    people = [person for one in episodes if (person := observe(one, "bdi", "week"))]
    course = expected_course(people, "bdi", "week")
    one = spoken(people, course, bdi)
    limits = with_limits([one])[0].limits
    assert one.sessions is not None
    assert limits is not None
    assert (limits.rule, limits.clients) == (RULE_VERSION, 557)
    rate = rate_of_people([one.sessions], [Thresholds(limits.soft, limits.firm)])
    assert rate == pytest.approx(5.0, abs=0.3)
