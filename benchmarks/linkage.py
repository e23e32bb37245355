"""Linkage at size: two registers of made-up people with the truth known, linked and scored.

The people and the errors with which they are written down are those of the simulated county
(`records/simulate/`): typing errors in 10 % of each name, surnames changed in 8 %, names swapped in
2 %, birth dates wrong in 6 %, digits of the social security number wrong in 4 %, that number
missing in 55 % and 35 %, ZIP codes missing in 35 %, 30 % moved, on both sides; households and twins
share names and homes; six in ten people stand in both registers. It is a harsh world and no
forecast. `python benchmarks/linkage.py [RECORDS]`; a million in each register if left out.

Floor: exact agreement of both names and the birth date. Peer: Splink alone, as its own
documentation would have a newcomer set it up: five comparisons of its library and six blocking
rules, trained on at most a million pairs. All three look at the same registers in one run, the
peer and ours each in a process of its own with two threads and 3 GB for the engine; of ours,
cleaning the identifiers is part. Where more processes wait than the machine has processors, read
`processor_seconds`: with two threads they are between one and two times the seconds of a quiet run.
"""

from __future__ import annotations

import json
import logging
import os
import resource
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from measured import keep

from payforsuccess.deal.tables import IDENTITIES
from payforsuccess.records.link.job import link_job
from payforsuccess.records.link.quality import quality_at
from payforsuccess.records.simulate.registers import two_registers
from payforsuccess.store import StoreSettings, open_store, typed_table

SEED = 5
LOWEST = "0.05"
THRESHOLDS = ("0.5", "0.7", "0.8", "0.9", "0.95", "0.99")
SETTINGS = StoreSettings(memory="3GB", threads=2)
ROW_GROUP = 122_880
"""As the engine writes snapshots; in one group a single thread would read them."""


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
        pq.write_table(table, folder / f"{name}.parquet", row_group_size=ROW_GROUP)
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
            lowest=LOWEST,
            tell=lambda said: laps.append((said, time.perf_counter() - began)),
        )
        used = used_since(began)
        con = store.backend.con
        con.register("links", job.links)
        at_score = by_the_truth(con, "SELECT one, other, score FROM links", folder)
    for threshold, found in at_score.items():
        estimated = quality_at(Decimal(threshold), [(job.links, job.unseen)])
        found["estimated_precision"] = float(estimated.precision or 0)
        found["estimated_recall"] = float(estimated.recall or 0)
    until = {said: round(lap, 1) for said, lap in laps}
    print(json.dumps({**used, "seconds_until": until, "at_score": at_score}))


def measure_peer(folder: Path) -> None:
    """The same by Splink alone, its identifiers only put in capitals."""
    import duckdb
    import splink.comparison_library as library
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.CRITICAL + 1)
    began = time.perf_counter()
    con = duckdb.connect(config={"memory_limit": SETTINGS.memory, "threads": SETTINGS.threads})
    for name in ("one", "other"):
        con.execute(
            f"CREATE TABLE {name} AS SELECT person AS unique_id, postcode, "
            "upper(given_name) AS given_name, upper(family_name) AS family_name, "
            "strftime(born_on, '%Y-%m-%d') AS born_on, strftime(born_on, '%Y') AS born_year, "
            f"replace(ssn, '-', '') AS ssn FROM read_parquet('{folder / name}.parquet')"
        )
    names = ("given_name", "family_name")
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            *(
                library.JaroWinklerAtThresholds(name, [0.92, 0.8]).configure(
                    term_frequency_adjustments=True
                )
                for name in names
            ),
            library.DamerauLevenshteinAtThresholds("born_on", [1, 2]),
            library.LevenshteinAtThresholds("ssn", [1]),
            library.ExactMatch("postcode").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("ssn"),
            block_on("given_name", "born_on"),
            block_on("family_name", "born_on"),
            block_on(*names, "born_year"),
            block_on(*names, "postcode"),
            block_on("born_on", "postcode"),
        ],
        retain_matching_columns=False,
    )
    api = DuckDBAPI(connection=con)
    tables = [api.register(name, dataset_display_name=name) for name in ("one", "other")]
    linker = Linker(tables, settings, log_level=None)
    linker.training.estimate_probability_two_random_records_match(
        [block_on(*names, "born_on"), block_on("ssn")], recall=0.55
    )
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for rule in (block_on("born_on"), block_on(*names)):
        linker.training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=1e6)
    scored = linker.inference.predict(threshold_match_probability=float(LOWEST))
    used = used_since(began)
    links = (
        "SELECT unique_id_l AS one, unique_id_r AS other, match_probability AS score "
        f"FROM {scored.physical_name}"
    )
    print(json.dumps({**used, "at_score": by_the_truth(con, links, folder)}))
    con.close()


def used_since(began: float) -> dict[str, float]:
    """What this process took: seconds since it began, processor time, and memory at its peak."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "processor_seconds": round(used.ru_utime + used.ru_stime, 1),
        "megabytes": round(used.ru_maxrss / 1024),
    }


def by_the_truth(con: Any, links: str, folder: Path) -> dict[str, dict[str, float]]:
    """Precision and recall at each threshold; links: SQL of one, other and score."""
    truth = f"read_parquet('{folder / 'truth.parquet'}')"
    con.execute(
        f"CREATE TABLE told AS SELECT l.score, t.record IS NOT NULL AS is_right FROM ({links}) AS l"
        f" LEFT JOIN {truth} AS t ON t.record = l.one AND t.record_other = l.other"
    ).fetchall()
    [(matches,)] = con.execute(f"SELECT count(*) FROM {truth}").fetchall()
    at = {}
    for threshold in THRESHOLDS:
        [(right, taken)] = con.execute(
            f"SELECT count(*) FILTER (is_right), count(*) FROM told WHERE score >= {threshold}"
        ).fetchall()
        at[threshold] = {
            "precision": round(right / taken, 4),
            "recall": round(right / matches, 4),
        }
    return at


def exact_agreement(folder: Path) -> dict[str, float]:
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


def in_own_process(what: str, folder: Path) -> dict[str, Any]:
    """What `measure` or `measure_peer` prints, run by itself."""
    done = subprocess.run(
        [sys.executable, __file__, what, str(folder)], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def main() -> None:
    """Two registers, linked by both; kept where they have the claimed size."""
    if sys.argv[1:2] == ["--ours"]:
        measure(Path(sys.argv[2]))
        return
    if sys.argv[1:2] == ["--peer"]:
        measure_peer(Path(sys.argv[2]))
        return
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_registers(records, folder)
        peer, ours = in_own_process("--peer", folder), in_own_process("--ours", folder)
        figures = {
            "records": [records, records],
            "in_both": pq.read_metadata(folder / "truth.parquet").num_rows,
            "claimed": "recall above .86 at precision .985, within 3 times the time and memory of "
            "Splink alone",
            "processes_waiting": round(os.getloadavg()[1], 1),
            "exact_names_and_birth_date": exact_agreement(folder),
            "splink_alone": peer,
            "ours": ours,
            "ratios": {
                what: round(ours[what] / peer[what], 1)
                for what in ("seconds", "processor_seconds", "megabytes")
            },
        }
    if records == 1_000_000:
        keep("linkage", figures)
    else:
        print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
