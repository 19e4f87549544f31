"""bandit finds no unsafe call in engine and application."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.own_database  # it reads files: one database is enough


def bandit(*words):
    command = [sys.executable, "-m", "bandit", "-q", *words]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_nothing_unsafe_is_found(root):
    done = bandit("-c", root / "pyproject.toml", "-r", root / "midcourse", root / "midcourse_web")
    assert done.returncode == 0, done.stdout


def test_an_unsafe_call_would_be_found(root, tmp_path):
    Path(tmp_path / "unsafe.py").write_text("import pickle\npickle.loads(input())\n")
    assert bandit("-c", root / "pyproject.toml", tmp_path / "unsafe.py").returncode == 1
