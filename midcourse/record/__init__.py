"""What happened: episodes, scores, answers, sessions, and what else is on record. Frozen, validated, dated."""

from midcourse.record.answer_sheet import AnswerSheet
from midcourse.record.calendar import Attendance, Calendar, Session, calendar_of
from midcourse.record.check_up import Audience, CheckUp, SafetyAnswers
from midcourse.record.episode import Episode
from midcourse.record.history import (
    Ending,
    GoalAgreement,
    History,
    Homework,
    MedicationNote,
    Preference,
)
from midcourse.record.score import Score

__all__ = [
    "AnswerSheet",
    "Attendance",
    "Audience",
    "Calendar",
    "CheckUp",
    "Ending",
    "Episode",
    "GoalAgreement",
    "History",
    "Homework",
    "MedicationNote",
    "Preference",
    "SafetyAnswers",
    "Score",
    "Session",
    "calendar_of",
]
