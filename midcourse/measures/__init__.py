"""What is asked and what a score means: instruments, scoring, change, safety."""

from midcourse.measures.instrument import Instrument, UnknownInstrument, find, find_in, known
from midcourse.measures.safety import SafetyAnswer, has_safety_item, safety_answers
from midcourse.measures.scale import Cutoff, ReliableChange, Scale
from midcourse.measures.scoring import PartScore, Scored, score

__all__ = [
    "Cutoff",
    "Instrument",
    "PartScore",
    "ReliableChange",
    "SafetyAnswer",
    "Scale",
    "Scored",
    "UnknownInstrument",
    "find",
    "find_in",
    "has_safety_item",
    "known",
    "safety_answers",
    "score",
]
