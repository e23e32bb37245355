"""Linkage at size: two registers of made-up people with the truth known, linked and scored.

The people and the errors with which they are written down are those of the simulated county
(`records/simulate/`): typing errors in 10 % of each name, surnames changed in 8 %, names swapped in
2 %, birth dates wrong in 6 %, digits of the social security number wrong in 4 %, that number
missing in 55 % and 35 %, ZIP codes missing in 35 %, 30 % moved, on both sides; households and twins
share names and homes; six in ten people stand in both registers. It is a harsh world and no
forecast. `python benchmarks/linkage.py [RECORDS]`; a million in each register if left out.

Floor: exact agreement of both names and the birth date, in the same run. Peer: what Splink's own
model took on two registers of that size when this software was designed, at about these error
rates: 27 s, 1,650 MB, precision .988 and recall .803 at a score of 0.5. Where more processes wait
than the machine has processors, read `processor_seconds`: with two threads they are between one and
two times the seconds of a quiet run.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from measured import keep

from payforsuccess.deal.tables import IDENTITIES
from payforsuccess.records.link.job import link_job
from payforsuccess.records.link.quality import quality_at
from payforsuccess.records.simulate.registers import two_registers
from payforsuccess.store import StoreSettings, open_store, typed_table

SEED = 5
PEER = {"seconds": 27, "megabytes": 1_650, "precision": 0.988, "recall": 0.803}
THRESHOLDS = ("0.5", "0.7", "0.8", "0.9", "0.95", "0.99")
SETTINGS = StoreSettings(memory="3GB", threads=2)


def write_registers(records: int, folder: Path) -> None:
    """Both registers as identities, `one` and `other`, and which records are of one person."""
    one, other = zip(
        *((part.one, part.other) for part in two_registers(records, seed=SEED)), strict=True
    )
    of = {"one": pa.concat_tables(one), "other": pa.concat_tables(other)}
    for name, register in of.items():
        columns = {c: register.column(c) for c in register.column_names if c != "record"}
        size = register.num_rows
        table = typed_table(
            IDENTITIES,
            {
                **columns,
                "person": register.column("record"),
                "feed": pa.array([name] * size),
                "row": pa.array(range(1, size + 1)),
            },
        )
        pq.write_table(table, folder / f"{name}.parquet")
    keys = {name: register.select(["record", "person"]) for name, register in of.items()}
    truth = keys["one"].join(keys["other"], "person", join_type="inner", right_suffix="_other")
    pq.write_table(truth, folder / "truth.parquet")


def measure(folder: Path) -> None:
    """Link what `write_registers` wrote, in this process, and print what came of it."""
    laps: list[tuple[str, float]] = []
    began = time.perf_counter()
    with open_store(SETTINGS) as store:
        sides = {
            name: store.backend.read_parquet(folder / f"{name}.parquet", table_name=name)
            for name in ("one", "other")
        }
        job = link_job(
            sides["one"],
            sides["other"],
            store=store,
            lowest="0.05",
            tell=lambda said: laps.append((said, time.perf_counter() - began)),
        )
        seconds = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_SELF)
        megabytes = used.ru_maxrss / 1024
        con = store.backend.con
        con.register("links", job.links)
        con.execute(
            f"CREATE TABLE truth AS SELECT record AS one, record_other AS other "
            f"FROM read_parquet('{folder / 'truth.parquet'}')"
        ).fetchall()
        con.execute(
            "CREATE TABLE told AS SELECT l.*, t.one IS NOT NULL AS is_right "
            "FROM links AS l LEFT JOIN truth AS t USING (one, other)"
        ).fetchall()
        [(matches,)] = con.execute("SELECT count(*) FROM truth").fetchall()
        at = {}
        for threshold in THRESHOLDS:
            [(right, taken)] = con.execute(
                f"SELECT count(*) FILTER (is_right), count(*) FROM told WHERE score >= {threshold}"
            ).fetchall()
            estimated = quality_at(Decimal(threshold), [(job.links, job.unseen)])
            at[threshold] = {
                "precision": round(right / taken, 4),
                "recall": round(right / matches, 4),
                "estimated_precision": float(estimated.precision or 0),
                "estimated_recall": float(estimated.recall or 0),
            }
        print(
            json.dumps(
                {
                    "seconds": round(seconds, 1),
                    "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
                    "processes_waiting": round(os.getloadavg()[1], 1),
                    "seconds_until": {said: round(lap, 1) for said, lap in laps},
                    "megabytes": round(megabytes),
                    "matches": matches,
                    "pairs_compared": job.compared,
                    "at_score": at,
                }
            )
        )


def floor(folder: Path) -> dict[str, float]:
    """Exact agreement of both names and the birth date, by the engine alone."""
    began = time.perf_counter()
    with open_store(SETTINGS) as store:
        same = " AND ".join(f"o.{c} = t.{c}" for c in ("given_name", "family_name", "born_on"))
        [(right, found, matches)] = store.backend.con.execute(
            f"WITH truth AS (FROM read_parquet('{folder / 'truth.parquet'}')), "
            f"found AS (SELECT o.person AS record, t.person AS record_other "
            f"FROM read_parquet('{folder / 'one.parquet'}') AS o "
            f"JOIN read_parquet('{folder / 'other.parquet'}') AS t ON {same}) "
            "SELECT (SELECT count(*) FROM found SEMI JOIN truth USING (record, record_other)), "
            "(SELECT count(*) FROM found), (SELECT count(*) FROM truth)"
        ).fetchall()
    return {
        "precision": round(right / found, 4),
        "recall": round(right / matches, 4),
        "seconds": round(time.perf_counter() - began, 1),
    }


def main() -> None:
    """Two registers, linked in a process of their own; kept where they have the claimed size."""
    if sys.argv[1:2] == ["--measure"]:
        measure(Path(sys.argv[2]))
        return
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        write_registers(records, Path(folder))
        done = subprocess.run(
            [sys.executable, __file__, "--measure", folder],
            capture_output=True,
            text=True,
            check=True,
        )
        found = json.loads(done.stdout.strip().splitlines()[-1])
        figures = {
            "records": [records, records],
            "exact_names_and_birth_date": floor(Path(folder)),
            "peer": PEER,
            "claimed": "recall above .86 at precision .985, within 3 times the peer's time and "
            "memory",
            **found,
            "ratio_of_seconds_to_peer": round(found["seconds"] / PEER["seconds"], 1),
            "ratio_of_megabytes_to_peer": round(found["megabytes"] / PEER["megabytes"], 1),
        }
    if records == 1_000_000:
        keep("linkage", figures)
    else:
        print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
