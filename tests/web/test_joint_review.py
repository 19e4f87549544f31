"""Client and therapist look at it together, agree on a plan, and see whether it helped (ST9)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from midcourse_web.care.models import CheckIn, ExpectedCourse, JointReview, SharedPlan, Task
from midcourse_web.outbox.tick import tick
from tests.web.answers import phq9

STEP = "A-C-TALK"


def text_of(response):
    return response.content.decode()


@pytest.fixture
def room(cast):
    return f"/together/{cast.episodes['ada'].pk}/"


def chosen(days=28, **changes):
    today = timezone.localdate()
    return {
        "steps": [STEP],
        f"words-{STEP}": "Say how it is going at the start of each session.",
        f"owner-{STEP}": "client",
        f"goal-{STEP}": "Sleep through the night",
        f"by-{STEP}": (today + timedelta(days=7)).isoformat(),
        f"expected-{STEP}": "We notice sooner when something is off.",
        "check_on": (today + timedelta(days=days)).isoformat(),
        "version": "0",
    } | changes


def agree_both(signed_in, room, **changes):
    tom = signed_in("tom")
    tom.post(f"{room}plan/", chosen(**changes))
    version = SharedPlan.objects.get(state="draft").version
    tom.post(f"{room}plan/agree/", {"version": version})
    signed_in("ada").post(f"{room}plan/agree/", {"version": version})
    return SharedPlan.objects.order_by("-number").first()


def score_of(signed_in, cast, total, at):
    """Let Ada answer a PHQ-9 of this total at a moment."""
    left, values = total, []
    for _item in range(9):
        values.append(min(3, left))
        left -= values[-1]
    values[8] = 0
    with time_machine.travel(at, tick=False):
        check_in = CheckIn.objects.create(
            episode=cast.episodes["ada"],
            instruments=["phq-9"],
            due_at=at,
            closes_at=at + timedelta(days=6),
        )
        signed_in("ada").post(f"/me/check-in/{check_in.pk}/", phq9(*values))


@pytest.mark.need("S2-87", by="together:room")
def test_only_the_two_it_belongs_to_can_open_the_shared_screen(signed_in, room):
    for name in ("ada", "tom"):
        assert signed_in(name).get(room).status_code == 200
    for name in ("ben", "tara", "sue", "mia", "otto", "rea", "gus", "tess", "eve", "nobody"):
        assert signed_in(name).get(room).status_code == 403


def test_the_client_can_ask_for_it_and_decline_it_without_a_reason(signed_in, room):
    signed_in("tom").post(f"{room}ask/")
    signed_in("ada").post(f"{room}answer/", {"now": "no"})
    assert JointReview.objects.get().state == "not now"
    assert "Not now" not in text_of(signed_in("tom").get(room))


@pytest.mark.need("S3-25", "S4-38", by="together:room")
def test_each_side_says_whether_a_reason_fits_and_a_difference_is_named(signed_in, cast, room):
    ada, tom = signed_in("ada"), signed_in("tom")
    ada.post("/me/check-up/")
    for given in ({"answer": "1"}, {"answer": "0"}, {"answer": "no"}, {}):
        ada.post("/me/check-up/ask/", given)
    for question in ("C-ALL-1", "C-ALL-3", "C-ALL-4"):
        ada.post("/me/check-up/ask/", {"question": question, "answer": "0" if question == "C-ALL-1" else "4"})
    ada.post("/me/check-up/share/", {"answers": ["C-ALL-1", "C-ALL-3", "C-ALL-4"]})
    ada.post("/me/check-up/together/")
    tom.post(f"{room}answer/", {"now": "yes"})
    tom.post(f"{room}reason/alliance-rupture/", {"thinks": "client:fits"})
    tom.post(f"{room}reason/alliance-rupture/", {"thinks": "therapist:not"})
    assert "You see this differently." in text_of(tom.get(room))
    ada.post(f"{room}reason/alliance-rupture/", {"thinks": "therapist:fits"})
    assert JointReview.objects.get().agreed["alliance-rupture"]["therapist"] == "not", (
        "she speaks for herself"
    )


@pytest.mark.need("S0-10", "S0-17", "S1-21", "S3-26", by="together:plan")
def test_a_plan_holds_only_when_both_have_agreed(signed_in, room):
    plan = agree_both(signed_in, room)
    assert plan.state == "agreed"
    assert plan.saved
    assert "Say how it is going" in text_of(signed_in("ada").get("/me/"))


def test_one_yes_is_not_enough_and_a_change_asks_both_again(signed_in, room):
    tom = signed_in("tom")
    tom.post(f"{room}plan/", chosen())
    tom.post(f"{room}plan/agree/", {"version": 1})
    assert SharedPlan.objects.get().state == "draft"
    tom.post(f"{room}plan/", chosen(version="1", days=21))
    plan = SharedPlan.objects.get()
    assert plan.therapist_agreed_at is None
    assert plan.version == 2


def test_two_people_at_one_plan_never_silently_lose_anything(signed_in, room):
    tom, ada = signed_in("tom"), signed_in("ada")
    tom.post(f"{room}plan/", chosen())
    ada.post(f"{room}plan/", chosen(version="1", days=14))
    answer = tom.post(f"{room}plan/", chosen(version="1", days=60), follow=True)
    assert "Somebody else has just changed this plan" in text_of(answer)
    assert (SharedPlan.objects.get().check_on - timezone.localdate()).days == 14


def test_a_yes_to_a_plan_that_has_changed_does_not_count(signed_in, room):
    tom, ada = signed_in("tom"), signed_in("ada")
    tom.post(f"{room}plan/", chosen())
    ada.post(f"{room}plan/", chosen(version="1", days=14))
    tom.post(f"{room}plan/agree/", {"version": 1})
    assert SharedPlan.objects.get().therapist_agreed_at is None


def test_what_is_missing_is_said_and_what_was_written_is_kept(signed_in, room):
    response = signed_in("tom").post(f"{room}plan/", chosen(**{f"expected-{STEP}": ""}))
    assert response.status_code == 422
    assert "expected" in text_of(response)
    assert not SharedPlan.objects.exists()


@pytest.mark.need("S2-86", by="together:room")
def test_agreeing_ends_the_joint_review_and_the_request_that_led_to_it(signed_in, room):
    signed_in("ada").post(f"{room}ask/")
    agree_both(signed_in, room)
    assert JointReview.objects.get().state == "done"
    assert Task.objects.get(kind="review").done_at is not None


@pytest.mark.need("S2-08", "S2-47", by="together:room")
def test_the_forecast_is_frozen_when_both_agree_and_the_plan_is_checked_on_its_day(
    signed_in, cast, room, saved_course
):
    ExpectedCourse.objects.create(clinic=cast.clinic, measure="phq-9", saved=saved_course)
    now = timezone.now()
    for week, total in enumerate((15, 15, 16, 16, 17)):
        score_of(signed_in, cast, total, now - timedelta(days=7 * (5 - week)))
    plan = agree_both(signed_in, room)
    assert '"forecast": {' in plan.saved
    frozen = plan.saved
    for week, total in enumerate((9, 6, 4), start=1):
        score_of(signed_in, cast, total, now + timedelta(days=7 * week))
    with time_machine.travel(now + timedelta(days=29), tick=False):
        tick()
    plan.refresh_from_db()
    assert plan.saved == frozen, "nothing in it changes afterwards"
    assert (plan.state, plan.outcome) == ("checked", "bent")
    assert plan.outcome_words.split(";")[0].split(".")[0] in text_of(signed_in("ada").get(room))


def test_without_an_expected_course_the_plan_still_holds_and_nothing_is_claimed(signed_in, room):
    agree_both(signed_in, room, days=8)
    with time_machine.travel(timezone.now() + timedelta(days=9), tick=False):
        tick()
    plan = SharedPlan.objects.get()
    assert (plan.state, plan.outcome) == ("checked", "")
    assert "no forecast to hold it against" in text_of(signed_in("tom").get(room))


def test_the_plan_can_be_printed(signed_in, room):
    agree_both(signed_in, room)
    assert "Say how it is going" in text_of(signed_in("ada").get(f"{room}plan/print/"))


def test_every_change_of_a_plan_is_in_its_history_with_who_made_it(signed_in, cast, room):
    plan = agree_both(signed_in, room)
    makers = list(plan.history.order_by("history_date").values_list("history_user__name", flat=True))
    assert makers == ["Tom", "Tom", "Ada"]
