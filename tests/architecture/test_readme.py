"""The README's first commands are the ones there are."""

import re
import tomllib

PLAIN_PYTHON = """\
    python3 -m venv .venv && .venv/bin/pip install '.[tables,web]'
    .venv/bin/midcourse serve --demo
"""


def test_people_without_make_get_two_lines_of_plain_python(root):
    assert PLAIN_PYTHON in (root / "README.md").read_text("utf-8")
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    assert {"tables", "web"} <= set(project["optional-dependencies"])
    assert "midcourse" in project["scripts"]


def test_every_make_command_of_the_readme_is_in_the_makefile(root):
    named = set(re.findall(r"^    make (\w+)", (root / "README.md").read_text("utf-8"), re.MULTILINE))
    targets = set(re.findall(r"^(\w+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert {"demo", "test", "check", "fix", "bench"} <= named <= targets


def test_the_readme_says_what_midcourse_is_not(root):
    text = (root / "README.md").read_text("utf-8")
    assert "not clinically validated" in text
    assert "not a medical device" in text


def test_every_file_the_readme_names_is_there(root):
    named = re.findall(r"`((?:docs/)?\w+(?:\.md)?)`", (root / "README.md").read_text("utf-8"))
    files = [name for name in named if name.endswith(".md") or name == "LICENSE"]
    assert len(files) >= 4
    assert [name for name in files if not (root / name).is_file()] == []
