"""What people do about a signal: due, seen, talked about, acted on, resolved; or at rest, and why."""

from datetime import timedelta

import pytest
from django.utils import timezone

from midcourse_web.care.actions.check_in import record_check_in
from midcourse_web.care.actions.signal import move_signal, snooze
from midcourse_web.care.models import Signal, SignalStep


def score(cast, due, level, days_ago):
    given = {"phq-9": {f"phq9-{n}": level for n in range(1, 9)} | {"phq9-9": 0, "phq9-10": 1}}
    when = timezone.now() - timedelta(days=days_ago)
    record_check_in(by=cast.ada, check_in=due("ada"), given=given, mode="signed in", answered_at=when)
    return Signal.objects.first()


@pytest.fixture
def worse(cast, due):
    score(cast, due, 0, 30)
    return score(cast, due, 2, 10)


def test_an_alert_is_due_and_seen_when_the_therapist_opens_the_page(worse, signed_in, cast):
    assert worse.stage == "due"
    signed_in("sue").get(f"/clients/{cast.clients['ada'].pk}/")
    worse.refresh_from_db()
    assert worse.stage == "due", "a supervisor's look is not the therapist's"
    signed_in("tom").get(f"/clients/{cast.clients['ada'].pk}/")
    step = SignalStep.objects.get()
    assert (step.stage, step.by) == ("seen", cast.tom)


def test_it_moves_on_by_buttons_with_who_and_when(worse, signed_in, cast):
    tom, url = signed_in("tom"), f"/clients/{cast.clients['ada'].pk}/signals/{worse.pk}/"
    for stage in ("discussed", "acted", "resolved"):
        tom.post(url, {"stage": stage})
    steps = list(SignalStep.objects.values_list("stage", "by__name"))
    assert steps == [("discussed", "Tom"), ("acted", "Tom"), ("resolved", "Tom")]


def test_it_does_not_go_back(worse, cast):
    move_signal(by=cast.tom, signal=worse, stage="acted")
    with pytest.raises(ValueError, match="gone further"):
        move_signal(by=cast.tom, signal=worse, stage="seen")
    assert move_signal(by=cast.tom, signal=worse, stage="acted") is None, "twice is once"


def test_what_was_begun_goes_on_with_the_next_score_and_what_was_resolved_begins_anew(worse, cast, due):
    move_signal(by=cast.tom, signal=worse, stage="discussed")
    following = score(cast, due, 2, 5)
    assert following.stage == "discussed"
    move_signal(by=cast.tom, signal=following, stage="resolved")
    assert score(cast, due, 2, 1).stage == "due", "still worse: it needs people again"


def test_resting_needs_a_reason_and_a_day_and_then_it_is_not_in_front(worse, cast, signed_in):
    later = timezone.localdate() + timedelta(days=14)
    with pytest.raises(ValueError, match="why this can wait"):
        snooze(by=cast.tom, signal=worse, until=later, reason=" ")
    for wrong in (timezone.localdate(), later + timedelta(days=60)):
        with pytest.raises(ValueError, match="within the next six weeks"):
            snooze(by=cast.tom, signal=worse, until=wrong, reason="exams")
    tom = signed_in("tom")
    assert "Nobody right now." not in tom.get("/clients/").content.decode()
    url = f"/clients/{cast.clients['ada'].pk}/signals/{worse.pk}/"
    tom.post(url, {"stage": "snooze", "until": later.isoformat(), "reason": "exams until then"})
    assert "Nobody right now." in tom.get("/clients/").content.decode()
    assert "exams until then" in tom.get(f"/clients/{cast.clients['ada'].pk}/").content.decode()


def test_resting_never_hides_risk(worse, cast, signed_in, due):
    snooze(by=cast.tom, signal=worse, until=timezone.localdate() + timedelta(days=14), reason="exams")
    given = {"phq-9": {f"phq9-{n}": 2 for n in range(1, 11)}}
    record_check_in(by=cast.ada, check_in=due("ada"), given=given, mode="signed in")
    text = signed_in("tom").get("/clients/").content.decode()
    assert "Risk, unanswered" in text


def test_a_signal_that_needs_nobody_cannot_be_moved(cast, due):
    fine = score(cast, due, 1, 1)
    for act in (
        lambda: move_signal(by=cast.tom, signal=fine, stage="seen"),
        lambda: snooze(by=cast.tom, signal=fine, until=timezone.localdate() + timedelta(days=3), reason="x"),
    ):
        with pytest.raises(ValueError, match="nothing to do"):
            act()
