"""Review a whole caseload: every course of every client, most in need of attention first."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from math import floor

from midcourse.course.basis import Axis
from midcourse.course.course import Course
from midcourse.course.observed import Observed, choose_axis, observe
from midcourse.measures.scale import Scale
from midcourse.record import Episode
from midcourse.review.one_course import review_course
from midcourse.review.people import in_order
from midcourse.review.result import CaseloadReview, CourseReview, MeasureReview
from midcourse.signals.silence import silence_of
from midcourse.signals.thresholds import in_words
from midcourse.signals.two_stage import RULE_VERSION

Progress = Callable[[float], None]

NOT_PLACED = "No score has a time on this measure's clock during therapy, so no course is expected."


def review_caseload(
    episodes: Sequence[Episode],
    scales: Mapping[str, Scale],
    *,
    courses: Mapping[str, Course] | None = None,
    as_of: float | None = None,
    as_of_text: str | None = None,
    whole_weeks: bool = False,
    references: bool = True,
    bands: bool = True,
    problems: Iterable[str] = (),
    progress: Progress | None = None,
) -> CaseloadReview:
    """Return the review of a caseload, most in need of attention first.

    `scales` maps each measure to its scale; `courses` gives saved courses to use instead of fitting
    one to these episodes; `as_of` is a day on the same count as the scores' days: later scores are not
    seen (scores without a day are), and without it nothing is said about silence; `bands` draws each
    course out for a chart. `progress` is called with the share done, 0 to 1.
    """
    episodes = [_seen_by(episode, as_of) for episode in episodes]
    found: list[CourseReview] = []
    measures = []
    total = sum(len(episode.measures()) for episode in episodes) or 1
    names = dict.fromkeys(m for episode in episodes for m in episode.measures())
    every = [_Measure(episodes, measure, scales[measure], whole_weeks) for measure in names]
    chosen = _with_limits(
        every, [one.course((courses or {}).get(one.scale.measure), references) for one in every]
    )
    for one, (course, why) in zip(every, chosen, strict=True):
        measures.append(describe_measure(one.scale, one.axis, course, why))
        for episode, observed in one.people:
            found.append(one.reviewed(episode, observed, course, as_of, bands))
            if progress is not None:
                progress(len(found) / total)
    ordered = in_order(found, {measure: scale.title for measure, scale in scales.items()})
    return CaseloadReview(tuple(ordered), tuple(measures), RULE_VERSION, as_of_text, tuple(problems))


def _with_limits(
    measures: "Sequence[_Measure]", chosen: Sequence[tuple[Course | None, str, bool]]
) -> list[tuple[Course | None, str]]:
    """Courses that were fitted here, with limits learned on the clients they were fitted to."""
    fresh = [(one, course) for one, (course, _, new) in zip(measures, chosen, strict=True) if course and new]
    if not fresh:
        return [(course, why) for course, why, _ in chosen]
    # Late: learning loads numpy, and a review with saved courses must not.
    from midcourse.signals.learned import spoken, with_limits

    learned = iter(with_limits([spoken(one.observed(), course, one.scale) for one, course in fresh]))
    return [(next(learned) if course and new else course, why) for course, why, new in chosen]


def _seen_by(episode: Episode, as_of: float | None) -> Episode:
    """The episode as it stood at the end of the day `as_of`: a signal knows nothing later (ST7)."""
    if as_of is None:
        return episode
    kept = tuple(score for score in episode.scores if score.day is None or floor(score.day) <= as_of)
    return replace(episode, scores=kept)


class _Measure:
    """One measure of a caseload: its clock, its people, its course."""

    def __init__(self, episodes: Sequence[Episode], measure: str, scale: Scale, whole_weeks: bool) -> None:
        with_scores = [episode for episode in episodes if episode.of(measure)]
        self.scale = scale
        self.axis: Axis | None = choose_axis(with_scores, measure)
        self.whole_weeks = whole_weeks and self.axis == "week"
        self.people: list[tuple[Episode, Observed | None]] = []
        for episode in with_scores:
            seen = observe(episode, measure, self.axis, whole_weeks=whole_weeks) if self.axis else None
            self.people.append((episode, seen))

    def course(self, saved: Course | None, references: bool) -> tuple[Course | None, str, bool]:
        """The course in force, where it is from, and whether it was fitted here."""
        if saved is not None:
            fits = self.axis == saved.basis.axis
            why = "A saved course, fitted before." if fits else _other_axis(saved, self.axis)
            return (saved if fits else None), why, False
        if self.axis is None:
            why = "Most scores have neither a session number nor a date, so no course is expected."
            return None, why, False
        # Late: fitting loads numpy and scipy, and a review with saved courses must not.
        from midcourse.course.choose import course_for

        chosen = course_for(self.observed(), self.scale, self.axis, references=references)
        if chosen.course is not None and self.whole_weeks:
            return self._with_rounding(chosen.course), chosen.why, True
        return chosen.course, chosen.why, True

    def observed(self) -> list[Observed]:
        """The clients on the clock, in order of id: no answer depends on the order of the file's rows."""
        known = sorted(self.people, key=lambda pair: (pair[0].client_id, pair[0].episode_id))
        return [observed for _, observed in known if observed is not None]

    def _with_rounding(self, course: Course) -> Course:
        """The course, with what rounding weeks moved in its history (ST2)."""
        from midcourse.course.rounding import what_rounding_moved

        pairs = [
            (exact, rounded)
            for episode, rounded in self.people
            if rounded is not None and (exact := observe(episode, self.scale.measure, "week")) is not None
        ]
        moved = what_rounding_moved([exact for exact, _ in pairs], [rounded for _, rounded in pairs], course)
        return replace(course, history=dict(course.history) | {"whole_weeks": moved})

    def reviewed(
        self,
        episode: Episode,
        observed: Observed | None,
        course: Course | None,
        as_of: float | None,
        bands: bool,
    ) -> CourseReview:
        placed = observed is not None
        return review_course(
            observed or _in_order(episode, self.scale.measure),
            episode.episode_id,
            course if placed else None,
            self.scale,
            self.axis if self.axis and placed else "score",
            silence=silence_of(_days(episode, self.scale.measure), as_of, episode.ended),
            age=episode.age,
            notes=() if placed or self.axis is None else (NOT_PLACED,),
            bands=bands,
        )


def describe_measure(scale: Scale, axis: Axis | None, course: Course | None, why: str) -> MeasureReview:
    """Return how the expected course of one measure came about, and the numbers in force."""
    return MeasureReview(
        measure=scale.measure,
        title=scale.title,
        minimum=scale.minimum,
        maximum=scale.maximum,
        higher_is_better=scale.higher_is_better,
        axis=axis or "score",
        reliable_change=scale.reliable_change.points if scale.reliable_change else None,
        caseness=scale.caseness.value if scale.caseness else None,
        horizon=course.horizon if course else None,
        course=dict(course.history) if course else {},
        sources=tuple(_sources(scale, course, why)),
    )


def _days(episode: Episode, measure: str) -> list[float]:
    return [score.day for score in episode.of(measure) if score.day is not None]


def _in_order(episode: Episode, measure: str) -> Observed:
    """Scores without a usable time, in the order given: numbered 1, 2, ... and never forecast."""
    values = tuple(score.value for score in episode.of(measure))
    times = tuple(float(i + 1) for i in range(len(values)))
    return Observed(episode.client_id, times, values, episode.therapist_id)


def _other_axis(saved: Course, axis: str | None) -> str:
    return f"The saved course counts by {saved.basis.axis}, these scores by {axis or 'neither'}."


def _sources(scale: Scale, course: Course | None, why: str) -> Iterable[str]:
    yield why
    change, cut = scale.reliable_change, scale.caseness
    if change is None:
        yield "No reliable change is in force for this measure, so nothing is called reliable."
    else:
        yield f"Reliable change of {change.points:g} points: {change.source}."
    if cut is not None:
        yield f"Cut-off {cut.value:g}: {cut.source}."
    if course is not None and change is not None:
        yield in_words(course, scale)
