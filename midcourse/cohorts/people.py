"""Some clients of a large table whole, as the one-person path has them."""

from dataclasses import dataclass

import ibis
import pyarrow as pa
from ibis.expr.types import Table

from midcourse.cohorts.timed import KEY
from midcourse.course.observed import Observed


@dataclass(frozen=True)
class Person:
    """One client whole: what the one-person path would have made of the same rows."""

    episode_id: str
    observed: Observed
    days: tuple[float, ...]
    age: float | None
    ended: float | None
    placed: bool


def people_of(rows: Table) -> list[Person]:
    """Return whole clients in order of id."""
    listed = rows.group_by(*KEY).agg(
        times=rows.time.collect(where=rows.used, order_by=rows.place),
        scores=rows.value.collect(where=rows.used, order_by=rows.place),
        days=rows.day_no.collect(where=rows.day_no.notnull(), order_by=rows.day_no),
        age=rows.age_years.min(),
        ended=rows.ended_day.min(),
        placed=rows.placed.all(),
    )
    table = listed.order_by(list(KEY)).to_pyarrow().to_pydict()
    return [
        Person(episode, Observed(client, tuple(times), tuple(scores)), tuple(days or ()), *rest)
        for client, episode, times, scores, days, *rest in zip(*table.values(), strict=True)
    ]


def share_of(rows: Table, share: float) -> Table:
    """Return the rows of about this share of the clients, chosen by a hash of the id."""
    if share >= 1.0:
        return rows
    return rows.filter(rows.client_id.hash().abs() % 1_000_000 < int(share * 1_000_000))


def only(rows: Table, keys: list[tuple[str, str]]) -> Table:
    """Return the rows of the clients and episodes named."""
    columns = [pa.array(part, type=pa.string()) for part in zip(*keys, strict=True)]
    return rows.semi_join(ibis.memtable(pa.table(columns, names=list(KEY))), list(KEY))
