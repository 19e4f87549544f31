"""When a step rule applies: one small test per id of the rules file."""

from collections.abc import Callable, Mapping

from midcourse.reasons.evidence import Evidence
from midcourse.reasons.rank import Ranking, off_track

Trigger = Callable[[Evidence, Ranking], bool]
SAID_SO = 2  # "some" or more
USE = ("C-SUB-1", "C-SUB-2")


def _risk(one: Evidence, ranking: Ranking) -> bool:
    safety = one.check_up.safety
    return (safety.self_harm or 0) > 0 or (safety.item9 or 0) > 0


def _others(one: Evidence, ranking: Ranking) -> bool:
    return "yes" in (one.check_up.safety.harm_to_others, one.check_up.safety.somebody_hurt)


def _danger(one: Evidence, ranking: Ranking) -> bool:
    return one.check_up.safety.in_danger in ("yes", "rather not say")


def _heavy(one: Evidence, ranking: Ranking) -> bool:
    return one.has("D-SUB-HIGH") and any((one.answer(name) or 0) >= SAID_SO for name in USE)


def _on_medicine(one: Evidence, ranking: Ranking) -> bool:
    note = one.history.medication
    taking = note is not None and (note.taking is True or note.skipped_or_stopped is True)
    said = any((one.answer(name) or 0) >= SAID_SO for name in ("C-MED-2", "C-MED-3"))
    return (taking or said) and any(one.reason.id == "medication-review" for one in ranking.shown)


TRIGGERS: Mapping[str, Trigger] = {
    "risk": _risk,
    "harm-to-others": _others,
    "in-danger": _danger,
    "worse": lambda one, ranking: one.has("D-WORSE"),
    "not-on-course": lambda one, ranking: one.has("D-NOT") or (off_track(one) and not one.has("D-FLAT")),
    "ended-unplanned": lambda one, ranking: one.has("D-UNPLANNED-END"),
    "cancelled-by-therapist": lambda one, ranking: one.has("D-MISS-T"),
    "asks-to-switch": lambda one, ranking: one.check_up.asks_to_switch,
    "early": lambda one, ranking: ranking.track == "early",
    "heavy-use": _heavy,
    "on-medicine": _on_medicine,
}
