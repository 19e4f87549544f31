"""The review of one client's course on one measure: signal, band, forecast, odds."""

from dataclasses import replace

from midcourse.course.course import Course
from midcourse.course.forecast import Forecast, Seen, forecast, intake_only, seen
from midcourse.course.observed import Observed
from midcourse.course.predictive import Predictive
from midcourse.measures.scale import Scale
from midcourse.review.result import BandPoint, CourseReview, Outlook
from midcourse.signals.chance import horizon_of, no_improvement
from midcourse.signals.policy import decide
from midcourse.signals.sentence import sentence
from midcourse.signals.silence import Silence

BAND_POINTS = 12  # enough for a smooth line, few enough to compute for every client


def review_course(
    observed: Observed,
    episode_id: str,
    course: Course | None,
    scale: Scale,
    axis: str,
    *,
    silence: Silence | None = None,
    age: float | None = None,
    notes: tuple[str, ...] = (),
    bands: bool = True,
) -> CourseReview:
    """Return the review of one course; `course` None gives scores and reliable change only.

    `bands` asks for the expected course and the forecast drawn out point by point, for a chart.

    A client outside the ages a reference describes gets no band and no forecast, and is told why.
    """
    if course is not None and (why := _outside(course, age)):
        course, notes = None, (*notes, why)
    signal = decide(observed, course, scale, silence)
    text = sentence(signal, observed, scale, axis)
    review = CourseReview(
        client_id=observed.client_id,
        episode_id=episode_id,
        measure=scale.measure,
        state=signal.state,
        sentence=text,
        scores=tuple(zip(observed.times, observed.scores, strict=True)),
        notes=(*notes, *_rounded(observed, scale)),
    )
    if course is None:
        return review
    review = _with_outlook(review, observed, course, scale)
    return _with_bands(review, observed, course, scale) if bands else review


def _outside(course: Course, age: float | None) -> str | None:
    if course.age_range is None or age is None:
        return None
    low, high = course.age_range
    if low <= age <= high:
        return None
    return (
        f"No band and no forecast: the reference describes people aged {low:g} to {high:g}, "
        f"and this person is {age:g}."
    )


def _rounded(observed: Observed, scale: Scale) -> tuple[str, ...]:
    off = [s for s in observed.scores if abs((s - scale.minimum) / scale.step % 1) > 1e-9]
    if not off:
        return ()
    which = "One score lies" if len(off) == 1 else f"{len(off)} scores lie"
    return (f"{which} between the measure's steps: kept as given for the fit, rounded for the odds.",)


def _with_outlook(review: CourseReview, observed: Observed, course: Course, scale: Scale) -> CourseReview:
    horizon = horizon_of(course, observed)
    outlook = _with_odds(_outlook(course, scale, seen(course, observed), horizon), course, scale, observed)
    return replace(review, outlook=outlook, notes=(*review.notes, *_assumed(course)))


def _with_bands(review: CourseReview, observed: Observed, course: Course, scale: Scale) -> CourseReview:
    start, so_far = intake_only(observed, course), seen(course, observed)
    # Each score's own time too, so that a table beside the chart shows the bounds the sentence names.
    times = sorted({*_times(observed.times[0], horizon_of(course, observed)), *observed.times})
    later = [t for t in times if t > observed.times[-1]]
    return replace(
        review,
        expected=tuple(_band(course, scale, start, t) for t in times[1:]),
        ahead=tuple(_band(course, scale, so_far, t) for t in later),
    )


def _times(first: float, last: float) -> list[float]:
    """Times that lie closer together near the start, where courses bend most."""
    return [first + (last - first) * (i / BAND_POINTS) ** 1.5 for i in range(BAND_POINTS + 1)]


def ends_of(course: Course, scale: Scale, so_far: Seen, time: float) -> list[Forecast]:
    """Return the forecast, or one for each end of an assumed range."""
    if not course.assumed_range:
        return [forecast(course, scale, so_far, time)]
    singles = [replace(course, parts=((1.0, part),)) for _, part in course.parts]
    return [forecast(single, scale, so_far, time) for single in singles]


def _band(course: Course, scale: Scale, so_far: Seen, time: float) -> BandPoint:
    found = [one.predictive for one in ends_of(course, scale, so_far, time)]
    bounds = [one.interval(0.80) for one in found]
    mean = sum(one.mean() for one in found) / len(found)
    return BandPoint(time, mean, min(low for low, _ in bounds), max(high for _, high in bounds))


def _outlook(course: Course, scale: Scale, so_far: Seen, time: float) -> tuple[Outlook, Predictive | None]:
    found = ends_of(course, scale, so_far, time)
    eighty = [one.predictive.interval(0.80) for one in found]
    ninety_five = [one.predictive.interval(0.95) for one in found]
    outlook = Outlook(
        time=time,
        mean=sum(one.predictive.mean() for one in found) / len(found),
        low80=min(low for low, _ in eighty),
        high80=max(high for _, high in eighty),
        low95=min(low for low, _ in ninety_five),
        high95=max(high for _, high in ninety_five),
        p_improvement=None,
        p_caseness_left=None,
        p_deterioration=None,
        borrowed_share=found[0].borrowed_share,
        own_share=found[0].own_share,
    )
    return outlook, found[0].predictive if len(found) == 1 else None


def _with_odds(
    found: tuple[Outlook, Predictive | None], course: Course, scale: Scale, observed: Observed
) -> Outlook:
    """The outlook with its odds, where one distribution gives them; who gets worse does not improve."""
    outlook, odds = found
    if odds is None:
        return outlook
    better, worse = odds.reliable_improvement(observed.intake), odds.reliable_deterioration(observed.intake)
    if better is not None and worse is not None:
        better = 1.0 - no_improvement(course, observed, scale, 1.0 - better)
        worse = min(worse, 1.0 - better)
    return replace(
        outlook, p_improvement=better, p_deterioration=worse, p_caseness_left=odds.below_caseness()
    )


def _assumed(course: Course) -> tuple[str, ...]:
    if not course.assumed_range:
        return ()
    return (
        "The expected course rests on assumed numbers, so the band is the wider of two, no odds are "
        "given and nobody is called off course.",
    )
