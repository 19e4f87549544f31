"""`encrypted = true`: the file is ciphertext, the application works on it, and so does its copy."""

import os
import sqlite3
import subprocess
import sys
from importlib.util import find_spec

import pytest

pytestmark = [pytest.mark.own_database]
ONE = "from django.db import connection as c; from midcourse_web.people.models import Clinic, User; "


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """Return the home of an encrypted installation in which a clinic has a name that can be looked for."""
    if find_spec("sqlcipher3") is None:
        pytest.fail("sqlcipher3-binary is in requirements/dev.txt for this kind of machine")
    place = tmp_path_factory.mktemp("home")
    (place / "midcourse.toml").write_text("encrypted = true\n")
    assert ran(place, "migrate").returncode == 0
    code = ONE + "u = User.objects.create_user('a@example.org', 'x', name='Zebedee'); print(c.display_name)"
    done = ran(place, "shell", "-c", code)
    assert "SQLCipher" in done.stdout, done.stderr
    return place


def ran(home, *words):
    env = {**os.environ, "MIDCOURSE_HOME": str(home)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "midcourse_web", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_nothing_of_the_record_can_be_read_in_the_file(home):
    content = b"".join(path.read_bytes() for path in home.glob("midcourse.sqlite3*"))
    assert b"Zebedee" not in content
    assert not content.startswith(b"SQLite format 3")
    with sqlite3.connect(home / "midcourse.sqlite3") as plain, pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT count(*) FROM people_user")


def test_with_its_key_it_reads_and_writes_as_ever(home):
    code = "u = User.objects.get(); u.name += '!'; u.save(); print(User.objects.get(name='Zebedee!').made_at)"
    assert "+00:00" in ran(home, "shell", "-c", ONE + code).stdout, "a time comes back as a time"
    ran(home, "shell", "-c", ONE + "User.objects.update(name='Zebedee')")


def test_without_its_key_it_says_so(home, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    (other / "midcourse.toml").write_text("encrypted = true\n")
    (other / "midcourse.sqlite3").write_bytes((home / "midcourse.sqlite3").read_bytes())
    done = ran(other, "migrate")
    assert done.returncode != 0
    assert "not a database" in done.stderr


def test_its_copy_is_ciphertext_too_and_comes_back(home, tmp_path):
    copy = tmp_path / "copy.tar"
    done = ran(home, "backup", str(copy), "--with-keys")
    assert done.returncode == 0, done.stdout + done.stderr
    assert b"Zebedee" not in copy.read_bytes()
    again = tmp_path / "again"
    again.mkdir()
    (again / "midcourse.toml").write_text("encrypted = true\n")
    assert ran(again, "restore", str(copy)).returncode == 0
    assert "Zebedee" in ran(again, "shell", "-c", ONE + "print(User.objects.get().name)").stdout
