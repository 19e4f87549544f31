"""The clinic's policy on risk alerts: hours, limits and turns of duty, set by those who run it (SR2)."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from midcourse_web.care.policies.duty import next_in_chain, on_duty
from midcourse_web.people.actions.duty import put_on_duty, set_hours
from midcourse_web.people.models import DutyTurn

WEEK = {f"{part}{day}": at for day in range(5) for part, at in (("from", "08:30"), ("to", "16:00"))}


def test_the_manager_sets_hours_and_how_long_an_alert_may_wait(signed_in, cast):
    mia = signed_in("mia")
    mia.post("/clinic/duty/", {**WEEK, "what": "hours", "minutes": "45", "alert_email": "all@example.org"})
    cast.clinic.refresh_from_db()
    assert cast.clinic.hours["0"] == ["08:30", "16:00"]
    assert set(cast.clinic.hours) == set("01234"), "nobody is here on a day that is left empty"
    assert (cast.clinic.acknowledge_minutes, cast.clinic.alert_email) == (45, "all@example.org")


def test_limits_that_cannot_be_are_refused(cast):
    with pytest.raises(ValueError, match="from 10 minutes"):
        set_hours(by=cast.mia, clinic=cast.clinic, hours={}, minutes=5)
    with pytest.raises(ValueError, match="end after it begins"):
        set_hours(by=cast.mia, clinic=cast.clinic, hours={0: (time(17), time(9))}, minutes=60)


def test_somebody_is_put_on_duty_and_taken_off(signed_in, cast):
    mia, now = signed_in("mia"), timezone.localtime()
    day = {"begins": (now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"),
           "ends": (now + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M")}  # fmt: skip
    mia.post("/clinic/duty/", {**day, "what": "turn", "person": cast.tara.pk, "order": "1"})
    turn = DutyTurn.objects.get()
    assert "Tara" in mia.get("/clinic/duty/").content.decode()
    cast.clinic.hours = {}
    cast.clinic.save()
    cast.episodes["ada"].refresh_from_db()
    assert on_duty(cast.episodes["ada"]).person == cast.tara
    mia.post(f"/clinic/duty/{turn.pk}/off/")
    assert on_duty(cast.episodes["ada"]).person == cast.tom


def test_the_chain_goes_by_the_order_of_turns(cast):
    now = timezone.now()
    for order, person in ((2, cast.tara), (1, cast.sue)):
        put_on_duty(by=cast.mia, clinic=cast.clinic, person=person, begins=now, ends=now + timedelta(hours=8),
                    order=order)  # fmt: skip
    episode = cast.episodes["ada"]
    first = next_in_chain(episode, {cast.tom}, now)
    assert first == cast.sue
    assert next_in_chain(episode, {cast.tom, first}, now) == cast.tara


def test_only_clinicians_of_the_clinic_can_be_on_duty(cast):
    now = timezone.now()
    for person in (cast.otto, cast.eve):
        with pytest.raises(ValueError, match="clinician of this clinic"):
            put_on_duty(by=cast.mia, clinic=cast.clinic, person=person, begins=now,
                        ends=now + timedelta(hours=1))  # fmt: skip
