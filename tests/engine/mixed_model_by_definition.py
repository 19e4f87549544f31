"""Invented rows for the mixed model, and its criterion by the definition: build V, solve, take the log.

Nothing here is clever: V is written out whole for each client (or each therapist with all their
clients), so that every short cut of the engine is held to it.
"""

from dataclasses import dataclass

import numpy as np

from midcourse.course.likelihood import Method
from midcourse.course.moments import Sums, sums_of_rows


@dataclass(frozen=True)
class Invented:
    """Rows of invented clients: arguments of `sums_of_rows`."""

    client: np.ndarray
    x: np.ndarray
    z: np.ndarray
    y: np.ndarray
    weight: np.ndarray
    therapist: np.ndarray | None

    def sums(self, share_patterns: bool | None = None) -> Sums:
        return sums_of_rows(
            self.client,
            self.x,
            self.z,
            self.y,
            therapist=self.therapist,
            weight=self.weight,
            share_patterns=share_patterns,
        )

    def rows_of(self, number: int) -> np.ndarray:
        return np.flatnonzero(self.client == number)

    def picked(self, clients: list[int]) -> "Invented":
        """Return only these clients, in this order, numbered anew; a client may come twice."""
        rows = [self.rows_of(number) for number in clients]
        take = np.concatenate(rows)
        return Invented(
            client=np.repeat(np.arange(len(clients)), [len(part) for part in rows]),
            x=self.x[take],
            z=self.z[take],
            y=self.y[take],
            weight=self.weight[clients],
            therapist=None if self.therapist is None else self.therapist[clients],
        )


def invented(
    seed: int,
    clients: int = 14,
    *,
    q: int = 2,
    therapists: int = 0,
    shared: bool = True,
    weighted: bool = False,
) -> Invented:
    """Return clients with 1 to 6 scores, an intake and a covariate that changes every session."""
    random = np.random.RandomState(seed)
    lengths = random.randint(1, 7, clients)
    lengths[0] = 6
    client = np.repeat(np.arange(clients), lengths)
    n = len(client)
    time = np.concatenate([np.sort(random.choice(6, length, replace=False)) + 1.0 for length in lengths])
    if not shared:
        time = time + random.uniform(0.0, 0.9, n)
    z = np.column_stack([np.ones(n), np.log(time), time / 5.0])[:, :q]
    x = np.column_stack(
        [np.ones(n), np.log(time), random.normal(15, 4, clients)[client], random.normal(size=n)]
    )
    own = random.normal(size=(clients, q)) * [2.0, 1.0, 1.0][:q]
    therapist = random.randint(0, therapists, clients) if therapists else None
    y = x @ [3.0, -2.0, 0.6, 0.5] + (z * own[client]).sum(axis=1) + random.normal(scale=1.5, size=n)
    if therapist is not None:
        y = y + random.normal(scale=1.5, size=therapists)[therapist][client]
    weight = random.uniform(0.3, 2.5, clients) if weighted else np.ones(clients)
    return Invented(client, x, z, y, weight, therapist)


def factors(theta: np.ndarray, q: int) -> list[np.ndarray]:
    """Return the lower-triangular factor of each level, each written column by column."""
    levels = []
    for part in theta.reshape(-1, q * (q + 1) // 2):
        entries = iter(part)
        low = np.zeros((q, q))
        for column in range(q):
            for row in range(column, q):
                low[row, column] = next(entries)
        levels.append(low)
    return levels


@dataclass(frozen=True)
class Defined:
    """The criterion and what goes with it, by the definition."""

    criterion: float
    beta: np.ndarray
    sigma2: float
    vcov: np.ndarray


def by_definition(data: Invented, theta: np.ndarray, method: Method) -> Defined:
    """Return the criterion at theta; a weight is that many copies of a client with the same therapist.

    For a weight w that is not whole, a client's part counts w times: information w V^-1, and w log|V|.
    """
    lows = factors(np.asarray(theta, dtype=float), data.z.shape[1])
    xy = np.column_stack([data.x, data.y])
    cross, logdet = np.zeros((xy.shape[1],) * 2), 0.0
    for members in groups(data):
        rows = np.concatenate([data.rows_of(number) for number in members])
        v = np.zeros((len(rows), len(rows)))
        at = 0
        for number in members:
            z = data.z[data.rows_of(number)] @ lows[0]
            block = slice(at, at + len(z))
            own = np.eye(len(z)) + z @ z.T
            v[block, block] = own / data.weight[number]
            # In log|V| below the block counts once, with the weight inside; it should count w times.
            logdet += data.weight[number] * log_det(own) - log_det(own / data.weight[number])
            at += len(z)
        if data.therapist is not None:
            z = data.z[rows] @ lows[1]
            v += z @ z.T
        logdet += log_det(v)
        cross += xy[rows].T @ np.linalg.solve(v, xy[rows])
    n = float(sum(data.weight[number] * len(data.rows_of(number)) for number in range(len(data.weight))))
    return profiled(cross, logdet, n, method)


def groups(data: Invented) -> list[list[int]]:
    """Return the clients of each therapist, or each client alone."""
    numbers = list(range(len(data.weight)))
    if data.therapist is None:
        return [[number] for number in numbers]
    return [[i for i in numbers if data.therapist[i] == one] for one in np.unique(data.therapist)]


def log_det(matrix: np.ndarray) -> float:
    return float(np.linalg.slogdet(matrix)[1])


def profiled(cross: np.ndarray, logdet: float, n: float, method: Method) -> Defined:
    p = len(cross) - 1
    beta = np.linalg.solve(cross[:p, :p], cross[:p, p])
    rss = float(cross[p, p] - cross[:p, p] @ beta)
    nu = n
    if method == "REML":
        nu = n - p
        logdet += log_det(cross[:p, :p])
    criterion = logdet + nu * (1.0 + np.log(2.0 * np.pi * rss / nu))
    return Defined(float(criterion), beta, rss / nu, rss / nu * np.linalg.inv(cross[:p, :p]))


# Points inside and on the edge of the parameter space, for each number of random columns.
POINTS = {
    1: ([1.0], [0.3], [0.0]),
    2: ([1.0, 0.0, 0.5], [0.8, -0.2, 0.0], [0.0, 0.0, 0.4], [0.0, 0.0, 0.0]),
    3: ([0.9, -0.3, 0.1, 0.6, -0.2, 0.4], [1.0, 0.2, 0.0, 0.0, 0.0, 0.3], [0.0] * 6),
}
