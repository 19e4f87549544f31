"""Turn the "data" part of an answers file into a history and series of scores."""

from collections.abc import Mapping
from typing import Any

from midcourse.measures import find
from midcourse.measures.instrument import UnknownInstrument
from midcourse.record import (
    AnswerSheet,
    Calendar,
    Ending,
    GoalAgreement,
    History,
    Homework,
    MedicationNote,
    Preference,
)
from midcourse.record.calendar import LATEST, Attendance

LETTERS: dict[str, Attendance] = {
    "A": "attended", "C": "client cancelled", "N": "client missed", "T": "therapist cancelled",
}  # fmt: skip
SCREENS = ("pc-ptsd-5", "pcl-5", "audit-c")
ALLIANCE = ("srs", "wai-sr")
SLEEP_TOP = 3.0  # the highest option of PHQ-9 item 3
Series = dict[str, tuple[float, ...]]


def history_of(data: Mapping[str, Any]) -> tuple[History, Series, tuple[str, ...]]:
    """Return history, scores by measure, and names that are not known.

    Raises ValueError, TypeError or KeyError, naming what is wrong, where a known name holds nonsense.
    """
    left = dict(data)
    left.pop("phq9_item9", None)
    get = left.pop
    return _known(left, get), _series(left), tuple(sorted(left))


def _known(left: dict[str, Any], get: Any) -> History:
    return History(
        calendar=_calendar(left),
        alliance=tuple(float(one) for one in get("alliance_pct", ()) or _alliance(left)),
        check_ins=tuple(_sheet(one) for one in get("check_ins", ())),
        goals=_goals(left),
        homework=_homework(get("homework", None)),
        treatment=str(get("treatment", "")),
        main_concern=str(get("main_concern", "")),
        therapist_domains=None if (fields := get("therapist_domains", None)) is None else tuple(fields),
        preferences=_preferences(left),
        readiness=_lowest(get("readiness_0_10", None), get("importance_0_10", None)),
        screens=_screens(left),
        woman=None if (sex := get("sex", None)) is None else str(sex).lower() in ("female", "woman", "f"),
        weekly_drug_use=_weekly(get("drug_use_weekly", None), get("drug_use", None)),
        medication=_medication(get("medication", None)),
        life_events=tuple(get("life_events", ())),
        functioning_fell=get("functioning_fell", None),
        support_lowest=None if (band := get("support_band", None)) is None else band == "lowest",
        sleep=_sleep(get("phq9_item3", None)),
        first_therapy=get("first_time", None),
        bad_past_therapy=_either(get("past_bad", None), get("bad_past_therapy", None)),
        orientation_done=get("orientation_done", None),
        specialist_supervision=get("specialist_supervision", None),
        trauma_work=get("trauma_work", None),
        ending=_ending(left),
        private=frozenset(get("private", ())),
    )


def _series(left: dict[str, Any]) -> Series:
    """Take every list of numbers as a measure's scores, under the instrument's own id where there is one."""
    found: Series = {}
    for name in list(left):
        values = left[name]
        if (
            isinstance(values, list)
            and values
            and all(_number(one) for one in values)
            and name != "answer_time_s"
        ):
            left.pop(name)
            found[_measure(name)] = tuple(float(one) for one in values)
    return found


def _measure(name: str) -> str:
    try:
        return find(name).id
    except UnknownInstrument:
        return name


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _calendar(left: dict[str, Any]) -> Calendar | None:
    names = ("weeks", "booked", "attended", "cancelled_client", "noshow_client", "cancelled_therapist")
    weeks, booked, attended, cancelled, missed, theirs = (left.pop(name, None) for name in names)
    latest = left.pop("last8", None)
    gap, changes = left.pop("longest_gap_days", None), int(left.pop("therapist_changes", 0))
    planned, by_therapist, covered = (
        bool(left.pop(name, False)) for name in ("planned_break", "gap_by_therapist", "leave_covered")
    )
    if weeks is None and booked is None and attended is None and not latest:
        return None
    counts = ((cancelled or 0) + (missed or 0), theirs or 0)
    booked = booked if booked is not None else (attended or 0) + sum(counts)
    attended = attended if attended is not None else booked - sum(counts)
    seen = _letters(latest) if latest else _spread(booked, *counts)
    return Calendar(
        float(weeks or 0.0), int(booked), int(attended), seen, gap, planned, by_therapist, covered, changes
    )


def _letters(latest: Any) -> tuple[Attendance, ...]:
    unknown = sorted({str(one) for one in latest} - set(LETTERS))
    if unknown:
        raise ValueError(
            f"last8: use A (attended), C, N (client) and T (therapist), not {', '.join(unknown)}."
        )
    return tuple(LETTERS[one] for one in latest)


def _spread(booked: int, client: int, theirs: int) -> tuple[Attendance, ...]:
    """Where only counts are known, spread them evenly: no run of two is made up."""
    count = min(booked, LATEST)
    share = count / booked if booked else 0.0
    out: list[Attendance] = ["attended"] * count
    places = [*range(0, count, 2), *range(1, count, 2)]
    sides: list[Attendance] = ["client cancelled"] * round(client * share)
    sides += ["therapist cancelled"] * round(theirs * share)
    for place, side in zip(places, sides, strict=False):
        out[place] = side
    return tuple(out)


def _alliance(left: dict[str, Any]) -> tuple[float, ...]:
    """Ratings of a licensed alliance scale, as percent of its range."""
    for name in list(left):
        measure = _measure(name)
        if measure in ALLIANCE:
            scale = find(measure).scale
            return tuple(
                100.0 * (one - scale.minimum) / (scale.maximum - scale.minimum) for one in left.pop(name)
            )
    return ()


def _sheet(raw: Mapping[str, Any]) -> AnswerSheet:
    named = {
        name if name.startswith("check-in-") else f"check-in-{name}": value for name, value in raw.items()
    }
    return AnswerSheet("midcourse-check-in", named)


def _goals(left: dict[str, Any]) -> GoalAgreement | None:
    agreement, goals = left.pop("goal_agreement", None), left.pop("goals", None)
    if agreement is None and goals is None:
        return None
    more = {"on_record": goals} if isinstance(goals, int) else dict(goals or {})
    return GoalAgreement(**{**(agreement or {}), **more})


def _homework(raw: Mapping[str, Any] | None) -> Homework | None:
    return None if raw is None else Homework(**raw)


def _preferences(left: dict[str, Any]) -> tuple[Preference, ...]:
    raw, unmet = left.pop("preferences", ()), left.pop("preference_unmet", None)
    found = [Preference(**one) if isinstance(one, Mapping) else Preference(str(one)) for one in raw]
    if unmet:
        found.append(Preference(unmet if isinstance(unmet, str) else "a wish on record", met=False))
    return tuple(found)


def _screens(left: dict[str, Any]) -> dict[str, float]:
    found = {}
    for name in list(left):
        if (measure := _measure(name)) in SCREENS and left[name] not in (None, []):
            value = left.pop(name)
            found[measure] = float(value[-1] if isinstance(value, list) else value)
    return found


def _medication(raw: Mapping[str, Any] | None) -> MedicationNote | None:
    if raw is None:
        return None
    known = dict(raw)
    skipped = _either(known.pop("skipped", None), known.pop("stopped", None))
    if skipped is not None:
        known.setdefault("skipped_or_stopped", skipped)
    return MedicationNote(**known)


def _ending(left: dict[str, Any]) -> Ending | None:
    by_therapist, referred = left.pop("ended_by_therapist", None), left.pop("referral_on_record", None)
    return None if by_therapist is None else Ending(bool(by_therapist), referred)


def _sleep(raw: Any) -> tuple[float, ...]:
    values = [] if raw is None else raw if isinstance(raw, list) else [raw]
    return tuple(float(one) / SLEEP_TOP for one in values)


def _weekly(flag: Any, words: Any) -> bool | None:
    return (
        bool(flag) if words is None and flag is not None else None if words is None else "week" in str(words)
    )


def _either(first: Any, second: Any) -> Any:
    return first if second is None else bool(first) or bool(second)


def _lowest(*values: Any) -> float | None:
    known = [float(value) for value in values if value is not None]
    return min(known) if known else None
