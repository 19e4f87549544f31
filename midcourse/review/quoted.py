"""A caseload with how often such signals were right elsewhere beside each of them (ST7)."""

from collections.abc import Mapping
from dataclasses import replace

from midcourse.review.result import CaseloadReview, CourseReview, MeasureReview
from midcourse.signals.how_often_right import right_so_often
from midcourse.signals.predictive_values import PredictiveValues

NOT_KNOWN = (
    "How often such a signal was right for people like this: not known yet. `midcourse evaluate "
    "--predictive-values` counts it on finished courses."
)


def quoted(review: CaseloadReview, tables: Mapping[str, PredictiveValues]) -> CaseloadReview:
    """Return the review with the sentence of `tables` (by measure) beside each signal.

    A measure without a table says once that it is not known.
    Raises ValueError, with the mend, for a table of another rule, of another reliable change, or of a
    measure that the review does not have.
    """
    measures = {measure.measure: measure for measure in review.measures}
    for name, table in tables.items():
        _check(measures.get(name), table, review.rule_version)
    return replace(
        review,
        courses=tuple(_said(course, tables.get(course.measure)) for course in review.courses),
        measures=tuple(_sourced(measure, tables.get(measure.measure)) for measure in review.measures),
    )


def _check(measure: MeasureReview | None, table: PredictiveValues, rule: str) -> None:
    if measure is None:
        raise ValueError(f"The table has no score on {table.measure}; leave out those predictive values.")
    if table.rule != rule:
        raise ValueError(
            f"The predictive values of {table.data_set} are about the rule {table.rule}, and this review goes by "
            f"{rule}. Count them again with `midcourse evaluate`."
        )
    if table.reliable_change != measure.reliable_change:
        raise ValueError(
            f"The predictive values of {table.data_set} count a reliable change of {table.reliable_change or 0:g} "
            f"points, and here {measure.reliable_change or 0:g} are in force. See --reliable-change."
        )


def _said(course: CourseReview, table: PredictiveValues | None) -> CourseReview:
    if table is None or len(course.scores) < 2:
        return course
    third = table.third_of(course.scores[0][1])
    return replace(course, how_often_right=right_so_often(course.state, len(course.scores), third, table))


def _sourced(measure: MeasureReview, table: PredictiveValues | None) -> MeasureReview:
    if table is None:
        return replace(measure, sources=(*measure.sources, NOT_KNOWN))
    words = (
        f"How often signals were right is counted on {table.clients} people of {table.data_set} "
        f"({table.setting}), all of it borrowed from there unless that is this very place."
    )
    return replace(measure, sources=(*measure.sources, words))
