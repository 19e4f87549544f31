"""A copy made while people go on working is whole, and is put back only where it is."""

import json
import os
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time

import pytest

from midcourse_web.config.home import ClinicSettings
from midcourse_web.serving.copies import BadCopy, back_up, counted, put_back
from tests.web.postgresql import cluster

pytestmark = pytest.mark.own_database
SQLITE = ClinicSettings()


def midcourse_web(home, *words):
    env = {**os.environ, "MIDCOURSE_HOME": str(home)}
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [sys.executable, "-m", "midcourse_web", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """Return a home whose database has every table."""
    home = tmp_path_factory.mktemp("home")
    done = midcourse_web(home, "migrate")
    assert done.returncode == 0, done.stderr
    return home


@pytest.fixture
def home(migrated, tmp_path):
    """Return a home of its own for each test."""
    place = tmp_path / "home"
    place.mkdir(mode=0o700)
    with (
        sqlite3.connect(migrated / "midcourse.sqlite3") as one,
        sqlite3.connect(place / "midcourse.sqlite3") as two,
    ):
        one.backup(two)
    for name in ("web.key", "private.key"):
        (place / name).write_text(f"the {name}")
    (place / "uploads").mkdir()
    (place / "uploads" / "letter.txt").write_text("a letter")
    return place


PULSE = "INSERT INTO outbox_pulse (part, at) VALUES (?, '2026-11-27 10:00:00')"


def test_what_was_acknowledged_before_the_copy_is_in_it_while_others_go_on_writing(home, tmp_path):
    going, written = threading.Event(), []

    def write():
        with sqlite3.connect(home / "midcourse.sqlite3", timeout=20, isolation_level=None) as database:
            database.execute("PRAGMA journal_mode=WAL")
            while not going.is_set():
                database.execute(PULSE, (f"part {len(written)}",))
                written.append(time.monotonic())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 50:
            time.sleep(0.01)
        before = len(written)
        rows = back_up(home, SQLITE, tmp_path / "copy.tar", with_keys=False)
        after = len(written) + 1
    finally:
        going.set()
        writer.join()
    assert before <= rows["outbox_pulse"] <= after
    again = tmp_path / "again"
    again.mkdir()
    put_back(again, SQLITE, tmp_path / "copy.tar")
    assert counted(again / "midcourse.sqlite3", SQLITE, again) == rows
    with sqlite3.connect(again / "midcourse.sqlite3") as database:
        parts = {part for (part,) in database.execute("SELECT part FROM outbox_pulse")}
    assert parts == {f"part {i}" for i in range(len(parts))}, "none is missing in between"


def test_put_back_it_holds_everything_but_the_keys(home, tmp_path):
    done = midcourse_web(home, "backup", str(tmp_path / "copy.tar"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "It holds no keys" in done.stdout
    assert (tmp_path / "copy.tar").stat().st_mode & 0o077 == 0
    again = tmp_path / "again"
    done = midcourse_web(again, "restore", str(tmp_path / "copy.tar"))
    assert done.returncode == 0, done.stdout
    assert "Now put web.key and private.key there" in done.stdout
    assert (again / "uploads" / "letter.txt").read_text() == "a letter"
    assert not (again / "private.key").exists(), "and none was made"


def test_with_keys_they_are_in_it_and_it_says_what_that_means(home, tmp_path):
    done = midcourse_web(home, "backup", str(tmp_path / "copy.tar"), "--with-keys")
    assert "whoever has this file can read everything" in done.stdout
    again = tmp_path / "again"
    assert "Now put" not in midcourse_web(again, "restore", str(tmp_path / "copy.tar")).stdout
    assert (again / "private.key").read_text() == "the private.key"


def test_a_record_that_is_there_is_never_written_over(home, tmp_path):
    midcourse_web(home, "backup", str(tmp_path / "copy.tar"))
    before = (home / "midcourse.sqlite3").read_bytes()
    done = midcourse_web(home, "restore", str(tmp_path / "copy.tar"))
    assert done.returncode == 2
    assert "is there already" in done.stdout
    assert (home / "midcourse.sqlite3").read_bytes() == before


def test_a_copy_that_was_changed_is_not_put_back(home, tmp_path):
    back_up(home, SQLITE, tmp_path / "copy.tar", with_keys=False)
    folder, again = tmp_path / "opened", tmp_path / "again"
    again.mkdir()
    with tarfile.open(tmp_path / "copy.tar") as tar:
        tar.extractall(folder, filter="data")
    with sqlite3.connect(folder / "midcourse.sqlite3") as database:
        database.execute(PULSE, ("smuggled in",))
    with tarfile.open(tmp_path / "changed.tar", "w") as tar:
        for path in folder.iterdir():
            tar.add(path, path.name)
    with pytest.raises(BadCopy, match="was changed or damaged"):
        put_back(again, SQLITE, tmp_path / "changed.tar")
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["rows"]["outbox_pulse"] == 0
    assert list(again.iterdir()) == [], "and nothing was left behind"


def test_half_a_copy_is_not_put_back(home, tmp_path):
    back_up(home, SQLITE, tmp_path / "copy.tar", with_keys=False)
    whole = (tmp_path / "copy.tar").read_bytes()
    (tmp_path / "half.tar").write_bytes(whole[: len(whole) // 2])
    again = tmp_path / "again"
    again.mkdir()
    with pytest.raises(BadCopy, match="cannot be read as a copy"):
        put_back(again, SQLITE, tmp_path / "half.tar")


def test_another_key_in_the_folder_stops_it(home, tmp_path):
    back_up(home, SQLITE, tmp_path / "copy.tar", with_keys=True)
    again = tmp_path / "again"
    again.mkdir()
    (again / "private.key").write_text("another")
    with pytest.raises(BadCopy, match="another key than the copy's"):
        put_back(again, SQLITE, tmp_path / "copy.tar")
    assert not (again / "midcourse.sqlite3").exists()


def test_a_damaged_record_is_not_copied_over_a_good_copy(home, tmp_path):
    back_up(home, SQLITE, tmp_path / "copy.tar", with_keys=False)
    good = (tmp_path / "copy.tar").read_bytes()
    with (home / "midcourse.sqlite3").open("r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 4)
    with pytest.raises(BadCopy):
        back_up(home, SQLITE, tmp_path / "copy.tar", with_keys=False)
    assert (tmp_path / "copy.tar").read_bytes() == good


@pytest.mark.needs("PostgreSQL")
def test_on_postgresql_a_copy_is_its_own_dump_and_comes_back_the_same(tmp_path):
    with cluster() as address:
        home = tmp_path / "home"
        home.mkdir(mode=0o700)
        (home / "midcourse.toml").write_text(f'database = "{address}"\n')
        assert midcourse_web(home, "migrate").returncode == 0
        copy = tmp_path / "copy.tar"
        done = midcourse_web(home, "backup", str(copy))
        assert done.returncode == 0, done.stdout
        again = tmp_path / "again"
        again.mkdir(mode=0o700)
        emptied = address.replace("/midcourse?", "/another?")
        socket = address.split("host=")[1]
        subprocess.run(["createdb", "-h", socket, "-U", "midcourse", "another"], check=True)
        (again / "midcourse.toml").write_text(f'database = "{emptied}"\n')
        done = midcourse_web(again, "restore", str(copy))
        assert done.returncode == 0, done.stdout
        assert "No planned migration operations" in midcourse_web(again, "migrate", "--plan").stdout
