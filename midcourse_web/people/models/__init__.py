"""People, the places they work in, and who has to do with whom."""

from midcourse_web.people.models.access import BreakGlass, Invitation
from midcourse_web.people.models.client import Client, Consent
from midcourse_web.people.models.clinic import Clinic, DutyTurn, Team
from midcourse_web.people.models.relationship import Relationship, Supervision
from midcourse_web.people.models.staff import Leave, Membership, TherapistProfile
from midcourse_web.people.models.user import User

__all__ = [
    "BreakGlass",
    "Client",
    "Clinic",
    "Consent",
    "DutyTurn",
    "Invitation",
    "Leave",
    "Membership",
    "Relationship",
    "Supervision",
    "Team",
    "TherapistProfile",
    "User",
]
