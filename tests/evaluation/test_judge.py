"""The judge: an oracle is perfect, a constant is a constant, and differences have intervals."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from midcourse.course.observed import Observed, choose_axis, observe
from midcourse.evaluation.folds import balanced_folds, random_folds
from midcourse.evaluation.forecasts import bands, beside
from midcourse.evaluation.held_out import LAST
from midcourse.evaluation.judge import judge
from midcourse.evaluation.method import Asked, Predictions
from midcourse.evaluation.run import Run, run
from midcourse.evaluation.tasks import default_tasks
from midcourse.evaluation.verdict import Difference, Judgement
from midcourse.measures.scale import ReliableChange, Scale
from midcourse.signals.state import State
from tests.evaluation.judge_parts import (
    SCALE,
    Oracle,
    Told,
    always,
    base_rate,
    change,
    constant,
    course,
    sure,
    wandering,
)

PEOPLE = wandering(200, seed=1)


def ran(methods: Sequence[Any], people: Sequence[Observed] = PEOPLE, scale: Scale = SCALE) -> Run:
    tasks = default_tasks(people, balanced_folds(people, 5))
    return run(methods, people, scale, "session", tasks)


@pytest.fixture(scope="module")
def judged() -> Judgement:
    return judge(ran([Oracle(PEOPLE), constant(), change(), base_rate()]), draws=100)


def test_a_perfect_oracle_scores_as_perfect(judged: Judgement) -> None:
    found = judged.of("oracle")
    for name in ("auc", "auc_pooled"):
        assert found.figures[name].value == found.figures[name].low == 1.0
    for name in ("brier", "log_loss", "log_score_next", "crps_next", "log_score_last", "crps_last"):
        assert found.figures[name].value == pytest.approx(0, abs=1e-9)
    assert found.figures["slope"].value is None  # certainty that separates has no slope
    assert found.roc[0] == (0.0, 0.0) and (0.0, 1.0) in found.roc
    alerts = found.published
    assert (alerts.sensitivity.value, alerts.specificity.value, alerts.ppv.value) == (1, 1, 1)
    assert alerts.never.value == 0.0
    assert [point.value for point in alerts.at_points] == [1, 1, 1]
    for forecast in (found.next_score, found.last_score):
        assert [band.pooled for band in forecast.coverage] == pytest.approx([0.8, 0.95])


def test_a_constant_scores_as_a_constant(judged: Judgement) -> None:
    found = judged.of("constant")
    assert found.figures["auc"].value == found.figures["auc"].low == found.figures["auc"].high == 0.5
    share = found.curve[0].observed.value
    assert len(found.curve) == 1
    assert found.figures["brier"].value == pytest.approx(share * 0.49 + (1 - share) * 0.09)
    loss = -(share * np.log(0.3) + (1 - share) * np.log(0.7))
    assert found.figures["log_loss"].value == pytest.approx(loss)
    assert found.figures["slope"].note.startswith("not estimable: the probabilities do not vary")
    large = found.figures["intercept"].value
    assert large == pytest.approx(np.log(share / (1 - share)) - np.log(0.3 / 0.7))
    assert found.published.per_100.value == 0.0
    assert found.next_score is None and found.last_score is None
    assert found.figures["crps_last"].note == "this method does not say it"


def test_with_random_folds_a_constant_is_pulled_below_one_half_and_balanced_pairs_cure_it() -> None:
    pooled: dict[str, list[float]] = {"random": [], "balanced": []}
    for seed in range(8):
        people = wandering(150, seed=seed)
        for name, deal in (("random", random_folds), ("balanced", balanced_folds)):
            tasks = default_tasks(people, deal(people, 10, seed))
            found = judge(run([base_rate()], people, SCALE, "session", tasks), draws=20).of("base rate")
            assert found.figures["auc"].value == 0.5  # within folds, whatever the folds
            pooled[name].append(found.figures["auc_pooled"].value)
    assert max(pooled["random"]) < 0.5
    assert np.mean(pooled["random"]) < 0.4
    assert np.mean(pooled["balanced"]) > np.mean(pooled["random"]) + 0.08


def test_every_figure_has_an_interval_around_it(judged: Judgement) -> None:
    found = judged.of("change")
    for name in ("auc", "auc_pooled", "brier", "log_loss", "slope", "intercept"):
        figure = found.figures[name]
        assert figure.low < figure.value < figure.high
    assert found.same_rate.per_100.value == pytest.approx(judged.budget, abs=2)
    assert found.same_rate.threshold is not None
    assert {point.k for point in found.by_point} == {1, 2, 3, 5, 7}
    assert found.by_point[0].clients == judged.clients == 200
    assert found.by_point[-1].clients < 200
    assert sum(point.rows for point in found.curve) == found.points == judged.points


def test_differences_are_taken_in_the_same_draws(judged: Judgement) -> None:
    better = judged.difference("brier", "oracle", "constant")
    worse = judged.difference("brier", "constant", "oracle")
    assert better.clear and not worse.clear
    assert better.difference.value == pytest.approx(-judged.of("constant").figures["brier"].value)
    assert worse.difference.low == pytest.approx(-better.difference.high)
    gain = judged.difference("auc", "change", "constant")
    assert gain.clear
    # The constant has AUC one half in every draw, so the difference is as sure as the figure.
    figure = judged.of("change").figures["auc"]
    assert gain.difference.low == pytest.approx(figure.low - 0.5)
    assert judged.difference("same_rate_sensitivity", "oracle", "constant").figure == "same_rate_sensitivity"
    with pytest.raises(KeyError):
        judged.difference("crps_last", "change", "oracle")  # change forecasts no score


def test_without_an_interval_no_difference_is_clear() -> None:
    figure = judge(ran([constant()]), draws=20).of("constant").figures["slope"]
    assert not Difference("slope", "a", "b", figure, False).clear


def test_methods_are_compared_on_the_rows_both_speak_of() -> None:
    def answer(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
        late = np.array([len(one.seen.scores) > 2 for one in asked])
        said = change().learn([], SCALE, "session").predict(asked)
        return replace(
            said,
            risk=np.where(late, said.risk, np.nan),
            p_no_improvement=np.where(late, said.p_no_improvement, np.nan),
            last_cdf=np.where(late[:, None], sure(np.full(len(asked), 5.0)), np.nan),
        )

    found = judge(ran([Told(answer, "late"), change(), Oracle(PEOPLE)]), draws=50)
    assert found.of("late").silent == 200 and found.of("change").silent == 0
    assert found.of("late").figures["auc"].value != found.of("change").figures["auc"].value
    for name in ("auc", "brier", "log_loss"):
        same = found.difference(name, "late", "change").difference
        assert (same.value, same.low, same.high) == (0, 0, 0)
    assert found.of("late").last_score.rows == found.points - 200
    assert found.of("late").by_point[0].auc.value is None
    assert found.difference("crps_last", "oracle", "late").clear


def test_a_method_without_any_answer_is_judged_silent() -> None:
    def answer(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
        nothing = np.full(len(asked), np.nan)
        empty = np.full((len(asked), 21), np.nan)
        said = always(0.5, asked)
        return replace(said, risk=nothing, p_no_improvement=nothing, p_deterioration=nothing, next_cdf=empty)

    found = judge(ran([Told(answer)]), draws=20).of("told")
    assert found.silent == found.points
    assert found.published is None and found.same_rate is None
    assert found.curve == () and found.roc == ()
    assert (found.next_score.rows, found.next_score.coverage) == (0, ())
    assert {figure.note for figure in found.figures.values()} == {"this method does not say it"}


def test_with_few_events_ranks_and_slopes_are_not_estimable_and_losses_are() -> None:
    people = [course(f"g{i}", 10, 8, 5, 3, 2) for i in range(40)]
    people += [course(f"b{i}", 10, 10, 10, 10, 12) for i in range(7)]
    found = judge(ran([change()], people), draws=50)
    assert (found.events, found.deteriorated) == (7, 0)
    figures = found.of("change").figures
    for name in ("auc", "auc_pooled", "slope", "intercept"):
        assert figures[name].note == "not estimable (7 events)"
    assert figures["auc_deterioration"].note == "not estimable (0 events)"
    assert figures["brier"].low < figures["brier"].value < figures["brier"].high
    assert found.of("change").published.sensitivity.note == "not estimable (7 events)"
    compared = {d.figure for d in judge(ran([change(), constant()], people), draws=50).differences}
    assert "published_specificity" in compared and "published_sensitivity" not in compared


def test_deterioration_is_ranked_by_its_own_chance_where_there_is_one() -> None:
    people = [course(f"g{i}", 10, 10, 9, 8, 8) for i in range(30)]
    people += [course(f"b{i}", 5, 5, 5, 10, 12) for i in range(30)]

    def answer(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
        chance = np.array([one.seen.intake < 8 for one in asked]) * 0.5
        return replace(always(0.5, asked), p_deterioration=chance)

    def silent(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
        said = answer(asked, people)
        return replace(said, risk=said.p_deterioration, p_deterioration=np.full(len(asked), np.nan))

    found = judge(ran([Told(answer, "chance"), Told(silent, "risk")], people), draws=20)
    for name in ("chance", "risk"):
        assert found.of(name).figures["auc_deterioration"].value == 1.0
    assert found.of("chance").figures["brier_deterioration"].value == pytest.approx(0.125)
    assert found.of("risk").figures["brier_deterioration"].value is None


def test_too_early_is_silence_for_alerts_and_not_for_probabilities() -> None:
    def answer(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
        said = change().learn([], SCALE, "session").predict(asked)
        early = [len(one.seen.scores) < 4 for one in asked]
        return replace(said, state=tuple(State.TOO_EARLY if e else State.ON_COURSE for e in early))

    found = judge(ran([Told(answer, "waits"), change()]), draws=20)
    assert found.of("waits").published.sessions < found.of("change").published.sessions
    assert found.of("waits").silent > 200
    assert found.of("waits").figures["auc"] == found.of("change").figures["auc"]


def test_nobody_is_alerted_by_the_first_score_alone() -> None:
    tasks = default_tasks(PEOPLE, balanced_folds(PEOPLE, 5))
    first = [replace(t, k=0, seen=1, next_time=2.0) for t in tasks.tasks if t.k == 1]
    with_intake = replace(
        tasks, tasks=tuple(sorted([*tasks.tasks, *first], key=lambda t: (t.client_id, t.k)))
    )
    found = [judge(run([change()], PEOPLE, SCALE, "session", t), draws=20) for t in (tasks, with_intake)]
    assert found[0].of("change").published.events == found[1].of("change").published.events
    for name in ("sessions", "alerted", "leads"):
        one, other = (getattr(f.of("change").published, name) for f in found)
        assert one == other
    assert found[1].of("change").by_point[0].k == 0


def test_a_method_that_failed_is_in_the_judgement_with_its_reason() -> None:
    def answer(asked: Sequence[Asked], people: Sequence[Observed]) -> Predictions:
        raise ValueError("too few")

    shares: list[float] = []
    found = judge(ran([Told(answer), constant()]), draws=20, progress=shares.append)
    assert found.of("told").failed.endswith("too few") and found.of("told").figures == {}
    assert shares == sorted(shares) and shares[-1] == 1.0
    assert found.differences == ()


def test_the_judgement_is_json_without_nan(judged: Judgement) -> None:
    read = json.loads(judged.to_json())
    assert [verdict["name"] for verdict in read["verdicts"]] == ["oracle", "constant", "change", "base rate"]
    assert read["clients"] == 200 and read["folds"] == 5 and read["draws"] == 100
    assert read["verdicts"][0]["figures"]["auc"] == {"value": 1.0, "low": 1.0, "high": 1.0, "note": ""}


def test_higher_is_better_scales_are_judged_alike() -> None:
    turned = [replace(p, scores=tuple(20 - score for score in p.scores)) for p in PEOPLE]
    scale = replace(SCALE, higher_is_better=True)
    one = judge(ran([Oracle(PEOPLE), constant()]), draws=50)
    other = judge(ran([Oracle(turned, scale), constant()], turned, scale), draws=50)
    assert (one.events, one.deteriorated) == (other.events, other.deteriorated)
    assert other.of("oracle").figures["auc"].value == 1.0
    assert other.of("constant").figures["brier"].value == pytest.approx(
        one.of("constant").figures["brier"].value
    )


def test_a_judge_needs_draws_and_a_budget() -> None:
    found = ran([constant()])
    for wrong in ({"draws": 5}, {"budget": 0.0}):
        with pytest.raises(ValueError, match="At least 20 draws and a budget above 0"):
            judge(found, **wrong)
    with pytest.raises(KeyError):
        judge(found, draws=20).of("other")


def test_scores_off_the_scale_count_as_its_nearest_value() -> None:
    people = [course(f"c{i}", 9, 9, 9, 9, 7.4 if i else 25) for i in range(6)]
    found = ran([constant()], people)
    cdf = sure(np.full(len(found.truth.k), 9.0))
    held = beside(cdf, LAST, found.truth, SCALE)
    assert set(held.place.tolist()) == {7, 20}
    assert bands(held, 20, 0)[0].clients == 6


def test_the_plain_change_on_enrichd_is_the_bar_it_was_found_to_be(real_data: Any) -> None:
    from midcourse.tables import read_table

    reading = read_table(real_data("enrichd_cbt_bdi.csv"))
    scale = Scale("bdi", "BDI", 0, 63, reliable_change=ReliableChange(9, "the trial of ST13"))
    axis = choose_axis(list(reading.episodes), "bdi")
    people = [seen for e in reading.episodes if (seen := observe(e, "bdi", axis))]
    tasks = default_tasks(people, balanced_folds(people))
    found = judge(run([change(), base_rate(scale)], people, scale, axis, tasks))
    assert (found.clients, found.too_short) == (557, 0)
    assert found.of("change").figures["auc"].value == pytest.approx(0.733, abs=0.02)
    assert found.of("base rate").figures["auc"].value == 0.5
    assert found.of("change").figures["auc_deterioration"].note == "not estimable (5 events)"
