"""Links and short codes of one check-in: made, and closed again (SP7)."""

from django.db import transaction
from django.utils.translation import gettext as _

from midcourse_web.audit.record import record
from midcourse_web.care.actions.task import open_task
from midcourse_web.care.models import CheckIn, Task
from midcourse_web.care.policies.links import hash_of_code, hash_of_token, new_code, token_of
from midcourse_web.outbox.actions.put import withdraw
from midcourse_web.people.models import User


@transaction.atomic
def make_link(*, by: User | None, check_in: CheckIn) -> str:
    """Return the secret of a check-in's link, good until it is submitted or closes; its hash is stored."""
    token = token_of(check_in)
    if check_in.link_hash != hash_of_token(token):
        check_in.link_hash = hash_of_token(token)
        check_in.save(update_fields=["link_hash"])
        record("link made", by=by, subject=check_in, client=check_in.episode.client_id)
    return token


@transaction.atomic
def make_code(*, by: User, check_in: CheckIn) -> str:
    """Return a new short code for paper; a code printed before stops working."""
    code = new_code()
    check_in.code_hash = hash_of_code(code)
    check_in.save(update_fields=["code_hash"])
    record("code made", by=by, subject=check_in, client=check_in.episode.client_id)
    return code


@transaction.atomic
def not_me(*, check_in: CheckIn) -> None:
    """Close the ways in that reached somebody else, stop its messages, and ask a person to look into it."""
    check_in.link_hash = check_in.code_hash = ""
    check_in.save(update_fields=["link_hash", "code_hash"])
    withdraw(about=check_in.pk)
    open_task(
        by=None,
        clinic=check_in.episode.clinic,
        client=check_in.episode.client,
        kind=Task.Kind.ADDRESS,
        words=_("Somebody said that a message of ours was not for them. Please check the address."),
        for_person=check_in.episode.therapist,
    )
    record("not me", subject=check_in, client=check_in.episode.client_id, clinic=check_in.episode.clinic_id)
