"""Guardians and trusted persons see what the client shares, while she shares it, and nothing else."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client as Browser
from django.utils import timezone

from midcourse_web.audit.models import Entry
from midcourse_web.care.actions.own import keep_event, note_point
from midcourse_web.care.models import AnswerSheet, Goal, Session
from midcourse_web.outbox.tick import tick
from midcourse_web.people.models import Relationship, User
from tests.web.answers import QUIET, phq9
from tests.web.cast import Cast

GOOD = "seven quiet herons"


@pytest.fixture
def ada_has_a_course(signed_in, due, cast):
    """Let Ada have two scores, a missed and a booked session, and a goal."""
    for answers in (phq9(2, 2, 2, 2, 2), QUIET):
        signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", answers)
    episode, now = cast.episodes["ada"], timezone.now()
    Session.objects.create(episode=episode, starts_at=now - timedelta(days=1), attendance="client missed")
    Session.objects.create(episode=episode, starts_at=now + timedelta(days=3))
    Goal.objects.create(episode=episode, words="Sing in the choir again")


def page(signed_in, cast: Cast, name: str = "tess", part: str = "") -> str:
    """Return what somebody near Ada reads about her."""
    where = f"part/{part}/" if part else ""
    return signed_in(name).get(f"/shared/{cast.clients['ada'].pk}/{where}").content.decode()


def lets_see(signed_in, cast: Cast, name: str, *parts: str) -> None:
    """Let Ada choose what somebody may see."""
    tie = cast.people[name].relationships.get()
    signed_in("ada").post(f"/me/people/{tie.pk}/", {"shares": list(parts)})


def test_each_part_is_shown_while_it_is_shared_and_no_other(signed_in, cast, ada_has_a_course):
    signs = {"progress": "mc-chart", "appointments": "<li>", "plan": "Sing in the choir"}
    url = f"/shared/{cast.clients['ada'].pk}/"
    for shared, sign in signs.items():
        lets_see(signed_in, cast, "tess", shared)
        tess = signed_in("tess")
        assert sign in tess.get(f"{url}part/{shared}/").content.decode().split("<main")[1]
        for part in signs:
            assert (f"/part/{part}/" in tess.get(url).content.decode()) == (part == shared)
            assert (tess.get(f"{url}part/{part}/").status_code == 200) == (part == shared), part


def test_nothing_shared_shows_nothing(signed_in, cast, ada_has_a_course):
    lets_see(signed_in, cast, "tess")
    text = page(signed_in, cast)
    assert "Nothing is shared with you right now" in text
    assert "mc-chart" not in text


def test_how_it_goes_says_nothing_of_missed_sessions_bands_or_risk(signed_in, cast, ada_has_a_course):
    lets_see(signed_in, cast, "tess", "progress")
    text = page(signed_in, cast, part="progress")
    assert "mc-chart" in text
    for word in ('class="missed"', 'class="band"', "isk", "suicid", "missed"):
        assert word not in text.split("<main")[1].split("</main")[0]


def test_her_notes_goals_and_events_are_not_part_of_how_it_goes(signed_in, cast, ada_has_a_course):
    day, sheet = timezone.localdate(), AnswerSheet.objects.filter(episode=cast.episodes["ada"]).first()
    keep_event(by=cast.ada, client=cast.clients["ada"], on=day, words="Lost my job", shared=True)
    note_point(by=cast.ada, sheet=sheet, words="A hard week", does_not_fit=True)
    lets_see(signed_in, cast, "tess", "progress")
    text = page(signed_in, cast, part="progress")
    assert "mc-chart" in text
    for word in ("Lost my job", "A hard week", "does not fit", "choir"):
        assert word not in text


def test_she_ends_it_at_once_and_they_may_end_it_too(signed_in, cast):
    tie = cast.tess.relationships.get()
    signed_in("ada").post(f"/me/people/{tie.pk}/", {"what": "stop"})
    assert signed_in("tess").get(f"/shared/{cast.clients['ada'].pk}/").status_code == 403
    signed_in("gus").post(f"/shared/{cast.clients['ada'].pk}/stop/")
    assert signed_in("gus").get("/shared/").status_code == 403
    assert Entry.objects.filter(verb="sharing ended", client=cast.clients["ada"].pk).count() == 2


def test_nobody_but_the_client_changes_what_is_shared(signed_in, cast):
    tie = cast.tess.relationships.get()
    for name in ("ben", "tess", "gus", "tom", "otto"):
        signed_in(name).post(f"/me/people/{tie.pk}/", {"shares": ["plan"]})
    tie.refresh_from_db()
    assert tie.shares == ["progress", "appointments"]


def test_her_therapists_tie_cannot_be_touched_from_this_page(signed_in, cast):
    tie = Relationship.objects.get(person=cast.tom, client=cast.clients["ada"])
    answer = signed_in("ada").post(f"/me/people/{tie.pk}/", {"what": "stop"})
    assert answer.status_code == 404
    assert signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/").status_code == 200


@pytest.mark.need("S2-77", "S3-18", by="client:people")
def test_she_invites_a_friend_who_sees_what_she_chose_and_only_after_accepting(signed_in, cast):
    given = {"name": "Fay", "email": "fay@example.org", "role": "trusted", "shares": ["appointments"]}
    signed_in("ada").post("/me/people/", given)
    tick()
    link = re.search(r"http://testserver(/invitation/\S+)", mail.outbox[-1].body)[1]
    assert "Ada" not in mail.outbox[-1].body, "the message fits a shared phone"
    fay = Browser()
    assert "Ada would like to share" in fay.get(link).content.decode()
    fay.post(link, {"name": "Fay", "password": GOOD})
    text = fay.get(f"/shared/{cast.clients['ada'].pk}/").content.decode()
    assert "Next sessions" in text and "How it is going" not in text
    assert not User.objects.get(email="fay@example.org").memberships.exists()


def test_each_visit_is_written_down(signed_in, cast):
    page(signed_in, cast)
    assert Entry.objects.filter(verb="looked at what is shared", actor=cast.tess.pk).count() == 1


@pytest.mark.need("S1-38", by="client:people")
def test_what_holds_for_guardians_in_her_place_is_said_to_the_young_and_to_the_guardian(signed_in, cast):
    title = "What parents and guardians may know"
    assert title in page(signed_in, cast, "gus")
    assert title not in page(signed_in, cast, "tess")
    assert title not in signed_in("ben").get("/me/people/").content.decode()
    young = cast.clients["ben"]
    young.born = date(timezone.localdate().year - 15, 1, 1)
    young.save()
    text = signed_in("ben").get("/me/people/").content.decode()
    assert title in text and "you choose what is shown" in text
