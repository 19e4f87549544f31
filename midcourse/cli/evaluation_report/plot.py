"""Calibration, ROC and lead time in one picture, drawn by matplotlib."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from midcourse.cli.evaluation_report.result import Evaluated
from midcourse.cli.place import beside
from midcourse.evaluation.verdict import Verdict

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SUFFIXES = (".svg", ".png", ".pdf")
INK, OURS, PLAIN, REST = "#2b2521", "#1f6268", "#a34a10", "#c9bfb2"


def write_plot(found: Evaluated, place: Path) -> None:
    """Draw the picture into a file; its ending says of which kind. The old file stays until it is whole.

    Raises ModuleNotFoundError without matplotlib, OSError where the place cannot be written.
    """
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({"svg.hashsalt": "midcourse", "font.size": 9, "svg.fonttype": "none"}):
        figure = Figure(figsize=(12, 4.2), layout="constrained")
        calibration, roc, lead = figure.subplots(1, 3)
        verdicts = _in_front(found)
        _calibration(calibration, verdicts)
        _roc(roc, found.able, verdicts)
        _lead(lead, verdicts)
        figure.suptitle(f"{found.file}: {found.scale.title}, {found.judgement.clients:,} clients")
        with beside(place) as unfinished:
            kind = unfinished.suffix.lower()
            dated = {"CreationDate": None} if kind == ".pdf" else {"Date": None}
            figure.savefig(unfinished, dpi=150, metadata=dated if kind != ".png" else None)


def _in_front(found: Evaluated) -> list[tuple[Verdict, str]]:
    """The plain change and the method that stands for all, with their colours."""
    pairs = ((found.bar, PLAIN), (found.shown, OURS))
    return list({v.name: (v, colour) for v, colour in pairs if v is not None}.values())


def _calibration(axes: "Axes", verdicts: Sequence[tuple[Verdict, str]]) -> None:
    axes.plot([0, 1], [0, 1], color=REST, linewidth=1)
    for verdict, colour in verdicts:
        points = [
            (p.predicted, p.observed, p.observed.value) for p in verdict.curve if p.observed.value is not None
        ]
        axes.plot(
            [x for x, _, _ in points], [y for _, _, y in points], "o-", color=colour, label=verdict.name
        )
        for x, o, _ in points:
            if o.low is not None and o.high is not None:
                axes.plot([x, x], [o.low, o.high], color=colour, linewidth=1)
    axes.set(title="Do probabilities come true?", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.set(xlabel="predicted: no reliable improvement", ylabel="came true")
    if verdicts:
        axes.legend(frameon=False)


def _roc(axes: "Axes", able: Sequence[Verdict], verdicts: Sequence[tuple[Verdict, str]]) -> None:
    axes.plot([0, 1], [0, 1], color=REST, linewidth=1)
    front = {verdict.name: colour for verdict, colour in verdicts}
    for verdict in sorted(able, key=lambda v: v.name in front):
        colour = front.get(verdict.name, REST)
        axes.plot([x for x, _ in verdict.roc], [y for _, y in verdict.roc], color=colour)
    axes.set(title="Who comes first? (grey: other methods)", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.set(xlabel="alerted, of those who improved", ylabel="alerted, of those who did not")


def _lead(axes: "Axes", verdicts: Sequence[tuple[Verdict, str]]) -> None:
    for verdict, colour in verdicts:
        leads = verdict.same_rate.leads if verdict.same_rate else ()
        total = verdict.same_rate.events if verdict.same_rate else 0
        ahead = [n for n, _ in leads]
        share = [sum(c for m, c in leads if m >= n) / total for n in ahead]
        axes.step(ahead, share, where="mid", color=colour, label=verdict.name)
    axes.set(title="How early, at the same alert rate?", ylim=(0, 1), xlabel="scores before the last one")
    axes.set(ylabel="of those who did not improve, alerted by then")
