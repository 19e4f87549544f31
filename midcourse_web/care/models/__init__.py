"""The record: episodes, sessions, check-ins, scores, signals, risk, and what people agreed on."""

from midcourse_web.care.models.check_in import (
    IN_FORCE,
    AnswerSheet,
    CheckIn,
    ExpectedCourse,
    Schedule,
    Score,
)
from midcourse_web.care.models.episode import Episode, Intake, Session
from midcourse_web.care.models.goal import Goal, GoalRating, Homework
from midcourse_web.care.models.life import LifeEvent, MedicationNote, PointNote, Release, SafetyPlan
from midcourse_web.care.models.request import Consultation, PreparedNote, TrainingEntry
from midcourse_web.care.models.risk import RiskStep, RiskTask
from midcourse_web.care.models.shared_entry import SharedEntry
from midcourse_web.care.models.signal import Signal, SignalStep
from midcourse_web.care.models.task import Task
from midcourse_web.care.models.together import JointReview, ReleasedView, SharedPlan, TherapistView

__all__ = [
    "IN_FORCE",
    "AnswerSheet",
    "CheckIn",
    "Consultation",
    "Episode",
    "ExpectedCourse",
    "Goal",
    "GoalRating",
    "Homework",
    "Intake",
    "JointReview",
    "LifeEvent",
    "MedicationNote",
    "PointNote",
    "Release",
    "PreparedNote",
    "ReleasedView",
    "RiskStep",
    "RiskTask",
    "SafetyPlan",
    "Schedule",
    "Score",
    "Session",
    "SharedEntry",
    "SharedPlan",
    "Signal",
    "SignalStep",
    "Task",
    "TherapistView",
    "TrainingEntry",
]
