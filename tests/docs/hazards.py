"""The hazards of docs/safety/hazards.toml as they are, and the risk they come to by the matrix of DCB0129."""

import ast
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "docs" / "safety" / "hazards.toml"
SEVERITIES = ("minor", "significant", "considerable", "major", "catastrophic")
LIKELIHOODS = ("very low", "low", "medium", "high", "very high")
# DCB0129 implementation guidance, example matrix: a rating of 1 to 5, looked up and not multiplied. Seen in two
# public hazard logs that quote it, not in the guidance itself.
MATRIX = {
    "very high": (3, 4, 4, 5, 5),
    "high": (2, 3, 3, 4, 5),
    "medium": (2, 2, 3, 3, 4),
    "low": (1, 2, 2, 3, 4),
    "very low": (1, 1, 2, 2, 3),
}
WHERE = ("engine", "web", "deployer")

Raw = dict[str, Any]


def whole() -> Raw:
    """Return the file as a plain dict."""
    return tomllib.loads(FILE.read_text("utf-8"))


def hazards() -> list[Raw]:
    """Return every hazard in the order of the file."""
    return list(whole()["hazards"])


def rating(severity: str, likelihood: str) -> int:
    """Return the risk, 1 (acceptable) to 5 (unacceptable)."""
    return MATRIX[likelihood][SEVERITIES.index(severity)]


def initial(hazard: Raw) -> int:
    """Return the risk with no control at all."""
    return rating(hazard["severity"], hazard["likelihood"])


def residual(hazard: Raw) -> int:
    """Return the risk with the controls that are built and have a test today."""
    return rating(hazard["residual_severity"], hazard["residual_likelihood"])


def held_by(hazard: Raw) -> list[str]:
    """Return the id of every test that holds one of its controls."""
    return [name for control in hazard["controls"] for name in control["tests"]]


def is_open(hazard: Raw) -> bool:
    """Whether a control is only a plan, or the risk that is left is above 2."""
    return residual(hazard) > 2 or not all(control["tests"] for control in hazard["controls"])


def is_there(test: str) -> bool:
    """Whether a test of this id, `path::name`, stands in the file."""
    path, _, name = test.partition("::")
    file = ROOT / path
    if not file.is_file():
        return False
    functions = [node.name for node in ast.walk(ast.parse(file.read_text("utf-8"))) if hasattr(node, "name")]
    return name.startswith("test_") and name in functions
