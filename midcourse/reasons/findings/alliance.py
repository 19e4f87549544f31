"""Findings about the work together: licensed alliance scales in percent, or the shipped check-in item by item."""

from statistics import median

from midcourse.content.say import Said, said
from midcourse.reasons.finding import Rule
from midcourse.reasons.findings.course import worse
from midcourse.reasons.situation import Situation

CONCERN = 60.0  # percent of a licensed scale's range
DROP = 15.0  # percent below the client's own median so far
HIGH, HIGH_RUN = 85.0, 4
POLITE, POLITE_RUN = 95.0, 6
WATCHED = ("check-in-bond", "check-in-heard", "check-in-voice")
LITTLE = 1  # "a little"
FALL = 2  # options below the client's own usual
TOP = 4
STEADY = 10.0  # points below the own best that still count as steady


def _item(now: Situation, name: str) -> list[int]:
    sheets = now.history.check_ins
    return [value for one in sheets if (value := one.answers.get(name)) is not None]


def low(now: Situation) -> Said | None:
    """The latest alliance rating is below the concern level, or an item stayed low twice."""
    rated = now.history.alliance
    if rated and rated[-1] < CONCERN:
        return said("found-alliance-low", rating=f"{rated[-1]:.0f}")
    for name in WATCHED:
        answers = _item(now, name)
        if len(answers) > 1 and max(answers[-2:]) <= LITTLE:
            return said("found-item-low", item=said(f"watched-{name}"))
    return None


def drop(now: Situation) -> Said | None:
    """A clear fall from the client's own usual."""
    rated = now.history.alliance
    if len(rated) > 2 and median(rated) - rated[-1] >= DROP:
        usual, latest = f"{median(rated):.0f}", f"{rated[-1]:.0f}"
        return said("found-alliance-fell", usual=usual, latest=latest)
    for name in WATCHED:
        answers = _item(now, name)
        if len(answers) > 2 and median(answers[:-1]) - answers[-1] >= FALL:
            return said("found-item-fell", item=said(f"watched-{name}"))
    return None


def high(now: Situation) -> Said | None:
    """High and steady ratings."""
    rated = now.history.alliance
    if rated:
        run = rated[-HIGH_RUN:]
        steady = min(run) >= HIGH and max(rated) - rated[-1] < STEADY
        return said("found-alliance-high") if steady else None
    answers = [_item(now, name) for name in WATCHED]
    if all(len(one) >= HIGH_RUN and min(one[-HIGH_RUN:]) >= TOP - 1 for one in answers):
        return said("found-items-high")
    return None


def perfect_while_worse(now: Situation) -> Said | None:
    """Near-perfect ratings while the outcome worsens: an open question, never an accusation."""
    if worse(now) is None:
        return None
    rated = now.history.alliance
    if len(rated) >= POLITE_RUN and min(rated) >= POLITE:
        return said("found-alliance-top")
    answers = [_item(now, name) for name in WATCHED]
    if all(len(one) >= POLITE_RUN and min(one) >= TOP for one in answers):
        return said("found-items-top")
    return None


RULES = (
    Rule(
        "D-ALL-LOW",
        "Alliance low",
        "under 60 of 100, or an item at 'a little' or lower twice",
        "judgement; scale manuals",
        low,
    ),
    Rule(
        "D-ALL-DROP",
        "Alliance fell",
        "15 of 100 under the own median, or an item by two options",
        "judgement",
        drop,
    ),
    Rule(
        "D-ALL-HIGH",
        "Alliance high",
        "last 4 at 85 of 100 or more; items 3 or more",
        "judgement",
        high,
    ),
    Rule(
        "D-DROPANS",
        "Top ratings, worse scores",
        "six or more ratings of 95 of 100 while reliably worse",
        "Blanchard, Farber 2016, doi 10.1080/09515070.2015.1085365",
        perfect_while_worse,
    ),
)
