"""`midcourse review`: the caseload on the screen, as JSON, as a page; options that change it."""

import json
import re
from dataclasses import replace

import pytest

from midcourse.signals import State
from midcourse.signals.predictive_values import PredictiveValue, PredictiveValues
from midcourse.signals.two_stage import RULE_VERSION
from tests.cli.conftest import HEAD

DAS = "client_id,session,score\na,1,100\na,2,80\nb,1,90\nb,2,110\n"
DATED = "client_id,measure,date,score\na,phq-9,2026-01-05,15\na,phq-9,2026-01-12,14\nb,phq-9,2026-03-30,15\n"


def test_review_prints_the_caseload_most_in_need_of_attention_first(run, clinic):
    lines = run("review", clinic).stdout.splitlines()
    assert lines[0].split() == ["client", "measure", "state", "odds", "why"]
    states = [re.split(r"  +", line)[2] for line in lines[1 : lines.index("")]]
    assert len(states) == 70
    order = [
        "reliably worse",
        "off course",
        "drifting",
        "too early",
        "on course",
        "reached goal",
        "not computed",
    ]
    assert states == sorted(states, key=order.index)
    assert f"70 courses: {states.count('reliably worse')} reliably worse" in "\n".join(lines)


def test_review_ends_with_where_its_numbers_come_from_and_what_it_is_not(run, clinic):
    shown = run("review", clinic).stdout
    assert "  Reliable change of 6 points: " in shown
    assert (
        "  Odds: of 100 such people, how many would be reliably better than at their first score, at session"
        in shown
    )
    assert "never a verdict; not clinically validated, not a medical device." in shown


def test_the_columns_as_guessed_and_the_way_to_correct_them_are_shown(run, table):
    shown = run("review", table()).stderr
    assert "scores.csv: 4 scores of 2 clients." in shown
    assert (
        "client_id = client_id, measure = measure, session = session, score = score. Correct one with --map"
        in shown
    )


def test_the_same_review_as_json(run, clinic):
    found = json.loads(run("review", clinic, "--json").stdout)
    assert len(found["courses"]) == 70
    assert found["measures"][0]["measure"] == "phq-9"
    assert found["rule_version"] == RULE_VERSION
    assert all(course["expected"] for course in found["courses"])


def test_what_was_set_aside_is_in_the_json_with_line_and_mend(run, table):
    scores = table(HEAD + "a,phq-9,1,10\na,phq-9,2,99\na,phq-9,3,9\n")
    result = run("review", scores, "--json")
    assert "Set aside: 1 score, 1 problem." in result.stderr
    problem = json.loads(result.stdout)["problems"][0]
    assert problem.startswith("scores.csv, line 3, column score: 99 is outside PHQ-9's range, 0 to 27.")


def test_review_writes_a_page_and_says_where(run, table, tmp_path):
    page = tmp_path / "report.html"
    result = run("review", table(), "--html", page)
    assert f"Page written: {page}\n" in result.stderr
    assert page.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert "2 courses" in result.stdout


def test_many_problems_are_counted_on_screen_and_the_first_are_shown(run, table):
    bad = "".join(f"b,phq-9,{i},{i + 100}\n" for i in range(20))
    shown = run("review", table(HEAD + "a,phq-9,1,10\n" + bad)).stderr
    assert "Set aside: 20 scores, 20 problems." in shown
    assert shown.count("is outside PHQ-9's range") == 12
    assert "... and 8 more; review lists them all with --json or --html." in shown


def test_a_guessed_column_is_corrected_with_map(run, table):
    odd = table("PatNo,visit,total\nx,1,10\nx,2,12\n")
    pairs = ("client_id=PatNo", "session=visit", "score=total")
    words = [word for pair in pairs for word in ("--map", pair)]
    result = run("review", odd, "--measure", "phq-9", *words)
    assert "client_id = PatNo" in result.stderr
    assert result.stdout.splitlines()[1].startswith("x ")


def test_measure_chooses_one_of_several(run, table):
    both = table(HEAD + "a,phq-9,1,10\na,gad-7,1,8\n")
    measures = json.loads(run("review", both, "--measure", "gad-7", "--json").stdout)["measures"]
    assert [measure["measure"] for measure in measures] == ["gad-7"]


def test_a_measure_nobody_knows_is_described_by_its_scale(run, table):
    words = "--measure das2 --min 0 --max 151 --direction higher-is-better --reliable-change 15 --cutoff 97".split()
    found = json.loads(run("review", table(DAS), *words, "--step", "1", "--json").stdout)
    states = {course["client_id"]: course["state"] for course in found["courses"]}
    assert states == {"a": "reliably worse", "b": "reached goal"}
    sources = found["measures"][0]["sources"]
    assert "Reliable change of 15 points: given on the command line." in sources
    assert "Cut-off 97: given on the command line." in sources


def test_the_numbers_in_force_of_a_known_measure_can_be_replaced(run, table):
    found = json.loads(
        run("review", table(), "--measure", "phq-9", "--reliable-change", "9", "--json").stdout
    )
    assert found["measures"][0]["reliable_change"] == 9
    assert found["measures"][0]["title"] == "PHQ-9"
    assert {course["state"] for course in found["courses"]} == {"drifting"}


def test_without_a_measure_the_described_scale_is_called_score(run, table):
    assert (
        json.loads(run("review", table(DAS), "--min", 0, "--max", 151, "--json").stdout)["measures"][0][
            "measure"
        ]
        == "score"
    )


def test_silence_is_noticed_on_a_given_date(run, table):
    shown = run("review", table(DATED), "--as-of", "2026-03-31").stdout
    assert "The last score is 78 days old (more than 28)" in shown
    assert "1 no recent data, 1 too early" in shown


def test_silence_is_noticed_on_a_given_day_where_the_table_counts_days(run, table):
    by_day = table("client_id,measure,day,score\na,phq-9,0,15\na,phq-9,7,14\nb,phq-9,60,15\n")
    assert "1 no recent data, 1 too early" in run("review", by_day, "--as-of", "60").stdout


def test_scores_after_the_given_date_are_not_seen(run, table):
    assert "1 course: 1 drifting." in run("review", table(DATED), "--as-of", "2026-01-20").stdout


@pytest.mark.parametrize(
    ("as_of", "text", "why"),
    [
        ("90", DATED, "is not a date such as 2026-03-31, as the table has."),
        ("soon", DATED, "is not a date such as 2026-03-31, as the table has."),
        ("2025-01-01", DATED, "lies before every score of the table. Give a later day."),
        (
            "2026-01-01",
            DATED.replace("2026-01-05", "1").replace("2026-01-12", "2").replace("2026-03-30", "3"),
            "day",
        ),
        ("nan", "client_id,measure,day,score\na,phq-9,0,15\n", "is not a day number such as 90"),
        ("2026-01-01", HEAD + "a,phq-9,1,15\n", "this table has session numbers only. Leave it out."),
    ],
)
def test_an_as_of_that_the_table_cannot_be_held_against_is_refused(run, table, as_of, text, why):
    text = text.replace(",date,", ",day,") if "2026-01-05" not in text else text
    assert why in run("review", table(text), "--as-of", as_of, code=2).stderr


def test_strict_refuses_what_is_set_aside_and_allow_keeps_it(run, table):
    odd = table(HEAD + "a,phq-9,1,10\na,phq-9,2,9.5\na,phq-9,3,9\n")
    assert "2 scores of 1 client" in run("review", odd).stderr
    strict = run("review", odd, "--strict", code=2)
    assert "Not read: 1 problem. Nothing was written." in strict.stderr
    assert "scores.csv, line 3, column score: 9.5 is not a whole number" in strict.stderr
    assert strict.stdout == ""
    allowed = run("review", odd, "--allow")
    assert "3 scores of 1 client" in allowed.stderr
    assert "1 course: One score lies between the measure's steps" in allowed.stdout
    assert "opposite things" in run("review", odd, "--strict", "--allow", code=2).stderr


def test_a_saved_course_makes_a_round_trip(run, clinic, tmp_path):
    saved = tmp_path / "phq9.json"
    fitted = run("fit", clinic, "--measure", "phq-9", "--out", saved)
    assert f"Course saved: {saved}" in fitted.stderr
    again = json.loads(run("review", clinic, "--course", saved, "--json").stdout)
    assert again["measures"][0]["sources"][0] == "A saved course, fitted before."
    fresh = json.loads(run("review", clinic, "--no-reference", "--json").stdout)
    assert [c["state"] for c in again["courses"]] == [c["state"] for c in fresh["courses"]]
    assert again["courses"][0]["outlook"] == pytest.approx(fresh["courses"][0]["outlook"])


def test_a_saved_course_of_a_measure_that_the_table_lacks_is_refused(run, clinic, table, tmp_path):
    saved = tmp_path / "phq9.json"
    run("fit", clinic, "--out", saved)
    gad = table(HEAD + "a,gad-7,1,10\n")
    assert (
        "no score on phq-9. Leave out that --course." in run("review", gad, "--course", saved, code=2).stderr
    )


@pytest.mark.parametrize("text", ["", "[1]", '{"parts": [[1, 2]]}', "3", "\x00"])
def test_what_is_not_a_saved_course_is_refused(run, table, text):
    course = table(text, "course.json")
    shown = run("review", table(), "--course", course, code=2).stderr
    assert "is not a course saved by `midcourse fit --out`. Fit it again." in shown


def test_a_saved_course_that_is_not_there_is_refused(run, table, tmp_path):
    shown = run("review", table(), "--course", tmp_path / "no.json", code=2).stderr
    assert "no.json cannot be read: No such file or directory. Check the path." in shown


def test_pre_and_post_alone_still_say_who_changed(run, table):
    lines = [f"c{i},phq-9,{t},{15 - 4 * (t == 2) - i % 7 * (t == 2)}" for i in range(20) for t in (1, 2)]
    shown = run("review", table(HEAD + "\n".join(lines) + "\n"), "--no-reference").stdout
    assert "reached goal" in shown
    assert "not computed" in shown
    assert "all later scores stand at one time, and a course needs at least two such times." in shown


RIGHT = PredictiveValues(
    "North",
    "CBT, one clinic",
    False,
    "phq-9",
    6.0,
    RULE_VERSION,
    90,
    (12.0, 16.0),
    (PredictiveValue(State.DRIFTING, 2, "middle", 9, 25),),
)


def test_how_often_such_a_signal_was_right_stands_beside_it_on_screen_and_page(run, table, tmp_path):
    place = tmp_path / "right.json"
    place.write_text(RIGHT.to_json(), "utf-8")
    page = tmp_path / "r.html"
    words = ("--as-of", "2026-01-20", "--predictive-values", place, "--html", page)
    shown = run("review", table(DATED), *words).stdout
    said = "Of 25 people like this (about 2 scores in, starting in the middle) 9 (36 of 100; 20 to 55)"
    assert said in shown
    assert said in page.read_text("utf-8")
    assert "counted on 90 people of North" in shown
    assert "not known yet. `midcourse evaluate" in run("review", table(DATED)).stdout


def test_predictive_values_that_cannot_be_read_or_do_not_fit_are_refused_with_the_mend(run, table, tmp_path):
    place = tmp_path / "right.json"
    assert "cannot be read" in run("review", table(), "--predictive-values", place, code=2).stderr
    place.write_text("{}", "utf-8")
    assert "Count it again." in run("review", table(), "--predictive-values", place, code=2).stderr
    place.write_text(replace(RIGHT, reliable_change=9.0).to_json(), "utf-8")
    shown = run("review", table(), "--predictive-values", place, code=2).stderr
    assert "See --reliable-change." in " ".join(shown.split())


def test_several_measures_of_a_person_stand_together(run, table, tmp_path):
    rows = "a,phq-9,1,15\na,phq-9,2,14\na,gad-7,1,15\na,gad-7,2,20\nb,phq-9,1,15\nb,phq-9,2,22\n"
    shown = run("review", table(HEAD + rows), "--html", tmp_path / "r.html").stdout
    assert "As one, over 2 measures: reliably worse (GAD-7)." in shown
    assert "2 people, each at one place, by the most urgent measure." in shown
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "As one, over 2 measures" in page
    assert "<b>2 clients with a measure that asks for a look.</b>" in page
