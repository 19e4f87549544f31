"""Opening a record in an emergency: a reason, an hour, and everybody who must know knows."""

import pytest

from midcourse_web.audit.models import Entry
from midcourse_web.care.models import Task
from midcourse_web.outbox.models import Message
from midcourse_web.people.models import BreakGlass

WHY = "Her sister called: Ada is on the bridge."


@pytest.fixture
def adas_page(cast):
    """Return the address of Ada's page for staff."""
    return f"/clients/{cast.clients['ada'].pk}/"


def test_a_clinician_of_the_same_clinic_is_shown_the_way_when_refused(signed_in, adas_page):
    answer = signed_in("tara").get(adas_page)
    assert answer.status_code == 403
    assert f"{adas_page}emergency/" in answer.content.decode()
    for name in ("eve", "otto", "mia", "ida", "ben", "gus"):
        assert "emergency" not in signed_in(name).get(adas_page).content.decode(), name


def test_it_opens_for_an_hour_and_closes_again(signed_in, adas_page, time_machine):
    time_machine.move_to("2026-11-30T09:00:00Z")
    tara = signed_in("tara")
    tara.post(f"{adas_page}emergency/", {"reason": WHY})
    assert tara.get(adas_page).status_code == 200
    for _ in range(4):
        time_machine.shift(15 * 60)
        last = tara.get(adas_page).status_code
    assert last == 403


def test_without_a_reason_nothing_opens(signed_in, adas_page):
    tara = signed_in("tara")
    for reason in ("", "   ", "."):
        tara.post(f"{adas_page}emergency/", {"reason": reason})
    assert not BreakGlass.objects.exists()
    assert tara.get(adas_page).status_code == 403


def test_the_manager_is_told_on_the_list_and_by_message_and_neither_says_why(signed_in, adas_page, cast):
    signed_in("tara").post(f"{adas_page}emergency/", {"reason": WHY})
    task = Task.objects.get(kind="glass")
    assert (task.client, task.words) == (cast.clients["ada"], "Tara")
    messages = Message.objects.filter(kind="glass")
    assert {one.address for one in messages} == {"mia@example.org", "max@example.org"}
    for one in messages:
        assert not any(word in one.subject + one.body for word in ("Ada", "bridge", "Tara"))


def test_it_is_written_down_who_opened_what_and_never_why(signed_in, adas_page, cast):
    signed_in("tara").post(f"{adas_page}emergency/", {"reason": WHY})
    row = Entry.objects.get(verb="opened in an emergency")
    assert (row.actor, row.client) == (cast.tara.pk, cast.clients["ada"].pk)
    assert "bridge" not in "".join(str(value) for value in vars(row).values())


def test_who_sees_her_anyway_needs_no_emergency(signed_in, adas_page):
    assert signed_in("tom").post(f"{adas_page}emergency/", {"reason": WHY})["Location"] == adas_page
    assert not BreakGlass.objects.exists()
