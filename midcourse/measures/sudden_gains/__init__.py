"""Sudden gains and sudden losses: large, stable jumps between two neighbouring sessions.

Three criteria have to hold: the jump is large in points, large against the score before it, and
large against the scatter of up to three scores on either side. The third is adjusted for missed
sessions through the degrees of freedom of its t value.
"""

from midcourse.measures.sudden_gains.criteria import ALPHA, SHARE, WINDOW, Criteria, Kind, is_sudden
from midcourse.measures.sudden_gains.find import SuddenChange, sudden_changes
from midcourse.measures.sudden_gains.student_t import critical_t
from midcourse.measures.sudden_gains.summary import SuddenChangeSummary, summarise

__all__ = [
    "ALPHA",
    "SHARE",
    "WINDOW",
    "Criteria",
    "Kind",
    "SuddenChange",
    "SuddenChangeSummary",
    "critical_t",
    "is_sudden",
    "sudden_changes",
    "summarise",
]
