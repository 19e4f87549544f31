"""The command in a process of its own: pipes that close, disks that are full, letters that are missing."""

import os
import subprocess
import sys

import pytest

from tests.cli.conftest import HEAD, TWO_CLIENTS

COMMAND = [sys.executable, "-W", "error", "-c", "from midcourse.cli import main; main()"]


def midcourse(*words, **more):
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | more
    return subprocess.run([*COMMAND, *map(str, words)], text=True, check=False, timeout=60, **streams)


def test_the_caseload_goes_to_stdout_and_every_message_to_stderr_without_colour_or_bar(table):
    found = midcourse("review", table())
    assert found.returncode == 0
    assert found.stdout.startswith("client  measure  state ")
    assert found.stderr.startswith("scores.csv: 4 scores of 2 clients.\n")
    assert "\x1b" not in found.stdout + found.stderr


def test_letters_that_the_screen_lacks_are_spelled_out(table):
    path = table(HEAD + "👩,phq-9,1,10\n")
    found = midcourse("review", path, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert found.returncode == 0
    assert "\\U0001f469" in found.stdout


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this machine has no /dev/full")
@pytest.mark.parametrize("words", [(), ("--json",)])
def test_a_full_disk_is_said_in_one_line(table, words):
    with open("/dev/full", "w") as full:
        found = midcourse("review", table(), *words, stdout=full)
    assert found.returncode == 2
    assert "Not done. The result could not be written: No space left on device." in found.stderr
    assert "Traceback" not in found.stderr
    assert "Exception ignored" not in found.stderr


def test_a_reader_that_has_seen_enough_is_no_error(table):
    path = table(HEAD + "".join(f"client {i},phq-9,1,10\n" for i in range(60)))
    running = subprocess.Popen(
        [*COMMAND, "review", str(path), "--json"], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert running.stdout is not None
    assert running.stderr is not None
    assert running.stdout.readline() == "{\n"
    running.stdout.close()
    said = running.stderr.read()
    running.stderr.close()
    running.wait(60)
    assert "Traceback" not in said
    assert "Exception ignored" not in said


def test_a_refusal_leaves_with_code_two_and_an_empty_stdout(table):
    found = midcourse("review", table(TWO_CLIENTS.replace("phq-9", "rq")))
    assert (found.returncode, found.stdout) == (2, "")
    assert "no measure is called 'rq'" in found.stderr


def test_no_network_library_numbers_or_page_is_loaded_to_show_help():
    code = "import sys; from midcourse.cli import app; print(*sorted({'numpy', 'scipy', 'duckdb'} & set(sys.modules)))"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == ""
