"""A therapist is away or leaves: cover, alerts and caseload move in one action, and the clients are told."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from midcourse_web.audit.models import Entry
from midcourse_web.care.actions.hand_over import depart
from midcourse_web.care.models import Episode, RiskTask, Task
from midcourse_web.outbox.models import Message
from midcourse_web.outbox.tick import tick
from midcourse_web.people.models import Leave, Membership, Relationship
from tests.web.answers import WORRYING


@pytest.fixture(autouse=True)
def _nobody_stands_in_yet(cast):
    Relationship.objects.filter(kind="cover").delete()


def away(browser, cast, first: int, last: int | None, cover: str = "cora", who: str = "tom"):
    """Enter days away, counted from today."""
    today = timezone.localdate()
    return browser.post(
        "/clinic/away/",
        {
            "therapist": str(cast.people[who].pk),
            "cover": str(cast.people[cover].pk),
            "begins": str(today + timedelta(days=first)),
            "ends": "" if last is None else str(today + timedelta(days=last)),
            "planned": "on",
        },
    )


def sees(signed_in, cast, name: str, whom: str = "ada") -> bool:
    """Say whether somebody may open a client's page today."""
    return signed_in(name).get(f"/clients/{cast.clients[whom].pk}/").status_code == 200


def test_one_action_moves_caseload_alerts_tasks_and_tells_the_clients(signed_in, cast, due):
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    away(signed_in("tom"), cast, 0, 6)
    assert RiskTask.objects.get().for_person == cast.cora
    text = signed_in("cora").get("/clients/").content.decode()
    assert "Ada" in text and "Ben" in text and "Cleo" not in text
    tasks = Task.objects.filter(kind="absent")
    assert {(one.client.name, one.for_person) for one in tasks} == {("Ada", cast.cora), ("Ben", cast.cora)}
    assert {one.due_on for one in tasks} == {timezone.localdate() + timedelta(days=3)}
    told = Message.objects.filter(kind="news")
    assert {one.address for one in told} == {"ada@example.org", "ben@example.org"}


def test_the_message_to_clients_says_nothing_that_a_shared_phone_should_not_show(signed_in, cast):
    away(signed_in("tom"), cast, 0, 6)
    for one in Message.objects.filter(kind="news"):
        for word in ("Tom", "Cora", "therap", "Brook", "midcourse"):
            assert word not in one.subject + one.body


def test_the_cover_sees_the_record_only_from_the_first_day_to_the_last(signed_in, cast, time_machine):
    time_machine.move_to("2026-11-30T10:00:00Z")
    away(signed_in("tom"), cast, 2, 4)
    seen = []
    for _ in range(7):
        seen.append(sees(signed_in, cast, "cora"))
        time_machine.shift(24 * 3600)
    assert seen == [False, False, True, True, True, False, False]


def test_alerts_move_when_a_planned_leave_begins(signed_in, cast, due, time_machine):
    time_machine.move_to("2026-11-30T10:00:00Z")
    away(signed_in("tom"), cast, 1, 4)
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    assert RiskTask.objects.get().for_person == cast.tom
    time_machine.move_to("2026-12-01T00:10:00Z")
    tick()
    assert RiskTask.objects.get().for_person == cast.cora
    told = Message.objects.filter(kind="risk", address="cora@example.org").count()
    assert told == 1
    tick()
    assert Message.objects.filter(kind="risk", address="cora@example.org").count() == told, "told once"


def test_new_alerts_go_to_the_cover_while_the_therapist_is_away(signed_in, cast, due):
    away(signed_in("tom"), cast, 0, 6, cover="tara")
    answer = signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    assert RiskTask.objects.get().for_person == cast.tara
    assert "Tara will see this by" in answer.content.decode()


def test_an_alert_kept_from_the_cover_stays_where_it_is(signed_in, cast, due):
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    RiskTask.objects.update(hidden_from=cast.cora)
    away(signed_in("tom"), cast, 0, 6)
    assert RiskTask.objects.get().for_person == cast.tom


def test_the_client_reads_who_stands_in_and_until_when(signed_in, cast):
    away(signed_in("tom"), cast, 0, None)
    text = signed_in("ada").get("/me/team/").content.decode()
    assert "Tom is away for now. Cora stands in" in text


def test_being_back_early_ends_the_covers_access_and_tasks(signed_in, cast):
    away(signed_in("tom"), cast, 0, 6)
    assert sees(signed_in, cast, "cora")
    signed_in("tom").post(f"/clinic/away/{Leave.objects.get().pk}/back/")
    assert not sees(signed_in, cast, "cora")
    assert not Task.objects.filter(kind="absent", done_at__isnull=True).exists()


@pytest.mark.parametrize(
    ("first", "last", "cover", "why"),
    [
        (-1, 3, "cora", "from today on"),
        (3, 1, "cora", "first before the last"),
        (0, 3, "tom", "somebody else than the therapist"),
    ],
)
def test_days_that_cannot_be_are_refused_with_the_reason(signed_in, cast, first, last, cover, why):
    answer = away(signed_in("tom"), cast, first, last, cover)
    assert answer.status_code == 422 and why in answer.content.decode()
    assert not Leave.objects.exists()


def test_nobody_can_be_named_who_is_away_too_or_works_elsewhere(signed_in, cast):
    away(signed_in("mia"), cast, 0, 3, cover="tom", who="tara")
    assert "away too" in away(signed_in("tom"), cast, 1, 2, cover="tara").content.decode()
    assert away(signed_in("tom"), cast, 1, 2, cover="eve").status_code == 422
    assert Leave.objects.count() == 1


def test_a_therapist_enters_only_their_own_days(signed_in, cast):
    assert away(signed_in("tom"), cast, 0, 3, who="tara").status_code == 422
    away(signed_in("mia"), cast, 0, 3, who="tara")
    leave = Leave.objects.get()
    assert leave.therapist == cast.tara
    assert signed_in("tom").post(f"/clinic/away/{leave.pk}/back/").status_code == 404


@pytest.mark.need("S1-80", by="therapist:give")
def test_handing_over_moves_record_and_alert_and_the_former_therapist_sees_nothing_new(signed_in, cast, due):
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    url = f"/clients/{cast.clients['ada'].pk}/give/"
    signed_in("tom").post(url, {"to": str(cast.tara.pk), "cover": str(cast.cora.pk)})
    episode = Episode.objects.get(pk=cast.episodes["ada"].pk)
    assert (episode.therapist, RiskTask.objects.get().for_person) == (cast.tara, cast.tara)
    assert sees(signed_in, cast, "tara") and not sees(signed_in, cast, "tom")
    assert Message.objects.filter(kind="news", address="ada@example.org").count() == 1
    assert episode.history.first().history_user == cast.tom


def test_a_departure_hands_over_or_lets_wait_with_cover_and_ends_the_role(signed_in, cast, due):
    signed_in("ben").post(f"/me/check-in/{due('ben').pk}/", WORRYING)
    ada, ben = cast.episodes["ada"], cast.episodes["ben"]
    signed_in("mia").post(
        f"/clinic/leaving/{cast.tom.pk}/", {f"to-{ada.pk}": str(cast.tara.pk), "cover": str(cast.cora.pk)}
    )
    ada.refresh_from_db(), ben.refresh_from_db()
    assert (ada.therapist, ada.state) == (cast.tara, "open")
    assert (ben.therapist, ben.state, ben.cover) == (None, "waiting", cast.cora)
    assert RiskTask.objects.get().for_person == cast.cora
    assert sees(signed_in, cast, "cora", "ben") and not sees(signed_in, cast, "tom", "ben")
    kinds = set(Task.objects.filter(client=cast.clients["ben"]).values_list("kind", flat=True))
    assert {"waiting", "ended"} <= kinds
    assert not Membership.objects.filter(user=cast.tom, ends__isnull=True).exists()
    assert Entry.objects.filter(verb="left the clinic", actor=cast.mia.pk).exists()
    assert "Until then Cora is there for you" in signed_in("ben").get("/me/team/").content.decode()


def test_a_departure_that_cannot_be_finished_changes_nothing(cast):
    with pytest.raises(ValueError, match="stands in"):
        depart(
            by=cast.mia,
            therapist=cast.tom,
            clinic=cast.clinic,
            cover=cast.otto,
            to={cast.episodes["ada"].pk: cast.tara},
        )
    assert Episode.objects.get(pk=cast.episodes["ada"].pk).therapist == cast.tom
    assert not Message.objects.exists()


def test_the_page_of_days_away_asks_as_much_for_many_as_for_few(signed_in, cast):
    tom = signed_in("tom")
    tom.get("/clinic/away/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as few:
            tom.get("/clinic/away/")
        counts.append(len(few))
        for n in range(5):
            day = timezone.localdate() + timedelta(days=30 * (n + 1))
            Leave.objects.create(
                therapist=cast.tara, clinic=cast.clinic, begins=day, ends=day, cover=cast.cora
            )
    assert counts[0] == counts[1]
