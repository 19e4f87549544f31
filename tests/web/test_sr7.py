"""SR7, sentence by sentence: dead jobs are seen. A test kills each: the loop, the mail server, the worker."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from midcourse_web.care.models import RiskTask
from midcourse_web.outbox.actions import send
from midcourse_web.outbox.models import Message
from midcourse_web.outbox.tick import tick
from tests.web.answers import WORRYING

SINCE = "Reminders and alerts by message have not run since"
LATE = "A risk alert for Ada should have been answered by"


def worrying(signed_in, due):
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", WORRYING)
    return RiskTask.objects.get()


def page_of(signed_in, name="tom", url="/clients/"):
    return signed_in(name).get(url).content.decode()


def broken(*_args, **_more):
    raise OSError("no mail server answers")


def test_with_the_loop_stopped_overdue_risk_is_first_on_every_page_and_a_banner_says_since_when(
    signed_in, due, cast
):
    tick()
    worrying(signed_in, due)
    with time_machine.travel(timezone.now() + timedelta(hours=3), tick=False):
        for url in ("/clients/", f"/clients/{cast.clients['ada'].pk}/", "/account/"):
            text = page_of(signed_in, url=url)
            assert SINCE in text
            assert text.index(LATE) < text.index("<h1"), "before anything else of the page"
        for name in ("cora", "sue"):
            assert LATE in page_of(signed_in, name, "/account/"), f"{name} stands in for or supervises"
        assert LATE not in page_of(signed_in, "tara", "/account/"), "she has nothing to do with Ada"


def test_a_loop_that_never_ran_is_seen_too(signed_in, due):
    worrying(signed_in, due)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        assert SINCE in page_of(signed_in)


def test_a_loop_that_runs_leaves_no_banner(signed_in, due):
    tick()
    assert SINCE not in page_of(signed_in)


def test_with_the_mail_server_down_an_undelivered_alert_counts_as_unacknowledged(signed_in, due, monkeypatch):
    worrying(signed_in, due)
    monkeypatch.setattr(send, "EmailMessage", broken)
    tick()
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        tick()
        text = page_of(signed_in)
    assert "One alert could not be delivered by message." in text
    assert LATE in text, "although its time is not over yet"
    assert "The message about it could not be delivered." in text


def test_with_the_mail_server_back_the_message_leaves_and_the_banner_goes(signed_in, due, monkeypatch):
    worrying(signed_in, due)
    monkeypatch.setattr(send, "EmailMessage", broken)
    tick()
    monkeypatch.undo()
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        tick()
        text = page_of(signed_in)
    assert len(mail.outbox) == 1
    assert "could not be delivered" not in text


def test_one_part_that_dies_is_seen_and_stops_no_other(signed_in, due, monkeypatch):
    """The worker that escalates is dead: alerts are still sent, and the banner tells since when it is."""
    from midcourse_web.outbox import tick as loop

    tick()
    worrying(signed_in, due)
    monkeypatch.setitem(loop.PARTS, "escalate", broken)
    with time_machine.travel(timezone.now() + timedelta(minutes=6), tick=False):
        tick()
        assert len(mail.outbox) == 1
        assert SINCE in page_of(signed_in)


def test_a_message_claimed_by_a_worker_that_was_killed_is_sent_by_the_next(signed_in, due):
    worrying(signed_in, due)
    Message.objects.update(claimed_at=timezone.now(), attempts=1)
    tick()
    assert mail.outbox == [], "it may still be at it"
    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        tick()
    assert len(mail.outbox) == 1


@pytest.mark.own_database
def test_a_loop_killed_by_the_system_stops_its_pulse(root, tmp_path):
    """A real process, killed with SIGKILL: what is left tells since when."""
    env = {
        **os.environ,
        "MIDCOURSE_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "midcourse_web.config.settings",
    }
    own = [sys.executable, "-m", "midcourse_web"]
    (tmp_path / "courses.fitted").touch()
    subprocess.run([*own, "migrate", "--verbosity", "0"], cwd=root, env=env, check=True)
    loop = subprocess.Popen([*own, "tick"], cwd=root, env=env)
    look = (
        "import django; django.setup();"
        "from midcourse_web.outbox.models import Pulse;"
        "print(Pulse.objects.filter(part='escalate').values_list('at', flat=True).first())"
    )

    def pulse():
        run = subprocess.run([sys.executable, "-c", look], cwd=root, env=env, capture_output=True, text=True)
        return run.stdout.strip()

    try:
        for _try in range(30):
            if pulse() not in ("None", ""):
                break
            time.sleep(0.5)
    finally:
        os.kill(loop.pid, signal.SIGKILL)
        loop.wait()
    last = pulse()
    assert last not in ("None", "")
    time.sleep(1)
    assert pulse() == last
