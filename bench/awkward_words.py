"""One plain sentence for each switch, made of the numbers and of nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan

from bench.awkward_errors import Result, difference, estimate

POLICY = "midcourse"


@dataclass(frozen=True)
class Shown:
    """A figure of the tables: its name, how a person reads it, and when it counts as changed or broken.

    `worth` is the smallest change that is spoken of. `better` is +1 where more is better, -1 where less
    is, 0 where it should be at `target` within `bound`.
    """

    name: str
    title: str
    digits: int
    worth: float
    better: int = 0
    target: float = 0.0
    bound: float = 0.0


BY_LAST = (
    Shown("auc", "AUC", 3, 0.01, 1),
    Shown("log_loss", "log loss", 3, 0.01, -1),
    Shown("slope", "slope", 2, 0.1, 0, 1.0, 0.2),
    Shown("intercept", "intercept", 2, 0.1, 0, 0.0, 0.2),
    Shown("crps_next", "CRPS next", 2, 0.05, -1),
    Shown("crps_last", "CRPS last", 2, 0.05, -1),
    Shown("cover_next", "80 % next", 3, 0.02, 0, 0.8, 0.05),
    Shown("cover_last", "80 % last", 3, 0.02, 0, 0.8, 0.05),
    Shown("per_100", "alerts per 100", 2, 0.5, 0, 5.0, 1.0),
    Shown("sensitivity", "sensitivity", 2, 0.05, 1),
    Shown("lead_time", "lead time", 1, 0.5, 1),
)
BY_END = (
    Shown("end_auc", "AUC at the planned end", 3, 0.01, 1),
    Shown("end_log_loss", "log loss at the planned end", 3, 0.01, -1),
    Shown("end_slope", "slope at the planned end", 2, 0.1, 0, 1.0, 0.2),
    Shown("end_intercept", "intercept at the planned end", 2, 0.1, 0, 0.0, 0.2),
    Shown("end_crps_last", "CRPS at the planned end", 2, 0.05, -1),
    Shown("end_cover_last", "80 % at the planned end", 3, 0.02, 0, 0.8, 0.05),
)


def sentence(result: Result, plain: Result) -> str:
    """Return what a switch does to the policy, beside the plain clinics of the same seeds."""
    said = list(unanswered(result))
    if len(said) and all(POLICY in one.failed for one in result.repeats):
        pass  # there is nothing more to say
    elif not result.switch.changes:
        said.append(f"breaks {broken(result) or 'no bound'}: {as_it_is(result)}")
    elif not said and identical(result, plain):
        said.append("changes no figure at all")
    else:
        said.append(f"breaks {broken(result) or 'no bound'}")
        said += [*changes(result, plain)] or ["changes nothing beyond Monte-Carlo error"]
    return f"**{opened(result.switch.title)}** {set_by(result)}{', and '.join(said)}."


def as_it_is(result: Result) -> str:
    """Return the figures that have bounds, with their errors."""
    return ", ".join(
        f"{shown.title} {estimate(result.values(POLICY, shown.name)).text(shown.digits)}"
        for shown in BY_LAST
        if not shown.better
    )


def opened(title: str) -> str:
    """Return a title with its first letter large."""
    return title[0].upper() + title[1:]


def set_by(result: Result) -> str:
    """Return the fields that turn a switch on, in brackets."""
    listed = ", ".join(f"{name}={value}" for name, value in result.switch.changes.items())
    return f"(`{listed}`) " if listed else ""


def unanswered(result: Result) -> Iterator[str]:
    """Say in how many clinics the policy could not answer at all, and why."""
    reasons = [one.failed[POLICY] for one in result.repeats if POLICY in one.failed]
    if reasons:
        yield f"leaves {len(reasons)} of {len(result.repeats)} clinics without any answer ({reasons[0]})"


def broken(result: Result) -> str:
    """Return the figures whose mean is out of its bounds."""
    found = []
    for shown in (*BY_LAST, *BY_END):
        known = estimate(result.values(POLICY, shown.name))
        if not shown.better and not isnan(known.mean) and abs(known.mean - shown.target) > shown.bound:
            found.append(f"{shown.title} ({known.text(shown.digits)})")
    return ", ".join(found)


def changes(result: Result, plain: Result) -> Iterator[str]:
    """Say what gets worse, what gets better and what moves, beyond Monte-Carlo error."""
    found: dict[str, list[str]] = {"makes worse": [], "makes better": [], "moves": []}
    for shown in (*BY_LAST, *BY_END):
        mine, other = (one.values(POLICY, shown.name) for one in (result, plain))
        more = difference(mine, other)
        if more.beyond(shown.worth):
            way = (
                "moves" if not shown.better else ("makes worse", "makes better")[more.mean * shown.better > 0]
            )
            found[way].append(f"{shown.title} (by {more.text(shown.digits, signed=True)})")
    for way, figures in found.items():
        if figures:
            yield f"{way} {', '.join(figures)}"


def identical(result: Result, plain: Result) -> bool:
    """Say whether a switch leaves every figure of the policy exactly as it was."""
    names = [shown.name for shown in (*BY_LAST, *BY_END)]
    return all(result.values(POLICY, name) == plain.values(POLICY, name) for name in names)
