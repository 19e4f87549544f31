"""`midcourse simulate`: an invented clinic with known truth, written as two files."""

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from midcourse.simulate import ClinicDesign

Folder = Annotated[Path, typer.Argument(help="Folder for scores and truth; made if it is not there.")]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="SWITCH=VALUE", help="Turn a switch, for example --set late_responder_share=0.2."
    ),
]


def simulate(
    folder: Folder,
    clients: Annotated[int, typer.Option("--clients", help="Number of clients.")] = 200,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same clinic.")] = 1,
    awkward: Annotated[bool, typer.Option("--awkward", help="As awkward as a real clinic.")] = False,
    set: Set = None,
    format: Annotated[str, typer.Option("--format", help="csv or parquet.")] = "csv",
) -> None:
    """Invent a clinic whose truth is known, with every kind of trouble as a switch.

    Scores and truth are written to files of their own, so that a method can be tried on the one and
    judged by the other. Every switch is described in docs/reference/simulation.md.

    Examples:

      midcourse simulate clinic --clients 500 --awkward

      midcourse simulate clinic --set missed_session_rate=0.1 --set whole_numbers=true
    """
    from midcourse.cli.place import cannot_write, check_folder, say_written
    from midcourse.cli.screen import errors, progress, refuse, say
    from midcourse.simulate import AWKWARD, PLAIN, write_clinic
    from midcourse.simulate import simulate as invent

    if format not in ("csv", "parquet"):
        raise refuse(f"--format is csv or parquet, not {format!r}.")
    check_folder(folder, format)
    try:
        design = replace(AWKWARD if awkward else PLAIN, n_clients=clients, **_switches(PLAIN, set))
        with progress("Inventing a clinic") as tell:
            clinic = invent(design, seed)
            tell(0.5)
            scores, truth = write_clinic(clinic, folder, "csv" if format == "csv" else "parquet")
    except (ValueError, ModuleNotFoundError) as problem:
        raise refuse(str(problem)) from None
    except OSError as problem:
        raise cannot_write(folder, problem) from None
    say_written("Scores", scores)
    say_written("Truth", truth)
    whole = design.whole_numbers and design.clip_to_scale
    screen = errors()
    say(screen, "Then review it:" if whole else "Then review it, scores between whole numbers allowed:")
    say(screen, f"midcourse review {scores}{'' if whole else ' --allow'}", indent=2)


def _switches(design: "ClinicDesign", pairs: list[str] | None) -> dict[str, Any]:
    known = {field.name: getattr(design, field.name) for field in fields(design)}
    found = {}
    for pair in pairs or []:
        name, _, text = pair.partition("=")
        if name not in known:
            raise ValueError(f"There is no switch {name!r}; there are: {', '.join(known)}.")
        found[name] = _value(text, known[name], name)
    return found


def _value(text: str, like: object, name: str) -> Any:
    """Read a value of the same kind as the switch's default."""
    if isinstance(like, bool):
        if text not in ("true", "false"):
            raise ValueError(f"{name} is true or false, not {text!r}.")
        return text == "true"
    if isinstance(like, tuple):
        return tuple(text.split(","))
    if isinstance(like, int | float):
        return _number(text, like, name)
    return _date(text, name) if like is None else text


def _number(text: str, like: float, name: str) -> float:
    try:
        return type(like)(text)
    except ValueError:
        kind = "a whole number" if isinstance(like, int) else "a number"
        raise ValueError(f"{name} is {kind}, not {text!r}.") from None


def _date(text: str, name: str) -> date:
    """The one switch without a default is the day the clinic opened."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{name} is a date such as 2026-03-31, not {text!r}.") from None
