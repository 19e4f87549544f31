"""What happened: episodes and the scores and answers in them. Frozen, validated, dated."""

from midcourse.record.answer_sheet import AnswerSheet
from midcourse.record.episode import Episode
from midcourse.record.score import Score

__all__ = ["AnswerSheet", "Episode", "Score"]
