"""The invented clients that are measured on: made from a seed once, kept in build/bench.

The rows are those of the lme4 comparison (tests/published/lme4/inputs.py). `<name>.parquet` is a tidy
table as a service would export it: every score, the first one included. `<name>.csv` is what lme4 is
given, and it is given more: intake already beside each later score, and nothing else to do.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from tests.published.lme4.inputs import Table, sessions_table, table

FOLDER = Path("build/bench")


def prepare(name: str) -> Path:
    """Write the Parquet and the CSV file of one set unless they are there; return the Parquet path."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    parquet = FOLDER / f"{name}.parquet"
    if not parquet.exists() or not parquet.with_suffix(".csv").exists():
        columns = sessions_table(1406, 1_000_000) if name == "d_1e6" else table(name)
        pq.write_table(pa.table(tidy(columns)), parquet, compression="zstd")
        pyarrow.csv.write_csv(pa.table(after_intake(columns)), parquet.with_suffix(".csv"))
    return parquet


def tidy(columns: Table) -> dict[str, pa.Array]:
    """Return client, therapist (where there is one), measure, session and score of every row."""
    out = {"client_id": pa.array(columns["client_id"])}
    if "therapist_id" in columns:
        out["therapist_id"] = pa.array(columns["therapist_id"])
    out["measure"] = pa.array(["phq9"] * len(columns["y"])).dictionary_encode()
    return out | {"session": pa.array(columns["session"]), "score": pa.array(columns["y"])}


def after_intake(columns: Table) -> Table:
    """Return the rows after the first session, with the first score as `intake` on each."""
    first = columns["session"] == 1
    start = np.maximum.accumulate(np.where(first, np.arange(len(first)), 0))
    kept = {**columns, "intake": columns["y"][start]}
    return {name: column[~first] for name, column in kept.items()}
