"""What is on record beside scores: validated at the door, and cut to who may see it."""

import pytest

from midcourse.record import (
    Calendar,
    CheckUp,
    GoalAgreement,
    History,
    Homework,
    SafetyAnswers,
    Session,
    calendar_of,
)


def test_a_calendar_counts_what_was_booked_up_to_a_day():
    who = ("attended", "therapist cancelled", "therapist missed", "attended", "client missed", "attended")
    sessions = tuple(Session(7.0 * number, one) for number, one in enumerate(who))
    found = calendar_of(sessions, 28.0)
    assert (found.booked, found.attended, found.weeks, found.longest_gap_days) == (5, 2, 4.0, 21.0)
    assert found.gap_by_therapist and found.latest == who[:5]


def test_a_gap_that_both_sides_made_is_not_put_on_the_therapist():
    who = ("attended", "therapist cancelled", "client missed", "attended")
    sessions = tuple(Session(7.0 * number, one) for number, one in enumerate(who))
    assert not calendar_of(sessions, 99.0).gap_by_therapist


def test_no_session_is_an_empty_calendar():
    assert calendar_of((), 3.0) == Calendar(0.0, 0, 0)


@pytest.mark.parametrize(
    "broken",
    [
        lambda: Calendar(3, 2, 3),
        lambda: Calendar(-1, 2, 2),
        lambda: GoalAgreement(11),
        lambda: Homework(2, 3),
        lambda: SafetyAnswers(self_harm=4),
        lambda: CheckUp({"C-ALL-1": 5}),
        lambda: CheckUp(picks=("a", "b", "c", "d")),
        lambda: History(private=frozenset({"star_sign"})),
    ],
)
def test_what_cannot_be_is_refused(broken):
    with pytest.raises(ValueError):
        broken()


def test_private_parts_of_a_history_are_cut_for_others():
    history = History(
        bad_past_therapy=True,
        screens={"audit-c": 9, "pc-ptsd-5": 4},
        private=frozenset({"bad_past_therapy", "screens:audit-c"}),
    )
    seen = history.as_seen_by_others()
    assert seen.bad_past_therapy is None and seen.screens == {"pc-ptsd-5": 4} and not seen.private


def test_all_screens_can_be_kept_private_at_once():
    history = History(screens={"audit-c": 9}, private=frozenset({"screens", "screens:audit-c"}))
    assert history.as_seen_by_others().screens == {}


WHOLE = CheckUp(
    client={"C-ALL-1": 1, "C-ALL-2": 0},
    therapist={"T-ALL": 3, "T-HW": 2},
    private=frozenset({"C-ALL-2"}),
    released=frozenset({"T-ALL"}),
    conduct={"C-BND-1": "yes"},
    safety=SafetyAnswers(self_harm=2, item9=1),
)


def test_each_audience_sees_only_what_is_theirs():
    assert WHOLE.as_seen_by("client") is WHOLE
    therapist, shared = WHOLE.as_seen_by("therapist"), WHOLE.as_seen_by("shared")
    assert therapist.client == shared.client == {"C-ALL-1": 1}
    assert therapist.therapist == WHOLE.therapist and shared.therapist == {"T-ALL": 3}
    assert not therapist.conduct and not shared.conduct
    assert therapist.safety == WHOLE.safety and shared.safety == SafetyAnswers(item9=1)


def test_a_safety_answer_for_the_duty_person_looks_to_the_therapist_like_none():
    told = CheckUp(safety=SafetyAnswers(self_harm=3, item9=2), safety_to_therapist=False)
    assert told.as_seen_by("therapist") == CheckUp()
