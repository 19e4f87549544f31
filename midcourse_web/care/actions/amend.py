"""Mistakes are ordinary (SP8): a new sheet replaces the old one; an alert is never silently withdrawn."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.actions.check_in import Answers, raise_for, second_step
from midcourse_web.care.engine.kinds import about_the_work_together
from midcourse_web.care.engine.safety import said_about_safety
from midcourse_web.care.engine.scores import check
from midcourse_web.care.models import AnswerSheet, Episode, RiskStep, RiskTask
from midcourse_web.people.models import User

WRONG_CLIENT = "wrong client"
TAPPED_WRONG = "tapped the wrong answer"


@dataclass(frozen=True)
class Amended:
    """The sheet now in force, and the alert to speak of, if what was said asks for one."""

    sheet: AnswerSheet
    risk: RiskTask | None


def amend(*, by: User | None, sheet: AnswerSheet, answers: Answers, why: str = TAPPED_WRONG) -> Amended:
    """Put right the answers of a sheet; items that are not given stay as they were.

    Score, state and risk are worked out anew. Sent twice, it counts once. Raises ValueError for an
    answer that cannot be, and where the sheet was amended to something else meanwhile.
    """
    new = {**sheet.answers, **answers}
    check(sheet.instrument, new)
    amended, is_new = _replace(by, sheet, new, why)
    if is_new:
        second_step((amended.sheet,))
    return amended


def wrong_client(*, by: User, sheet: AnswerSheet, belongs_to: Episode | None = None) -> Amended:
    """Say that a sheet is somebody else's: empty it here, and put it where it belongs, if that is known.

    Alerts it raised stand until a person answers them. Raises ValueError for ratings of the work
    together, which no staff touches.
    """
    if about_the_work_together(sheet.instrument):
        raise ValueError(_("Only the client can change these answers."))
    nothing: dict[str, int | None] = dict.fromkeys(sheet.answers)
    with transaction.atomic():
        amended, is_new = _replace(by, sheet, nothing, WRONG_CLIENT)
        moved = _moved(by, sheet, belongs_to) if is_new and belongs_to is not None else None
    if is_new:
        second_step((amended.sheet,) if moved is None else (amended.sheet, moved))
    return amended


@transaction.atomic
def _replace(by: User | None, sheet: AnswerSheet, new: Answers, why: str) -> tuple[Amended, bool]:
    old = AnswerSheet.objects.select_for_update().get(pk=sheet.pk)
    if (there := AnswerSheet.objects.filter(replaces=old).first()) is not None:
        if there.answers != dict(new):
            raise ValueError(_("These answers were changed meanwhile. Please look at them again."))
        return Amended(there, _alert(there, old)), False
    made = AnswerSheet.objects.create(
        episode=old.episode,
        check_in=old.check_in,
        instrument=old.instrument,
        version=old.version,
        language=old.language,
        answers=dict(new),
        private=old.private,
        mode=old.mode,
        entered_by=by,
        answered_at=old.answered_at,
        session_number=old.session_number,
        key=f"amends:{old.pk}",
        replaces=old,
        amended_why=why[:200],
    )
    _risk_again(by, old, made)
    record(f"amended: {why}"[:60], by=by, subject=made, client=old.episode.client_id,
           clinic=old.episode.clinic_id)  # fmt: skip
    return Amended(made, _alert(made, old)), True


def _risk_again(by: User | None, old: AnswerSheet, new: AnswerSheet) -> None:
    """Note the amendment on every alert of the old answers, and raise a new one where more was said."""
    alerts = list(RiskTask.objects.filter(sheet=old))
    for task in alerts:
        RiskStep.objects.create(task=task, what=RiskStep.What.AMENDED, by=by)
        record("risk amended", by=by, subject=task, client=old.episode.client_id)
    before = {one["item"]: one["value"] for task in alerts for one in task.said}
    now = {one.item: one.value for one in said_about_safety(new.instrument, new.answers) if one.positive}
    if any(value is not None and value > before.get(item, 0) for item, value in now.items()):
        raise_for(by, (new,))


def _alert(new: AnswerSheet, old: AnswerSheet) -> RiskTask | None:
    """The alert to speak of after an amendment: none where nothing worrying is said any more."""
    if not any(one.positive for one in said_about_safety(new.instrument, new.answers)):
        return None
    return RiskTask.objects.filter(sheet__in=(new, old)).order_by("-made_at").first()


def _moved(by: User, sheet: AnswerSheet, to: Episode) -> AnswerSheet:
    made = AnswerSheet.objects.create(
        episode=to,
        instrument=sheet.instrument,
        version=sheet.version,
        language=sheet.language,
        answers=sheet.answers,
        mode=sheet.mode,
        entered_by=by,
        answered_at=sheet.answered_at,
        key=f"moved:{sheet.pk}",
        amended_why=WRONG_CLIENT,
    )
    raise_for(by, (made,))
    record("moved here", by=by, subject=made, client=to.client_id, clinic=to.clinic_id)
    return made
