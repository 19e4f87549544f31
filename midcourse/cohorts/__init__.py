"""The same rules for a table of many people, through Ibis on DuckDB: the only room that speaks Ibis.

The engine reads the distinct texts of a file and hands them to the readers of `tables`, so that a
cell means the same on both paths; it then reduces each client to a few running sums, and numpy
computes probabilities on Arrow batches. No public function takes or returns an Ibis type.
"""

from midcourse.cohorts.cells import NotTidy
from midcourse.cohorts.measure import MeasureCohort
from midcourse.cohorts.moments import NotPlain, course_sums
from midcourse.cohorts.review import CohortReview, review_table
from midcourse.cohorts.whole import Whole

__all__ = ["CohortReview", "MeasureCohort", "NotPlain", "NotTidy", "Whole", "course_sums", "review_table"]
