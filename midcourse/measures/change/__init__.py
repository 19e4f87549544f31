"""Has this person changed, by more than the questionnaire's own error, and which way?

Seven formulas answer that, each named in its result together with what it is relative to (ST12).
For the person in the room it is Jacobson and Truax's; a signal or a service outcome takes an
`OwnChange` only, which `own_change` guards.
"""

from midcourse.measures.change.by_name import changes
from midcourse.measures.change.formulas import (
    edwards_nunnally,
    growth_model,
    gulliksen_lord_novick,
    hsu_linn_lord,
    jacobson_truax,
    nunnally_kotsch,
    prediction_error,
    regressed,
)
from midcourse.measures.change.group import FirstLast, first_and_last, mean_and_sd
from midcourse.measures.change.hageman_arrindell import (
    HagemanArrindell,
    hageman_arrindell_terms,
    reliability_at,
)
from midcourse.measures.change.percentage import percentage_change
from midcourse.measures.change.result import (
    GROUP_RELATIVE,
    Change,
    Direction,
    Formula,
    GroupChange,
    OwnChange,
    RelativeTo,
    RelativeToGroupError,
    own_change,
)
from midcourse.measures.change.threshold import (
    ENOUGH_INTAKES,
    clinics_own_reliable_change,
    difference_error,
    reliable_change,
    reliable_points,
    standard_error,
)

__all__ = [
    "ENOUGH_INTAKES",
    "GROUP_RELATIVE",
    "Change",
    "Direction",
    "FirstLast",
    "Formula",
    "GroupChange",
    "HagemanArrindell",
    "OwnChange",
    "RelativeTo",
    "RelativeToGroupError",
    "changes",
    "clinics_own_reliable_change",
    "difference_error",
    "edwards_nunnally",
    "first_and_last",
    "growth_model",
    "gulliksen_lord_novick",
    "hageman_arrindell_terms",
    "hsu_linn_lord",
    "jacobson_truax",
    "mean_and_sd",
    "nunnally_kotsch",
    "own_change",
    "percentage_change",
    "prediction_error",
    "regressed",
    "reliability_at",
    "reliable_change",
    "reliable_points",
    "standard_error",
]
