"""Print a review of one episode in its order: safety, what is not okay, reasons, steps for each side, plan."""

from typing import TYPE_CHECKING, Any

from midcourse.record import Audience
from midcourse.review.explanation import ClientReview, Explanation, SharedReview, TherapistReview

if TYPE_CHECKING:
    from midcourse.places import Place
    from midcourse.plans.guidance import Card

Review = ClientReview | TherapistReview | SharedReview
SIDES = ("client", "therapist", "clinic")
CARDS = 3  # of each reason are named


def as_data(review: Review, unused: tuple[str, ...], here: "Place") -> dict[str, Any]:
    """Return the review as plain data, ready for JSON."""
    from dataclasses import asdict

    from midcourse.cli import help_page

    explanation = review.explanation
    return {
        "audience": review.audience,
        "validated": False,
        "label": explanation.label,
        "safety": explanation.safety,
        "safety_sentence": explanation.safety_sentence,
        "track": explanation.track,
        "reasons": [
            asdict(one) | {"cards": [card.id for card in _cards(one.id, review.audience, "en")]}
            for one in explanation.reasons
        ],
        "steps": [one.id for one in explanation.steps],
        "steps_by_side": {
            side: [asdict(one) for one in explanation.steps if one.who == side] for side in SIDES
        },
        "findings": [{"id": name, "sentence": sentence} for name, sentence in explanation.findings],
        "plan": explanation.plan,
        "confidence": explanation.confidence,
        "choices": list(explanation.choices),
        "right_to_switch": explanation.right,
        "not_used": list(unused),
        "help_now": help_page.as_data(here),
    }


def print_review(review: Review, here: "Place", language: str = "en") -> None:
    """Print the review for its audience, in a language."""
    from midcourse.cli.help_page import help_line, print_for, purposes_of
    from midcourse.cli.screen import console, say
    from midcourse.content.say import sentence

    screen, explanation = console(), review.explanation
    if explanation.safety_sentence:
        say(screen, explanation.safety_sentence, style="bold")
    if review.audience == "client":
        say(screen, help_line(here))
    say(screen, "")
    _print_reasons(explanation, review.audience, language)
    for side in SIDES:
        steps = [one for one in explanation.steps if one.who == side]
        if steps:
            say(screen, f"{sentence(f'head-{review.audience}-{side}', language)}:", style="bold")
        for step in steps:
            say(screen, f"- {step.text} ({step.id})", indent=2)
    say(screen, "")
    say(screen, sentence("term-plan", language), style="bold")
    for line in (explanation.plan, explanation.right, explanation.label):
        say(screen, line)
    purposes = purposes_of(explanation.safety, (one.id for one in explanation.steps))
    if review.audience == "client" and purposes:
        say(screen, "")
        print_for(here, purposes)


def _print_reasons(explanation: Explanation, audience: Audience, language: str) -> None:
    from midcourse.cli.screen import console, say
    from midcourse.content.say import sentence

    screen = console()
    if not explanation.reasons:
        say(screen, sentence("nothing-stands-out", language))
    else:
        say(screen, sentence("term-worth", language, confidence=explanation.confidence), style="bold")
    for one in explanation.reasons:
        points = sentence("term-points", language, points=f"{one.points:.1f}", grade=one.evidence)
        say(screen, f"{one.title} - {one.band} ({points})", style="bold")
        say(screen, one.say, indent=2)
        for part in one.parts:
            amount = f"{part.points:+.1f} " if part.points else ""
            say(screen, f"{amount}{part.sentence}", indent=4)
        named = "; ".join(f"{card.title} ({card.id})" for card in _cards(one.id, audience, language)[:CARDS])
        if named:
            say(screen, sentence("term-cards", language, cards=named), indent=2)
    say(screen, "")


def _cards(reason: str, audience: Audience, language: str) -> "tuple[Card, ...]":
    """The guidance that goes with a reason; on a shared screen it is the client's."""
    from midcourse.plans.guidance import cards_for

    return cards_for(reason, "therapist" if audience == "therapist" else "client", language)
