"""Pages about people ask the database at most eight questions, however much there is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from midcourse_web.audit.record import record
from midcourse_web.care.models import Goal, Session
from midcourse_web.outbox.actions.pulse import beat
from midcourse_web.people.models import Leave, Relationship, Supervision, TherapistProfile, User
from tests.web.answers import QUIET
from tests.web.cast import LONG_AGO, PASSWORD

AT_MOST = 8
PAGES = {
    "ada": ("/me/people/", "/me/team/", "/me/looked/", "/me/everything/"),
    "tess": (
        "/shared/",
        "/shared/{ada}/",
        *(f"/shared/{{ada}}/part/{one}/" for one in ("progress", "appointments", "plan")),
    ),
    "gus": ("/shared/{ada}/",),
    "otto": ("/clinic/people/", "/clinic/licences/"),
    "mia": ("/clinic/away/", "/clinic/leaving/{tom}/", "/clinic/supervision/", "/clinic/audit/"),
    "tom": ("/clients/{ada}/people/", "/clients/{ada}/give/", "/clients/profile/", "/clinic/away/"),
    "tara": ("/clients/{ada}/emergency/",),
}


@pytest.fixture
def much(cast, signed_in, due):
    """Let there be a good deal of everything that these pages show."""
    beat("send")
    ada, today, now = cast.clients["ada"], timezone.localdate(), timezone.now()
    for _ in range(3):
        signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", QUIET)
    TherapistProfile.objects.create(user=cast.tom, licence_number="1", licence_body="HCPC")
    for n in range(6):
        person = User.objects.create_user(f"p{n}@example.org", PASSWORD, name=f"P{n}")
        Relationship.objects.create(client=ada, person=person, kind="trusted", begins=now, shares=["plan"])
        day = today + timedelta(days=9 * n)
        Leave.objects.create(therapist=cast.tara, clinic=cast.clinic, begins=day, ends=day, cover=cast.cora)
        Supervision.objects.create(supervisor=cast.sue, therapist=cast.tara, begins=LONG_AGO)
        Session.objects.create(episode=cast.episodes["ada"], starts_at=now + timedelta(days=n + 1))
        Goal.objects.create(episode=cast.episodes["ada"], words=f"Goal {n}")
        record("looked at the record", by=person, client=ada, clinic=cast.clinic)
    Relationship.objects.filter(person__in=(cast.tess, cast.gus)).update(
        shares=["progress", "appointments", "plan"]
    )


@pytest.mark.parametrize(("name", "page"), [(name, page) for name, pages in PAGES.items() for page in pages])
def test_a_page_about_people_asks_at_most_eight(
    name, page, cast, signed_in, much, django_assert_max_num_queries
):
    browser = signed_in(name)
    url = page.format(ada=cast.clients["ada"].pk, tom=cast.tom.pk)
    browser.get(url)
    with django_assert_max_num_queries(AT_MOST):
        assert browser.get(url).status_code == 200
