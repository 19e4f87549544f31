"""If it is not working, why might that be? Findings, weighing, asking. Never a verdict; not validated."""

from midcourse.reasons.evidence import Evidence, evidence_of
from midcourse.reasons.finding import Finding
from midcourse.reasons.rank import Ranking, rank
from midcourse.reasons.reason import Reason, every_reason
from midcourse.reasons.situation import CourseSeen, Situation
from midcourse.reasons.weigh import Point, Weighed

__all__ = [
    "CourseSeen", "Evidence", "Finding", "Point", "Ranking", "Reason", "Situation", "Weighed",
    "every_reason", "evidence_of", "rank",
]  # fmt: skip
