"""Invented clients for the lme4 comparison: the same bytes from the same seed, on any machine.

`numpy.random.RandomState` is used on purpose: its streams are frozen by numpy's own promise, those of
`default_rng` are not. Every number is rounded before it is used, so the CSV text is the number.

    python tests/published/lme4/inputs.py              writes the small sets and inputs.json
    python tests/published/lme4/inputs.py --large DIR    also the large ones, into DIR
"""

import hashlib
import json
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.random import RandomState
from numpy.typing import NDArray

HERE = Path(__file__).parent
Column = NDArray[np.int64] | NDArray[np.float64]
Table = dict[str, Column]

LAST_SESSION = 20
FIXED = (1.5, -0.4, 0.85, -0.16)  # intercept, ln(session), intake, intake x ln(session)


def table(name: str) -> Table:
    """Return the named input as columns of equal length, in the order they are written."""
    return TABLES[name]()


def csv_bytes(columns: Table) -> bytes:
    """Return the table as CSV: a header, whole numbers bare, others in the shortest exact form."""
    lines = zip(*([repr(value) for value in column.tolist()] for column in columns.values()), strict=True)
    return ("\n".join([",".join(columns), *map(",".join, lines)]) + "\n").encode("ascii")


def n_sessions(rs: RandomState, clients: int, shortest: int = 2) -> NDArray[np.int64]:
    """Return the number of sessions of each client: geometric, cut at 2 (or `shortest`) and 20, mean about 8."""
    stay = 0.895
    width = LAST_SESSION - shortest + 1
    u = rs.random_sample(clients)
    extra = np.floor(np.log1p(-u * (1 - stay**width)) / np.log(stay)).astype(np.int64)
    return np.asarray(shortest + np.minimum(extra, width - 1))


def frame(rs: RandomState, clients: int, shortest: int = 2) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return (client index from 0, session from 1) of every row, clients in order."""
    n = n_sessions(rs, clients, shortest)
    client = np.repeat(np.arange(clients), n)
    first = np.repeat(np.cumsum(n) - n, n)
    return client, np.arange(client.size) - first + 1


def effects(
    rs: RandomState, people: int, sd: tuple[float, ...], correlation: float = 0.0
) -> NDArray[np.float64]:
    """Return one row of random effects per person; `correlation` binds the first two columns."""
    z = rs.standard_normal((people, len(sd)))
    if len(sd) > 1:
        z[:, 1] = correlation * z[:, 0] + np.sqrt(1 - correlation**2) * z[:, 1]
    return np.asarray(z * np.array(sd))


def intake_scores(rs: RandomState, clients: int) -> NDArray[np.int64]:
    """Return whole intake scores between 5 and 27."""
    return np.clip(np.rint(rs.normal(15.5, 4.5, clients)), 5, 27).astype(np.int64)


def phq9(mean: NDArray[np.float64], noise: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return whole scores between 0 and 27, as a PHQ-9 would give."""
    return np.clip(np.rint(mean + noise), 0, 27).astype(np.int64)


def course(intake: Column, t: NDArray[np.float64], u: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean of each row: (b0 + u0) + (b1 + u1) t + b2 intake + b3 intake t."""
    b0, b1, b2, b3 = FIXED
    return b0 + u[:, 0] + (b1 + u[:, 1]) * t + b2 * intake + b3 * intake * t


def sessions_table(
    seed: int, clients: int, missing: float = 0.0, sd: tuple[float, float] = (3.0, 1.4), shortest: int = 2
) -> Table:
    """Return clients with one score per session; a share `missing` of the sessions after the first is left out."""
    rs = RandomState(seed)
    client, session = frame(rs, clients, shortest)
    intake = intake_scores(rs, clients)[client]
    u = effects(rs, clients, sd, -0.2)[client]
    y = phq9(course(intake, np.log(session), u), rs.normal(0, 3.2, client.size))
    kept = (rs.random_sample(client.size) >= missing) | (session == 1)
    columns: Table = {"client_id": client + 1, "session": session, "intake": intake, "y": y}
    return {name: column[kept] for name, column in columns.items()}


def therapists_table(seed: int, clients: int, therapists: int, sd: tuple[float, float] = (1.2, 0.4)) -> Table:
    """Return clients in therapists who differ in where and how fast their clients go."""
    rs = RandomState(seed)
    client, session = frame(rs, clients)
    therapist = rs.randint(0, therapists, clients)[client]
    intake = intake_scores(rs, clients)[client]
    u = effects(rs, clients, (3.0, 1.4), -0.2)[client] + effects(rs, therapists, sd)[therapist]
    y = phq9(course(intake, np.log(session), u), rs.normal(0, 3.2, client.size))
    return {
        "client_id": client + 1,
        "therapist_id": therapist + 1,
        "session": session,
        "intake": intake,
        "y": y,
    }


def quadratic_table() -> Table:
    """Return courses that bend: t in eighths of a half-year, t2 its square, both exact in binary."""
    rs = RandomState(1303)
    client, session = frame(rs, 300, 4)
    t = (session - 1) / 8
    u = effects(rs, 300, (3.0, 2.0, 1.0), -0.3)[client]
    mean = 17 + u[:, 0] + (-6 + u[:, 1]) * t + (1.4 + u[:, 2]) * t**2
    y = np.round(mean + rs.normal(0, 2.5, client.size), 1)
    return {"client_id": client + 1, "t": t, "t2": t**2, "y": y}


def weeks_table() -> Table:
    """Return scores on irregular days, in weeks to two decimals: no two clients share their times."""
    rs = RandomState(1304)
    client, session = frame(rs, 300)
    day = np.round((session - 1) * 7.7 + 6 * rs.random_sample(client.size))
    week = np.round(day / 7, 2)
    u = effects(rs, 300, (3.5, 1.8), -0.4)[client]
    mean = 16 + u[:, 0] + (-2.6 + u[:, 1]) * np.log1p(week)
    return {"client_id": client + 1, "week": week, "y": phq9(mean, rs.normal(0, 3.0, client.size))}


def alliance_table() -> Table:
    """Return courses with an alliance rating that changes from session to session, and two arms."""
    rs = RandomState(1305)
    client, session = frame(rs, 300)
    intake, arm = intake_scores(rs, 300)[client], rs.randint(0, 2, 300)[client]
    bond = effects(rs, 300, (0.6,))[client, 0]
    alliance = np.clip(np.round(5.2 + bond + rs.normal(0, 0.5, client.size), 1), 1, 7)
    mean = course(intake, np.log(session), effects(rs, 300, (3.0, 1.4), -0.2)[client])
    mean = mean - 0.9 * (alliance - 5) - 0.8 * arm * np.log(session)
    y = phq9(mean, rs.normal(0, 3.0, client.size))
    return {
        "client_id": client + 1,
        "session": session,
        "intake": intake,
        "arm": arm,
        "alliance": alliance,
        "y": y,
    }


def weighted(columns: Table, seed: int) -> Table:
    """Return the table with a whole weight from 1 to 4 for each client, the same on all of the client's rows."""
    client = columns["client_id"].astype(np.int64)
    weight = RandomState(seed).randint(1, 5, int(client.max()))[client - 1]
    return {**columns, "weight": weight}


SMALL: dict[str, Callable[[], Table]] = {
    "sessions": lambda: sessions_table(1301, 300),
    "sessions_with_gaps": lambda: sessions_table(1302, 300, missing=0.25, shortest=1),
    "quadratic": quadratic_table,
    "weeks": weeks_table,
    "alliance": alliance_table,
    "no_slope_variance": lambda: sessions_table(1306, 300, sd=(3.0, 0.0)),
    "no_client_variance": lambda: sessions_table(1307, 300, sd=(0.0, 0.0)),
    "therapists": lambda: therapists_table(1308, 400, 40, sd=(1.6, 0.8)),
    "no_therapist_variance": lambda: therapists_table(1314, 400, 40, sd=(0.0, 0.0)),
    "no_therapist_slope": lambda: therapists_table(1317, 400, 40, sd=(1.4, 0.0)),
    "weights": lambda: weighted(sessions_table(1310, 150, missing=0.12), 1311),
    "therapist_weights": lambda: weighted(therapists_table(1312, 200, 20), 1313),
}
LARGE: dict[str, Callable[[], Table]] = {
    "d_1e4": lambda: sessions_table(1401, 10_000),
    "g_1e4": lambda: sessions_table(1402, 10_000, missing=0.12),
    "d_1e5": lambda: sessions_table(1403, 100_000),
    "therapists_1e4": lambda: therapists_table(1404, 10_000, 200),
    "therapists_1e5": lambda: therapists_table(1405, 100_000, 2_000),
}
TABLES = SMALL | LARGE


def main(large_folder: Path | None) -> None:
    """Write the small sets beside this file, the large ones if asked, and the SHA-256 of every set."""
    facts = {}
    for name in TABLES:
        text = csv_bytes(table(name))
        facts[name] = {
            "sha256": hashlib.sha256(text).hexdigest(),
            "rows": text.count(b"\n") - 1,
            "bytes": len(text),
        }
        folder = HERE / "inputs" if name in SMALL else large_folder
        if folder:
            (folder / f"{name}.csv").write_bytes(text)
    (HERE / "inputs.json").write_text(json.dumps(facts, indent=1) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[2]) if sys.argv[1:2] == ["--large"] else None)
