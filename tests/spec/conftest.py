"""Every paragraph of the spec runs on each engine, and on each kind of file that engine reads."""

from pathlib import Path

import pytest

from tests.spec.drawn import write_csv, write_parquet
from tests.spec.engines import cohort, one_person
from tests.spec.spec import Asking, OnEngine

ENGINES = {
    "one person": (one_person, write_csv, "scores.csv"),
    "cohort from CSV": (cohort, write_csv, "scores.csv"),
    "cohort from Parquet": (cohort, write_parquet, "scores.parquet"),
}


@pytest.fixture(params=ENGINES.values(), ids=ENGINES.keys())
def review(request: pytest.FixtureRequest, tmp_path: Path) -> Asking:
    """Return what puts a drawn table to one engine."""
    engine, write, name = request.param
    return OnEngine(engine, write, tmp_path / name)
