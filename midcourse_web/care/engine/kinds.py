"""What kind of questions an instrument asks: an alliance rating is the client's alone to answer (SP8)."""

from midcourse.measures.instrument import UnknownInstrument, find

# What people say about the work together: the session check-in, its mirror, and published alliance scales.
ABOUT_THE_WORK = frozenset({"midcourse-check-in", "therapist-mirror", "srs", "wai-sr"})


def about_the_work_together(instrument: str) -> bool:
    """Say whether an instrument asks how client and therapist work together; staff never key it in."""
    try:
        return find(instrument).id in ABOUT_THE_WORK
    except UnknownInstrument:
        return False


def safety_items(instrument: str) -> frozenset[str]:
    """Return the ids of an instrument's safety items; empty where it has none or is unknown."""
    try:
        return frozenset(rule.item for rule in find(instrument).safety)
    except UnknownInstrument:
        return frozenset()
