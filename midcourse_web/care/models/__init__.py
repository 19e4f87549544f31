"""The record: episodes, sessions, check-ins, scores, signals, risk, and what people agreed on."""

from midcourse_web.care.models.check_in import AnswerSheet, CheckIn, ExpectedCourse, Schedule, Score
from midcourse_web.care.models.episode import Episode, Intake, Session
from midcourse_web.care.models.goal import Goal, GoalRating, Homework
from midcourse_web.care.models.life import LifeEvent, MedicationNote, PointNote, Release, SafetyPlan
from midcourse_web.care.models.risk import RiskStep, RiskTask
from midcourse_web.care.models.signal import Signal, SignalStep
from midcourse_web.care.models.task import Task

__all__ = [
    "AnswerSheet",
    "CheckIn",
    "Episode",
    "ExpectedCourse",
    "Goal",
    "GoalRating",
    "Homework",
    "Intake",
    "LifeEvent",
    "MedicationNote",
    "PointNote",
    "Release",
    "RiskStep",
    "RiskTask",
    "SafetyPlan",
    "Schedule",
    "Score",
    "Session",
    "Signal",
    "SignalStep",
    "Task",
]
