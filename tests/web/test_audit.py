"""The audit: append-only in the database itself, ids and verbs only, open to the one it is about (SP5)."""

import json
import time

import pytest
from django.db import DatabaseError, connection, transaction

from midcourse_web.audit.models import Entry
from midcourse_web.audit.record import record
from midcourse_web.care import models as care
from midcourse_web.care.everything import LEFT_OUT, TIED
from midcourse_web.care.models import AnswerSheet, Goal, LifeEvent, TherapistView
from midcourse_web.people import models as people
from tests.web.answers import WORRYING

LOOKED = "looked at your record"


def refuses(statement: str) -> bool:
    """Say whether the database refuses a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError as why:
        return "append-only" in str(why)
    return False


@pytest.mark.parametrize("statement", ["UPDATE audit_entry SET verb = 'nothing'", "DELETE FROM audit_entry"])
def test_the_database_itself_refuses_to_change_or_delete(cast, statement):
    record("looked at the record", by=cast.tom, client=cast.clients["ada"])
    assert refuses(statement)
    assert Entry.objects.filter(verb="looked at the record").count() == 1


def test_postgresql_refuses_to_truncate_too(cast):
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
            )
            names = {row[0] for row in cursor.fetchall()}
        assert names == {"audit_entry_no_update", "audit_entry_no_delete"}, "SQLite has no TRUNCATE"
        return
    assert refuses("TRUNCATE audit_entry")


def test_a_flush_in_the_tests_lifts_the_triggers(audit_lifted):
    record("looked at the record")
    assert refuses("DELETE FROM audit_entry"), "within the test they are up"


def test_and_they_are_back_after_it(db):
    record("looked at the record")
    assert refuses("DELETE FROM audit_entry")


def test_entries_hold_ids_and_verbs_and_never_answers_or_texts(signed_in, due, cast):
    ada = signed_in("ada")
    ada.post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/")
    signed_in("tara").post(
        f"/clients/{cast.clients['ada'].pk}/emergency/", {"reason": "Her sister called from the bridge."}
    )
    assert Entry.objects.count() >= 4
    kinds = {field.get_internal_type() for field in Entry._meta.get_fields()}
    assert not kinds & {"TextField", "JSONField", "ForeignKey"}
    for row in Entry.objects.all():
        words = f"{row.verb} {row.how} {row.subject_kind}"
        assert not any(one in words for one in ("Ada", "Tom", "bridge", "@", "phq9"))
        assert not any(letter.isdigit() for letter in words)


def test_erasing_a_person_and_keeping_the_audit_do_not_block_each_other(signed_in, cast):
    ben = cast.clients["ben"]
    signed_in("tom").get(f"/clients/{ben.pk}/")
    before = list(Entry.objects.filter(client=ben.pk).values())
    assert before
    ben.episodes.all().delete()
    ben.delete()
    cast.ben.delete()
    assert list(Entry.objects.filter(client=before[0]["client"]).values()) == before


def test_she_reads_who_looked_at_her_record_and_why_it_was_opened_in_an_emergency(signed_in, cast):
    url = f"/clients/{cast.clients['ada'].pk}/"
    signed_in("tom").get(url)
    signed_in("tara").post(f"{url}emergency/", {"reason": "Her sister called."})
    text = signed_in("ada").get("/me/looked/").content.decode()
    assert "Tom" in text and LOOKED in text
    assert "Her sister called." in text
    assert LOOKED not in signed_in("ben").get("/me/looked/").content.decode()


def test_her_own_looks_leave_no_trace(signed_in):
    ada = signed_in("ada")
    ada.get("/me/"), ada.get("/me/course/")
    assert "Nobody yet" in ada.get("/me/looked/").content.decode()


def test_the_manager_reads_what_staff_did_and_nothing_about_anybody(signed_in, due, cast):
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    task = care.RiskTask.objects.get()
    signed_in("tom").get(f"/clients/risk/{task.pk}/")
    signed_in("tom").post(f"/clients/risk/{task.pk}/", {"what": "spoke", "note": "x"})
    main = signed_in("mia").get("/clinic/audit/").content.decode().split("<main")[1].split("</main")[0]
    assert "Tom" in main and "looked at a record" in main and "worked in a record" in main
    for word in ("Ada", "isk", "spoke", str(cast.clients["ada"].pk)):
        assert word not in main


def fresh(browser):
    """Let the password count as given just now."""
    session = browser.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = session["_auth_user_id"]
    session.save()
    return browser


def test_everything_about_me_is_handed_out_only_after_the_password_was_given_again(signed_in):
    for kind in ("html", "json"):
        answer = signed_in("ada").get(f"/me/everything/{kind}/")
        assert answer["Location"].startswith("/accounts/reauthenticate/")


@pytest.mark.need("S1-36", by="client:everything")
def test_everything_about_me_holds_her_record_and_the_looks_and_nobody_elses(signed_in, due, cast):
    ada = signed_in("ada")
    ada.post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    Goal.objects.create(episode=cast.episodes["ada"], words="Sing again")
    Goal.objects.create(episode=cast.episodes["ben"], words="Sleep again")
    LifeEvent.objects.create(client=cast.clients["ada"], on="2026-10-01", words="New flat", shared=False)
    signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/")
    held = json.loads(fresh(ada).get("/me/everything/json/").content)
    words = json.dumps(held)
    assert "Sing again" in words and "New flat" in words
    assert "Sleep again" not in words
    assert held["looks"][0]["who"] == "Tom"
    sheet = AnswerSheet.objects.get()
    assert held["record"]["answer sheet"][0]["answers"] == sheet.answers
    page = ada.get("/me/everything/html/")
    assert "attachment" in page["Content-Disposition"]
    assert "Sing again" in page.content.decode() and "Sleep again" not in page.content.decode()


def test_a_draft_of_the_therapists_is_not_in_it_and_what_was_released_is(signed_in, cast):
    TherapistView.objects.create(
        episode=cast.episodes["ada"],
        by=cast.tom,
        answers={"guess": "unsaid"},
        released={"x": "We could go slower."},
    )
    words = fresh(signed_in("ada")).get("/me/everything/json/").content.decode()
    assert "We could go slower." in words and "unsaid" not in words


def test_every_kind_of_row_about_a_client_is_in_her_export_or_left_out_for_a_reason():
    kinds = {
        model
        for module in (people, care)
        for model in vars(module).values()
        if isinstance(model, type) and hasattr(model, "_meta") and _about_a_client(model)
    }
    assert kinds - set(TIED) - set(LEFT_OUT) == set()


def _about_a_client(model) -> bool:
    """A row is about a client when it is hers, or hangs on something that is."""
    seen, ahead = set(), [model]
    while ahead:
        one = ahead.pop()
        if one is people.Client:
            return True
        if one not in seen and one not in (people.User, people.Clinic):
            seen.add(one)
            ahead += [f.related_model for f in one._meta.concrete_fields if f.is_relation]
    return False
