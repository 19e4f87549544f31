"""The page as a whole: who is on it, how it is built, and that it keeps to itself."""

import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from midcourse.review.result import CaseloadReview
from midcourse.signals.state import State
from tests.report.reading import drawings, parsed, written
from tests.report.samples import BDI, WELLBEING, caseload, course

EMPTY = CaseloadReview((), (), rule_version="course-bounds 1")


def test_every_client_and_every_state_is_there(tmp_path: Path) -> None:
    review = caseload(16)
    page = parsed(written(review, tmp_path))
    rows = page.all("table", class_="caseload")[0].all("tbody")[0].all("tr")
    assert [row.all("th")[0].text for row in rows] == [course.client_id for course in review.courses]
    assert [row.all("span", class_="state")[0].text for row in rows] == [
        c.state.value for c in review.courses
    ]
    cards = page.all("article")
    assert sorted(card.all("bdi")[0].text for card in cards) == sorted(c.client_id for c in review.courses)
    assert {card.all("span", class_="state")[0].text for card in cards} == {state.value for state in State}
    assert all(any(c.sentence in card.text for card in cards) for c in review.courses)


def test_the_counts_at_the_top_are_those_of_the_review(tmp_path: Path) -> None:
    review = caseload(60)
    items = parsed(written(review, tmp_path)).all("ul", class_="counts")[0].all("li")
    shown = {item.all("span", class_="state")[0].text: int(item.all("b")[0].text) for item in items}
    assert shown == {state.value: sum(c.state is state for c in review.courses) for state in State}


def test_the_lead_says_how_many_ask_for_a_look(tmp_path: Path) -> None:
    def lead(*states: State) -> str:
        courses = tuple(course(str(i), BDI, state) for i, state in enumerate(states))
        review = CaseloadReview(courses, (BDI,), rule_version="1")
        return parsed(written(review, tmp_path)).all("p", class_="lead")[0].text

    assert lead(State.ON_COURSE) == "1 course of 1 client on 1 measure. None asks for a look first."
    assert lead(State.DRIFTING) == "1 course of 1 client on 1 measure. One asks for a look first."
    assert lead(State.DRIFTING, State.OFF_COURSE).endswith("2 ask for a look first.")


def test_the_page_says_that_it_is_no_verdict_and_names_day_and_rule(tmp_path: Path) -> None:
    text = parsed(written(caseload(3), tmp_path)).text
    for said in (
        "Not clinically validated.",
        "never a verdict",
        "2025-03-14",
        "course-bounds 1",
        "risk or safety",
    ):
        assert said in text
    assert "the last score of each client" in parsed(written(EMPTY, tmp_path)).text


def test_anchors_are_unique_and_every_link_inside_the_page_leads_somewhere(tmp_path: Path) -> None:
    for review in (caseload(40), caseload(1), EMPTY):
        text = written(review, tmp_path)
        ids = re.findall(r'\sid="([^"]*)"', text)
        assert len(ids) == len(set(ids))
        assert set(re.findall(r'href="#([^"]*)"', text)) <= set(ids)
        assert set(" ".join(re.findall(r'aria-labelledby="([^"]*)"', text)).split()) <= set(ids)


def test_headings_go_down_one_step_at_a_time_and_landmarks_are_there(tmp_path: Path) -> None:
    text = written(caseload(16), tmp_path)
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", text)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    page = parsed(text)
    assert page.all("html")[0].attributes["lang"] == "en"
    assert [len(page.all(tag)) for tag in ("main", "nav", "footer")] == [1, 1, 1]
    assert all(len(table.all("caption")) == 1 for table in page.all("table"))
    assert all("scope" in head.attributes for head in page.all("th"))


def test_the_page_asks_nothing_of_any_network(tmp_path: Path) -> None:
    text = written(caseload(16), tmp_path)
    assert not re.findall(
        r"https?:|//[a-z]|@import|<link|<img|<iframe|\bfetch\b|XMLHttp",
        re.sub(r"^ *//.*$", "", text, flags=re.M),
    )
    assert all(address.startswith("#") for address in re.findall(r'(?:href|src)="([^"]*)"', text))
    assert all(address.startswith("#") for address in re.findall(r"url\(([^)]*)\)", text))
    policy = parsed(text).all("meta")[1].attributes["content"]
    assert policy.startswith("default-src 'none'; ")


def test_the_policy_names_the_style_and_the_script_that_are_there(tmp_path: Path) -> None:
    text = written(caseload(1), tmp_path)
    for tag in ("style", "script"):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", text, flags=re.S)
        fingerprint = b64encode(sha256(inside.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{fingerprint}'" in parsed(text).all("meta")[1].attributes["content"]
    assert not re.search(r"<[^>]+\s(style|on[a-z]+)=", text), "what stands in an attribute would be refused"


def test_episodes_are_named_only_where_a_client_has_several_on_a_measure(tmp_path: Path) -> None:
    twice = [course("Kim", BDI, State.DRIFTING, episode=which) for which in ("spring", "autumn")]
    once = course("Lee", BDI, State.DRIFTING, episode="only")
    page = parsed(written(CaseloadReview((*twice, once), (BDI,), "1"), tmp_path))
    names = [
        row.all("a")[0].text for row in page.all("table", class_="caseload")[0].all("tbody")[0].all("tr")
    ]
    assert names == ["Kim episode spring", "Kim episode autumn", "Lee"]
    assert "only" not in page.all("article")[2].all("h4")[0].text


def test_an_empty_caseload_is_a_page_too(tmp_path: Path) -> None:
    page = parsed(written(EMPTY, tmp_path))
    assert "There is no course to review in this table." in page.text
    assert "Nothing was set aside" in page.text
    assert page.all("table") == [] and page.all("article") == []


def test_what_was_set_aside_is_listed_in_full(tmp_path: Path) -> None:
    problems = tuple(f"line {line}: {line} is out of range" for line in range(1, 1235))
    review = replace(caseload(2), problems=problems)
    page = parsed(written(review, tmp_path))
    assert [item.text for item in page.all("ol")[0].all("li")] == list(problems)
    assert "1,234 entries of the table were left out" in page.text
    alone = parsed(written(replace(review, problems=("line 3: too high",)), tmp_path))
    assert "1 entry of the table was left out of this review." in alone.text


def test_the_appendix_tells_how_each_course_came_about(tmp_path: Path) -> None:
    history: dict[str, object] = {
        "basis": "sqrt",
        "weights": list(range(100)),
        "patterns": [[1, 2], [3, 4]],
        "nothing": None,
        "singular": False,
        "converged": True,
        "theta": 0.123456789,
        "inner": {"a_name": 1},
        "large": {f"k{i}": i for i in range(30)},
    }
    measures = (replace(BDI, course=history), WELLBEING)
    text = parsed(written(CaseloadReview((), measures, "1"), tmp_path)).all("section")[1].text
    for said in (
        "Reliable change 9: Jacobson and Truax (1991)", "0 to 63, higher is worse", "week 26", "14 and above",
        "0 to 10, higher is better", "none in force", "none set", "No expected course was used", "0.123457", "a name",
        "[1, 2]", "converged", "yes", "and 76 more in the saved course", "and 6 more",
    ):  # fmt: skip
        assert said in text, said


def test_a_caseload_too_large_for_a_page_shows_the_first_and_counts_all(tmp_path: Path) -> None:
    page = parsed(written(caseload(30), tmp_path, most=10))
    assert len(page.all("article")) == 10
    assert "30 courses of 30 clients" in page.text
    assert "Below are the 10 courses most in need of attention, of 30." in page.text


def test_cards_are_open_in_a_small_caseload_and_where_a_look_is_needed_in_a_large_one(tmp_path: Path) -> None:
    assert all("open" in part.attributes for part in parsed(written(caseload(16), tmp_path)).all("details"))
    cards = parsed(written(caseload(100), tmp_path)).all("article")
    asking = {"reliably worse", "off course", "drifting"}
    for card in cards:
        state = card.all("span", class_="state")[0].text
        assert ("open" in card.all("details")[0].attributes) == (state in asking)


def test_six_hundred_clients_stay_under_five_megabytes(tmp_path: Path) -> None:
    text = written(caseload(600), tmp_path)
    assert len(text.encode()) < 5_000_000
    pictures = drawings(text)
    assert len(pictures) == 600
