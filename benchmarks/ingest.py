"""Keeping 100 million rows as a locked part of a snapshot, against DuckDB's own sorted copy.

Both sides read one Parquet file of synthetic spells in no order, with the same memory and threads,
each in a process of its own. Ours also encrypts, reads everything back and names it by content.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from pathlib import Path

from measured import Measured, in_own_process, keep, tell

from payforsuccess.deal.tables import SPELLS
from payforsuccess.store import Part, StoreSettings, open_store, open_vault, write_snapshot

ROWS = 100_000_000
PEOPLE_PER_ROW = 10
SETTINGS = StoreSettings(memory="3GB", threads=2)
MADE_UP = """
COPY (
    SELECT ['housed', 'jailed', 'sheltered', 'hospitalised'][(1 + hash(i) % 4)::INTEGER] AS state,
           substr(md5((hash(i + 1) % {people})::VARCHAR), 1, 16) AS person,
           DATE '2015-01-01' + (hash(i + 2) % 3650)::INTEGER AS start_on,
           DATE '2015-01-01' + (hash(i + 2) % 3650 + hash(i + 3) % 90)::INTEGER AS end_on,
           'made-up' AS feed, NULL::VARCHAR AS file, i + 1 AS row
    FROM range({rows}) made(i)
) TO '{target}' (FORMAT parquet, COMPRESSION zstd)
"""


def make(rows: int, folder: Path) -> None:
    """Synthetic spells in no order; they describe no one."""
    with open_store(SETTINGS) as store:
        people = max(rows // PEOPLE_PER_ROW, 1)
        target = folder / "unsorted.parquet"
        store.backend.con.execute(MADE_UP.format(rows=rows, people=people, target=target))


def copy(folder: Path) -> None:
    """DuckDB's own way."""
    with open_store(SETTINGS) as store:
        order = ", ".join(SPELLS.sorted_by)
        store.backend.con.execute(
            f"COPY (SELECT * FROM '{folder}/unsorted.parquet' ORDER BY {order}) "
            f"TO '{folder}/sorted.parquet' (FORMAT parquet, COMPRESSION zstd)"
        )


def snapshot(folder: Path) -> None:
    """Ours."""
    with open_store(SETTINGS, vault=open_vault(folder / "vault")) as store:
        rows = store.backend.read_parquet(str(folder / "unsorted.parquet"), table_name="read")
        write_snapshot([Part("made-up", "spells", rows, True)], folder / "kept", store=store)


def timed(what: str, folder: str) -> tuple[Measured, float]:
    """Time and memory of one side, and the seconds of processor that it used."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = in_own_process(__file__, what, folder)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return found, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare(rows: int, folder: str) -> None:
    """Measure both sides on the rows in a folder and keep the figures."""
    ours, our_processor = timed("snapshot", folder)
    peer, peer_processor = timed("copy", folder)
    keep(
        "ingest",
        {
            "what": f"{rows:,} spells sorted, encrypted, read back and named by content",
            "peer": "DuckDB's COPY ... ORDER BY of the same rows, 3 GB and 2 threads both",
            "seconds": round(ours.seconds, 1),
            "peer_seconds": round(peer.seconds, 1),
            "ratio": round(ours.seconds / peer.seconds, 2),
            "processor_seconds": round(our_processor, 1),
            "peer_processor_seconds": round(peer_processor, 1),
            "processor_ratio": round(our_processor / peer_processor, 2),
            "ratio_claimed": 2,
            "megabytes": round(ours.megabytes),
            "peer_megabytes": round(peer.megabytes),
            "megabytes_claimed": 6000,
        },
    )


def main(rows: int) -> None:
    """Make the rows, measure, and clear away."""
    with tempfile.TemporaryDirectory(prefix="pfs-bench-") as held:
        in_own_process(__file__, "make", held, str(rows))
        compare(rows, held)


if __name__ == "__main__":
    if sys.argv[1:2] in (["make"], ["copy"], ["snapshot"]):
        start = time.perf_counter()
        if sys.argv[1] == "make":
            make(int(sys.argv[3]), Path(sys.argv[2]))
        else:
            {"copy": copy, "snapshot": snapshot}[sys.argv[1]](Path(sys.argv[2]))
        tell(time.perf_counter() - start)
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
