"""Evaluating methods of warning: all of them, in minutes, and the baselines against a plain script."""

from bench.evaluation_data import prepare_evaluation
from bench.measures import python
from bench.process import Cost, Failed, alternating, run
from bench.result import Line, middle, paired, seconds

NO_GOAL = "none set"


def evaluation(runs: int, clients: int | None = None) -> list[Line]:
    """All methods with 200 bootstrap draws; then the same baselines here and in a plain script, in turn."""
    prepared = prepare_evaluation(clients)
    costs = [run(python("evaluate", *prepared.arguments(), "all")) for _ in range(runs)]
    lines = [whole_line(prepared.title, costs)]
    both = alternating(
        {
            "ours": python("evaluate", *prepared.arguments(), "same"),
            "plain": python("evaluate_plain", *prepared.arguments()),
        },
        runs,
    )
    same_question(both["ours"][0], both["plain"][0])
    return [*lines, against_line(prepared.title, both["ours"], both["plain"])]


def same_question(ours: Cost, plain: Cost) -> None:
    """Refuse to compare the times of two programs that were not asked the same.

    Raises Failed where clients, methods, or the AUC of the plain change (which nothing is fitted for) differ.
    """
    differ = [key for key in ("clients", "methods") if ours.said[key] != plain.said[key]]
    if differ or abs(ours.said["auc"]["change"] - plain.said["auc"]["change"]) > 1e-9:
        raise Failed(f"different questions: {ours.said} {plain.said}")


def whole_line(title: str, costs: list[Cost]) -> Line:
    """Return how long judging every method takes."""
    minutes = [cost.inside / 60 for cost in costs]
    return Line(
        f"Evaluation of {costs[0].said['methods']} methods, 200 draws, {title}",
        seconds(costs),
        "",
        f"{middle(costs, lambda cost: cost.inside) / 60:.1f} CPU minutes",
        f"{min(minutes):.1f} to {max(minutes):.1f}",
        "",
        NO_GOAL,
        "",
    )


def against_line(title: str, ours: list[Cost], plain: list[Cost]) -> Line:
    """Return how many times less CPU the same baselines took than in a plain script."""
    ratio, spread = paired(ours, plain, lambda a, b: b.inside / a.inside)
    whole, _ = paired(ours, plain, lambda a, b: b.whole / a.whole)
    return Line(
        f"The same {ours[0].said['methods']} baselines, {title}",
        seconds(ours),
        f"statsmodels, scikit-learn {seconds(plain)}",
        f"{ratio:.3g} times faster",
        spread,
        f"{whole:.3g} times",
        NO_GOAL,
        "",
    )
