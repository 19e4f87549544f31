"""Each client as running sums: one GROUP BY, then Arrow columns for numpy."""

from dataclasses import dataclass, fields

import ibis
import numpy as np
import pyarrow as pa
from ibis.expr.types import Table, Value
from numpy.typing import NDArray

from midcourse.cohorts.timed import KEY
from midcourse.course.basis import LINEAR_UNIT, SQRT_UNIT, Basis
from midcourse.course.batch import SeenMany
from midcourse.course.course import Form
from midcourse.course.moments import Array


@dataclass(frozen=True)
class Clients:
    """Many clients, one entry each: who, what was seen, and the running sums of `seen`.

    `n_scores` counts all scores, `last_day` and `gap` are in days (NaN
    where unknown), `y2` is the sum of squared outcomes; `age` and `ended` are NaN where not told;
    `placed` says who has a time on the course's clock; `previous` is the time on it of the score before
    the latest and `score_before` that score (NaN where there is none).
    """

    client_id: list[str]
    episode_id: list[str]
    n_scores: NDArray[np.int64]
    last_day: Array
    gap: Array
    y2: Array
    age: Array
    ended: Array
    placed: NDArray[np.bool_]
    previous: Array
    score_before: Array
    seen: SeenMany

    def part(self, start: int, stop: int) -> "Clients":
        """Return the clients from one position up to another."""
        seen = SeenMany(*(getattr(self.seen, f.name)[start:stop] for f in fields(self.seen)))
        own = {f.name: getattr(self, f.name)[start:stop] for f in fields(self) if f.name != "seen"}
        return Clients(**own, seen=seen)


def columns_of(basis: Basis, time: Value) -> list[Value]:
    """The basis's columns as expressions; see `Basis.columns`."""
    elapsed = time - 1.0 if basis.axis == "session" else time
    if basis.bend == "ln":
        return [ibis.literal(1.0), (elapsed + 1.0).ln()]
    if basis.bend == "sqrt":
        return [ibis.literal(1.0), elapsed.sqrt() / SQRT_UNIT]
    scaled = elapsed / LINEAR_UNIT
    parts = [ibis.literal(1.0), scaled]
    return parts if basis.bend == "linear" else [*parts, scaled * scaled]


def clients_of(rows: Table, basis: Basis, form: Form = "intake once") -> Clients:
    """Reduce scores on the clock (`placed.on_the_clock`) to the running sums of each client, in id order.

    The first score is intake, and an outcome only where the form is "all scores".
    """
    f = dict(zip((f"f{i}" for i in range(basis.width)), columns_of(basis, rows.time), strict=True))
    placed = rows.mutate(**f)
    used = placed.used
    outcome = used if form == "all scores" else used & (placed.place > 1)
    sums = {
        f"h{a}{b}": (placed[f"f{a}"] * placed[f"f{b}"]).sum(where=outcome)
        for a in range(basis.q)
        for b in range(basis.width)
    }
    sums |= {f"s{a}": (placed[f"f{a}"] * placed.value).sum(where=outcome) for a in range(basis.q)}
    reduced = placed.group_by(*KEY).agg(
        n_scores=used.sum(),
        outcomes=outcome.sum(),
        intake=placed.value.argmin(placed.place, where=used),
        last_score=placed.value.argmax(placed.place, where=used),
        last=placed.time.max(where=used),
        last_day=placed.day_no.max(),
        gap=placed.gap.median(),
        y2=(placed.value * placed.value).sum(where=outcome),
        age=placed.age_years.min(),
        ended=placed.ended_day.min(),
        placed=placed.placed.all(),
        previous=placed.time_before.argmax(placed.place, where=used),
        score_before=placed.value_before.argmax(placed.place, where=used),
        **sums,
    )
    return _arrays(reduced.order_by(list(KEY)).to_pyarrow(), basis)


def _arrays(table: pa.Table, basis: Basis) -> Clients:
    def column(name: str) -> Array:
        found = table[name].to_numpy(zero_copy_only=False).astype(float)
        return np.asarray(found)

    def total(name: str) -> Array:
        return np.nan_to_num(column(name))  # a sum over no rows is NULL: nothing seen is zero

    q, width = basis.q, basis.width
    h = np.stack([np.stack([total(f"h{a}{b}") for b in range(width)], 1) for a in range(q)], 1)
    s = np.stack([total(f"s{a}") for a in range(q)], 1)
    seen = SeenMany(
        column("intake"), column("last"), column("outcomes"), h[:, :, :q].copy(), h, s, column("last_score")
    )
    return Clients(
        client_id=table["client_id"].to_pylist(),
        episode_id=table["episode_id"].to_pylist(),
        n_scores=column("n_scores").astype(np.int64),
        last_day=column("last_day"),
        gap=column("gap"),
        y2=total("y2"),
        age=column("age"),
        ended=column("ended"),
        placed=column("placed") > 0,
        previous=column("previous"),
        score_before=column("score_before"),
        seen=seen,
    )
