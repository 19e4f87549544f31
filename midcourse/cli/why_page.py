"""Print a review of one episode in its order: safety, what is not okay, reasons, steps for each side, plan."""

from typing import TYPE_CHECKING, Any

from midcourse.review.explanation import ClientReview, Explanation, SharedReview, TherapistReview

if TYPE_CHECKING:
    from midcourse.places import Place

Review = ClientReview | TherapistReview | SharedReview
SIDES = ("client", "therapist", "clinic")
HEADS = {
    "client": ("What you can do", "What your therapist can do", "What the clinic can do"),
    "therapist": ("What the client can do", "What you can do", "What the clinic can do"),
    "shared": ("For the client", "For the therapist", "For the clinic"),
}


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
        "reasons": [asdict(one) for one in explanation.reasons],
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


def print_review(review: Review, here: "Place") -> None:
    """Print the review for its audience."""
    from midcourse.cli.help_page import help_line, print_for, purposes_of
    from midcourse.cli.screen import console, say

    screen, explanation = console(), review.explanation
    if explanation.safety_sentence:
        say(screen, explanation.safety_sentence, style="bold")
    if review.audience == "client":
        say(screen, help_line(here))
    say(screen, "")
    _print_reasons(explanation)
    for side, head in zip(SIDES, HEADS[review.audience], strict=True):
        steps = [one for one in explanation.steps if one.who == side]
        if steps:
            say(screen, f"{head}:", style="bold")
        for step in steps:
            say(screen, f"- {step.text} ({step.id})", indent=2)
    say(screen, "")
    for line in (explanation.plan, explanation.right, explanation.label):
        say(screen, line)
    purposes = purposes_of(explanation.safety, (one.id for one in explanation.steps))
    if review.audience == "client" and purposes:
        say(screen, "")
        print_for(here, purposes)


def _print_reasons(explanation: Explanation) -> None:
    from midcourse.cli.screen import console, say

    screen = console()
    if not explanation.reasons:
        say(
            screen,
            "Nothing stands out from what is known so far. You can answer more, or just talk about it.",
        )
    else:
        say(
            screen,
            f"Worth talking about ({explanation.confidence}); you may say no to any of them:",
            style="bold",
        )
    for one in explanation.reasons:
        say(
            screen,
            f"{one.title} - {one.band} ({one.points:.1f} points, evidence {one.evidence})",
            style="bold",
        )
        say(screen, one.say, indent=2)
        for part in one.parts:
            amount = f"{part.points:+.1f} " if part.points else ""
            say(screen, f"{amount}{part.sentence}", indent=4)
    say(screen, "")
