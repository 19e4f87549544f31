"""python -m tests.docs.coverage_page: write docs/coverage.md from the markers on the tests themselves.

A test that shows that a need is served says so: `@pytest.mark.need("S2-17", by="client:home")`, where `by`
names the page (its address's name), the command or the file that serves it. A page that merely mentions a
need does not serve it.
"""

import ast
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "coverage.md"
NEEDS = ROOT / "docs" / "requirements.json"
NOT_YET = "not yet"


@dataclass(frozen=True)
class Served:
    """One need, what serves it, and the test that shows it."""

    need: str
    by: str
    test: str


def needs() -> list[dict]:
    """Return every need, in the order of their documents."""
    return json.loads(NEEDS.read_text("utf-8"))["requirements"]


def served() -> list[Served]:
    """Return what the markers of all tests say."""
    return [one for path in sorted((ROOT / "tests").rglob("test_*.py")) for one in _of_file(path)]


def _of_file(path: Path) -> Iterator[Served]:
    name = path.relative_to(ROOT).as_posix()
    tree = ast.parse(path.read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            for mark in node.decorator_list:
                yield from _of_mark(mark, f"{name}::{node.name}")
        elif isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "pytestmark" for t in node.targets):
            marks = node.value.elts if isinstance(node.value, ast.List) else [node.value]
            for mark in marks:
                yield from _of_mark(mark, name)


def _of_mark(mark: ast.expr, test: str) -> Iterator[Served]:
    if not isinstance(mark, ast.Call) or ast.unparse(mark.func) != "pytest.mark.need":
        return
    by = next(ast.literal_eval(word.value) for word in mark.keywords if word.arg == "by")
    for one in mark.args:
        yield Served(ast.literal_eval(one), by, test)


def page() -> str:
    """Return the page."""
    found: dict[str, list[Served]] = defaultdict(list)
    for one in served():
        found[one.need].append(one)
    every = needs()
    done = [one for one in every if one["id"] in found]
    lines = [
        "# What serves each need",
        "",
        "Written by `python -m tests.docs.coverage_page` from the markers on the tests; do not edit it by hand.",
        "The needs themselves are in [requirements.json](requirements.json). A need is served where a test shows",
        "it, by the page, command or file named. Served does not mean clinically validated: nothing here is.",
        "",
        f"{len(done)} of {len(every)} needs are served; {len(every) - len(done)} are {NOT_YET}.",
        "",
        "| need | what | served by | shown by |",
        "|---|---|---|---|",
    ]
    lines += [_row(one, found.get(one["id"], [])) for one in every]
    return "\n".join(lines) + "\n"


def _row(need: dict, found: list[Served]) -> str:
    words = need["need"].replace("|", "/")
    by = "<br>".join(dict.fromkeys(f"`{one.by}`" for one in found)) or f"**{NOT_YET}**"
    tests = "<br>".join(dict.fromkeys(f"`{one.test}`" for one in found))
    return f"| {need['id']} | {words} | {by} | {tests} |"


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(f"Written to {PAGE}.")
