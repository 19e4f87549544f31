"""A bare DuckDB scan of the columns that the moments need: python -m bench.cases.scan FILE.parquet."""

import sys
from typing import Any

import duckdb

from bench.cases.measured import measured


def scan(path: str) -> dict[str, Any]:
    """Sum client, session and score, the least that reading them can mean."""
    query = f"SELECT sum(client_id), sum(session), sum(score) FROM read_parquet('{path}')"
    with duckdb.connect() as connection:
        found = connection.execute(query).fetchone()
    return {"sums": [int(value) for value in found or ()]}


if __name__ == "__main__":
    measured(lambda: scan(sys.argv[1]), lambda: scan(sys.argv[2]))
