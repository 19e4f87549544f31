"""The course a clinic expects: fitted in a process of its own, from those who agreed, with the reference."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from midcourse_web.care import nightly
from midcourse_web.care.actions.check_in import record_check_in
from midcourse_web.care.learning import agreed, scores_by_episode
from midcourse_web.care.models import Episode, ExpectedCourse, Score, Signal
from midcourse_web.people.models import Client, Consent
from tests.web.answers import QUIET

START = timezone.now() - timedelta(days=200)


def somebody(cast, number, consents=True):
    """A finished client whose scores went from 18 down, a little differently each time."""
    client = Client.objects.create(clinic=cast.clinic, name=f"Client {number}")
    episode = Episode.objects.create(
        client=client, clinic=cast.clinic, therapist=cast.tom, cover=cast.cora, state="ended",
        opened_on=START.date(), ended_on=START.date() + timedelta(days=60), measures=["phq-9"],
    )  # fmt: skip
    for week in range(6):
        Score.objects.create(
            episode=episode, measure="phq-9", value=float(max(18 - week * (1 + number % 3), number % 4)),
            answered_at=START + timedelta(weeks=week),
        )  # fmt: skip
    if consents:
        Consent.objects.create(client=client, part="learning", given_at=START)
    return client


def fit():
    call_command("fit_courses", verbosity=0)


def newest(cast, measure="phq-9"):
    return ExpectedCourse.objects.filter(clinic=cast.clinic, measure=measure).first()


def test_with_no_client_of_its_own_the_reference_alone_is_in_force(cast, signed_in, due):
    fit()
    assert newest(cast).clients == 0
    assert newest(cast).saved
    for name in ("phq-9", "gad-7"):
        assert newest(cast, name).saved
    signed_in("ada").post(f"/me/check-in/{due('ada').pk}/", QUIET)
    assert Signal.objects.get().numbers["expected"], "so the first score already has a band"


def test_only_those_who_agreed_to_learning_count(cast):
    for number in range(15):
        somebody(cast, number, consents=number < 13)
    fit()
    assert newest(cast).clients == 13


def test_agreeing_to_care_alone_is_not_agreeing_to_learning(cast):
    Consent.objects.create(client=somebody(cast, 1, consents=False), part="care", given_at=START)
    assert agreed(cast.clinic) == set()


def test_a_withdrawal_takes_effect_at_the_next_fit(cast):
    people = [somebody(cast, number) for number in range(14)]
    fit()
    before = newest(cast)
    Consent.objects.filter(client=people[0]).update(withdrawn_at=timezone.now())
    fit()
    assert (before.clients, newest(cast).clients) == (14, 13)
    assert newest(cast).saved != before.saved


def test_somebody_else_s_clinic_learns_nothing_from_them(cast):
    somebody(cast, 1)
    assert scores_by_episode(cast.elsewhere, "phq-9") == {}


def test_amended_answers_are_not_learned_from(cast, due):
    from midcourse_web.care.actions.amend import amend

    Consent.objects.create(client=cast.clients["ada"], part="learning", given_at=START)
    given = {"phq-9": {name: int(value) for name, value in QUIET.items()}}
    sheet = record_check_in(by=cast.ada, check_in=due("ada"), given=given, mode="signed in").sheets[0]
    amend(by=cast.ada, sheet=sheet, answers={"phq9-1": 3})
    points = scores_by_episode(cast.clinic, "phq-9")[cast.episodes["ada"]]
    assert [point.value for point in points] == [7]


def test_fitted_twice_from_the_same_people_it_is_kept_once(cast):
    fit()
    fit()
    assert ExpectedCourse.objects.filter(clinic=cast.clinic, measure="phq-9").count() == 1


def test_where_nothing_can_be_expected_any_more_the_course_before_is_out_of_force(cast):
    from midcourse_web.care.actions.expected import keep_course

    keep_course(clinic=cast.clinic, measure="wellbeing", saved='{"old": 1}', clients=12, why="")
    episode = cast.episodes["ada"]
    episode.measures = ["phq-9", "wellbeing"]
    episode.save()
    fit()
    assert newest(cast, "wellbeing").saved == ""


def test_the_loop_starts_it_at_the_beginning_and_every_night_as_a_process(
    settings, monkeypatch, tmp_path, db
):
    settings.HOME, settings.FIT_COURSES = tmp_path, True
    started = []

    class Running:
        def __init__(self, command, **_more):
            started.append(command)

        def poll(self):
            return 0

    monkeypatch.setattr(nightly.subprocess, "Popen", Running)
    assert nightly.fit() == 1, "never done before"
    assert started == [[sys.executable, "-m", "midcourse_web", "fit_courses"]]
    nightly.fitted_now()
    assert nightly.fit() == 0
    now = timezone.now()
    night = (now + timedelta(days=1)).replace(hour=2)
    assert nightly.is_due(night if night - now > nightly.AGAIN_AFTER else night + timedelta(days=1))
    nightly.running.clear()


@pytest.mark.parametrize("module", ["numpy", "scipy"])
def test_the_loop_itself_never_loads_what_fitting_needs(root, module, tmp_path):
    code = (
        "import os, sys; os.environ['MIDCOURSE_HOME'] = sys.argv[1];"
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'midcourse_web.config.settings';"
        "import django; django.setup();"
        "from midcourse_web.outbox.tick import PARTS; assert 'fit' in PARTS;"
        f"sys.exit({module!r} in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=root, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr
