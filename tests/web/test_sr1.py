"""SR1, sentence by sentence: safety first in time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from midcourse_web.audit.models import Entry
from midcourse_web.care.actions import check_in as check_in_actions
from midcourse_web.care.actions import course as course_actions
from midcourse_web.care.actions.check_in import record_check_in
from midcourse_web.care.models import AnswerSheet, CheckIn, RiskTask, Score, Signal
from midcourse_web.outbox.models import Message
from midcourse_web.outbox.tick import tick
from tests.web.answers import WORRYING

GIVEN = {"phq-9": {name: int(value) for name, value in WORRYING.items()}}


def broken(*_args, **_more):
    raise RuntimeError("down")


def test_sheet_task_message_and_audit_stand_or_fall_together(due, cast, monkeypatch):
    """The first transaction saves all four: where the last of them fails, none is there and nothing is acknowledged."""
    check_in = due("ada")
    monkeypatch.setattr(check_in_actions, "record", broken)
    with pytest.raises(RuntimeError):
        record_check_in(by=cast.ada, check_in=check_in, given=GIVEN, mode="signed in")
    check_in.refresh_from_db()
    assert check_in.state == CheckIn.State.OPEN
    counts = [model.objects.count() for model in (AnswerSheet, RiskTask, Message)]
    assert counts == [0, 0, 0]
    assert not Entry.objects.filter(verb="risk raised").exists()


def test_the_safety_rule_needs_no_fit_no_forecast_and_no_reference(root):
    """What the first step imports of the engine is `measures` alone."""
    import subprocess
    import sys

    code = (
        "import midcourse_web.care.engine.safety, sys;"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('midcourse.')};"
        "assert rooms <= {'measures', 'content', 'record'}, rooms"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("where", ["course_of", "scores_of"])
def test_whatever_fails_in_the_second_step_the_first_stands(where, signed_in, due, monkeypatch):
    monkeypatch.setattr(course_actions, where, broken)
    response = signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    assert "tel:116123" in response.content.decode()
    assert (AnswerSheet.objects.count(), RiskTask.objects.count()) == (1, 1)


def test_not_computed_is_stored_and_shown_so(signed_in, due, cast, monkeypatch):
    monkeypatch.setattr(course_actions, "course_of", broken)
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    assert Signal.objects.get().state == "not computed"
    assert "not computed" in signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/").content.decode()


def test_tick_tries_again(signed_in, due, monkeypatch):
    monkeypatch.setattr(course_actions, "course_of", broken)
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    monkeypatch.undo()
    tick()
    assert Signal.objects.first().state == "too early"


def test_a_process_that_died_between_the_steps_leaves_nothing_undone(due, cast, monkeypatch):
    monkeypatch.setattr(check_in_actions, "second_step", lambda sheets: None)
    record_check_in(by=cast.ada, check_in=due("ada"), given=GIVEN, mode="signed in")
    monkeypatch.undo()
    assert not Score.objects.exists()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        tick()
    assert Score.objects.get().value == 14
    assert Signal.objects.get().state == "too early"
