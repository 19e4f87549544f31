"""Findings computed from the record: 35 rules, none of them about how good a therapist is."""

from midcourse.reasons.finding import Finding, Rule
from midcourse.reasons.findings import alliance, calendar, course, direction, health, life
from midcourse.reasons.situation import Situation

EVERY: tuple[Rule, ...] = (
    *course.RULES,
    *alliance.RULES,
    *direction.RULES,
    *calendar.RULES,
    *health.RULES,
    *life.RULES,
)


def findings(situation: Situation, language: str = "en") -> tuple[Finding, ...]:
    """Return everything the rules find, in the order of the rules, in a language."""
    found = ((rule.id, rule.find(situation)) for rule in EVERY)
    return tuple(Finding(name, one.text(language)) for name, one in found if one is not None)
