"""The page: docs/reference/awkwardness.md."""

import platform
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.awkward_errors import Result, estimate
from bench.awkward_figures import METHODS
from bench.awkward_switches import SETTINGS
from bench.awkward_words import BY_END, BY_LAST, Shown, sentence
from midcourse.signals.two_stage import RULE_VERSION

PAGE = Path("docs/reference/awkwardness.md")

OPENING = """# Which awkwardness breaks what

Written by `python -m bench.awkwardness`; change the code, not this page.

Invented clinics (`simulation.md`) with one switch on at a time, judged as real data are (`evaluation.md`). Every
strength and every number of the plain course is **assumed**: a row says what such an awkwardness does, not how
much of it there is anywhere.
"""

HOW = """
## How to read it

- **Error.** `± x` is the Monte-Carlo error: the SD over clinics divided by the root of their number. Clinics of one
  seed have the same people, so a switch is held against the plain clinic of its seed. A change is spoken of where its
  95 % t interval over seeds leaves out 0 **and** it is large enough to matter: {worth}. One change in twenty that
  is none passes the first half by luck.
- **Bounds.** {bounds}. A bound is called broken where the mean lies outside it. The errors stand beside.
- **By the last observed score**: the event is no reliable improvement there (6 points), at 2, 3, 4, 6 and 8 scores
  and only while another score follows. AUC is within the fold; log loss, AUC and CRPS also move because a switch
  changes who is still there, how far ahead the last score lies and how often the event comes, not only because
  a method does worse.
- **By the planned end**: every client who has given so many scores is asked about, whether she comes again or not, for
  the last planned session, and judged by the score she would have given there. That score comes from the same
  clinic with nobody leaving and no score missing: same people, same true courses as in the truth file, same errors.
  Methods have learned from what was observed only. Where nobody leaves and nothing is missing both are the same.
- **Alerts** (by the last observed score): for midcourse by its own thresholds, learned on the training folds for a
  budget of 5 per 100 scored sessions; for the others by one threshold on their risk, set on the held-out risk so that
  they make about 5, so their rate is no result. Lead time is in scores. The budget is per session: where clients
  give fewer scores there are fewer alerts for as many clients, and sensitivity falls for that reason alone.
- **No answer** in any fold is no answer: that clinic is left out of the method's means, and a switch is held against
  the plain clinics of the seeds that both have. "Did not converge" need not be the switch's doing: the one such
  search that was looked into, in a plain clinic on a longer scale, had ended in a failed line search at a gradient
  of 0.00002, next to the minimum, which counts as not converged.
- **Scale.** Without `clip_to_scale` invented scores have no ends, and the scale given to the methods has none in
  reach (40 points beyond both); with it, 0 to 27.
- **The clock** is the session number wherever the table has it: missed sessions cannot be felt there at all.
"""


def page(results: Sequence[Result], asked: Mapping[str, int]) -> str:
    """Return the page for the clinics judged; the first result is the plain one."""
    said = "\n".join(f"- {sentence(result, results[0])}" for result in results)
    parts = [
        OPENING,
        made_with(asked),
        f"\n## What each switch does to midcourse's policy\n\n{said}\n",
        f"\n## The clinics\n\n{clinics(results)}\n",
    ]
    for method in METHODS:
        parts += [
            f"\n## {method.name}: by the last observed score\n\n{table(results, method.name, BY_LAST)}\n",
            f"\n## {method.name}: by the planned end\n\n{table(results, method.name, BY_END)}\n",
            failures(results, method.name),
        ]
    return "".join([*parts, how(), settings()])


def made_with(asked: Mapping[str, int]) -> str:
    """Return the exact command, the seeds and the versions."""
    options = " ".join(f"--{name} {asked[name]}" for name in ("clients", "repeats", "folds", "seed"))
    last = asked["seed"] + asked["repeats"] - 1
    versions = ", ".join(f"{name} {version(name)}" for name in ("midcourse", "numpy", "scipy"))
    return (
        f"\n- Command: `python -m bench.awkwardness {options}`.\n"
        f"- Seeds {asked['seed']} to {last}, each for the clinic and for its {asked['folds']} balanced folds; "
        f"{asked['clients']} clients a clinic.\n"
        f"- Python {platform.python_version()}, {versions}, rule {RULE_VERSION}; {date.today().isoformat()}.\n"
    )


def clinics(results: Sequence[Result]) -> str:
    """Return what the clinics were like."""
    head = (
        "switch",
        "clients judged",
        "scores each",
        "no improvement at the last score",
        "at the planned end",
    )
    rows = [
        (
            result.switch.title,
            f"{result.clinic('judged'):.0f}",
            f"{result.clinic('scores'):.1f}",
            f"{100 * result.clinic('events_last'):.0f} %",
            f"{100 * result.clinic('events_end'):.0f} %",
        )
        for result in results
    ]
    return lines([head, *rows]) + "\n\nMeans over clinics; shares are of the points asked about.\n"


def table(results: Sequence[Result], method: str, figures: Sequence[Shown]) -> str:
    """Return one method's figures, a row a switch; what it does not say is left out."""
    cells = {
        shown.title: [estimate(result.values(method, shown.name)).text(shown.digits) for result in results]
        for shown in figures
    }
    said = {
        title.removesuffix(" at the planned end"): column for title, column in cells.items() if any(column)
    }
    rows = (
        (result.switch.title, *(column[i] for column in said.values())) for i, result in enumerate(results)
    )
    return lines([("switch", *said), *rows])


def lines(rows: Iterable[Sequence[str]]) -> str:
    """Return rows, the first of them the head, as a table."""
    head, *rest = rows
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ("---",) * len(head), *rest])


def failures(results: Sequence[Result], method: str) -> str:
    """Say in which clinics a method could not answer; its means are of the others."""
    found = [
        f"{result.switch.title}, {len(why)} of {len(result.repeats)} clinics ({why[0]})"
        for result in results
        if (why := [one.failed[method] for one in result.repeats if method in one.failed])
    ]
    return f"\nNo answer, so means are of the other clinics: {'; '.join(found)}.\n" if found else ""


def how() -> str:
    """Return how to read the page, with the sizes in force."""
    shown = BY_LAST  # the planned end has the same
    worth = ", ".join(f"{one.title} {one.worth:g}" for one in shown)
    bounds = ", ".join(
        f"{one.title} {one.target - one.bound:g} to {one.target + one.bound:g}"
        for one in shown
        if not one.better
    )
    return HOW.format(worth=worth, bounds=bounds[0].upper() + bounds[1:])


def settings() -> str:
    """Return the fields that are no switches."""
    listed = "\n".join(f"- `{name}`: {why}" for name, why in SETTINGS.items())
    return f"\n## Fields of ClinicDesign that are no switch\n\n{listed}\n"
