"""Invented clients whose level drifts, and the restricted likelihood of their course written out whole.

One V over all rows of all clients, zero between clients, solved densely: slow and obvious, so that the
engine's short cuts are held to it.
"""

from collections.abc import Sequence

import numpy as np

from midcourse.course.drifting import Series

Dense = tuple[np.ndarray, np.ndarray, np.ndarray]


def invented(
    clients: int = 12,
    seed: int = 0,
    *,
    theta: Sequence[float] = (1.0, 0.7, 1.4),
    sigma: float = 3.0,
    rows: int = 5,
) -> list[Series]:
    """Return clients with 1 to `rows` outcome rows at uneven sessions, drawn from the model on ln(session)."""
    draw = np.random.RandomState(seed)
    found = []
    for number in range(clients):
        n = 1 + (number * 7 + 3) % rows
        times = 1.0 + np.cumsum(draw.choice([1.0, 1.0, 2.0, 0.5], n))
        intake = round(15.0 + 4.0 * draw.standard_normal())
        mean = 14.0 - 2.0 * np.log(times) + (intake - 15.0) * (0.8 - 0.1 * np.log(times))
        v = sigma**2 * (alike(theta, times, times) + np.eye(n))
        found.append(Series(float(intake), times, mean + np.linalg.cholesky(v) @ draw.standard_normal(n)))
    return found


def alike(theta: Sequence[float], first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return the covariance of a client's rows over sigma2, without the residual, entry by entry."""
    spread, log_kappa, log_rho = theta
    return np.array(
        [
            [spread**2 + np.exp(log_kappa) * np.exp(-abs(s - t) / np.exp(log_rho)) for t in second]
            for s in first
        ]
    )


def dense(series: Sequence[Series], theta: Sequence[float], centre: float) -> Dense:
    """Return X, y and V over sigma2 of all rows at once, on ln(session)."""
    rows = [
        (i, t, one.intake - centre, y)
        for i, one in enumerate(series)
        for t, y in zip(one.times, one.y, strict=True)
    ]
    x = np.array([[1.0, np.log(t), w, w * np.log(t)] for _, t, w, _ in rows])
    v = np.eye(len(rows))
    for a, (i, s, _, _) in enumerate(rows):
        for b, (j, t, _, _) in enumerate(rows):
            if i == j:
                v[a, b] += alike(theta, np.array([s]), np.array([t]))[0, 0]
    return x, np.array([row[-1] for row in rows]), v


def restricted(x: np.ndarray, y: np.ndarray, v: np.ndarray) -> tuple[float, np.ndarray, float, np.ndarray]:
    """Return the REML criterion, beta, sigma2 and X'V^-1 X."""
    inverse = np.linalg.inv(v)
    information = x.T @ inverse @ x
    beta = np.linalg.solve(information, x.T @ inverse @ y)
    nu = len(y) - x.shape[1]
    sigma2 = float((y - x @ beta) @ inverse @ (y - x @ beta)) / nu
    logs = np.linalg.slogdet(v)[1] + np.linalg.slogdet(information)[1]
    return float(logs + nu * (1.0 + np.log(2.0 * np.pi * sigma2))), beta, sigma2, information
