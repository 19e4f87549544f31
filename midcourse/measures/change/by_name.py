"""Any of the formulas by its name, for a whole group at once."""

from collections.abc import Callable, Sequence

from midcourse.measures.change.formulas import (
    edwards_nunnally,
    gulliksen_lord_novick,
    hsu_linn_lord,
    jacobson_truax,
    nunnally_kotsch,
)
from midcourse.measures.change.group import FirstLast, first_and_last
from midcourse.measures.change.hageman_arrindell import hageman_arrindell_terms
from midcourse.measures.change.result import Change, Formula


def changes(
    formula: Formula | str,
    pairs: Sequence[tuple[float, float]],
    *,
    reliability: float,
    higher_is_better: bool,
    reliability_last: float | None = None,
) -> tuple[Change, ...]:
    """Return every person's change by a named formula, in the order of the (first, last) pairs.

    Means, standard deviations and correlation are those of the pairs themselves. For NK the
    reliability at the last score is `reliability` where it is not given; the others ignore it.
    Raises ValueError for an unknown name, for HLM (it needs slopes: see `growth_model`), for fewer
    than two people, and as the formula does.
    Source: Jacobson and Truax (1991), doi 10.1037/0022-006X.59.1.12, and each formula's own.
    """
    name = Formula(formula)
    if name is Formula.HLM:
        raise ValueError("HLM needs each person's slope, not two scores: use growth_model.")
    group = first_and_last(pairs)
    last = reliability if reliability_last is None else reliability_last
    one = _one(name, group, reliability, last, higher_is_better)
    return tuple(one(*pair) for pair in pairs)


def _one(
    name: Formula, group: FirstLast, r: float, r_last: float, higher: bool
) -> Callable[[float, float], Change]:
    """Return the function of one person's two scores that a formula comes down to in a group."""
    mean, sd = group.mean_first, group.sd_first

    def of(first: float, last: float) -> Change:
        if name is Formula.JT:
            return jacobson_truax(first, last, sd=sd, reliability=r, higher_is_better=higher)
        if name is Formula.HLL:
            return hsu_linn_lord(first, last, group=group, reliability=r, higher_is_better=higher)
        if name is Formula.NK:
            return nunnally_kotsch(
                first,
                last,
                mean=mean,
                sd=sd,
                reliability=r,
                reliability_last=r_last,
                higher_is_better=higher,
            )
        regressing = edwards_nunnally if name is Formula.EN else gulliksen_lord_novick
        return regressing(first, last, mean=mean, sd=sd, reliability=r, higher_is_better=higher)

    if name is Formula.HA:
        return hageman_arrindell_terms(group, reliability=r, higher_is_better=higher).change
    return of
