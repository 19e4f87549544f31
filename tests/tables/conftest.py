"""A table written to a file in one line of a test."""

from collections.abc import Callable
from pathlib import Path

import pytest

from midcourse.tables import Problem, Refused, read_table


@pytest.fixture
def table(tmp_path: Path) -> Callable[..., Path]:
    """Return a function from text (or bytes) to the path of a file that holds it."""

    def write(content: str | bytes, name: str = "scores.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def refused() -> Callable[..., tuple[Problem, ...]]:
    """Return a function that reads a file, expects a refusal, and gives the problems."""

    def problems(path: Path, **options: object) -> tuple[Problem, ...]:
        with pytest.raises(Refused) as caught:
            read_table(path, **options)  # type: ignore[arg-type]
        return caught.value.problems

    return problems
