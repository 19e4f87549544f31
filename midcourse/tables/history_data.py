"""Turn the "data" part of an answers file into a history and series of scores; what is not known is named."""

from collections.abc import Mapping
from typing import Any

from midcourse.measures import find
from midcourse.measures.instrument import UnknownInstrument
from midcourse.record import AnswerSheet, Ending, GoalAgreement, History, Homework, MedicationNote, Preference
from midcourse.tables.calendar_data import calendar_data
from midcourse.tables.entries import Entries, as_flag, as_series

SCREENS = ("pc-ptsd-5", "pcl-5", "audit-c")
ALLIANCE = ("srs", "wai-sr")
SLEEP_TOP = 3.0  # the highest option of PHQ-9 item 3
NOT_SCORES = ("answer_time_s",)
ELSEWHERE = ("phq9_item9", "asks_to_switch", "says_not_working")  # read with the answers
OFTEN, SELDOM = ("week", "daily", "day"), ("less", "never", "not", "no ")
Series = dict[str, tuple[float, ...]]


def history_of(data: Mapping[str, Any]) -> tuple[History, Series, tuple[str, ...]]:
    """Return history, scores by measure, and the names of what was not used.

    Raises ValueError, naming what is wrong, where a known name holds what cannot be (more sessions attended
    than booked); a shape that is not understood is set aside and named.
    """
    left = Entries(data)
    for name in ELSEWHERE:
        left.take(name)
    history = _known(left)
    series = _series(left)
    return history, series, left.unused()


def _known(left: Entries) -> History:
    readiness = [left.number(name) for name in ("readiness_0_10", "readiness", "importance_0_10")]
    bad = [left.flag("past_bad"), left.flag("bad_past_therapy", "past_therapy_bad")]
    support, sex = left.text("support_band", "support").lower(), left.text("sex", "gender").lower()
    return History(
        calendar=calendar_data(left),
        alliance=left.numbers("alliance_pct", "alliance_0_100") or _alliance(left),
        check_ins=_check_ins(left),
        goals=_goals(left),
        homework=_homework(left),
        treatment=left.text("treatment", "therapy"),
        main_concern=left.text("main_concern", "concern"),
        therapist_domains=left.words("therapist_domains"),
        preferences=_preferences(left),
        readiness=min((one for one in readiness if one is not None), default=None),
        screens=_screens(left),
        woman=None if not sex else sex in ("female", "woman", "f", "girl"),
        weekly_drug_use=_weekly(left),
        medication=_medication(left),
        life_events=left.words("life_events", "life_event") or (),
        functioning_fell=left.flag("functioning_fell"),
        support_lowest=None if not support else support in ("lowest", "lowest band", "none"),
        sleep=tuple(one / SLEEP_TOP for one in left.numbers("phq9_item3")),
        first_therapy=left.flag("first_time", "first_therapy"),
        bad_past_therapy=None if bad == [None, None] else True in bad,
        orientation_done=left.flag("orientation_done"),
        specialist_supervision=left.flag("specialist_supervision"),
        trauma_work=left.flag("trauma_work"),
        ending=_ending(left),
        private=frozenset(left.words("private") or ()),
    )


def _series(left: Entries) -> Series:
    """Take every list of numbers as a measure's scores, and a single number of a measure that is known."""
    found: Series = {}
    for name in left.names():
        measure, value = _measure(name), left.take(name)
        known = measure != name or isinstance(value, list)
        values = as_series(value) if value is not None and known and name not in NOT_SCORES else None
        if values is not None:
            found[measure] = values
        elif value is not None:
            left.set_aside(name)
    return found


def _measure(name: str) -> str:
    try:
        return find(name).id
    except UnknownInstrument:
        return name


def _alliance(left: Entries) -> tuple[float, ...]:
    """Ratings of a licensed alliance scale, as percent of its range."""
    for name in left.names():
        measure = _measure(name)
        if measure in ALLIANCE:
            scale = find(measure).scale
            span = scale.maximum - scale.minimum
            return tuple(100.0 * (one - scale.minimum) / span for one in left.numbers(name))
    return ()


def _check_ins(left: Entries) -> tuple[AnswerSheet, ...]:
    raw = left.take("check_ins") or ()
    if not isinstance(raw, list | tuple) or not all(isinstance(one, Mapping) for one in raw):
        left.set_aside("check_ins")
        return ()
    return tuple(_sheet(one) for one in raw)


def _sheet(raw: Mapping[str, Any]) -> AnswerSheet:
    named = {
        name if name.startswith("check-in-") else f"check-in-{name}": value for name, value in raw.items()
    }
    return AnswerSheet("midcourse-check-in", named)


def _goals(left: Entries) -> GoalAgreement | None:
    agreement, goals = left.part("goal_agreement"), left.take("goals")
    client = therapist = since = None
    on_record = goals if isinstance(goals, int) else len(goals) if isinstance(goals, list) else None
    if isinstance(goals, Mapping):
        more = Entries(goals, "goals.")
        on_record, since = more.whole("on_record", "count"), more.whole("sessions_since_rated")
        left.absorb(more)
    if agreement is not None:
        client, therapist = agreement.number("client"), agreement.number("therapist")
        left.absorb(agreement)
    if (client, therapist, on_record, since) == (None, None, None, None):
        return None
    return GoalAgreement(client, therapist, on_record, since)


def _homework(left: Entries) -> Homework | None:
    tasks = left.part("homework", "tasks")
    if tasks is None:
        return None
    given, done = tasks.whole("set", "assigned", "given"), tasks.whole("done", "completed")
    wanted = tasks.flag("wanted")
    left.absorb(tasks)
    if given is None or (done is None and given > 0):
        left.set_aside("homework (set and done are needed)")
        return None
    return Homework(given, done or 0, wanted)


def _preferences(left: Entries) -> tuple[Preference, ...]:
    raw, unmet = left.take("preferences"), left.take("preference_unmet", "preferences_unmet")
    found = []
    for one in raw if isinstance(raw, list | tuple) else [] if raw is None else [raw]:
        wish = Entries(one if isinstance(one, Mapping) else {"about": one}, "preferences.")
        strong = wish.flag("strong")
        found.append(Preference(wish.text("about", "wish"), strong is not False, wish.flag("met")))
        left.absorb(wish)
    if unmet is not None and as_flag(unmet) is not False:
        wishes = [unmet] if isinstance(unmet, str) else unmet if isinstance(unmet, list) else []
        named = [str(one) for one in wishes if as_flag(one) is None] or ["a wish on record"]
        found += [Preference(one, met=False) for one in named]
    return tuple(found)


def _screens(left: Entries) -> dict[str, float]:
    found = {}
    for name in left.names():
        if (measure := _measure(name)) in SCREENS and (values := left.numbers(name)):
            found[measure] = values[-1]
    return found


def _medication(left: Entries) -> MedicationNote | None:
    note = left.part("medication", "medicine")
    if note is None:
        return None
    ended = [note.flag("skipped_or_stopped"), note.flag("skipped", "doses_skipped"), note.flag("stopped")]
    found = MedicationNote(
        taking=note.flag("taking"),
        review_on_record=note.flag("review_on_record", "review"),
        weeks_since_review=note.number("weeks_since_review"),
        side_effects=note.number("side_effects"),
        skipped_or_stopped=None if ended == [None] * 3 else True in ended,
        declined=note.flag("declined") is True,
    )
    left.absorb(note)
    return found


def _ending(left: Entries) -> Ending | None:
    by_therapist, referred = left.flag("ended_by_therapist"), left.flag("referral_on_record", "referred")
    return None if by_therapist is None else Ending(by_therapist, referred)


def _weekly(left: Entries) -> bool | None:
    flag, words = left.flag("drug_use_weekly"), left.text("drug_use").lower()
    if not words:
        return flag
    return any(one in words for one in OFTEN) and not any(one in words for one in SELDOM)
