"""Files people bring in (CSV, Excel, Parquet; tidy or wide): records and a list of problems out."""

from midcourse.tables.kinds import KINDS, Kind, bad_input_table
from midcourse.tables.problem import Problem, Refused
from midcourse.tables.read import read_table
from midcourse.tables.reading import Counts, Reading
from midcourse.tables.size import LARGE, count_rows_quickly, is_large

__all__ = [
    "KINDS",
    "LARGE",
    "Counts",
    "Kind",
    "Problem",
    "Reading",
    "Refused",
    "bad_input_table",
    "count_rows_quickly",
    "is_large",
    "read_table",
]
