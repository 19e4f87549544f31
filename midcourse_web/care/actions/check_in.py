"""Record a check-in: safety first in time (SR1), then scores and the course."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from midcourse_web.audit.record import record
from midcourse_web.care.actions.risk import raise_risk
from midcourse_web.care.engine.instruments import questionnaire
from midcourse_web.care.engine.safety import said_about_safety
from midcourse_web.care.engine.scores import check
from midcourse_web.care.models import AnswerSheet, CheckIn, RiskTask
from midcourse_web.outbox.actions.put import withdraw
from midcourse_web.people.models import User

log = logging.getLogger(__name__)
Answers = Mapping[str, int | None]


@dataclass(frozen=True)
class Recorded:
    """What a submission came to: its sheets, the alert it raised if any, and whether it was new."""

    sheets: tuple[AnswerSheet, ...]
    risk: RiskTask | None
    is_new: bool


def record_check_in(
    *,
    by: User | None,
    check_in: CheckIn,
    given: Mapping[str, Answers],
    mode: str,
    private: frozenset[str] = frozenset(),
    answered_at: datetime | None = None,
) -> Recorded:
    """Save the answers of a check-in, raise what must be raised, and only then look at the course.

    `given` maps each instrument to its answers. Submitted twice (a double click, a lost reply), it is
    recorded once and the same is returned. Raises ValueError, naming the item, for an answer that
    cannot be, before anything is written.
    """
    for instrument, answers in given.items():
        check(instrument, answers)
    try:
        recorded = _first_step(by, check_in, given, mode, private, answered_at or timezone.now())
    except IntegrityError:
        # Two at the same moment: the other one was saved.
        return _already(check_in)
    if recorded.is_new:
        second_step(recorded.sheets)
    return recorded


@transaction.atomic
def _first_step(
    by: User | None,
    check_in: CheckIn,
    given: Mapping[str, Answers],
    mode: str,
    private: frozenset[str],
    at: datetime,
) -> Recorded:
    """Answers, safety rule, alert, message, audit row: together, or not at all."""
    mine = CheckIn.objects.select_for_update().get(pk=check_in.pk)
    if mine.state == CheckIn.State.DONE:
        return _already(mine)
    sheets = tuple(_sheet(by, mine, name, answers, mode, private, at) for name, answers in given.items())
    risk = raise_for(by, sheets)
    mine.state, mine.done_at, mine.link_hash, mine.code_hash = CheckIn.State.DONE, timezone.now(), "", ""
    mine.save()
    withdraw(about=mine.pk, kind="reminder")
    record("check-in", by=by, subject=mine, client=mine.episode.client, clinic=mine.episode.clinic, how=mode)
    return Recorded(sheets, risk, is_new=True)


def _sheet(
    by: User | None,
    check_in: CheckIn,
    instrument: str,
    answers: Answers,
    mode: str,
    private: frozenset[str],
    at: datetime,
) -> AnswerSheet:
    form = questionnaire(instrument)
    return AnswerSheet.objects.create(
        episode=check_in.episode,
        check_in=check_in,
        instrument=form.id,
        version=form.version,
        language=form.language,
        answers=dict(answers),
        private=sorted(private & set(answers)),
        mode=mode,
        entered_by=by,
        answered_at=at,
        session_number=check_in.session.number if check_in.session else None,
        key=f"{check_in.pk}:{form.id}",
    )


def raise_for(by: User | None, sheets: tuple[AnswerSheet, ...]) -> RiskTask | None:
    """Apply the safety rule to each sheet and raise one alert for all that was said, if anything was."""
    said = []
    for sheet in sheets:
        for one in said_about_safety(sheet.instrument, sheet.answers):
            if one.positive:
                said.append({"item": one.item, "value": one.value, "about": one.asks_about})
    if not said:
        return None
    return raise_risk(by=by, episode=sheets[0].episode, sheet=sheets[0], said=said)


def _already(check_in: CheckIn) -> Recorded:
    sheets = tuple(check_in.sheets.filter(replaced_by__isnull=True))
    risk = RiskTask.objects.filter(sheet__check_in=check_in).order_by("made_at").first()
    return Recorded(sheets, risk, is_new=False)


def second_step(sheets: tuple[AnswerSheet, ...]) -> None:
    """Score the sheets and look at the course. Whatever fails here, nothing of the first step is lost."""
    # Late: the safety rule must not depend on anything that this part loads.
    from midcourse_web.care.actions.course import look_at_course

    for sheet in sheets:
        try:
            look_at_course(sheet=sheet)
        except Exception:
            log.exception("the course could not be looked at")
