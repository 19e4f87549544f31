"""Who may do what: one predicate a line, one permission a row, one sentence for each.

The table is the law (architecture 6). `permit` raises with the sentence; a page shows the same sentence
beside a disabled button. Anything about one client takes the client as its object, anything about a
clinic the clinic, anything else None.
"""

from typing import Any

import rules
from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from midcourse_web.people.models import Client, Clinic, Membership, User
from midcourse_web.people.standing import standing

Role = Membership.Role


class NotAllowed(PermissionDenied):
    """Somebody may not do this; `str` of it is the sentence that says who may.

    `permission` and `one` are what was asked about whom, where `permit` raised it.
    """

    def __init__(self, words: str, permission: str = "", one: Any = None) -> None:
        """Keep the sentence, and what was asked."""
        super().__init__(words)
        self.permission, self.one = permission, one


# What a person is to a client.


@rules.predicate
def is_client_self(user: User, client: Client | None) -> bool:
    """She is the client."""
    return client is not None and standing(user).client == client.pk


@rules.predicate
def is_therapist(user: User, client: Client | None) -> bool:
    """He is the client's therapist today."""
    return client is not None and client.pk in standing(user).therapist_of


@rules.predicate
def is_cover(user: User, client: Client | None) -> bool:
    """He stands in for the client's therapist today."""
    return client is not None and client.pk in standing(user).cover_of


@rules.predicate
def is_supervisor(user: User, client: Client | None) -> bool:
    """She supervises the client's therapist."""
    return client is not None and client.pk in standing(user).supervises


@rules.predicate
def broke_glass(user: User, client: Client | None) -> bool:
    """They opened this record in an emergency and said why, not long ago."""
    return client is not None and client.pk in standing(user).broke_glass


@rules.predicate
def was_shared_progress(user: User, client: Client | None) -> bool:
    """The client (or the place's rule for her age) shares her progress with this guardian or friend."""
    return client is not None and "progress" in standing(user).shares.get(client.pk, ())


@rules.predicate
def was_shared_appointments(user: User, client: Client | None) -> bool:
    """The client shares her appointments with this guardian or friend."""
    return client is not None and "appointments" in standing(user).shares.get(client.pk, ())


@rules.predicate
def was_shared_plan(user: User, client: Client | None) -> bool:
    """The client shares her goals and practice with this guardian or friend."""
    return client is not None and "plan" in standing(user).shares.get(client.pk, ())


@rules.predicate
def is_near(user: User, client: Client | None) -> bool:
    """They are a guardian or a trusted person of the client, whatever she shares right now."""
    return client is not None and client.pk in standing(user).shares


@rules.predicate
def is_near_anybody(user: User, one: Any) -> bool:
    """They are a guardian or a trusted person of somebody."""
    return bool(standing(user).shares)


# What a person is in a clinic; the object is the clinic or a client of it.


def _in_clinic(user: User, one: Client | Clinic | None, *roles: str) -> bool:
    where = one.clinic_id if isinstance(one, Client) else one.pk if one is not None else None
    return any(standing(user).has(role, where) for role in roles)


@rules.predicate
def is_manager(user: User, one: Client | Clinic | None) -> bool:
    """They manage the clinic."""
    return _in_clinic(user, one, Role.MANAGER)


@rules.predicate
def is_administrator(user: User, one: Client | Clinic | None) -> bool:
    """They administer the clinic's sign-ins; they see nothing clinical."""
    return _in_clinic(user, one, Role.ADMINISTRATOR)


@rules.predicate
def is_intake(user: User, one: Client | Clinic | None) -> bool:
    """They coordinate who is seen by whom."""
    return _in_clinic(user, one, Role.INTAKE)


@rules.predicate
def is_receiver(user: User, one: Client | Clinic | None) -> bool:
    """They are a named receiver of concerns."""
    return _in_clinic(user, one, Role.RECEIVER)


@rules.predicate
def is_clinician(user: User, one: Client | Clinic | None) -> bool:
    """They see clients in the clinic, as a therapist, as cover or as a supervisor."""
    return _in_clinic(user, one, Role.THERAPIST, Role.COVER, Role.SUPERVISOR)


@rules.predicate
def is_any_supervisor(user: User, one: Client | Clinic | None) -> bool:
    """They supervise somebody."""
    return _in_clinic(user, one, Role.SUPERVISOR)


@rules.predicate
def is_any_therapist(user: User, one: Client | Clinic | None) -> bool:
    """They treat clients, or stand in for those who do."""
    return _in_clinic(user, one, Role.THERAPIST, Role.COVER)


@rules.predicate
def is_any_client(user: User, one: Any) -> bool:
    """She is helped somewhere."""
    return standing(user).client is not None


treats = is_therapist | is_cover | broke_glass

PERMISSIONS: dict[str, tuple[rules.Predicate, str | Promise]] = {
    # name: (who, the sentence)
    "own.pages": (is_any_client, _("These pages belong to the client.")),
    "own.record": (is_client_self, _("Only the client herself can do this.")),
    "care.see_course": (
        is_client_self | treats | is_supervisor | was_shared_progress,
        _("Scores and their course are for the client, her therapist or cover, and the supervisor."),
    ),
    "care.see_answers": (
        is_client_self | treats,
        _("Single answers are for the client and her therapist or cover."),
    ),
    "care.see_record": (
        treats | is_supervisor,
        _("The record is for the client's therapist or cover, and the supervisor."),
    ),
    "care.see_appointments": (
        is_client_self | treats | was_shared_appointments,
        _("Appointments are for the client, her therapist or cover, and whom she shares them with."),
    ),
    "care.together": (
        is_client_self | treats,
        _("The shared screen is for the client and her therapist or cover."),
    ),
    "care.shared": (
        is_client_self | treats,
        _("What was agreed is for the client and her therapist or cover."),
    ),
    "care.intake": (
        is_client_self | treats | is_intake,
        _("The intake is for the client, her therapist or cover, and the intake coordinator."),
    ),
    "care.edit_record": (treats, _("Only the client's therapist or cover can change this.")),
    "care.key_in": (treats, _("Only the client's therapist or cover can key in answers from paper.")),
    "care.caseload": (is_any_therapist, _("This page is for those who treat clients.")),
    "care.supervision": (is_any_supervisor, _("This page is for supervisors.")),
    "care.risk": (is_clinician, _("Risk alerts are for clinicians.")),
    "care.break_glass": (
        is_clinician,
        _("Only a clinician of the same clinic can open a record in an emergency."),
    ),
    "care.hand_over": (
        treats | is_intake,
        _("Only the client's therapist or cover, or an intake coordinator, can hand this over."),
    ),
    "near.pages": (is_near_anybody, _("This page is for those with whom somebody shares something.")),
    "near.see": (is_near, _("This page is for those whom the client chose.")),
    "near.plan": (was_shared_plan, _("The client has not shared this with you.")),
    "near.progress": (was_shared_progress, _("The client has not shared this with you.")),
    "near.appointments": (was_shared_appointments, _("The client has not shared this with you.")),
    "clinic.open_episode": (
        is_intake | is_any_therapist,
        _("Only an intake coordinator or a therapist can start an episode."),
    ),
    "clinic.counts": (is_manager, _("The clinic's counts are for its manager.")),
    "clinic.tasks": (is_manager | is_intake, _("This list is for the manager and the intake coordinator.")),
    "clinic.intake": (is_intake, _("Only an intake coordinator can do this.")),
    "clinic.people": (is_administrator, _("Only an administrator can manage sign-ins.")),
    "clinic.settings": (is_manager | is_administrator, _("Only the manager or an administrator can do this.")),
    "clinic.leave": (
        is_any_therapist | is_manager,
        _("Only a therapist or the manager can enter days away."),
    ),
    "clinic.departure": (is_manager, _("Only the manager can do this.")),
    "clinic.audit": (is_manager, _("This list is for the manager.")),
    "concern.receive": (is_receiver, _("This inbox is for the clinic's named receivers.")),
}  # fmt: skip

for _name, (_who, _sentence) in PERMISSIONS.items():
    rules.add_perm(_name, _who)


def permit(user: Any, permission: str, one: Any = None) -> None:
    """Let the call pass if the person may do this, else raise NotAllowed with the sentence.

    Raises KeyError for a permission that is not in the table.
    """
    _who, sentence = PERMISSIONS[permission]
    if not allowed(user, permission, one):
        raise NotAllowed(str(sentence), permission, one)


def allowed(user: Any, permission: str, one: Any = None) -> bool:
    """Say whether a person may do this."""
    return bool(user.is_authenticated and rules.has_perm(permission, user, one))
