"""Simulated clinics as people on the course's clock, for tests that fit and forecast."""

from dataclasses import replace
from typing import Any

import numpy as np

from midcourse.course.observed import Observed
from midcourse.measures.scale import Cutoff, ReliableChange, Scale
from midcourse.simulate import PLAIN, simulate

PHQ_9 = Scale(
    "phq-9",
    "PHQ-9",
    0,
    27,
    reliable_change=ReliableChange(6, "test"),
    caseness=Cutoff(10, "test"),
)


def clinic(clients: int, seed: int, **switches: Any) -> list[Observed]:
    """Return the people of a simulated clinic: PLAIN but for the switches, six sessions by default."""
    design = replace(PLAIN, n_clients=clients, **{"planned_sessions": 6, **switches})
    table = simulate(design, seed).scores
    ids, starts = np.unique(table["client_id"], return_index=True)
    ends = [*starts[1:], len(table["client_id"])]
    return [
        Observed(str(name), tuple(map(float, table["session"][a:b])), tuple(map(float, table["score"][a:b])))
        for name, a, b in zip(ids, starts, ends, strict=True)
    ]
