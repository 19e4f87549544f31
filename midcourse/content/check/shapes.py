"""Which fields each kind of content file has."""

from collections.abc import Mapping

from midcourse.content.check.shape import (
    Shape,
    day,
    flag,
    grade,
    maybe_text,
    number,
    one_of,
    table,
    text,
    texts,
    weight,
)

HEAD = {
    "id": text,
    "version": text,
    "language": text,
    "validated": flag,
    "reviewed_by": maybe_text,
    "check_again_on": day,
}
SEEN = one_of("seen", "part", "secondary", "memory")
CARD_GRADE = one_of("A", "B", "C", "D", "A/B", "B/C", "C/D", "guideline", "law", "consensus", "unverified")

QUESTION = Shape(
    {"id": text, "text": text, "weight": weight},
    {"reverse": flag, "private": flag, "own": flag, "options": texts},
)
REASON = Shape(
    {
        **HEAD,
        "title": text,
        "order": number,
        "family": one_of(
            "early", "relationship", "direction", "practical", "readiness", "problem", "outside"
        ),
        "evidence": grade,
        "evidence_note": text,
        "definition": text,
        "say": text,
        "weighing": text,
        "counter_note": text,
        "needs_client_statement": flag,
        "limits": texts,
        "never": texts,
        "escalation": text,
        "client_steps": texts,
        "therapist_steps": texts,
        "sources": texts,
        "needs": texts,
        "client_questions": texts,
        "therapist_questions": texts,
    },
    {},
    {
        "client_questions": QUESTION,
        "therapist_questions": QUESTION,
        "findings": Shape({"id": text, "points": weight}),
        "counter": Shape({"id": text, "points": number, "text": text}),
    },
)
# What is not okay is asked of the client alone, so a file need not ask the therapist anything.
CONDUCT = Shape(
    {name: test for name, test in REASON.must.items() if name != "therapist_questions"}
    | {"family": one_of("conduct")},
    {},
    REASON.lists,
)
STEPS = Shape(
    HEAD,
    {},
    {
        "steps": Shape(
            {"id": text, "who": one_of("client", "therapist", "clinic"), "text": text, "sources": texts}
        )
    },
)
LITERATURE = Shape(
    {"id": text, "version": text},
    {},
    {
        "sources": Shape(
            {
                "id": text,
                "author": text,
                "cite": text,
                "year": number,
                "doi": maybe_text,
                "seen": SEEN,
                "seen_note": text,
                "finding": text,
            },
            {"doi_seen": flag},
        )
    },
)
INSTRUMENT = Shape(
    {
        "id": text,
        "title": text,
        "short": text,
        "version": text,
        "language": text,
        "tier": text,
        "validated": flag,
        "sources": texts,
        "licence": table,
        "scoring": table,
    },
    open=True,
)
APPROACHES = Shape(
    {**HEAD, "tasks_used_in": texts},
    {},
    {
        "approaches": Shape(
            {
                "id": text,
                "title": text,
                "plain_title": text,
                "plain": text,
                "concerns": texts,
                "specific": flag,
                "fits": texts,
                "first": text,
                "also": text,
                "medicine_note": text,
                "when_to_look_again": text,
                "sources": texts,
                "sources_note": text,
                "grade": one_of("guideline", "unverified"),
            },
            {"therapies": texts},
        )
    },
)
STEP_RULES = Shape(HEAD, {}, {"rules": Shape({"id": text, "when": text, "add": texts, "hold_back": texts})})
MUST_NOTS = Shape(HEAD, {}, {"rules": Shape({"id": text, "text": text, "words": texts, "words_es": texts})})
CARDS = Shape(
    {**HEAD, "title": text, "order": number, "audience": one_of("client", "therapist")},
    {},
    {
        "cards": Shape(
            {"id": text, "title": text, "text": text, "grade": CARD_GRADE, "sources": texts},
            {
                "kind": one_of("book", "worksheet", "app", "group", "service", "exercise"),
                "reasons": texts,
                "without": text,
                "holder": text,
                "licence": text,
                "where": text,
                "seen": SEEN,
            },
            {"lines": Shape({"id": text, "text": text})},
        )
    },
)
SENTENCES = Shape(
    {**HEAD, "audience": one_of("client", "therapist", "both")},
    {},
    {"sentences": Shape({"id": text, "text": text})},
)
TOOL = Shape(
    {
        **HEAD,
        "order": number,
        "title": text,
        "text": text,
        "repeated": flag,
        "grade": CARD_GRADE,
        "reasons": texts,
    },
    {"say": text},
    {
        "fields": Shape(
            {
                "id": text,
                "text": text,
                "kind": one_of("text", "long", "scale", "choice", "yes-no", "day", "instrument"),
            },
            {"evidence": text, "instrument": text},
            {"options": Shape({"id": text, "text": text})},
        )
    },
)
SIDE_FILE = Shape(
    {"id": text, "language": text, "of_version": text, "reviewed_by": maybe_text, "note": text}, open=True
)

KINDS: Mapping[str, Shape] = {
    "reasons": REASON,
    "conduct": CONDUCT,
    "steps": STEPS,
    "literature": LITERATURE,
    "instruments": INSTRUMENT,
    "check_ins": INSTRUMENT,
    "guidance": CARDS,
    "sentences": SENTENCES,
    "tools": TOOL,
}
# Files of guidance that are tables rather than cards.
OF_THEIR_OWN: Mapping[str, Shape] = {
    "approaches": APPROACHES,
    "step-rules": STEP_RULES,
    "must-nots": MUST_NOTS,
}


def shape_of(kind: str, name: str) -> Shape | None:
    """Return the shape of a file, None for kinds that are checked by their own room."""
    return OF_THEIR_OWN.get(name) if kind == "guidance" and name in OF_THEIR_OWN else KINDS.get(kind)
