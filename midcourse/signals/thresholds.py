"""Which thresholds are in force for a course: its own, or the default ones."""

from midcourse.course.course import Course, Limits
from midcourse.measures.scale import Scale
from midcourse.signals.two_stage import DEFAULT, RULE_VERSION, Thresholds


def thresholds_of(course: Course | None, scale: Scale) -> Thresholds:
    """Return the thresholds a course has learned for this rule and reliable change, else the default ones."""
    limits = None if course is None else course.limits
    change = scale.reliable_change
    if limits is None or change is None:
        return DEFAULT
    if (limits.rule, limits.reliable_change) != (RULE_VERSION, change.points):
        return DEFAULT
    return Thresholds(limits.soft, limits.firm, limits.alert_budget, limits.soft_budget)


def limits_of(thresholds: Thresholds, scale: Scale, clients: int) -> Limits | None:
    """Return thresholds as a course keeps them; None without a reliable change in force."""
    change = scale.reliable_change
    if change is None:
        return None
    return Limits(
        soft=thresholds.soft,
        firm=thresholds.firm,
        soft_budget=thresholds.soft_budget,
        alert_budget=thresholds.alert_budget,
        reliable_change=change.points,
        rule=thresholds.version,
        clients=clients,
    )


def in_words(course: Course, scale: Scale) -> str:
    """Return in a sentence which limits signals on a measure go by, and how they came about."""
    limits = thresholds_of(course, scale)
    at = f"Signals: soft from {100 * limits.soft:.0f} of 100 on, firm from {100 * limits.firm:.0f} on"
    if not limits.learned or course.limits is None:
        return (
            f"{at}, by default: too few clients were there to learn limits from, so they keep to no budget."
        )
    return (
        f"{at}, learned on {course.limits.clients} clients so that about {limits.alert_budget:.1f} alerts and "
        f"{limits.soft_budget:.1f} soft notices come per 100 scored sessions on this measure; how clients ended was "
        "not used."
    )
