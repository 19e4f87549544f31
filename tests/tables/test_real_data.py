"""The real tables, untouched: read with no flag where every measure is known, refused in words else."""

import hashlib
import re

import pytest

from midcourse.measures import Scale
from midcourse.tables import Refused, read_table

# File: clients, scores used, axis, measures. Nothing is asked of the caller.
READ = {
    "beat_the_blues_bdi.csv": (100, 380, "day", ("bdi-ii",)),
    "bright_group_cbt_bdi2.csv": (299, 810, "day", ("bdi-ii",)),
    "claus2020_inpatient_bdi_hamd.csv": (43, 652, "session", None),
    "dia_antidepressant_hamd17.csv": (172, 1993, "day", ("ham-d-17", "ham-a", "pgi-i")),
    "enrichd_cbt_bdi.csv": (557, 7117 - 122 - 62, "day", ("bdi",)),
    "jacobson1989_das_gds.csv": (30, 116, "session", None),
    "nimh_schizophrenia_imps79.csv": (437, 1603, "day", ("imps79",)),
    "reframed_phq9_half.csv": (114, 1430 - 21, "day", ("ham-d-17", "phq-9")),
    "reisby1977_hdrs.csv": (66, 375, "day", ("ham-d-17",)),
}
# File: the kinds of problem it is refused for.
REFUSED = {
    "bright_group_cbt_attendance.csv": {"no-score-column"},
    "example_sgdata_bdi_rq.csv": {"unknown-measure"},
    "nhstt_annual_england_proms.csv": {"no-client-column", "no-time-column"},
    "nhstt_annual_england_providers.csv": {"no-client-column", "no-score-column", "no-time-column"},
    "simulated_cs_antidepressants.csv": {"unknown-measure"},
    "simulated_cs_anxiety.csv": {"unknown-measure"},
    "uis_drug_treatment.csv": {"no-score-column", "no-time-column"},
}


@pytest.mark.parametrize("name", READ)
def test_a_real_table_of_known_measures_is_read_with_no_flag(name, real_data):
    clients, used, axis, measures = READ[name]
    reading = read_table(real_data(name))
    assert (reading.n_clients, reading.counts.used, reading.time_kind) == (clients, used, axis)
    assert measures is None or reading.measures() == measures


@pytest.mark.parametrize("name", REFUSED)
def test_a_real_table_that_is_no_table_of_known_scores_is_refused_in_words(name, real_data):
    path = real_data(name)
    with pytest.raises(Refused) as caught:
        read_table(path)
    assert {problem.kind for problem in caught.value.problems} == REFUSED[name]


def test_enrichd_has_153_repeated_client_days_of_which_31_disagree(real_data):
    reading = read_table(real_data("enrichd_cbt_bdi.csv"))
    assert reading.counts.repeated_days == 153
    assert reading.counts.exact_repeats == 122
    assert reading.counts.by_kind == {"repeated": 31}
    assert reading.counts.set_aside == 62
    first = reading.problems[0]
    assert (first.line, first.column) == (41, "score")
    assert "client 3 has different BDI scores on day 140: 23 (line 41) and 12 (line 42)" in first.what


def test_enrichd_keeps_one_mean_for_each_of_its_31_disagreeing_days_where_allowed(real_data):
    counts = read_table(real_data("enrichd_cbt_bdi.csv"), allow=True).counts
    assert (counts.used, counts.averaged, counts.kept) == (7117 - 153, 31, {"repeated": 31})


def test_the_reframed_half_has_21_scores_that_are_not_whole_and_one_below_0(real_data):
    reading = read_table(real_data("reframed_phq9_half.csv"))
    assert reading.counts.by_kind == {"not-whole": 21, "out-of-range": 1}
    assert reading.counts.set_aside == 21
    (below,) = [problem for problem in reading.problems if problem.kind == "out-of-range"]
    assert below.what.startswith("-0.24854")
    assert any(p.line == below.line and p.kind == "not-whole" for p in reading.problems)


def test_the_reframed_half_keeps_them_where_allowed_and_is_refused_where_strict(real_data):
    path = real_data("reframed_phq9_half.csv")
    reading = read_table(path, allow=True)
    assert (reading.counts.used, reading.problems) == (1430, ())
    assert reading.counts.kept == {"not-whole": 21, "out-of-range": 1}
    with pytest.raises(Refused) as caught:
        read_table(path, strict=True)
    assert len(caught.value.problems) == 22


def test_the_reframed_half_brings_therapists_and_ages(real_data):
    episodes = read_table(real_data("reframed_phq9_half.csv")).episodes
    assert any(episode.therapist_id for episode in episodes)
    assert all(episode.age and 18 <= episode.age <= 90 for episode in episodes)


def test_months_of_beat_the_blues_become_days(real_data):
    scores = read_table(real_data("beat_the_blues_bdi.csv")).episodes[0].scores
    assert [score.day for score in scores][:3] == [0, 2 * 30.4375, 3 * 30.4375]


def test_an_id_such_as_1_0_stays_as_it_is(real_data):
    assert read_table(real_data("jacobson1989_das_gds.csv")).episodes[0].client_id == "1.0"


def test_investigators_keep_their_leading_zeros(real_data):
    assert read_table(real_data("dia_antidepressant_hamd17.csv")).episodes[0].therapist_id == "006"


def test_follow_ups_of_the_example_data_are_kept_out(real_data):
    reading = read_table(real_data("example_sgdata_bdi_rq.csv"), measure="bdi")
    assert reading.time_kind == "session"
    assert reading.counts.follow_up > 0
    assert max(score.session for episode in reading.episodes for score in episode.scores) == 12


def test_a_bare_scale_opens_the_simulated_sets(real_data):
    mood = Scale("mom_di", "Mind over Mood DI", 0, 100)
    reading = read_table(real_data("simulated_cs_antidepressants.csv"), scale=mood)
    assert any("Before as 1, After as 2" in note for note in reading.notes)
    assert reading.counts.used + reading.counts.set_aside == 1110
    anxiety = Scale("anxiety", "Anxiety", 0, 100)
    assert read_table(real_data("simulated_cs_anxiety.csv"), scale=anxiety).time_kind == "session"


def test_every_real_table_is_the_one_its_fingerprint_is_documented_for(real_data, root):
    text = (root / "docs/reference/data.md").read_text("utf-8")
    documented = dict(re.findall(r"`(\w+\.csv)`[^\n]*?\n(?:.*\n)*?- SHA-256: `([0-9a-f]{64})`", text))
    assert documented.keys() == {*READ, *REFUSED}
    for name, fingerprint in documented.items():
        assert hashlib.sha256(real_data(name).read_bytes()).hexdigest() == fingerprint, name
