"""The front door: the engine's answer for one episode, or for a whole caseload."""

from midcourse.review.caseload import review_caseload
from midcourse.review.result import CaseloadReview, CourseReview, MeasureReview, Outlook

__all__ = ["CaseloadReview", "CourseReview", "MeasureReview", "Outlook", "review_caseload"]
