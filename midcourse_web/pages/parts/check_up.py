"""The steps of a check-up, the same for a client of the clinic and for somebody who has none. No queries."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from midcourse_web.care.engine.check_up import Side, ask_next, client_questions, titles
from midcourse_web.care.engine.facts import RecordFacts
from midcourse_web.private.held import Held

FELT = (
    (4, lazy("Very much")),
    (3, lazy("A lot")),
    (2, lazy("Some")),
    (1, lazy("A little")),
    (0, lazy("Not at all")),
)
SCALE = tuple(reversed(FELT))
HARM = (
    (0, pgettext_lazy("how often", "Not at all")),
    (1, lazy("Several days")),
    (2, lazy("More than half the days")),
    (3, lazy("Nearly every day")),
)
DANGER_WORDS = (("no", lazy("No")), ("yes", lazy("Yes")), ("rather not say", lazy("Rather not say")))


def language() -> str:
    """Return the language of the page, as content files name it."""
    return (get_language() or "en")[:2]


def taken(post: QueryDict, held: Held) -> Held:
    """Take one answer and go one step on. Anything that cannot be an answer counts as skipped."""
    given = post.get("answer", "")
    number = int(given) if given.isdigit() else None
    if "stop" in post:
        return replace(held, step="done")
    if held.step == "felt":
        return replace(held, felt=number if number is not None and number <= 4 else None, step="safety")
    if held.step == "safety":
        return replace(held, self_harm=number if number is not None and number <= 3 else None, step="danger")
    if held.step == "danger":
        return replace(held, in_danger=given if given in dict(DANGER_WORDS) else None, step="picks")
    if held.step == "picks":
        known = titles("en")
        picks = tuple(one for one in post.getlist("picks") if one in known)[:3]
        return replace(held, picks=picks, something_else=post.get("else", "")[:300], step="questions")
    question = post.get("question", "")
    if question not in client_questions("en"):
        return held
    return held.answered(question, number if number is not None and number <= 4 else None)


def needs_help(before: Held, after: Held) -> str:
    """Return which help an answer asks for at once: "harm", "danger" or none."""
    if before.step == "safety" and after.self_harm:
        return "harm"
    if before.step == "danger" and after.in_danger in ("yes", "rather not say"):
        return "danger"
    return ""


def asked(held: Held, facts: Callable[[], RecordFacts]) -> dict[str, Any] | None:
    """Return what the page asks now, None when enough is known; `facts` are read only where they matter."""
    page: dict[str, Any] = {"step": held.step, "count": len(held.answers) + len(held.skipped)}
    if held.step == "felt":
        return page | {"text": _("How much is therapy helping you so far?"), "choices": FELT}
    if held.step == "safety":
        text = _("In the last two weeks: I have thought about ending my life or hurting myself.")
        return page | {"text": text, "choices": HARM}
    if held.step == "danger":
        return page | {"text": _("I feel in danger from someone."), "choices": DANGER_WORDS}
    if held.step == "picks":
        return page | {"titles": titles(language())}
    if held.step == "done":
        return None
    found = ask_next(facts(), side_of(held), frozenset(held.skipped), language())
    return None if found is None else page | {"asked": found, "choices": SCALE}


def side_of(
    held: Held, therapist: Mapping[str, int] | None = None, released: Mapping[str, str] | None = None
) -> Side:
    """Return what was answered as the engine reads it, the therapist's answers weighing in (SD2)."""
    return Side(
        client=dict(held.answers),
        therapist=dict(therapist or {}),
        released=frozenset(released or {}),
        picks=held.picks,
        dismissed=frozenset(held.dismissed),
        self_harm=held.self_harm,
        in_danger=held.in_danger,
        not_working=held.not_working,
    )


def aside(held: Held, reason: str) -> Held:
    """Return the check-up with a reason set aside ("not for me"), or brought back."""
    gone = tuple(one for one in held.dismissed if one != reason)
    return replace(held, dismissed=gone if reason in held.dismissed else (*gone, reason))
