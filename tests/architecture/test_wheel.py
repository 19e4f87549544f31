"""What is built from a checkout installs and works far away from it."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

SCORES = """\
client_id,measure,session,score
ayla,phq-9,1,18
ayla,phq-9,2,17
ayla,phq-9,3,11
ayla,phq-9,4,8
bram,phq-9,1,14
bram,phq-9,2,16
bram,phq-9,3,19
bram,phq-9,4,21
"""


def run(*command: object, cwd: Path) -> str:
    """Run a command that must succeed, with nothing of this checkout in its environment."""
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))
    }
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(root, tmp_path_factory) -> tuple[Path, Path]:
    """Return the source distribution, and the wheel that was built from it alone."""
    folder = tmp_path_factory.mktemp("built")
    hatchling = (sys.executable, "-m", "hatchling", "build", "--directory")
    run(*hatchling, folder, "--target", "sdist", cwd=root)
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    run(*hatchling, folder, "--target", "wheel", cwd=source)
    (wheel,) = folder.glob("*.whl")
    return sdist, wheel


@pytest.fixture(scope="module")
def installed(root, built, tmp_path_factory) -> Path:
    """Return the `bin` folder of an empty environment, outside the checkout, with the wheel in it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    uv = Path(sys.executable).parent / "uv"
    run(uv, "venv", "--quiet", "--python", sys.executable, folder / "venv", cwd=folder)
    install = (uv, "pip", "install", "--quiet", "--python", folder / "venv/bin/python")
    run(*install, "--require-hashes", "--requirement", root / "requirements/run.txt", cwd=folder)
    run(*install, "--no-deps", built[1], cwd=folder)
    return folder / "venv/bin"


def test_the_wheel_holds_every_file_of_engine_and_application_and_nothing_else(root, built):
    listed = subprocess.run(
        ["git", "ls-files", "midcourse", "midcourse_web"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    committed = {name for name in listed.stdout.splitlines() if (root / name).is_file()}
    packed = {name for name in zipfile.ZipFile(built[1]).namelist() if ".dist-info/" not in name}
    assert committed <= packed
    assert {name for name in packed if not name.startswith(("midcourse/", "midcourse_web/"))} == set()


def test_the_wheel_carries_its_licence(built):
    assert any(name.endswith("licenses/LICENSE") for name in zipfile.ZipFile(built[1]).namelist())


def test_the_installed_package_is_not_the_checkout(installed, root, tmp_path):
    where = run(installed / "python", "-c", "import midcourse; print(midcourse.__file__)", cwd=tmp_path)
    assert not Path(where.strip()).is_relative_to(root)


def test_the_installed_command_explains_itself(installed, tmp_path):
    text = run(installed / "midcourse", "--help", cwd=tmp_path)
    assert "review" in text


def test_the_installed_command_reviews_a_small_table(installed, tmp_path):
    (tmp_path / "scores.csv").write_text(SCORES, "utf-8")
    text = run(installed / "midcourse", "review", "scores.csv", cwd=tmp_path)
    assert "ayla" in text
    assert "bram" in text
