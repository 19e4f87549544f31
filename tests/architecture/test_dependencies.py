"""What midcourse depends on is locked by hash, explained, and kept apart from what tests it."""

import re
import tomllib

import pytest

LOCKS = ("build", "run", "dev")
TEST_TOOLS = {
    "pytest",
    "pytest-cov",
    "pytest-xdist",
    "hypothesis",
    "ruff",
    "mypy",
    "import-linter",
    "playwright",
}


def _name(requirement: str) -> str:
    return re.split(r"[\[<>=!~; ]", requirement)[0]


@pytest.fixture(scope="module")
def pyproject(root) -> dict:
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def locked(root) -> dict[str, set[str]]:
    texts = {lock: (root / f"requirements/{lock}.txt").read_text("utf-8") for lock in LOCKS}
    return {lock: set(re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)) for lock, text in texts.items()}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_a_version_and_a_hash(root, lock):
    text = (root / f"requirements/{lock}.txt").read_text("utf-8").replace("\\\n", " ")
    packages = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert packages
    assert [line for line in packages if not re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:", line)] == []


def test_every_dependency_is_locked(pyproject, locked):
    project = pyproject["project"]
    extras = project["optional-dependencies"]
    run = [*project["dependencies"], *extras["tables"], *extras["web"]]
    judging = project["optional-dependencies"]["evaluate"]
    groups = pyproject["dependency-groups"]
    assert {_name(requirement) for requirement in run} <= locked["run"]
    assert {_name(requirement) for requirement in groups["build"]} <= locked["build"]
    assert {_name(r) for r in groups["dev"] if isinstance(r, str)} <= locked["dev"]
    assert {_name(requirement) for requirement in judging} <= locked["dev"]
    assert locked["run"] | locked["build"] <= locked["dev"]


def test_a_demo_installs_no_test_tool(locked):
    assert locked["dev"] >= TEST_TOOLS
    assert not TEST_TOOLS & (locked["run"] | locked["build"])


def test_every_dependency_says_what_it_is_for_and_where(root):
    text = (root / "pyproject.toml").read_text("utf-8")
    # A dependency is a line that holds nothing but one quoted requirement with a version.
    lines = re.findall(r'^    "[a-z-]+(?:\[\w+\])?[<>=]=?[^"]*",.*$', text, re.MULTILINE)
    assert len(lines) >= 15
    assert [line for line in lines if not re.search(r"#.+: .+", line)] == []
