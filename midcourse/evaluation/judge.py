"""Judge the methods of a run: every figure with its interval, and how sure their differences are (ST8)."""

from collections.abc import Callable

from midcourse.evaluation.alert_rate import BUDGET
from midcourse.evaluation.bootstrap import DRAWS, FEWEST_DRAWS, client_weights
from midcourse.evaluation.judged import Judged, compare
from midcourse.evaluation.run import Run
from midcourse.evaluation.verdict import Difference, Judgement, Verdict

Progress = Callable[[float], None]


def judge(
    run: Run,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    budget: float = BUDGET,
    progress: Progress | None = None,
) -> Judgement:
    """Return every figure of every method, with 95 % bootstrap intervals over clients.

    `budget` is the number of alerts per 100 scored sessions at which all methods are compared;
    `progress` is called with the share done, 0 to 1.
    Raises ValueError for fewer than 20 draws or a budget that is not above 0.
    """
    if draws < FEWEST_DRAWS or budget <= 0:
        raise ValueError(f"At least {FEWEST_DRAWS} draws and a budget above 0 are needed.")
    weight = client_weights(len(run.truth.clients), draws, seed)
    verdicts, able = [], []
    for number, told in enumerate(run.told):
        if told.predictions is None:
            verdicts.append(Verdict(told.name, told.source, told.failed))
        else:
            one = Judged(told, told.predictions, run, weight, budget, seed)
            able.append(one)
            verdicts.append(one.verdict())
        if progress is not None:
            progress((number + 1) / (len(run.told) + 1))
    differences = tuple(d for one in able for other in able if one is not other for d in compare(one, other))
    if progress is not None:
        progress(1.0)
    return _whole(run, draws, seed, budget, tuple(verdicts), differences)


def _whole(
    run: Run,
    draws: int,
    seed: int,
    budget: float,
    verdicts: tuple[Verdict, ...],
    differences: tuple[Difference, ...],
) -> Judgement:
    truth = run.truth
    return Judgement(
        measure=run.scale.measure,
        axis=run.axis,
        unit=run.tasks.unit,
        clients=len(truth.clients),
        too_short=run.tasks.too_short,
        repeated=run.tasks.repeated,
        events=truth.clients_with(truth.no_improvement),
        deteriorated=truth.clients_with(truth.deterioration),
        points=int(truth.fixed.sum()),
        folds=len(set(truth.fold.tolist())),
        draws=draws,
        seed=seed,
        budget=budget,
        notes=run.tasks.notes,
        verdicts=verdicts,
        differences=differences,
    )
