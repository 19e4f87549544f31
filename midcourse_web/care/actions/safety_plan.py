"""Safety plans: made together, every version kept, the newest in force (SR5)."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.models import SafetyPlan
from midcourse_web.people.models import Client, User


def save_plan(*, by: User, client: Client, parts: Mapping[str, str], after: int) -> SafetyPlan:
    """Save a new version of a client's safety plan; `after` is the number of the version it builds on, 0 for none.

    Saved twice with the same words it is one version. Raises ValueError where it is empty, or where
    somebody else saved a version meanwhile.
    """
    words = {name: parts.get(name, "").strip() for name in SafetyPlan.PARTS}
    if not any(words.values()):
        raise ValueError(_("Write at least one thing. The rest can come later."))
    try:
        return _save(by, client, words, after)
    except IntegrityError:
        raise ValueError(_meanwhile()) from None


def _meanwhile() -> str:
    """Return what is said where two people wrote at the same time."""
    return _("This plan was changed meanwhile. Your words are still here; compare, then save again.")


@transaction.atomic
def _save(by: User, client: Client, words: dict[str, str], after: int) -> SafetyPlan:
    newest = client.safety_plans.first()
    if newest is not None and all(getattr(newest, name) == text for name, text in words.items()):
        return newest
    if (newest.number if newest else 0) != after:
        raise ValueError(_meanwhile())
    plan = SafetyPlan.objects.create(client=client, number=after + 1, made_by=by, **words)
    record("safety plan", by=by, subject=plan, client=client, clinic=client.clinic_id)
    return plan
