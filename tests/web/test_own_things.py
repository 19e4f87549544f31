"""What the client keeps herself, releases, and consent in parts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from midcourse_web.audit.models import Entry
from midcourse_web.care.actions.own import (
    drop_event,
    drop_medicine,
    keep_event,
    keep_medicine,
    note_point,
    share_event,
)
from midcourse_web.care.actions.release import give_release, withdraw_release
from midcourse_web.care.models import AnswerSheet, LifeEvent, MedicationNote, PointNote
from midcourse_web.people.actions.consent import give_consent, withdraw_consent
from midcourse_web.people.models import Consent


def test_a_note_on_medicine_is_hers_and_gone_with_its_history_when_she_drops_it(cast):
    client = cast.clients["ada"]
    note = keep_medicine(by=cast.ada, client=client, name="Sertraline", side_effects=2)
    note = keep_medicine(by=cast.ada, client=client, note=note, name="Sertraline", shared=True)
    assert (note.side_effects, note.shared, note.history.count()) == (2, True, 2)
    drop_medicine(by=cast.ada, note=note)
    assert not MedicationNote.objects.exists()
    assert not MedicationNote.history.exists()


def test_a_note_needs_a_name_and_an_event_needs_words(cast):
    with pytest.raises(ValueError, match="name"):
        keep_medicine(by=cast.ada, client=cast.clients["ada"], name=" ")
    with pytest.raises(ValueError, match="happened"):
        keep_event(by=cast.ada, client=cast.clients["ada"], on=timezone.localdate(), words="", shared=True)


def test_an_event_is_shared_or_kept_and_dropped(cast):
    today = timezone.localdate()
    event = keep_event(by=cast.ada, client=cast.clients["ada"], on=today, words="Moved house", shared=True)
    assert not share_event(by=cast.ada, event=event, shared=False).shared
    drop_event(by=cast.ada, event=event)
    assert not LifeEvent.objects.exists()
    assert not LifeEvent.history.exists()


def test_the_audit_does_not_tell_what_kind_of_note_it_was(cast):
    keep_medicine(by=cast.ada, client=cast.clients["ada"], name="Sertraline")
    entry = Entry.objects.get(verb="own note kept")
    assert (entry.subject, entry.subject_kind) == (None, "")


def test_her_note_on_a_point_is_kept_changed_and_taken_away(signed_in, due, cast):
    from tests.web.answers import QUIET

    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", QUIET)
    sheet = AnswerSheet.objects.get()
    note_point(by=cast.ada, sheet=sheet, words="A hard week", does_not_fit=False)
    note_point(by=cast.ada, sheet=sheet, words="A hard week", does_not_fit=True)
    assert PointNote.objects.get().does_not_fit
    assert note_point(by=cast.ada, sheet=sheet, words="", does_not_fit=False) is None
    assert not PointNote.objects.exists()


def test_a_release_has_a_scope_and_an_end_and_is_withdrawn_once(cast):
    client, ends = cast.clients["ada"], timezone.localdate() + timedelta(days=60)
    release = give_release(by=cast.ada, client=client, to="My doctor", scope=["summary", "all"], ends=ends)
    assert release.scope == ["summary"]
    first = withdraw_release(by=cast.ada, release=release).withdrawn_at
    assert withdraw_release(by=cast.ada, release=release).withdrawn_at == first


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"to": " "}, "who may see"),
        ({"scope": []}, "what may be shared"),
        ({"days": 500}, "within a year"),
        ({"days": -1}, "within a year"),
    ],
)
def test_a_release_without_name_scope_or_end_is_refused(cast, change, words):
    given = {"to": "My doctor", "scope": ["plan"], "days": 30} | change
    ends = timezone.localdate() + timedelta(days=given["days"])
    with pytest.raises(ValueError, match=words):
        give_release(by=cast.ada, client=cast.clients["ada"], to=given["to"], scope=given["scope"], ends=ends)


def test_each_part_of_consent_is_given_and_withdrawn_by_itself(cast):
    client = cast.clients["ada"]
    for part in ("care", "learning", "care"):
        give_consent(by=cast.ada, client=client, part=part)
    assert withdraw_consent(by=cast.ada, client=client, part="learning") == 1
    assert withdraw_consent(by=cast.ada, client=client, part="learning") == 0
    assert [one.part for one in Consent.objects.filter(withdrawn_at__isnull=True)] == ["care"]
    with pytest.raises(ValueError, match="nonsense"):
        give_consent(by=cast.ada, client=client, part="nonsense")
