"""The demonstration cannot be loaded or reached where real people are."""

import json
import os
import subprocess
import sys

import pytest

pytestmark = pytest.mark.own_database


def python(code, home, **environment):
    env = {**os.environ, "MIDCOURSE_HOME": str(home), **environment}
    return subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)


REAL = {"DJANGO_SETTINGS_MODULE": "midcourse_web.config.settings"}


@pytest.mark.parametrize("module", ["views", "urls", "invent", "engine", "management.commands.invent"])
def test_no_part_of_it_can_be_imported_under_the_applications_own_settings(tmp_path, module):
    code = f"import django; django.setup(); import midcourse_web.demo.{module}"
    done = python(code, tmp_path, **REAL)
    assert done.returncode == 1
    assert "ImportError: The demonstration is loaded by `midcourse serve --demo`" in done.stderr


def test_none_of_its_addresses_leads_anywhere_under_the_applications_own_settings(tmp_path):
    code = (
        "import django; django.setup()\n"
        "from django.urls import Resolver404, resolve\n"
        "for path in ('/demo/', '/demo/as/ada/'):\n"
        "    try: resolve(path)\n"
        "    except Resolver404: continue\n"
        "    raise SystemExit(f'{path} leads somewhere')\n"
    )
    done = python(code, tmp_path, **REAL)
    assert done.returncode == 0, done.stderr


def test_its_settings_load_only_in_a_folder_made_for_it(tmp_path):
    done = python("import midcourse_web.config.demo", tmp_path)
    assert "midcourse serve --demo" in done.stderr
    assert done.returncode == 1


def test_its_settings_refuse_a_clinic_that_people_can_reach(tmp_path):
    (tmp_path / "midcourse.toml").write_text('public_url = "https://clinic.example.org"\n')
    done = python("import midcourse_web.config.demo", tmp_path, MIDCOURSE_DEMO_HOME=str(tmp_path))
    assert done.returncode == 1
    assert "answers on this machine only" in done.stderr


def test_it_writes_nothing_into_the_clinics_own_folder(tmp_path):
    code = "from midcourse_web.config import demo; print(demo.HOME, demo.DATABASES['default']['NAME'])"
    inner = tmp_path / "inner"
    done = python(code, tmp_path / "real", MIDCOURSE_DEMO_HOME=str(inner))
    assert done.stdout.split() == [str(inner), str(inner / "midcourse.sqlite3")]
    assert not (tmp_path / "real").exists()


TOLD = """\
import json, django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
call_command("invent")
from midcourse_web.care.models import CheckIn, Goal, RiskTask, Session, Signal
from midcourse_web.people.models import Client
from midcourse_web.outbox.models import Message
from django.utils import timezone
now = timezone.now()
states = {}
for client in Client.objects.all():
    newest = Signal.objects.filter(episode__client=client, measure="phq-9").order_by("-made_at").first()
    states[client.name] = newest.state
print("TOLD " + json.dumps({
    "states": states,
    "bands": [bool(s.numbers["ahead"]) for s in Signal.objects.filter(measure="phq-9", state="on course")],
    "alerts": [
        (t.episode.client.name, t.acknowledged_at is None, t.due_by > now) for t in RiskTask.objects.all()
    ],
    "reached": list(Goal.objects.filter(state="reached").values_list("episode__client__name", flat=True)),
    "waiting": sorted(c.episode.client.name for c in CheckIn.objects.filter(state="open")),
    "next": [one.episode.client.name for one in Session.objects.filter(starts_at__gt=now)],
}))
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Return what became of each story, from a demonstration that was really invented."""
    home = tmp_path_factory.mktemp("demo")
    env = {"DJANGO_SETTINGS_MODULE": "midcourse_web.config.demo", "MIDCOURSE_DEMO_HOME": str(home)}
    done = python(TOLD, home, **env)
    assert done.returncode == 0, done.stderr
    return json.loads(next(line for line in done.stdout.splitlines() if line.startswith("TOLD "))[5:])


def test_each_story_is_what_it_is_called(told):
    assert told["states"] == {
        "Ada": "on course",
        "Ben": "drifting",
        "Cleo": "off course",
        "Dana": "reliably worse",
        "Elif": "reached goal",
        "Finn": "no recent data",
        "Gwen": "on course",
        "Hugo": "too early",
    }
    assert all(told["bands"]), "the clinic has an expected course"


def test_the_one_at_risk_has_an_unanswered_alert_that_is_not_late_yet(told):
    assert told["alerts"] == [["Dana", True, True]]


def test_the_others_have_what_their_stories_say(told):
    assert told["reached"] == ["Elif"]
    assert told["waiting"] == ["Ada", "Cleo"]
    assert "Finn" not in told["next"] and "Ada" in told["next"]
