"""`midcourse spread`: how many pseudo-clients the spread between services supports (ST6)."""

from pathlib import Path
from typing import Annotated

import typer

Table = Annotated[Path, typer.Argument(help="A CSV with one row per service: events and cases.")]


def spread(
    table: Table,
    events: Annotated[
        str, typer.Option("--events", help="Column with the number of events.")
    ] = "reliable_recovery",
    cases: Annotated[
        str, typer.Option("--cases", help="Column with the number of cases.")
    ] = "finished_course_treatment",
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
    from midcourse.cli.screen import console, refuse
    from midcourse.course.spread import between_services

    try:
        found = between_services(*_counts(table, events, cases, only or []))
    except (OSError, ValueError) as problem:
        raise refuse(f"{table}: {problem}") from None
    console().print(
        f"{found.services} services, mean rate {100 * found.mean_rate:.1f} %: SD between services "
        f"{found.sd:.3f} on the probit scale, so a reference is worth about "
        f"{found.pseudo_clients:.0f} of a clinic's own clients."
    )


def _counts(table: Path, events: str, cases: str, only: list[str]) -> tuple[list[float], list[float]]:
    """Read the two columns; rows where either is not a number (suppressed) are left out."""
    import csv

    wanted = [pair.partition("=")[::2] for pair in only]
    happened, of = [], []
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = {events, cases, *(column for column, _ in wanted)} - set(rows.fieldnames or ())
        if missing:
            raise ValueError(
                f"there is no column {', '.join(sorted(missing))}; name it with --events or --cases."
            )
        for row in rows:
            if any(row[column] != value for column, value in wanted):
                continue
            try:
                pair = float(row[events]), float(row[cases])
            except ValueError:
                continue
            happened.append(pair[0])
            of.append(pair[1])
    return happened, of
