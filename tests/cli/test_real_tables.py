"""The main job on real input: every table untouched, and the counts of what was set aside held."""

import json
import re

import pytest

READ = {
    "beat_the_blues_bdi.csv": "380 scores of 100 clients.",
    "bright_group_cbt_bdi2.csv": "810 scores of 299 clients.",
    "claus2020_inpatient_bdi_hamd.csv": "652 scores of 43 clients.",
    "dia_antidepressant_hamd17.csv": "1,993 scores of 172 clients.",
    "jacobson1989_das_gds.csv": "116 scores of 30 clients.",
    "nimh_schizophrenia_imps79.csv": "1,603 scores of 437 clients.",
    "reisby1977_hdrs.csv": "375 scores of 66 clients.",
}
REFUSED = {
    "bright_group_cbt_attendance.csv": "no column holds scores",
    "example_sgdata_bdi_rq.csv": "line 17, column measure: no measure is called 'rq'",
    "nhstt_annual_england_proms.csv": "no column names the client",
    "nhstt_annual_england_providers.csv": "no column names the client",
    "simulated_cs_antidepressants.csv": "no measure is called 'mom_di'",
    "simulated_cs_anxiety.csv": "did you mean hads-anxiety or dass-21-anxiety or ham-a?",
    "uis_drug_treatment.csv": "no column holds scores",
}


@pytest.mark.parametrize("name", READ)
def test_a_real_table_is_reviewed_untouched(run, real_data, name):
    result = run("review", real_data(name))
    assert f"{name}: {READ[name]}" in result.stderr
    assert all(line == line.rstrip() for line in result.stdout.splitlines())


@pytest.mark.parametrize("name", REFUSED)
def test_a_real_table_without_courses_is_refused_with_its_mend(run, real_data, name):
    assert REFUSED[name] in run("review", real_data(name), code=2).stderr


def test_enrichd_runs_to_the_end_with_no_flag_and_its_repeated_days_are_counted(run, real_data):
    result = run("review", real_data("enrichd_cbt_bdi.csv"), "--json")
    assert "6,933 scores of 557 clients." in result.stderr
    repeats = re.search(r"counted once: (\d+)\.", result.stderr)
    assert repeats is not None
    problems = json.loads(result.stdout)["problems"]
    assert len(problems) == 31
    assert all("has different BDI scores on day" in problem for problem in problems)
    assert int(repeats[1]) + len(problems) == 153
    assert "Set aside: 62 scores, 31 problems." in result.stderr


def test_the_reframed_half_runs_to_the_end_with_no_flag_and_its_odd_scores_are_counted(run, real_data):
    result = run("review", real_data("reframed_phq9_half.csv"), "--json")
    assert "Set aside: 21 scores, 22 problems." in result.stderr
    problems = json.loads(result.stdout)["problems"]
    assert sum("is not a whole number; PHQ-9" in problem for problem in problems) == 21
    outside = [problem for problem in problems if "is outside PHQ-9's range, 0 to 27." in problem]
    assert len(outside) == 1
    assert "-0.2485" in outside[0]


@pytest.mark.parametrize(
    ("events", "cases", "worth"),
    [
        ("recovery", "at_caseness", 34),
        ("reliable_recovery", "at_caseness", 39),
        ("improvement", "finished_course_treatment", 45),
        ("deterioration", "finished_course_treatment", 94),
    ],
)
def test_the_spread_between_english_services_supports_thirty_to_110_pseudo_clients(
    run, real_data, events, cases, worth
):
    table = real_data("nhstt_annual_england_providers.csv")
    where = ("--only", "org_type=Provider", "--only", "reporting_period=2024-25")
    shown = run("spread", table, *where, "--events", events, "--cases", cases).stdout
    assert f"a reference is worth about {worth} of a clinic's own clients." in shown
    assert "Left out, since a count is missing or suppressed: " in shown


def test_the_spread_is_of_reliable_recovery_among_those_at_caseness_unless_told_otherwise(run, real_data):
    table = real_data("nhstt_annual_england_providers.csv")
    assert (
        "about 39 of"
        in run("spread", table, "--only", "org_type=Provider", "--only", "reporting_period=2024-25").stdout
    )
