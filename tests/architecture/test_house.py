"""The house rules a machine can hold."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

# Said in pieces, so that this file does not name what it forbids.
REGISTRIES = (
    "pypi" + ".org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "cran.r-" + "project.org/src",
)
FORBIDDEN_NAMES = {"utils", "util", "services", "managers", "helpers", "base"}
CODE = {".py", ".js", ".css", ".html", ".R", ".sh", ".sql"}
# Where the folder of real data may be looked for, and where it is said how.
MAY_NAME_THE_DATA_FOLDER = ("tests/", "bench/", "docs/reference/data.md")
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
WHY_LONGER = "Longer than 400 lines because"
# The sign-in library looks for its frame under this name.
NAMED_BY_OTHERS = {
    "midcourse_web/pages/templates/allauth/layouts/base.html",
    "midcourse_web/config/sqlcipher/base.py",
}


def committed(root: Path) -> list[str]:
    """Return the path of every committed file that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (root / name).is_file()]


def text_of(path: Path) -> str:
    """Return a file's text, or nothing where it is not text."""
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError:
        return ""


@pytest.fixture(scope="module")
def texts(root) -> dict[str, str]:
    """Return the text of every committed file."""
    return {name: text_of(root / name) for name in committed(root)}


def test_no_committed_file_names_a_registry(texts):
    named = {name for name, text in texts.items() for host in REGISTRIES if host in text}
    assert not named


def test_no_lock_names_a_place_to_install_from(texts):
    locks = {name: text for name, text in texts.items() if name.startswith("requirements/")}
    assert locks
    for name, text in locks.items():
        assert "://" not in text, name
        assert not re.search(r"^-", text, re.MULTILINE), f"{name} holds an option"


def test_no_file_is_past_400_lines(texts):
    # Django's own command writes the migrations; nobody reads them as a story.
    mine = {name: text for name, text in texts.items() if "/migrations/" not in name}
    code = {name: text.count("\n") for name, text in mine.items() if Path(name).suffix in CODE}
    long = {name: lines for name, lines in code.items() if lines > LONGEST_FILE}
    # A longer one says why at its top (architecture 7).
    assert {name: lines for name, lines in long.items() if WHY_LONGER not in mine[name][:600]} == {}


def _lines(node: ast.stmt) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _lines_of_docstring(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    # Saying units, errors and sources at length is asked for, and makes no function harder to follow.
    return _lines(function.body[0]) if ast.get_docstring(function) is not None else 0


def test_no_function_is_past_40_lines_beside_its_docstring(texts):
    long = {}
    for name, text in texts.items():
        if not name.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = _lines(node) - _lines_of_docstring(node)
                if lines > LONGEST_FUNCTION:
                    long[f"{name}:{node.lineno} {node.name}"] = lines
    assert long == {}


def test_everything_has_a_name_of_its_own(texts):
    assert {
        name for name in texts if FORBIDDEN_NAMES & {Path(part).stem for part in Path(name).parts}
    } - NAMED_BY_OTHERS == set()


def test_only_the_tests_know_where_real_data_lies(texts):
    named = {name for name, text in texts.items() if "../" + "shared" in text}
    assert {name for name in named if not name.startswith(MAY_NAME_THE_DATA_FOLDER)} == set()


def test_no_real_data_set_is_committed(texts):
    # The names of the real sets, as they lie in the data folder.
    assert {
        name for name in texts if re.search(r"(enrichd|reframed|reisby|claus2020)\w*\.csv$", name)
    } == set()


def test_every_line_left_out_of_coverage_says_why(texts):
    bare = re.compile(r"pragma: no (cover|branch)(?!: \w)")
    code = {name: text for name, text in texts.items() if name.startswith("midcourse/")}
    assert {name for name, text in code.items() if bare.search(text)} == set()
