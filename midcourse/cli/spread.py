"""`midcourse spread`: how many pseudo-clients the spread between services supports (ST6)."""

from math import isfinite
from pathlib import Path
from typing import Annotated

import typer

Table = Annotated[Path, typer.Argument(help="A CSV with one row per service: events and cases.")]


def spread(
    table: Table,
    events: Annotated[
        str, typer.Option("--events", help="Column with the number of events.")
    ] = "reliable_recovery",
    cases: Annotated[str, typer.Option("--cases", help="Column with the number of cases.")] = "at_caseness",
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="COLUMN=VALUE", help="Keep only rows with this value."),
    ] = None,
) -> None:
    """Say how much services differ, and so how much a young clinic should borrow from a reference.

    The spread is the SD of the services' rates on the probit scale with sampling removed; its inverse
    square is the number of pseudo-clients a reference from elsewhere is worth.

    Example:

      midcourse spread providers.csv --only org_type=Provider --only reporting_period=2024-25
    """
    import csv

    from midcourse.cli.screen import console, counted, refuse, say
    from midcourse.course.spread import between_services

    try:
        happened, of, left_out = _counts(table, events, cases, _conditions(only))
        found = between_services(happened, of)
    except OSError as problem:
        raise refuse(f"{table} cannot be read: {problem.strerror}. Check the path.") from None
    except (UnicodeDecodeError, csv.Error):
        raise refuse(f"{table} is not a CSV in UTF-8. Save it as one.") from None
    except ValueError as problem:
        raise refuse(f"{table}: {problem}") from None
    say(
        console(),
        f"{found.services} services, mean rate {100 * found.mean_rate:.1f} %: SD between services "
        f"{found.sd:.3f} on the probit scale, so a reference is worth about "
        f"{found.pseudo_clients:.0f} of a clinic's own clients.",
    )
    if left_out:
        say(console(), f"Left out, since a count is missing or suppressed: {counted(left_out, 'row')}.")


def _conditions(only: list[str] | None) -> dict[str, str]:
    found = {}
    for pair in only or []:
        column, equals, value = pair.partition("=")
        if not equals:
            raise typer.BadParameter(f"--only {pair!r} is not COLUMN=VALUE, for example org_type=Provider.")
        found[column] = value
    return found


def _counts(
    table: Path, events: str, cases: str, only: dict[str, str]
) -> tuple[list[float], list[float], int]:
    """Read the two columns, and count the rows left out because one is not a number (suppressed)."""
    import csv

    happened, of, left_out = [], [], 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = {events, cases, *only} - set(rows.fieldnames or ())
        if missing:
            raise ValueError(
                f"there is no column {', '.join(sorted(missing))}; name it with --events, --cases or --only. "
                f"There are: {', '.join(rows.fieldnames or ())}."
            )
        for row in rows:
            if any(row[column] != value for column, value in only.items()):
                continue
            pair = _number(row[events]), _number(row[cases])
            if pair[0] is None or pair[1] is None:
                left_out += 1
                continue
            happened.append(pair[0])
            of.append(pair[1])
    return happened, of, left_out


def _number(cell: str | None) -> float | None:
    try:
        value = float(cell or "")
    except ValueError:
        return None
    return value if isfinite(value) else None
