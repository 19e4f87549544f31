"""Findings about life outside therapy and care before it."""

from midcourse.content.say import Said, said
from midcourse.reasons.finding import Rule
from midcourse.reasons.situation import Situation


def life_event(now: Situation) -> Said | None:
    """A new major life event, or functioning fell."""
    events = now.history.life_events
    if events:
        return said("found-life-event", events=", ".join(events))
    return said("found-harder") if now.history.functioning_fell else None


def support_low(now: Situation) -> Said | None:
    """Support in its lowest band."""
    return said("found-support-low") if now.history.support_lowest else None


def first_time(now: Situation) -> Said | None:
    """First time in therapy."""
    return said("found-first-time") if now.history.first_therapy else None


def past_bad(now: Situation) -> Said | None:
    """Bad experiences with care before."""
    return said("found-past-bad") if now.history.bad_past_therapy else None


RULES = (
    Rule(
        "D-LIFE",
        "Life event",
        "a new one on record, or functioning fell",
        "White 2015",
        life_event,
    ),
    Rule(
        "D-SUPPORT-LOW",
        "Little support",
        "lowest band",
        "Buckman 2021, doi 10.1111/acps.13285",
        support_low,
    ),
    Rule(
        "D-FIRST",
        "First therapy",
        "said at intake",
        "Swift, Callahan 2011",
        first_time,
    ),
    Rule(
        "D-PASTBAD",
        "Past care",
        "said at intake",
        "judgement",
        past_bad,
    ),
)
