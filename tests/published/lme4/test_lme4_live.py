"""Where R and lme4 are installed, lme4 still says what is written down."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.published.lme4 import cases

pytestmark = pytest.mark.needs("R with lme4")
LIVE = [
    "session_course_reml",
    "clients_in_therapists_ml",
    "copied_clients_ml",
    "singular_no_slope_variance_reml",
]


@pytest.fixture(scope="module")
def refitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("lme4")
    command = ["Rscript", str(cases.HERE / "fit.R"), str(out), "unused", *LIVE]
    subprocess.run(command, check=True, capture_output=True)
    return out


@pytest.mark.parametrize("name", LIVE)
def test_lme4_still_gives_the_committed_numbers(refitted: Path, name: str) -> None:
    new = json.loads((refitted / f"{name}.json").read_text())
    old = json.loads((cases.HERE / f"{name}.json").read_text())
    for now, then in zip(new["criterion_at"][1:], old["criterion_at"][1:], strict=True):
        assert now["criterion"] == pytest.approx(then["criterion"], rel=1e-11)
    assert new["criterion"] == pytest.approx(old["criterion"], abs=1e-5)
    assert new["beta"] == pytest.approx(old["beta"], rel=1e-5)
