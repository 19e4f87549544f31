"""Imports point one way, and the rooms a web process needs load nothing heavy."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

# The rooms, and single modules, that load nothing but Python itself.
LIGHT = (
    "content",
    "record",
    "places",
    "measures",
    "course.forecast",
    "signals",
    "reasons",
    "plans",
    "conduct",
    "review",
)
# Thresholds are learned on many clients; nothing that decides about one imports the files that do it.
LEARNING = {"midcourse.signals.budget", "midcourse.signals.budget_of_people", "midcourse.signals.learned"}


def _exists(root: Path, room: str) -> bool:
    path = root / "midcourse" / room.replace(".", "/")
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def _modules(root: Path, room: str) -> list[str]:
    path = root / "midcourse" / room.replace(".", "/")
    files = sorted(path.rglob("*.py")) if path.is_dir() else [path.with_suffix(".py")]
    dotted = (".".join(f.relative_to(root).with_suffix("").parts) for f in files)
    return [name.removesuffix(".__init__") for name in dotted]


def _loaded_by(modules: list[str], cwd: Path) -> set[str]:
    code = (
        "import json, sys; before = set(sys.modules); "
        f"[__import__(name) for name in {modules!r}]; "
        "print(json.dumps([name.partition('.')[0] for name in set(sys.modules) - before]))"
    )
    # -I: nothing from the environment, and not this folder, can stand in for a package.
    run = subprocess.run(
        [sys.executable, "-I", "-c", code], cwd=cwd, capture_output=True, text=True, check=True
    )
    return set(json.loads(run.stdout))


@pytest.mark.parametrize("room", LIGHT)
def test_a_room_that_only_reads_and_judges_loads_nothing_but_python(root, room, tmp_path):
    if not _exists(root, room):
        # A room of a later issue: it is held to the rule from its first line on.
        return
    modules = [name for name in _modules(root, room) if name not in LEARNING]
    third_party = _loaded_by(modules, tmp_path) - set(sys.stdlib_module_names)
    assert third_party == {"midcourse"}


def test_import_midcourse_loads_nothing_but_python(tmp_path):
    third_party = _loaded_by(["midcourse"], tmp_path) - set(sys.stdlib_module_names)
    assert third_party == {"midcourse"}


def test_the_import_contracts_hold(root):
    lint = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run(
        [lint, "--no-logo", "--no-cache"], cwd=root, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
