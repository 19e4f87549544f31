"""One page, asking nothing of any network, in the order a clinician reads: result, question, pictures, tables."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from midcourse.cli.evaluation_report.block import Block
from midcourse.cli.evaluation_report.blocks import blocks, silence
from midcourse.cli.evaluation_report.charts import calibration, fifths, leads, load, roc
from midcourse.cli.evaluation_report.result import Evaluated
from midcourse.cli.evaluation_report.words import asked, compared, poor, result
from midcourse.cli.report.words import shown
from midcourse.evaluation.verdict import Verdict

CAUTION = (
    "Not clinically validated, and no medical device. These figures are about one table of past courses; in "
    "another place, with other people or where signals are acted on, they may differ. A signal is a "
    "prompt to look together, never a verdict."
)


def page(found: Evaluated) -> str:
    """Return the whole page."""
    style = _packaged("report", "style.css") + _packaged("evaluation_report", "evaluation.css")
    return (
        f"{_head(found, style)}<body>"
        f'<header class="top"><p class="quiet">midcourse</p><h1>Can these signals be trusted?</h1>'
        f'<p class="quiet">{shown(found.scale.title)}, from {shown(found.file)}</p></header><main>'
        f'<section><h2>The result</h2><p class="lead">{shown(result(found))}</p><p>{shown(compared(found))}</p>'
        f'<p class="caution">{CAUTION}</p></section>'
        f"{_list('What was asked', asked(found))}{_pictures(found)}{_list(*_poor(found))}"
        f"{_tables(found)}{_sources(found)}</main>"
        f'<footer><p>Table {shown(found.file)}, SHA-256 <span class="id">{shown(found.sha256)}</span>. '
        "It was made on this computer and asks nothing of any network.</p></footer></body></html>\n"
    )


def _packaged(room: str, name: str) -> str:
    return files(f"midcourse.cli.{room}").joinpath(name).read_text(encoding="utf-8")


def _head(found: Evaluated, style: str) -> str:
    """The head. The policy lets the browser use the style that stands in this page, and nothing else."""
    allowed = f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src {allowed}; base-uri 'none'; form-action 'none'\">"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>Can these signals be trusted? {shown(found.file)}</title><style>{style}</style></head>"
    )


def _list(title: str, lines: tuple[str, ...]) -> str:
    items = "".join(f"<li>{shown(line)}</li>" for line in lines)
    return f"<section><h2>{title}</h2><ul>{items}</ul></section>"


def _poor(found: Evaluated) -> tuple[str, tuple[str, ...]]:
    lines = (*poor(found), *silence(found))
    return "What is poor, missing or failed", lines or ("Nothing by the limits used here.",)


def _pictures(found: Evaluated) -> str:
    verdict = found.shown
    if verdict is None:
        return ""
    front = [verdict] + [bar for bar in (found.bar,) if bar is not None and bar.name != verdict.name]
    figures = [
        _figure(
            "Do the probabilities come true?",
            "On the dashed line, of 100 people given a chance of 30, 30 end without reliable improvement. "
            "Upright lines are 95 % intervals.",
            calibration(front, "g-calibration") + _legend(front, rest=False),
        ),
        _figure(
            "Who comes first?",
            "Each point is one threshold. The further up and left, the better; on the dashed line it is a coin.",
            roc(found.able, front, "g-roc") + _legend(front, rest=len(found.able) > len(front)),
        ),
        *_alert_figures(found, verdict),
        *_bands(verdict),
    ]
    drawn = f'<div class="figures">{"".join(figures)}</div>'
    return f"<section><h2>In pictures</h2>{drawn}{_others(found, verdict)}</section>"


def _figure(title: str, meaning: str, inside: str, kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    return f"<figure{named}><h3>{title}</h3><p>{meaning}</p>{inside}</figure>"


def _legend(front: list[Verdict], *, rest: bool) -> str:
    pairs = zip(("ours", "bar"), front, strict=False)
    keys = "".join(f'<span class="key {kind}">{shown(v.name)}</span>' for kind, v in pairs)
    more = '<span class="key rest">other methods</span>' if rest else ""
    return f'<figcaption class="legend">{keys}{more}</figcaption>'


def _alert_figures(found: Evaluated, verdict: Verdict) -> list[str]:
    drawn, own = [], verdict.published
    if own is not None and own.events:
        meaning = (
            f"Of 100 people who ended without reliable improvement ({own.events:,} here), how many scores "
            f"before their last one {shown(verdict.name)} first alerted, by its own rule."
        )
        drawn.append(_figure("How early?", meaning, leads(own.leads, own.events)))
    if any(v.published and v.published.per_100.value for v in found.able):
        meaning = (
            "Alerts per 100 scored sessions by each method’s own rule. The dashed line is the "
            f"{found.judgement.budget:g} at which all are compared in the tables."
        )
        drawn.append(_figure("How many alerts?", meaning, load(found), "load"))
    return drawn


def _bands(verdict: Verdict) -> list[str]:
    said = (("next", verdict.next_score), ("last", verdict.last_score))
    return [
        _figure(
            f"Do bands hold? The {name} score",
            f"Of 100 scores, how many were in the band of {shown(verdict.name)} that should hold 80 (dashed), "
            "from people predicted to score lowest to those predicted to score highest.",
            fifths(forecasts.coverage[0]),
        )
        for name, forecasts in said
        if forecasts is not None and forecasts.coverage
    ]


def _others(found: Evaluated, verdict: Verdict) -> str:
    drawn = "".join(
        f"<div><h4>{shown(other.name)}</h4>{calibration([other], f'g-more-{place}')}</div>"
        for place, other in enumerate(found.able)
        if other.name != verdict.name and other.curve
    )
    if not drawn:
        return ""
    return f'<details><summary>Calibration of every other method</summary><div class="more">{drawn}</div></details>'


def _tables(found: Evaluated) -> str:
    parts = "".join(_table(block, found) for block in blocks(found))
    return f"<section><h2>Every figure of every method</h2>{parts}</section>" if parts else ""


def _table(block: Block, found: Evaluated) -> str:
    head = "".join(f'<th scope="col">{shown(column)}</th>' for column in block.columns)
    ours = found.shown.name if found.shown else ""
    rows = "".join(
        f'<tr{" class=ours" if row[0] == ours else ""}><th scope="row">{shown(row[0])}</th>'
        f"{''.join(f'<td>{_split(cell)}</td>' for cell in row[1:])}</tr>"
        for row in block.rows
    ).replace("class=ours", 'class="ours"')
    notes = "".join(f'<p class="small">{shown(note)}</p>' for note in block.notes)
    return (
        f"<h3>{shown(block.title)}</h3><p>{shown(block.about)}</p>"
        f'<div class="wide" tabindex="0" role="group" aria-label="{shown(block.title)}, scrolls"><table>'
        f'<caption class="unseen">{shown(block.title)}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{notes}"
    )


def _split(cell: str) -> str:
    """A figure with its interval in quieter letters."""
    value, bracket, interval = cell.partition(" [")
    return f'{shown(value)} <span class="interval">[{shown(interval)}</span>' if bracket else shown(value)


def _sources(found: Evaluated) -> str:
    return _list(
        "Where the methods come from", tuple(f"{v.name}: {v.source}." for v in found.judgement.verdicts)
    )
