"""What is not okay: hers alone, nothing reaches anybody she did not choose (SP1, SP2, SP3, SP4)."""

import re
from datetime import date

import pytest
from django.db import connection

from midcourse_web.audit.models import Entry
from midcourse_web.outbox.models import Message
from midcourse_web.people.models import Client, Membership, Relationship
from midcourse_web.private.models import Concern, PrivateNote

SECRET = "He asked me to lend him money, twice."
HOME = "/me/notes/"


def text_of(response):
    return response.content.decode()


def keep(browser, text=SECRET):
    browser.post(f"{HOME}write/", {"text": text, "happened_on": "last Tuesday", "who_to_tell": "my sister"})
    return Concern.objects.order_by("-made_at").first()


def test_it_is_two_taps_from_every_page_of_hers(signed_in):
    ada = signed_in("ada")
    for page in ("/me/", "/me/course/", "/me/check-up/", "/help-now/"):
        assert f'href="{HOME}"' in text_of(ada.get(page))
    assert "Is something not okay?" in text_of(ada.get(HOME))


def test_every_page_of_it_has_a_quick_exit_that_says_what_it_cannot_do_and_is_kept_nowhere(signed_in):
    ada = signed_in("ada")
    for page in (HOME, f"{HOME}look/", f"{HOME}write/"):
        response = ada.get(page)
        assert "data-leave" in text_of(response)
        assert "cannot clear your browser" in text_of(response)
        assert "<title>Notes</title>" in text_of(response)
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", ["tom", "sue", "mia", "otto", "rea", "ida", "cora", "eve", "nobody", "gus"])
def test_to_everybody_else_it_is_an_address_where_nothing_is(signed_in, name):
    concern = keep(signed_in("ada"))
    browser = signed_in(name)
    unknown = browser.get("/me/nothing-here/")
    for page in (HOME, f"{HOME}look/", f"{HOME}write/", f"{HOME}{concern.pk}/"):
        found = browser.get(page)
        assert found.status_code == unknown.status_code == 404
        assert without_tokens(found) == without_tokens(unknown)


def test_another_client_finds_nothing_either(signed_in):
    concern = keep(signed_in("ada"))
    assert signed_in("ben").get(f"{HOME}{concern.pk}/").status_code == 404


@pytest.mark.need("S1-44", "S1-46", "S1-49", "S1-50", "S1-52", "S1-57", by="private:look")
def test_the_answers_are_kept_nowhere_and_show_ways_without_talk_to_them(signed_in):
    before = Entry.objects.count()
    page = text_of(signed_in("ada").post(f"{HOME}look/", {"C-BND-1": "yes"}))
    assert "never your fault" in page
    assert "Tell your therapist" not in page
    assert (Concern.objects.count(), Entry.objects.count(), Message.objects.count()) == (0, before, 0)


def test_what_will_be_done_and_staffs_duties_are_said_before_a_word_is_written(signed_in):
    page = text_of(signed_in("ada").get(f"{HOME}write/"))
    assert page.index("not legally reviewed") < page.index("<textarea")


def test_it_is_ciphertext_and_no_audit_row_and_no_message_knows_of_it(signed_in):
    before = Entry.objects.count()
    keep(signed_in("ada"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT text, happened_on, tell_if_at_risk FROM private_concern")
        row = cursor.fetchone()
    assert not any(word in column for word in ("money", "Tuesday", "sister") for column in row)
    assert Entry.objects.count() == before
    assert not Message.objects.exists()


def test_deleted_is_gone(signed_in):
    ada = signed_in("ada")
    concern = keep(ada)
    ada.post(f"{HOME}{concern.pk}/delete/")
    assert not Concern.objects.exists()
    ada.post(f"{HOME}note/", {"text": "for myself"})
    ada.post(f"{HOME}note/{PrivateNote.objects.get().pk}/delete/")
    assert not PrivateNote.objects.exists()


@pytest.mark.need("S1-45", "S1-58", "S1-76", by="private:concern")
def test_it_goes_to_the_one_receiver_she_chose_with_a_receipt_and_a_day(signed_in, cast):
    ada, rea = signed_in("ada"), signed_in("rea")
    concern = keep(ada)
    ada.post(f"{HOME}{concern.pk}/send/", {"to": str(cast.rea.pk)})
    assert SECRET in text_of(rea.get(f"/inbox/{concern.pk}/"))
    page = text_of(ada.get(f"{HOME}{concern.pk}/"))
    assert "It was read on" in page
    assert "You should get a first answer by" in page
    rea.post(f"/inbox/{concern.pk}/", {"text": "I have spoken with our lawyer."})
    assert "I have spoken with our lawyer." in text_of(ada.get(f"{HOME}{concern.pk}/"))
    message = Message.objects.get()
    assert message.address == "rea@example.org"
    assert "Ada" not in message.subject + message.body


def test_her_therapist_can_never_be_the_receiver_also_when_he_is_the_manager(signed_in, cast):
    for role in (Membership.Role.RECEIVER, Membership.Role.MANAGER):
        Membership.objects.create(user=cast.tom, clinic=cast.clinic, role=role, begins=date(2026, 1, 1))
    ada = signed_in("ada")
    Membership.objects.filter(user=cast.tom, role=Membership.Role.MANAGER).delete()
    concern = keep(ada)
    assert str(cast.tom.pk) not in text_of(ada.get(f"{HOME}{concern.pk}/"))
    ada.post(f"{HOME}{concern.pk}/send/", {"to": str(cast.tom.pk)})
    concern.refresh_from_db()
    assert concern.receiver is None


def test_a_receiver_who_becomes_her_therapist_can_no_longer_read_it(signed_in, cast):
    ada = signed_in("ada")
    concern = keep(ada)
    ada.post(f"{HOME}{concern.pk}/send/", {"to": str(cast.rea.pk)})
    from django.utils import timezone

    Relationship.objects.create(
        client=cast.clients["ada"], person=cast.rea, kind="therapist", begins=timezone.now()
    )
    assert signed_in("rea").get(f"/inbox/{concern.pk}/").status_code == 404


def test_she_can_take_it_back_while_it_is_unread_and_not_after(signed_in, cast):
    ada = signed_in("ada")
    concern = keep(ada)
    ada.post(f"{HOME}{concern.pk}/send/", {"to": str(cast.rea.pk)})
    ada.post(f"{HOME}{concern.pk}/withdraw/")
    assert signed_in("rea").get(f"/inbox/{concern.pk}/").status_code == 404
    ada.post(f"{HOME}{concern.pk}/send/", {"to": str(cast.rea.pk)})
    signed_in("rea").get(f"/inbox/{concern.pk}/")
    page = ada.post(f"{HOME}{concern.pk}/withdraw/", follow=True)
    assert "It has been read" in text_of(page)


def test_the_therapist_is_told_only_with_her_yes(signed_in, cast):
    ada = signed_in("ada")
    concern = keep(ada)
    ada.post(f"{HOME}{concern.pk}/send/", {"to": str(cast.rea.pk)})
    assert "has not agreed that the therapist is told" in text_of(
        signed_in("rea").get(f"/inbox/{concern.pk}/")
    )
    ada.post(f"{HOME}{concern.pk}/tell/", {"may": "yes"})
    assert "agrees that the therapist is told" in text_of(signed_in("rea").get(f"/inbox/{concern.pk}/"))


def test_in_a_practice_of_one_nothing_is_kept_and_the_page_says_why(signed_in, cast):
    solo = Client.objects.create(
        clinic=cast.solo.memberships.first().clinic, user=cast.nobody, name="Nora", email="n@example.org"
    )
    from django.utils import timezone

    Relationship.objects.create(client=solo, person=cast.solo, kind="therapist", begins=timezone.now())
    nora = signed_in("nobody")
    assert "nothing you write on this page is kept" in text_of(nora.get(HOME))
    answer = nora.post(f"{HOME}write/", {"text": SECRET})
    nora.post(f"{HOME}note/", {"text": SECRET})
    assert answer.status_code == 422
    assert (Concern.objects.count(), PrivateNote.objects.count()) == (0, 0)


STAFF_PAGES = (
    "/", "/clients/", "/account/", "/problem/", "/inbox/", "/clinic/tasks/", "/clients/guides/",
    "/clients/my-work/", "/supervision/questions/",
)  # fmt: skip


def test_two_databases_that_differ_only_in_concerns_and_private_answers_look_the_same_to_staff(
    signed_in, cast
):
    client = cast.clients["ada"].pk
    pages = [
        *STAFF_PAGES,
        f"/clients/{client}/",
        f"/clients/{client}/view/",
        f"/clients/{client}/prepare/",
        f"/clients/{client}/consult/",
        f"/clients/{client}/cannot-help/",
        f"/together/{cast.episodes['ada'].pk}/",
    ]
    staff = {name: signed_in(name) for name in ("tom", "sue", "cora", "mia", "ida", "otto", "rea")}

    def seen():
        return {
            (name, page): without_tokens(browser.get(page))
            for name, browser in staff.items()
            for page in pages
        }

    seen()
    before, entries, messages = seen(), Entry.objects.count(), Message.objects.count()
    ada = signed_in("ada")
    keep(ada)
    ada.post(f"{HOME}note/", {"text": SECRET})
    ada.post(f"{HOME}look/", {"C-BND-3": "yes"})
    ada.post("/me/words/", {"line": "words-hurt-1", "own": SECRET, "do": "keep"})
    ada.post("/me/words/", {"line": "words-hurt-1", "own": SECRET, "do": "print"})
    ada.get("/me/options/think/?matters=decide-first-8")
    ada.post("/me/check-up/")
    for given in ({"answer": "0"}, {"answer": "0"}, {"answer": "yes"}, {"picks": ["stigma"]}):
        ada.post("/me/check-up/ask/", given)
    assert Entry.objects.count() == entries
    assert Message.objects.count() == messages
    assert seen() == before


def without_tokens(response):
    body = re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", response.content.decode())
    return response.status_code, body
