"""What was found, in sentences: plain words before figures."""

from collections.abc import Iterator

from midcourse.cli.evaluation_report.blocks import clearly_worse
from midcourse.cli.evaluation_report.cells import plain
from midcourse.cli.evaluation_report.result import Evaluated
from midcourse.evaluation.bootstrap import Figure
from midcourse.evaluation.methods import OURS
from midcourse.evaluation.tasks import FEWEST_SCORES
from midcourse.evaluation.verdict import Verdict

SLOPES = (0.85, 1.15)  # calibration slopes and
INTERCEPT = 0.1  # intercepts beyond these are called poor
BAND = 0.8
SLACK = 1e-9  # rounding
NAMES = {"auc": "who will not improve is told less well", "log_loss": "probabilities are worse"}


def result(found: Evaluated) -> str:
    """Return the one sentence a reader should take away."""
    verdict, judgement = found.shown, found.judgement
    if verdict is None:
        return "No method could be judged on this table; the reasons stand below."
    alerts = verdict.published
    few = f"{counted(judgement.events, 'client')} of {judgement.clients:,} ended without reliable improvement"
    if alerts is None or alerts.sensitivity.value is None:
        return f"{few}: too few, or too many, to say how many would have been noticed in time."
    lead, right = alerts.lead_time.value, alerts.ppv.value
    if lead is None or right is None:
        return f"{few}; {verdict.name} alerted none of them."
    return (
        f"Of 100 people who end without reliable improvement, {verdict.name} alerts "
        f"{100 * alerts.sensitivity.value:.0f}{_range(alerts.sensitivity)}, on average {lead:.1f} scores before "
        f"the last; of 100 people it alerts, {100 * right:.0f}{_range(alerts.ppv)} do end so."
    )


def compared(found: Evaluated) -> str:
    """Return how the method that stands for all compares with the plain change so far."""
    verdict, bar = found.shown, found.bar
    if verdict is None or bar is None or verdict.name == bar.name:
        return ""
    known = {(d.figure, d.method, d.other): d for d in found.judgement.differences}
    one = known.get(("auc", verdict.name, bar.name))
    two = known.get(("log_loss", verdict.name, bar.name))
    if two is None:
        return "Whether it beats the plain change so far cannot be told from this table."
    if one is None:
        how = (
            "clearly better" if two.clear else "clearly worse" if clearly_worse(two) else "not clearly better"
        )
        return f"Its probabilities are {how} than those of the plain change so far; there are too few to compare order."
    ours, theirs = verdict.figures["auc"].value, bar.figures["auc"].value
    auc = "" if ours is None or theirs is None else f" (AUC {plain(ours, 2)} against {plain(theirs, 2)})"
    if one.clear and two.clear:
        return f"It tells clearly better than the plain change so far who will end so{auc}."
    if clearly_worse(one) or clearly_worse(two):
        return f"It is clearly worse than the plain change so far{auc}."
    if one.clear or two.clear:
        better, rest = (
            ("who will end so", "its probabilities are")
            if one.clear
            else ("how likely that is", "its order is")
        )
        return (
            f"It tells clearly better than the plain change so far {better}{auc}; {rest} not clearly better."
        )
    return f"It is not clearly better than the plain change so far{auc}."


def asked(found: Evaluated) -> tuple[str, ...]:
    """Return what was asked of whom, and who was left out and why."""
    j, change = found.judgement, found.scale.reliable_change
    points = "reliable" if change is None else f"{change.points:g} points or more"
    unit = f", times counted in {j.unit}" if j.unit else ""
    lines = [
        f"{found.scale.title}, {found.scores:,} scores, on a clock of {j.axis}s: "
        f"{counted(j.clients, 'client')} judged.",
        f"No reliable improvement (not {points} better at the last score than at the first): "
        f"{counted(j.events, 'client')}. Reliably worse there: {counted(j.deteriorated, 'client')}.",
        f"{counted(j.points, 'prediction point')}, {found.points}{unit}; {found.split}. "
        "Every method learned from the other folds only.",
    ]
    left = [
        (j.too_short, f"with fewer than {FEWEST_SCORES} scores", "client"),
        (j.repeated, "of clients who came back; only the first is judged", "later course"),
        (found.untimed, "without a session number or a date", "course"),
        (found.set_aside, "with a problem, listed when the table was read", "score"),
    ]
    out = [f"{counted(number, noun)} {why}" for number, why, noun in left if number]
    lines.append(f"Left out: {'; '.join(out)}." if out else "Nobody was left out.")
    lines.append(
        f"In brackets: 95 % intervals from {j.draws} draws of whole clients (seed {j.seed}). "
        "Figures of ranks need 20 clients who ended so and 20 who did not."
    )
    lines += [f"Reliable change: {change.source}."] if change else []
    return (*lines, *j.notes)


def poor(found: Evaluated) -> tuple[str, ...]:
    """Return what did not come out well, method by method."""
    return tuple(
        f"{verdict.name}: {'; '.join(said)}."
        for verdict in found.able
        if (said := list(_poor(found, verdict)))
    )


def _poor(found: Evaluated, verdict: Verdict) -> Iterator[str]:
    bar = found.bar.name if found.bar else ""
    for d in found.judgement.differences:
        if d.method == verdict.name and d.other == bar and d.figure in NAMES and clearly_worse(d):
            yield f"{NAMES[d.figure]} than by the plain change"
    slope, intercept = verdict.figures["slope"].value, verdict.figures["intercept"].value
    if slope is not None and not SLOPES[0] <= slope <= SLOPES[1]:
        yield f"probabilities too {'sure' if slope < 1 else 'cautious'} (slope {plain(slope, 2)})"
    if intercept is not None and abs(intercept) > INTERCEPT:
        yield f"too {'hopeful' if intercept > 0 else 'gloomy'} (intercept {plain(intercept, 2)})"
    for name, forecasts in (("next", verdict.next_score), ("last", verdict.last_score)):
        for c in forecasts.coverage if forecasts else ():
            if c.level == BAND and not c.interval[0] - SLACK <= BAND <= c.interval[1] + SLACK:
                yield f"of 100 {name} scores {100 * c.pooled:.0f} were in the band that should hold 80"
    load = verdict.published.per_100 if verdict.published else None
    if verdict.name == OURS and load and load.value and load.low is not None and load.high is not None:
        budget = found.judgement.budget
        if not load.low <= budget <= load.high:
            yield f"{plain(load.value, 1)} alerts per 100 scored sessions miss the budget of {budget:g}"


def _range(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f" ({100 * figure.low:.0f} to {100 * figure.high:.0f})"


def counted(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
