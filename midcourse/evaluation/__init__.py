"""Every claim judged here: forecasts of people the course has not seen, their coverage and their scores."""

from midcourse.evaluation.coverage import Coverage, coverage_of, covered, randomised_pit
from midcourse.evaluation.cross_validate import cross_validate, learner
from midcourse.evaluation.held_out import HeldOut
from midcourse.evaluation.scores import Scores, crps, log_score, scores_of

__all__ = [
    "Coverage",
    "HeldOut",
    "Scores",
    "coverage_of",
    "covered",
    "cross_validate",
    "crps",
    "learner",
    "log_score",
    "randomised_pit",
    "scores_of",
]
