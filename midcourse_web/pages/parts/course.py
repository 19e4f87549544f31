"""A course as a page shows it: chart, one sentence, and the table beside it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from midcourse_web.care.engine.course import in_plain_words, is_told_in_full
from midcourse_web.care.reading import CourseRead, EventRead, StepRead
from midcourse_web.pages.parts.chart import Chart, chart

KINDS = {
    "reliably worse": "alert",
    "off course": "alert",
    "drifting": "soft",
    "on course": "fine",
    "reached goal": "fine",
}

STATES = {
    "reliably worse": gettext_lazy("reliably worse"),
    "off course": gettext_lazy("off course"),
    "drifting": gettext_lazy("drifting"),
    "no recent data": gettext_lazy("no recent data"),
    "not computed": gettext_lazy("not computed"),
    "too early": gettext_lazy("too early"),
    "on course": gettext_lazy("on course"),
    "reached goal": gettext_lazy("reached goal"),
}


@dataclass(frozen=True)
class Row:
    """One line of the table: when, how many points, and how that is against the one before."""

    when: datetime
    value: float
    change: float | None
    sheet: object = None
    note: str = ""
    does_not_fit: bool = False


@dataclass(frozen=True)
class Happened:
    """One thing on the chart in words, with its day."""

    on: date
    words: str


@dataclass(frozen=True)
class CourseShown:
    """Everything the template needs for one measure."""

    measure: str
    title: str
    state: str
    kind: str
    sentence: str
    calm: str
    how_often_right: str
    notes: tuple[str, ...]
    chart: Chart | None
    rows: tuple[Row, ...]
    signal_id: object
    stage: str
    stage_words: str
    snoozed_until: object
    happened: tuple[Happened, ...] = ()
    steps: tuple[StepRead, ...] = ()
    plain: str = ""
    state_words: str = ""


def shown(course: CourseRead, *, with_band: bool) -> CourseShown:
    """Return one course ready to be drawn; `with_band` False shows scores alone (SD1)."""
    signal = course.signal
    numbers = signal.numbers
    picture = None
    if numbers.get("scores"):
        picture = chart(
            course.title,
            numbers,
            with_band=with_band,
            labels=[date_format(localtime(row.answered_at), "DATE_FORMAT") for row in course.scores],
            events=[(_place(course, one.on), _told(one), one.kind) for one in course.events],
            missed=[_place(course, day) for day in course.missed],
        )
    return CourseShown(
        measure=course.measure,
        title=course.title,
        state=signal.state,
        state_words=str(STATES.get(signal.state, signal.state)),
        kind=KINDS.get(signal.state, "quiet"),
        sentence=signal.sentence,
        calm=calm(course),
        how_often_right=signal.how_often_right,
        notes=tuple(numbers.get("notes", ())),
        chart=picture,
        rows=_rows(course),
        signal_id=signal.pk,
        stage=signal.stage,
        stage_words=signal.get_stage_display() if signal.stage else "",
        snoozed_until=signal.snoozed_until,
        steps=course.steps,
        happened=tuple(Happened(one.on, _told(one)) for one in course.events),
        plain="" if is_told_in_full() or signal.state not in STATES else in_plain_words(signal.state),
    )


KIND_WORDS = {
    "goal set": gettext_lazy("goal set: %s"),
    "goal reached": gettext_lazy("goal reached: %s"),
    "goal dropped": gettext_lazy("goal set aside: %s"),
}


def _told(event: EventRead) -> str:
    return str(KIND_WORDS.get(event.kind, "%s")) % event.words


def calm(course: CourseRead) -> str:
    """Return one calm sentence about her own scores that ends in something to do (SD1)."""
    scores = [row.value for row in course.scores]
    if len(scores) < 2:
        return _("This is your first score. It is a start to compare with. Next time there is more to see.")
    change = scores[-1] - scores[0]
    if course.signal.numbers.get("higher_is_better"):
        change = -change
    n = abs(change)
    many = 1 if n == 1 else 2  # half points are plural too
    if change < 0:
        words = ngettext(
            "Your latest score is %(n)g point better than your first. You could talk about what helped.",
            "Your latest score is %(n)g points better than your first. You could talk about what helped.",
            many,
        )
        return words % {"n": n}
    if change > 0:
        words = ngettext(
            "Your latest score is %(n)g point harder than your first. That is worth telling your therapist.",
            "Your latest score is %(n)g points harder than your first. That is worth telling your therapist.",
            many,
        )
        return words % {"n": n}
    return _("Your latest score is the same as your first. You could talk about what you would like to try.")


def _rows(course: CourseRead) -> tuple[Row, ...]:
    values = [row.value for row in course.scores]
    before = [None, *values]
    return tuple(
        Row(
            row.answered_at,
            row.value,
            None if last is None else row.value - last,
            row.sheet,
            row.note,
            row.does_not_fit,
        )
        for row, last in zip(course.scores, before, strict=False)
    )


def _place(course: CourseRead, day: date) -> float:
    """Where a day lies on the course's own clock: between the scores around it, by days; weeks before and after."""
    times = [float(time) for time, _value in course.signal.numbers.get("scores", ())]
    days = [localdate(row.answered_at).toordinal() for row in course.scores]
    at = day.toordinal()
    if not days or len(days) != len(times):
        return 0.0
    if at <= days[0]:
        return times[0] + (at - days[0]) / 7.0
    for (left, time), (right, later) in zip(
        pairs := list(zip(days, times, strict=True)), pairs[1:], strict=False
    ):
        if at <= right:
            return time + (later - time) * (at - left) / max(right - left, 1)
    return times[-1] + (at - days[-1]) / 7.0
