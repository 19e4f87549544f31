"""What an evaluation found, as tables that fit 80 columns: the same on screen, on the page and in the docs."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from midcourse.cli.evaluation_report.block import Block
from midcourse.cli.evaluation_report.cells import NOTHING, cell, hundred
from midcourse.cli.evaluation_report.result import Evaluated
from midcourse.cli.evaluation_report.right import how_often_right
from midcourse.evaluation.alerts import AlertFigures
from midcourse.evaluation.bootstrap import Figure
from midcourse.evaluation.forecasts import ForecastFigures
from midcourse.evaluation.verdict import Difference, Judgement, Verdict

Alerts = Callable[[Verdict], AlertFigures | None]

BETTER, WORSE = "*", "!"
NOT_SAID = "this method does not say it"
MARKS = f"{BETTER} clearly better: the interval leaves out 0. {WORSE} clearly worse."


@dataclass(frozen=True)
class Column:
    """One column: its name, what it takes from a verdict, and how that is written."""

    name: str
    figure: Callable[[Verdict], Figure | None]
    written: Callable[[Figure | None], str] = cell


def blocks(found: Evaluated) -> tuple[Block, ...]:
    """Return every table, in the order in which they are read; none where every method failed."""
    if not found.able:
        return ()
    right = () if found.right is None else how_often_right(found.right)
    return (*_chances(found), _fifths(found), *_alerting(found), *right, *_differences(found))


def _chances(found: Evaluated) -> tuple[Block, ...]:
    return (
        _block(
            found,
            "Who will end without reliable improvement?",
            "AUC: 1 puts everybody in the right order, .5 is chance (pairs within the same fold). "
            "Log loss and Brier score judge the probabilities; smaller is better.",
            _named("AUC", "auc"),
            _named("log loss", "log_loss"),
            _named("Brier", "brier"),
        ),
        _block(
            found,
            "Do the probabilities come true?",
            "Slope 1 and intercept 0 are right; a slope below 1 is too sure of itself, an intercept above 0 too "
            "hopeful: more people end so than was said. Last column: AUC for ending reliably worse.",
            _named("slope", "slope"),
            _named("intercept", "intercept"),
            _named("AUC, worse", "auc_deterioration"),
        ),
        _block(
            found,
            "How far off are forecasts of scores?",
            "CRPS is the distance between forecast and score in points; smaller is better. "
            "Band: of 100 scores, how many were inside the band that should hold 80.",
            _named("CRPS next", "crps_next", 2),
            _named("CRPS last", "crps_last", 2),
            Column("band, next", lambda v: _band(v.next_score), hundred),
            Column("band, last", lambda v: _band(v.last_score), hundred),
        ),
    )


def _alerting(found: Evaluated) -> tuple[Block, ...]:
    budget = f"{found.judgement.budget:g}"
    return (
        _alerts(found, "Alerts by each method's own rule", "As published.", _own),
        _alerts(
            found,
            f"Alerts at the same rate, about {budget} per 100 scored sessions",
            "Each method may alert as often as the others.",
            _same,
        ),
        _block(
            found,
            "How early?",
            "Lead: scores from the first true alert to the last score. Never: of 100 people who ended "
            "without reliable improvement, how many got no alert. By its own rule, then at the same rate.",
            Column("lead, own", _taken(_own, "lead_time"), _one),
            Column("never, own", _taken(_own, "never"), hundred),
            Column("lead, same", _taken(_same, "lead_time"), _one),
            Column("never, same", _taken(_same, "never"), hundred),
        ),
    )


def _named(name: str, key: str, digits: int = 3) -> Column:
    return Column(name, lambda verdict: verdict.figures[key], lambda figure: cell(figure, digits))


def _one(figure: Figure | None) -> str:
    return cell(figure, 1)


def _block(found: Evaluated, title: str, about: str, *columns: Column) -> Block:
    names = ("method", *(column.name for column in columns))
    rows = tuple(
        (verdict.name, *(column.written(column.figure(verdict)) for column in columns))
        for verdict in found.able
    )
    return Block(title, about, names, rows, tuple(_why_empty(found.able, columns)))


def _why_empty(verdicts: Sequence[Verdict], columns: Sequence[Column]) -> Iterator[str]:
    """Say once, for all methods and columns that share it, why cells are empty."""
    reasons: dict[tuple[str, str], list[str]] = {}
    for column in columns:
        by_reason: dict[str, list[str]] = {}
        for verdict in verdicts:
            figure = column.figure(verdict)
            if figure is None or figure.value is None:
                why = figure.note if figure is not None and figure.note else NOT_SAID
                by_reason.setdefault(why, []).append(verdict.name)
        for why, names in by_reason.items():
            whose = "" if len(names) == len(verdicts) else f" ({'; '.join(names)})"
            reasons.setdefault((why, whose), []).append(column.name)
    for (why, whose), headings in reasons.items():
        yield f"{NOTHING} {'; '.join(headings)}: {why}{whose}."


def _band(forecasts: ForecastFigures | None, level: float = 0.8) -> Figure | None:
    if forecasts is None:
        return None
    return next((Figure(c.pooled, *c.interval) for c in forecasts.coverage if c.level == level), None)


def _fifths(found: Evaluated) -> Block:
    """Coverage of the 80 % band by fifth of the predicted score, and of the 95 % band."""

    def by_fifth(forecasts: ForecastFigures | None) -> str:
        if forecasts is None or not forecasts.coverage:
            return NOTHING
        return " ".join(f"{100 * share:.0f}" for share in forecasts.coverage[0].by_fifth)

    rows = tuple(
        (
            verdict.name,
            by_fifth(verdict.next_score),
            by_fifth(verdict.last_score),
            hundred(_band(verdict.next_score, 0.95)),
            hundred(_band(verdict.last_score, 0.95)),
        )
        for verdict in found.able
    )
    return Block(
        "Do bands hold for low and for high scores?",
        "In the 80 band, by fifth of the predicted score, lowest first: of 100 scores, how many were inside. "
        "Then the same of the band that should hold 95.",
        ("method", "fifths, next", "fifths, last", "95, next", "95, last"),
        rows,
    )


def _own(verdict: Verdict) -> AlertFigures | None:
    return verdict.published


def _same(verdict: Verdict) -> AlertFigures | None:
    return verdict.same_rate


def _taken(of: Alerts, name: str) -> Callable[[Verdict], Figure | None]:
    def figure(verdict: Verdict) -> Figure | None:
        alerts = of(verdict)
        return None if alerts is None else getattr(alerts, name)

    return figure


def _alerts(found: Evaluated, title: str, about: str, of: Alerts) -> Block:
    meaning = (
        "Sensitivity: of 100 people who ended without reliable improvement, how many were alerted. "
        "Specificity: of 100 others, how many were not. PPV: of 100 alerted, how many ended so. "
        "Load: alerts per 100 scored sessions."
    )
    return _block(
        found,
        title,
        f"{about} {meaning}",
        Column("sensitivity", _taken(of, "sensitivity"), hundred),
        Column("specificity", _taken(of, "specificity"), hundred),
        Column("PPV", _taken(of, "ppv"), hundred),
        Column("load", _taken(of, "per_100"), _one),
    )


def _differences(found: Evaluated) -> Iterator[Block]:
    """Each method against the plain change, then the method that stands for all against each other one."""
    judgement, bar, shown = found.judgement, found.bar, found.shown
    others = [verdict.name for verdict in found.able if bar is None or verdict.name != bar.name]
    if bar is not None and others:
        yield _pairs(
            judgement,
            f"Against the plain change so far ({bar.name})",
            "Each method minus it, the same clients and the same draws.",
            [(name, name, bar.name) for name in others],
            (("AUC", "auc"), ("log loss", "log_loss"), ("found at same rate", "same_rate_sensitivity")),
        )
    rest = [verdict.name for verdict in found.able if shown is not None and verdict.name != shown.name]
    if shown is not None and rest:
        yield _pairs(
            judgement,
            f"{shown.name} against each other method",
            f"{shown.name} minus each.",
            [(name, shown.name, name) for name in rest],
            (("AUC", "auc"), ("log loss", "log_loss"), ("CRPS last", "crps_last")),
        )


def _pairs(
    judgement: Judgement,
    title: str,
    about: str,
    pairs: list[tuple[str, str, str]],
    figures: tuple[tuple[str, str], ...],
) -> Block:
    known = {(d.figure, d.method, d.other): d for d in judgement.differences}
    rows = tuple(
        (row, *(_difference(known.get((figure, one, other))) for _, figure in figures))
        for row, one, other in pairs
    )
    empty = any(written == NOTHING for row in rows for written in row)
    notes = (MARKS, f"{NOTHING} not estimable, or one of the two does not say it.") if empty else (MARKS,)
    return Block(title, about, ("method", *(name for name, _ in figures)), rows, notes)


def _difference(found: Difference | None) -> str:
    if found is None or found.difference.value is None:
        return NOTHING
    share = "sensitivity" in found.figure
    written = hundred(found.difference) if share else cell(found.difference)
    return written + (BETTER if found.clear else WORSE if clearly_worse(found) else "")


def clearly_worse(found: Difference) -> bool:
    """Say whether `method` is clearly worse than `other`: the interval leaves out 0 on the wrong side."""
    low, high = found.difference.low, found.difference.high
    if low is None or high is None:
        return False
    return low > 0 if found.smaller_is_better else high < 0


def silence(found: Evaluated) -> tuple[str, ...]:
    """Return a sentence for each method that says nothing at some of the points, and for each that failed."""
    quiet = [
        f"{v.name} says nothing at {v.silent:,} of {v.points:,} prediction points."
        for v in found.able
        if v.silent
    ]
    return (*quiet, *(f"{v.name} failed: {v.failed}" for v in found.failed))
