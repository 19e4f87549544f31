"""The second step after a check-in: scores, then the state of the course, stored with what made it so."""

from django.db import transaction
from django.utils import timezone

from midcourse_web.care.engine.course import NOT_COMPUTED, CourseFacts, Point, course_of, has_total
from midcourse_web.care.engine.scores import scores_of
from midcourse_web.care.models import IN_FORCE, AnswerSheet, Episode, ExpectedCourse, Score, Signal

EMPTY = CourseFacts(NOT_COMPUTED, "", "", {}, "")


def look_at_course(*, sheet: AnswerSheet) -> Signal | None:
    """Score one sheet and store the state of its measure; a measure without a total has no state.

    Where the engine fails, the signal is stored as not computed and tried again by the loop; the error
    goes on to the caller.
    """
    with transaction.atomic():
        _score(sheet)
    if not has_total(sheet.instrument):
        return None
    return signal_now(episode=sheet.episode, measure=sheet.instrument, sheet=sheet)


def signal_now(*, episode: Episode, measure: str, sheet: AnswerSheet | None = None) -> Signal:
    """Compute the state of one measure now and store it."""
    try:
        facts = facts_now(episode, measure)
    except Exception:
        _store(episode, measure, sheet, EMPTY)
        raise
    return _store(episode, measure, sheet, facts)


def facts_now(episode: Episode, measure: str) -> CourseFacts:
    """Ask the engine for the state of one measure, from every score up to today."""
    mine = episode.scores.filter(IN_FORCE, measure=measure, part="total", value__isnull=False)
    rows = mine.order_by("answered_at")
    points = [Point(row.value, row.answered_at, row.session_number) for row in rows if row.value is not None]
    saved = ExpectedCourse.objects.filter(clinic=episode.clinic, measure=measure).first()
    today = timezone.localdate()
    return course_of(
        str(episode.pk), measure, points, saved.saved if saved else None, today, episode.ended_on
    )


def _score(sheet: AnswerSheet) -> None:
    if sheet.scores.exists():
        return
    for one in scores_of(sheet.instrument, sheet.answers):
        Score.objects.create(
            sheet=sheet,
            episode=sheet.episode,
            measure=sheet.instrument,
            part=one.part,
            value=one.value,
            band=one.band,
            n_answered=one.n_answered,
            handling=one.handling,
            reason=one.reason[:200],
            answered_at=sheet.answered_at,
            session_number=sheet.session_number,
        )


@transaction.atomic
def _store(episode: Episode, measure: str, sheet: AnswerSheet | None, facts: CourseFacts) -> Signal:
    before = Signal.objects.filter(episode=episode, measure=measure).first()
    was_alert = before is not None and before.is_alert
    # What people have begun about an alert goes on while the state stays; a new alert starts anew.
    stage = before.stage if before is not None and was_alert and facts.is_alert else Signal.Stage.NONE
    if facts.is_alert and stage in (Signal.Stage.NONE, Signal.Stage.RESOLVED):
        stage = Signal.Stage.DUE
    if before is not None and before.sheet_id == (sheet.pk if sheet else None) and facts is EMPTY:
        return before
    return Signal.objects.create(
        episode=episode,
        sheet=sheet,
        measure=measure,
        state=facts.state,
        sentence=facts.sentence,
        how_often_right=facts.how_often_right,
        numbers=facts.numbers,
        rule=facts.rule,
        is_alert=facts.is_alert,
        stage=stage,
        snoozed_until=before.snoozed_until if before and stage else None,
        attempts=(before.attempts + 1) if before and before.sheet_id == (sheet and sheet.pk) else 1,
    )
