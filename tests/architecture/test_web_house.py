"""The house rules of the web application that a machine can hold."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

WRITES = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "create_user",
    "set_password",
}
# Writing to the database looks like these only when called on a manager or a query.
ON_QUERIES = {"update", "delete"}
# The sign-in library's model manager, the audit's own writes (architecture 5.6), and the demonstration.
MAY_WRITE = ("midcourse_web/audit/record.py", "midcourse_web/people/models/user.py")


def files(root: Path) -> list[Path]:
    """Return every file of the application that is not a migration."""
    return [p for p in sorted((root / "midcourse_web").rglob("*.py")) if "migrations" not in p.parts]


def _writes(node: ast.Call) -> bool:
    if not isinstance(node.func, ast.Attribute):
        return False
    called = node.func
    if called.attr in WRITES:
        # `hashlib...update`, `Event.create` of another library: only what ends in a model's doing.
        return True
    on = ast.unparse(called.value)
    return called.attr in ON_QUERIES and ("objects" in on or ".filter(" in on or "all()" in on)


def test_every_write_is_in_an_actions_folder(root):
    found = {}
    for path in files(root):
        name = path.relative_to(root).as_posix()
        if "/actions/" in name or name in MAY_WRITE or name.startswith("midcourse_web/demo/"):
            continue
        lines = [
            n.lineno
            for n in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(n, ast.Call) and _writes(n)
        ]
        if lines:
            found[name] = lines
    assert found == {}


def test_the_rule_on_writes_can_fail():
    call = ast.parse("Episode.objects.filter(pk=1).update(state='x')").body[0].value
    assert _writes(call)
    assert not _writes(ast.parse("request.session.update(a=1)").body[0].value)


def test_every_public_action_takes_only_named_arguments(root):
    loose = []
    for path in files(root):
        if "/actions/" not in path.as_posix():
            continue
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.args.args:
                loose.append(f"{path.name}: {node.name}")
    # These two are steps of one action, called by it and by its twin, not by a page.
    assert set(loose) <= {
        "check_in.py: raise_for",
        "check_in.py: second_step",
        "course.py: facts_now",
        "pulse.py: beat",
    }


@pytest.mark.parametrize("heavy", ["numpy", "scipy", "pandas", "duckdb", "ibis"])
def test_the_web_process_never_loads_what_only_fitting_needs(root, heavy, tmp_path):
    code = (
        "import os, sys; os.environ['MIDCOURSE_HOME'] = sys.argv[1]; "
        "os.environ['DJANGO_SETTINGS_MODULE'] = 'midcourse_web.config.settings'; "
        "from midcourse_web.config.wsgi import application; "
        "from django.urls import get_resolver; get_resolver().url_patterns; "
        f"sys.exit({heavy!r} in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], cwd=root, capture_output=True, text=True
    )
    assert run.returncode == 0, run.stderr


def test_no_model_has_changed_without_its_migration(root, tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "midcourse_web", "makemigrations", "--check", "--dry-run"],
        cwd=root,
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", "MIDCOURSE_HOME": str(tmp_path)},
    )
    assert run.returncode == 0, run.stdout + run.stderr
