"""`midcourse why`, as a client and a therapist would use it in a terminal, and on a file."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from midcourse.cli.app import app
from midcourse.reasons import every_reason

VIGNETTES = json.loads((Path(__file__).parents[1] / "vignettes" / "vignettes.json").read_text())["vignettes"]
QUIET = "0\nno\nno\n"  # the three safety questions


def why(*words, answers=""):
    return CliRunner().invoke(app, ["why", *map(str, words)], input=answers)


def saved(tmp_path, raw):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps(raw))
    return path


def vignette(number):
    return {name: VIGNETTES[number - 1][name] for name in ("answers", "therapist", "data")}


def test_a_file_gives_reasons_steps_for_each_side_and_the_label(tmp_path):
    said = why("--answers", saved(tmp_path, vignette(1)))
    assert said.exit_code == 0
    text = said.stdout
    assert (
        text.index("If you are not safe right now")
        < text.index("Feeling heard")
        < text.index("What you can do")
    )
    assert "What your therapist can do" in text and "Not clinically validated" in text


def test_json_holds_reasons_in_order_with_points_and_step_ids(tmp_path):
    found = json.loads(why("--answers", saved(tmp_path, vignette(8)), "--json").stdout)
    points = [one["points"] for one in found["reasons"]]
    assert found["reasons"][0]["id"] == "expertise-mismatch" and points == sorted(points, reverse=True)
    assert {"A-C-ASK-EXPERIENCE", "A-T-REFER"} <= set(found["steps"])
    assert found["validated"] is False
    for one in found["reasons"]:
        assert sum(part["points"] for part in one["parts"]) == pytest.approx(one["points"])


def test_what_is_not_known_is_named_and_not_used(tmp_path):
    raw = vignette(1) | {"data": {"weeks": 3, "star_sign": "lion"}}
    assert "midcourse does not know it: star_sign" in why("--answers", saved(tmp_path, raw)).stdout


def test_the_therapist_sees_nothing_of_what_is_not_okay(tmp_path):
    with_it = why("--answers", saved(tmp_path, vignette(10)), "--for", "therapist").stdout
    raw = vignette(10)
    raw["answers"] = {name: value for name, value in raw["answers"].items() if "BND" not in name}
    assert with_it == why("--answers", saved(tmp_path, raw), "--for", "therapist").stdout
    assert "not okay" in why("--answers", saved(tmp_path, vignette(10))).stdout


def test_a_table_of_scores_adds_the_course(tmp_path):
    table = tmp_path / "scores.csv"
    rows = [f"a,phq-9,{number},{score}" for number, score in enumerate((10, 12, 14, 16, 18, 20), 1)]
    table.write_text("\n".join(["client_id,measure,session,score", *rows]))
    raw = {"answers": {}, "data": {"weeks": 6, "booked": 6, "attended": 6}}
    found = json.loads(why("--answers", saved(tmp_path, raw), "--data", table, "--json").stdout)
    assert "D-WORSE" in [one["id"] for one in found["findings"]]
    assert found["safety"] == "ask" and "A-T-RISK" in found["steps"]


def test_a_table_of_two_clients_is_refused(tmp_path):
    table = tmp_path / "scores.csv"
    table.write_text("client_id,measure,session,score\na,phq-9,1,10\nb,phq-9,1,12\n")
    said = why("--answers", saved(tmp_path, {"answers": {}}), "--data", table)
    assert said.exit_code != 0 and "wants the scores of one client" in said.output


@pytest.mark.parametrize(
    ("text", "mend"),
    [
        ("{", "is not JSON"),
        ('{"answers": {"C-ALL-1": 9}}', "from 0"),
        ('{"answers": {"C-NEW": 1}}', "no question C-NEW"),
    ],
)
def test_a_broken_file_is_refused_with_its_mend(tmp_path, text, mend):
    path = tmp_path / "broken.json"
    path.write_text(text)
    said = why("--answers", path)
    assert said.exit_code != 0 and mend in " ".join(said.output.split())


def test_answers_and_keep_exclude_each_other(tmp_path):
    said = why("--answers", saved(tmp_path, {}), "--keep", tmp_path / "k.json")
    assert said.exit_code != 0 and "Leave out one of the two" in " ".join(said.output.split())


def test_the_list_of_questions_names_every_one_and_who_answers():
    text = why("--questions").stdout
    assert "C-ALL-1" in text and "T-ALL" in text and "client, private" in text


def test_a_client_answers_stops_and_goes_on_later(tmp_path):
    keep = tmp_path / "mine.json"
    first = why("--keep", keep, answers=QUIET + "4\nnonsense\n3\n\nq\n")
    assert first.exit_code == 0 and "Please answer with one of: 0, 1, 2, 3, 4." in first.stdout
    kept = json.loads(keep.read_text())["answers"]
    assert len(kept) == 5 and kept["S-SAFE-2"] == "no"
    again = why("--keep", keep, answers="1\n" * 60 + "\n")
    assert again.exit_code == 0 and "ending my life" not in again.stdout
    assert set(kept) < set(json.loads(keep.read_text())["answers"])


def test_every_question_can_be_asked_and_skipped(tmp_path):
    keep = tmp_path / "all.json"
    said = why("--all", "--keep", keep, answers="\n\n\n" + "0\n" + "\n" * 70)
    assert said.exit_code == 0
    assert len(json.loads(keep.read_text())["answers"]) == 1
    again = why("--all", "--keep", keep, answers="\n\n\n" + "\n" * 70)
    assert again.exit_code == 0


def test_a_risk_answer_is_met_with_help_before_anything_else(tmp_path):
    said = why("--json", answers="2\nno\nno\nq\n")
    assert "Help comes first" in said.stdout
    found = json.loads(said.stdout[said.stdout.index("{") :])
    assert found["safety"] == "same-day" and found["steps"][0] == "A-C-CRISIS"


def test_the_private_page_is_offered_and_its_answers_stay_with_the_client(tmp_path):
    keep = tmp_path / "private.json"
    all_skipped = QUIET + "\n" * 70
    skipping = why("--all", "--keep", keep, answers=all_skipped)
    assert skipping.exit_code == 0
    count = skipping.stdout.count("Enter skips")
    said = why("--all", "--keep", keep, answers="\n" * count + "yes\nyes\n" + "\n" * 10)
    assert (
        "Your therapist never sees them here" in said.stdout
        and "What you describe is not okay" in said.stdout
    )
    again = why("--all", "--keep", keep, answers="\n" * count + "yes\n" + "\n" * 10)
    assert again.exit_code == 0


def test_a_therapist_answers_for_their_side(tmp_path):
    keep = tmp_path / "side.json"
    said = why("--for", "therapist", "--keep", keep, answers="1\n" * 30)
    assert said.exit_code == 0
    assert set(json.loads(keep.read_text())) == {"answers", "therapist"}
    assert len(json.loads(keep.read_text())["therapist"]) > 15


def test_a_closed_terminal_keeps_what_was_answered():
    said = why(answers="0\n")
    assert said.exit_code == 0 and "What you answered counts" in said.stdout


def test_a_file_to_go_on_from_that_holds_no_answers_is_refused(tmp_path):
    keep = tmp_path / "broken.json"
    keep.write_text("{")
    said = why("--keep", keep)
    assert said.exit_code != 0 and "holds no answers to go on from" in " ".join(said.output.split())


def test_an_answer_kept_from_elsewhere_that_cannot_be_is_refused(tmp_path):
    keep = saved(tmp_path, {"answers": {"C-ALL-1": 12}, "therapist": {}})
    said = why("--keep", keep, answers=QUIET)
    assert said.exit_code != 0 and "from 0" in said.output


def test_a_measure_that_nobody_knows_keeps_its_scores_alone(tmp_path):
    assert why("--answers", saved(tmp_path, vignette(14))).exit_code == 0


def test_a_review_in_spanish_holds_no_english(tmp_path):
    for side in ("client", "therapist", "shared"):
        for number in (1, 4, 10):
            text = why(
                "--answers", saved(tmp_path, vignette(number)), "--language", "es", "--for", side
            ).stdout
            assert "[English]" not in text and "puedes" in text.lower()
    assert (
        "Nothing stands out"
        not in why("--answers", saved(tmp_path, {"answers": {}}), "--language", "es").stdout
    )


def test_answers_can_be_typed_in_spanish_with_or_without_accents(tmp_path):
    keep = tmp_path / "es.json"
    said = why("--language", "es", "--keep", keep, answers="0\nsí\nPrefiero no decirlo\nq\n").stdout
    kept = json.loads(keep.read_text())["answers"]
    assert kept == {"S-SAFE-1": 0, "S-SAFE-2": "yes", "S-SAFE-3": "rather not say"}
    assert "Lo primero es que tengas ayuda." in said and "Hemos parado." in said
    again = why("--language", "es", "--keep", tmp_path / "other.json", answers="0\nsi\nquizá\nno\nq\n").stdout
    assert "con una de estas palabras: sí, no, prefiero no decirlo." in again


def test_a_reason_names_what_to_read_say_or_try(tmp_path):
    text = why("--answers", saved(tmp_path, vignette(1))).stdout
    assert "To read, say or try: Ways to begin (words-open)" in text
    found = json.loads(why("--answers", saved(tmp_path, vignette(1)), "--for", "therapist", "--json").stdout)
    assert "guide-rupture" in found["reasons"][0]["cards"]


def test_she_names_what_gets_in_the_way_most_in_her_own_view(tmp_path):
    keep = tmp_path / "mine.json"
    every = "\n" * sum(len(one.client_questions) for one in every_reason())
    said = why("--all", "--keep", keep, answers=QUIET + every + "2 99\n1 2 3 4\n2, 1 2\nno\n")
    assert said.stdout.count("Please type up to three numbers from 1 to 20") == 2
    picked = [one.id for one in every_reason() if one.id != "too-early-to-tell"]
    assert json.loads(keep.read_text())["answers"]["C-PICK"] == [picked[1], picked[0]]
    again = why("--all", "--keep", keep, answers=every + "no\n")
    assert "gets in the way most? Type" not in again.stdout
    assert again.stdout.count("You picked this as what gets in the way most") == 2
    assert f"Going on from 4 answers in {keep}" in " ".join(again.stdout.split())


def test_no_pick_is_kept_where_none_is_made_and_what_is_kept_is_said(tmp_path):
    keep = tmp_path / "mine.json"
    every = "\n" * sum(len(one.client_questions) for one in every_reason())
    said = why("--all", "--keep", keep, answers=QUIET + every + "\nno\n")
    assert "C-PICK" not in json.loads(keep.read_text())["answers"]
    assert "Delete the file when you do not need it" in " ".join(said.stdout.split())


def test_the_plan_and_the_label_stand_last(tmp_path):
    text = why("--answers", saved(tmp_path, vignette(8))).stdout
    steps, plan, label = (
        text.index(part) for part in ("What you can do", "What comes next:", "Not clinically validated")
    )
    assert steps < plan < label and "set a day to check whether it helped" in " ".join(text.split())
