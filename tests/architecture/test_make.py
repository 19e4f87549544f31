"""`make` stops with the one line that mends it where Python cannot do."""

import shutil
import subprocess

import pytest

pytestmark = pytest.mark.needs("make")


@pytest.fixture
def make(root, tmp_path):
    """Return a function that runs `make demo` in an empty checkout with a Python of our own invention."""

    def run_make(python: str) -> subprocess.CompletedProcess[str]:
        (tmp_path / "requirements").mkdir()
        for name in (
            "Makefile",
            "pyproject.toml",
            "requirements/build.txt",
            "requirements/run.txt",
        ):
            shutil.copy(root / name, tmp_path / name)
        invented = tmp_path / "python3.9"
        invented.write_text(f"#!/bin/sh\n{python}\n")
        invented.chmod(0o755)
        command = ["make", "demo", f"PYTHON={invented}"]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    return run_make


def test_a_python_that_is_too_old_is_named_with_what_to_install(make):
    done = make('case "$1" in -V) echo Python 3.9.2;; *) exit 1;; esac')
    assert done.returncode != 0
    assert "needs Python 3.11 or newer; here is Python 3.9.2" in done.stderr
    assert "apt-get install python3.11" in done.stderr or "brew install python" in done.stderr


def test_a_python_without_venv_is_named_with_what_to_install(make):
    done = make('case "$2" in *ensurepip*) exit 1;; esac')
    assert done.returncode != 0
    assert "sudo apt-get install python3.9-venv" in done.stderr
