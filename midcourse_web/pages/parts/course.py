"""A course as a page shows it: chart, one sentence, and the table beside it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from midcourse_web.care.models import Session
from midcourse_web.care.reading import CourseRead
from midcourse_web.pages.parts.chart import Chart, chart

DAY = 86400.0
KINDS = {
    "reliably worse": "alert",
    "off course": "alert",
    "drifting": "soft",
    "on course": "fine",
    "reached goal": "fine",
}


@dataclass(frozen=True)
class Row:
    """One line of the table: when, how many points, and how that is against the one before."""

    when: datetime
    value: float
    change: float | None


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
            events=[(_weeks(course, one.on), one.words) for one in course.events],
            missed=[
                _weeks(course, localtime(one.starts_at).date()) for one in course.sessions if _missed(one)
            ],
        )
    return CourseShown(
        measure=course.measure,
        title=course.title,
        state=signal.state,
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
    )


def calm(course: CourseRead) -> str:
    """Return one calm sentence about her own scores that ends in something to do (SD1)."""
    scores = [row.value for row in course.scores if row.value is not None]
    if len(scores) < 2:
        return _("This is your first score. It is a start to compare with. Next time there is more to see.")
    change = scores[-1] - scores[0]
    if course.signal.numbers.get("higher_is_better"):
        change = -change
    size = {"n": abs(change)}
    if change < 0:
        return (
            _("Your latest score is %(n)g points better than your first. You could talk about what helped.")
            % size
        )
    if change > 0:
        return (
            _(
                "Your latest score is %(n)g points harder than your first. That is worth telling your therapist."
            )
            % size
        )
    return _("Your latest score is the same as your first. You could talk about what you would like to try.")


def _rows(course: CourseRead) -> tuple[Row, ...]:
    values = [row.value or 0.0 for row in course.scores]
    before = [None, *values]
    return tuple(
        Row(row.answered_at, value, None if last is None else value - last)
        for row, value, last in zip(course.scores, values, before, strict=False)
    )


def _weeks(course: CourseRead, day: object) -> float:
    began = course.began
    return 0.0 if began is None else (day - localtime(began).date()).days / 7.0  # type: ignore[operator]


def _missed(session: Session) -> bool:
    return session.attendance not in ("", Session.Attendance.ATTENDED)
