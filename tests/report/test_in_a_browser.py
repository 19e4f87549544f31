"""The page in a real browser: it fits a phone and a desk, light and dark, and its script does its work."""

import json
import re
import struct
import subprocess
from dataclasses import replace
from html import escape, unescape
from pathlib import Path

import pytest

from midcourse.cli.report import write_report
from tests.report.samples import caseload

pytestmark = pytest.mark.needs("Chromium")

SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip
DARK = "--blink-settings=preferredColorScheme=0"


def chromium(page: Path, folder: Path, *switches: str) -> str:
    """What Chromium writes when it opens a page, with a profile of its own."""
    command = ["chromium", *SWITCHES, f"--user-data-dir={folder / 'profile'}", *switches, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def asked(page: Path, folder: Path, question: str, *switches: str, width: int = 1280) -> object:
    """The answer to a question put to a page `width` pixels wide by a small script, after its own script has run."""
    text = page.read_text(encoding="utf-8")
    # The page refuses foreign scripts, as it should; this copy lets one more in.
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text, count=1)
    script = f"<script>parent.document.title = JSON.stringify((() => {{ {question} }})());</script></body>"
    text = escape(text.replace("</body>", script), quote=True)
    # In a frame, because Chromium's own window is never narrower than 500 pixels.
    frame = f'<iframe width="{width}" height="900" style="border: 0" srcdoc="{text}"></iframe>'
    (folder / "asked.html").write_text(f"<!DOCTYPE html><title>no answer</title>{frame}", encoding="utf-8")
    tree = chromium(folder / "asked.html", folder, "--dump-dom", *switches)
    return json.loads(unescape(tree[tree.index("<title>") + 7 : tree.index("</title>")]))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(caseload(16), tmp_path_factory.mktemp("page") / "report.html")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_sticks_out_sideways(page: Path, tmp_path: Path, width: int) -> None:
    question = """
      const wide = document.documentElement.clientWidth;
      const out = [...document.querySelectorAll("body *")].filter((e) => !e.closest(".unseen, .scroll, .skip")
        && e.getBoundingClientRect().right > wide + 1);
      return { wide, scroll: document.documentElement.scrollWidth, out: out.map((e) => e.outerHTML.slice(0, 90)) };
    """
    found = asked(page, tmp_path, question, width=width)
    assert found == {"wide": width, "scroll": width, "out": []}


def test_even_a_very_long_id_stays_inside_a_phone(tmp_path: Path) -> None:
    one = replace(caseload(1).courses[0], client_id="0123456789" * 30, sentence="x" * 400, notes=("y" * 400,))
    long = replace(caseload(1), courses=(one,), problems=("z" * 400,), rule_version="v" * 200)
    question = "return document.documentElement.scrollWidth;"
    for width in (320, 1280):
        assert asked(write_report(long, tmp_path / "long.html"), tmp_path, question, width=width) == width


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_picture_of_the_page_can_be_taken(page: Path, tmp_path: Path, width: int, scheme: str) -> None:
    picture = tmp_path / "page.png"
    dark = [DARK] if scheme == "dark" else []
    chromium(page, tmp_path, f"--screenshot={picture}", f"--window-size={width},2400", *dark)
    data = picture.read_bytes()
    assert struct.unpack(">II", data[16:24]) == (width, 2400)
    assert len(data) > 50_000, "an empty page packs into far less"


def test_dark_and_light_differ(page: Path, tmp_path: Path) -> None:
    question = "return getComputedStyle(document.body).backgroundColor;"
    assert asked(page, tmp_path, question) == "rgb(248, 244, 237)"
    assert asked(page, tmp_path, question, DARK) == "rgb(27, 24, 21)"


def test_the_scripts_and_styles_pass_the_pages_own_policy(page: Path, tmp_path: Path) -> None:
    tree = chromium(page, tmp_path, "--dump-dom", "--enable-logging=stderr")
    assert '<form id="filter" role="search">' in tree, "the script ran and showed the search"
    assert "16 of 16 shown" in tree


def test_searching_choosing_and_sorting_work(page: Path, tmp_path: Path) -> None:
    question = """
      const form = document.getElementById("filter");
      const rows = () => [...document.querySelectorAll(".caseload tbody tr")];
      const seen = () => rows().filter((row) => !row.hidden).map((row) => row.querySelector("a").textContent);
      const put = (name, value) => { form[name].value = value; form.dispatchEvent(new Event("input")); };
      put("text", "1003");
      const found = seen(), cards = document.querySelectorAll("article:not([hidden])").length;
      put("text", ""); put("state", "drifting");
      const drifting = seen().length, said = form.querySelector("output").textContent;
      put("state", ""); put("measure", "phq9");
      const phq9 = seen().length;
      put("measure", "");
      const heads = [...document.querySelectorAll(".caseload thead th")];
      heads[0].querySelector("button").click(); heads[0].querySelector("button").click();
      const last = seen()[0], sorted = heads[0].getAttribute("aria-sort");
      heads[4].querySelector("button").click();
      const keys = rows().map((row) => Number(row.cells[4].dataset.key));
      return { found, cards, drifting, said, phq9, last, sorted, rising: keys.every((k, i) => !i || keys[i - 1] <= k),
        before: heads[0].getAttribute("aria-sort") };
    """
    drifting = sum(course.state.value == "drifting" for course in caseload(16).courses)
    assert asked(page, tmp_path, question) == {
        "found": ["1003"],
        "cards": 1,
        "drifting": drifting,
        "said": f"{drifting} of 16 shown",
        "phq9": sum(course.measure == "phq9" for course in caseload(16).courses),
        "last": "1016",
        "sorted": "descending",
        "rising": True,
        "before": None,
    }


def test_a_link_from_the_table_opens_a_closed_card(tmp_path: Path) -> None:
    large = write_report(caseload(60), tmp_path / "large.html")
    question = """
      const closed = document.querySelector("article > details:not([open])");
      location.hash = closed.parentElement.id;
      dispatchEvent(new Event("hashchange"));
      return closed.open;
    """
    assert asked(large, tmp_path, question) is True


def test_six_hundred_clients_are_laid_out_in_good_time(tmp_path: Path) -> None:
    large = write_report(caseload(600), tmp_path / "large.html")
    question = """
      const before = performance.now();
      document.body.getBoundingClientRect(); document.querySelector("footer").offsetTop;
      return performance.now() - before;
    """
    milliseconds = asked(large, tmp_path, question)
    assert isinstance(milliseconds, float | int) and milliseconds < 3000
