"""`midcourse help-now`, and the numbers that `midcourse why` names: offline, at once, for the right place."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from midcourse.cli.app import app
from midcourse.cli.help_page import FOR_STEPS, OTHER_HEADS, URGENT_HEADS, WORDS, find_place, purposes_of
from midcourse.places import PURPOSES, codes, place
from midcourse.plans.step import every_step

FOR_ANYBODY = {"LC_ALL": "C.UTF-8", "LC_MESSAGES": "", "LANG": ""}


def run(*words, env=FOR_ANYBODY, answers=""):
    return CliRunner().invoke(app, [*map(str, words)], env=env, input=answers)


def test_the_emergency_number_stands_first_and_then_who_listens():
    said = run("help-now", "--place", "gb-eng")
    assert said.exit_code == 0
    lines = said.stdout.splitlines()
    assert lines[0] == "Help now: England" and "call 999" in lines[1]
    text = said.stdout
    assert text.index("Samaritans: call 116 123") < text.index("0808 2000 247") < text.index("0800 1111")
    assert "text SHOUT to 85258" in text and "Lines can be busy" in text and "clear the history" in text
    assert "2026-11-27" in text and "not legally reviewed" in text


def test_spain_speaks_spanish_and_english_where_asked():
    assert "llama al 024" in run("help-now", "--place", "es").stdout
    english = run("help-now", "--place", "es", "--language", "en").stdout
    assert "call 024" in english and "llama" not in english


@pytest.mark.parametrize("env", [FOR_ANYBODY, {**FOR_ANYBODY, "LC_ALL": "en_US.UTF-8"}])
def test_where_nothing_is_clear_every_country_can_be_chosen_from(env):
    text = run("help-now", env=env).stdout
    assert "Help now: Anywhere" in text
    for number in ("112", "911", "999", "000"):
        assert f"call {number}" in text
    assert all(f"\n{code} " in text for code in codes() if code != "general")
    assert "findahelpline.com" in text and "Taken from the language" not in text


def test_a_clear_locale_is_used_and_said_to_be_a_guess():
    text = run("help-now", env={**FOR_ANYBODY, "LC_ALL": "", "LANG": "en_IE.UTF-8"}).stdout
    assert "Help now: Ireland" in text and "Taken from the language" in text
    assert "Taken from the language" not in run("help-now", "--place", "ie").stdout


def test_the_first_locale_that_is_set_counts():
    assert find_place(None, "", {"LC_ALL": "en_AU", "LANG": "en_GB"}).code == "au"
    assert find_place(None, "", {"LC_ALL": "", "LANG": "en_GB"}).code == "gb"
    assert find_place(None, "", {}).code == "general"


def test_an_unknown_place_is_never_an_error():
    said = run("help-now", "--place", "atlantis")
    assert said.exit_code == 0
    assert "There is no list for 'atlantis' yet" in said.stdout and "call 112" in said.stdout


def test_rights_name_the_law_and_what_was_not_looked_up():
    text = run("help-now", "--place", "us-tx", "--rights").stdout
    assert "Behavioral Health Executive Council" in text
    assert "Family Code 32.004" in text and "not looked up" in text and "not legally reviewed" in text
    assert "Behavioral Health Executive Council" not in run("help-now", "--place", "us-tx").stdout


@pytest.mark.parametrize("code", codes())
def test_every_place_can_be_printed_in_each_of_its_languages(code):
    for language in place(code).languages:
        said = run("help-now", "--place", code, "--language", language, "--rights")
        assert said.exit_code == 0, said.output
        assert "{}" not in said.stdout


def test_every_purpose_has_its_words_in_every_language():
    assert {*URGENT_HEADS, *OTHER_HEADS, "emergency"} == set(PURPOSES)
    assert WORDS["en"].keys() == WORDS["es"].keys() >= set(PURPOSES)
    assert {language for code in codes() for language in place(code).languages} <= set(WORDS)


def test_every_step_that_opens_contacts_is_a_step():
    assert set(FOR_STEPS) <= set(every_step())


def test_what_was_said_about_safety_opens_lines_and_so_do_steps():
    assert purposes_of("none", ()) == ()
    assert purposes_of("ask", ()) == ("crisis",)
    assert purposes_of("medical-withdrawal", ()) == ("medicines",)
    assert purposes_of("same-day", ("A-C-DV", "A-C-BOARD")) == ("crisis", "danger", "regulator")


def test_it_is_there_at_once():
    started = time.monotonic()
    done = subprocess.run(
        [Path(sys.executable).parent / "midcourse", "help-now", "--place", "us"],
        capture_output=True, text=True, check=True, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    # The limit is generous: a busy machine may take several times the usual third of a second.
    assert "988" in done.stdout and time.monotonic() - started < 10


def answered(tmp_path, **answers):
    path = tmp_path / "answers.json"
    path.write_text(
        json.dumps({"answers": {name.replace("_", "-"): value for name, value in answers.items()}})
    )
    return path


def test_a_risk_answer_names_the_numbers_of_the_place_at_once_and_again_at_the_end():
    said = run("why", "--place", "au", answers="2\nyes\nno\nq\n").stdout
    assert said.index("Help comes first") < said.index("Lifeline: call 13 11 14")
    assert said.index("1800RESPECT") < said.index("Stopped. What you answered counts.")
    end = said[said.index("You do not have to say why") :]
    assert "call 000" in end and "13 11 14" in end and "1800RESPECT" in end


def test_a_quiet_review_names_them_in_one_line(tmp_path):
    said = run("why", "--answers", answered(tmp_path, C_ALL_1=4), "--place", "gb-sct").stdout
    assert "If you are not safe right now: call 999 (Scotland)." in said
    assert "0800 83 85 87" not in said


def test_without_a_place_the_line_names_the_emergency_numbers_of_many(tmp_path):
    said = run("why", "--answers", answered(tmp_path, C_ALL_1=4)).stdout
    assert "call your emergency number (112, 911, 999, 000, or the one where you are)" in said


def test_what_is_not_okay_is_answered_with_the_bodies_of_the_place(tmp_path):
    path = answered(tmp_path, C_BND_1="yes")
    said = run("why", "--answers", path, "--place", "us-ca").stdout
    assert "Board of Behavioral Sciences" in said and "Disability Rights California" in said
    therapist = run("why", "--answers", path, "--place", "us-ca", "--for", "therapist").stdout
    assert "Board of Behavioral Sciences" not in therapist


def test_what_the_law_asks_of_those_one_tells_is_said_before_anything_is_answered():
    said = run("why", "--all", "--place", "gb-nir", answers="\n" * 90).stdout
    assert said.index("asks everyone who knows of a serious crime") < said.index("Do you want to see them?")


def test_json_holds_the_numbers_for_programs(tmp_path):
    said = run("why", "--answers", answered(tmp_path, C_ALL_1=4), "--place", "ca", "--json")
    help_now = json.loads(said.stdout)["help_now"]
    assert help_now["place"] == "ca" and "988" in [one["call"] for one in help_now["contacts"]]
