"""A practice's own table through the engine's reader. Commands only: it loads what the web process never does."""

from datetime import date
from pathlib import Path

from midcourse.record import Episode
from midcourse.tables import Refused, read_table
from midcourse_web.care.incoming import Incoming, IncomingEpisode, IncomingScore


def read(path: Path, mapping: dict[str, str]) -> Incoming:
    """Read a CSV, Excel or Parquet table of dated scores. Single bad rows are set aside and listed.

    Raises ValueError, with every problem, where the table's meaning is unclear or it has no dates.
    """
    try:
        reading = read_table(path, mapping=mapping)
    except Refused as why:
        raise ValueError("\n".join(str(one) for one in why.problems)) from why
    if reading.time_kind != "date":
        raise ValueError(
            "The table has no dates. A record needs the day of each score: --map date=COLUMN names it."
        )
    counts = reading.counts
    notes = (
        "Columns: " + ", ".join(f"{role} = {column}" for role, column in reading.columns.items()),
        f"{counts.rows:,} rows, {counts.used:,} scores to use, {counts.set_aside:,} set aside, "
        f"{counts.missing:,} empty, {reading.n_clients:,} clients.",
        *reading.notes,
    )
    return Incoming(
        tuple(map(_episode, reading.episodes)), notes, tuple(str(one) for one in reading.problems)
    )


def _episode(one: Episode) -> IncomingEpisode:
    scores = tuple(
        IncomingScore(
            score.measure,
            score.value,
            date.fromordinal(int(score.day)),
            int(score.session) if score.session is not None and score.session >= 0 else None,
        )
        for score in one.scores
        if score.day is not None
    )
    return IncomingEpisode(one.client_id, scores, date.fromordinal(int(one.ended)) if one.ended else None)
