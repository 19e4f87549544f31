"""`midcourse serve`: one command, everything or nothing, and nothing unsafe in production."""

import os
import re
import signal
import subprocess
import sys
from datetime import date, timedelta

import pytest

from tests.web.servers import free_port, serving, status

pytestmark = [pytest.mark.loopback, pytest.mark.own_database]


def production(folder, **changes):
    """Write the settings of a clinic that people may reach, with some changed or left out (None)."""
    given = {
        "public_url": '"https://clinic.example.org"',
        "places": '["gb-eng"]',
        "crisis_checked_on": date.today().isoformat(),
        "email": '"smtps://user:secret@mail.example.org"',
        "email_from": '"check-in@clinic.example.org"',
    } | changes
    folder.mkdir(mode=0o700, exist_ok=True)
    lines = [f"{name} = {value}" for name, value in given.items() if value is not None]
    (folder / "midcourse.toml").write_text("\n".join(lines), "utf-8")
    return folder


def ran(home, *words):
    env = {**os.environ, "MIDCOURSE_HOME": str(home)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "midcourse_web", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_it_says_where_everything_is_and_how_the_first_person_gets_in(tmp_path):
    with serving(tmp_path) as served:
        words = served.words()
        home = tmp_path / "home"
        assert f"data:     {home}/midcourse.sqlite3" in words
        assert f"keys:     {home}/web.key" in words
        assert f"uploads:  {home}/uploads" in words
        link = re.search(r"http://\S+/first/\S+", words).group()
        assert status(link) == 200
        assert (home / "web.key").stat().st_mode & 0o077 == 0
        assert served.stop() == 0, "a stop that was asked for is no failure"
    assert "Stopped." in served.words()


@pytest.mark.parametrize("one", ["gunicorn", "tick"])
def test_when_one_of_the_two_cannot_run_everything_stops_and_says_which(tmp_path, one):
    with serving(tmp_path) as served:
        (child,) = served.children(one)
        os.kill(child, signal.SIGKILL)
        assert served.process.wait(40) == 1
        named = {"gunicorn": "web server", "tick": "loop"}[one]
        assert f"The {named} ended by itself" in served.words()


def test_a_port_that_is_taken_is_named_with_the_mend(tmp_path):
    with serving(tmp_path) as served:
        port = served.url.rsplit(":", 1)[1]
        again = ran(tmp_path / "home", "serve", "--port", port)
    assert again.returncode == 2
    assert "Choose another one with --port" in again.stderr


def test_in_production_a_clean_check_finds_nothing(tmp_path):
    done = ran(production(tmp_path / "home"), "check", "--deploy", "--fail-level", "WARNING")
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


LONG_AGO = (date.today() - timedelta(days=366)).isoformat()
TOMORROW = (date.today() + timedelta(days=1)).isoformat()


@pytest.mark.parametrize(
    "setting, value, words",
    [
        ("places", None, "nobody knows which crisis contacts to show"),
        ("places", '["atlantis"]', "knows no crisis contacts for the place 'atlantis'"),
        ("crisis_checked_on", None, "were checked never"),
        ("crisis_checked_on", LONG_AGO, "must be within the last year"),
        ("crisis_checked_on", TOMORROW, "must be within the last year"),
        ("email", None, "goes to the console"),
        ("email_from", None, "an address nobody can answer"),
    ],
)
def test_production_refuses_to_start_and_names_the_mend(tmp_path, setting, value, words):
    home = production(tmp_path / "home", **{setting: value})
    done = ran(home, "serve", "--port", str(free_port()))
    assert done.returncode == 2
    assert words in done.stderr
    assert "midcourse.toml" in done.stderr
    assert not (home / "midcourse.sqlite3").exists(), "nothing was begun"


def test_a_folder_that_others_can_look_into_is_refused(tmp_path):
    home = production(tmp_path / "home")
    home.chmod(0o755)
    done = ran(home, "serve", "--port", str(free_port()))
    assert done.returncode == 2
    assert f"chmod 700 {home}" in done.stderr


def test_a_setting_that_does_not_exist_is_named_in_one_sentence(tmp_path):
    home = production(tmp_path / "home", publc_url='"x"')
    done = ran(home, "check")
    assert done.returncode == 1
    assert "publc_url" in done.stderr
    assert "Traceback" not in done.stderr
