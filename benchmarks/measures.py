"""Measures over the records of millions of people: each alone, ten together, and as they grow.

Synthetic: six sorts of episodes, half of them on the first tenth of the people, 2 % still open;
keys as the vault gives them; a cohort spread over all people. Floors, in the same run on the same
files: the engine reading the same columns of one state or kind, of all that the measure's terms
refer to (a death ends a window, and for events custody does), and of everything. Peer: pandas, for
days in jail. Times are of the clock and of the processor; where others use the machine too, the
second is the steadier.

    python benchmarks/measures.py [PEOPLE] [EPISODES] [FOLDER]     10,000,000 and 100,000,000
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from measured import keep, tell

COHORTS = (10_000, 100_000)
SHARED: dict[str, Any] = {
    "population": {"says": "Everyone enrolled"},
    "starts_at": "enrolment",
    "window": "24 months",
    "on_death": "stop-the-clock",
    "on_move": "succeed",
    "on_custody": "succeed",
    "feeds": ["county"],
}
JAIL_DAYS = {"kind": "days-in-state", "state": "jailed"}
HELD = {"kind": "held-without-break", "state": "housed", "held_for": "12 months"}
ARRESTS = {"kind": "event-count", "event": "arrest", "counts": "days"}
ALONE: dict[str, dict[str, Any]] = {
    "days in jail": JAIL_DAYS,
    "housed 12 months, one lapse of 30 days": {**HELD, "lapses": "1", "lapse_days": "30"},
    "days with an arrest": ARRESTS,
}
TOGETHER: dict[str, dict[str, Any]] = {
    **ALONE,
    "days housed": {"kind": "days-in-state", "state": "housed"},
    "months housed": {"kind": "days-in-state", "state": "housed", "unit": "month"},
    "stable days": {"kind": "days-in-state", "state": "housed", "less": "jailed"},
    "days sheltered": {"kind": "days-in-state", "state": "sheltered"},
    "no arrest": {"kind": "event-absent", "event": "arrest"},
    "emergency visits": {"kind": "event-count", "event": "emergency-visit", "counts": "each"},
    "hearings": {"kind": "event-count", "event": "hearing", "counts": "each"},
}
ENDINGS = ("events", "kind IN ('death', 'move', 'transfer')")
READS = {
    "days in jail": [("spells", "state = 'jailed'"), ENDINGS],
    "housed 12 months, one lapse of 30 days": [("spells", "state = 'housed'"), ENDINGS],
    "days with an arrest": [
        ("events", "kind IN ('arrest', 'death', 'move', 'transfer')"),
        ("spells", "state = 'jailed'"),
    ],
}
SPELLS = ("jailed", "housed", "sheltered")
EVENTS = ("arrest", "emergency-visit", "hearing")
READ = {
    "spells": "max(person), min(start_on), max(end_on), max(feed), max(file), sum(row)",
    "events": "max(person), min(happened_on), max(amount), max(feed), max(file), sum(row)",
}
EVERYTHING = [(table, "true") for table in READ]
SEEN = date(2025, 12, 31)
TIMES = 3


def key_of(number: str) -> str:
    """SQL for a person's key as the vault gives them: sixteen letters without any order."""
    return f"translate(left(md5(({number})::VARCHAR), 16), '0123456789', 'ghijklmnop')"


def write_records(folder: Path, people: int, episodes: int) -> None:
    """Spells and events, unsorted and as a snapshot sorts them."""
    import duckdb

    with duckdb.connect() as engine:
        engine.execute("SET threads = 2")
        engine.execute(f"SET temp_directory = '{folder}/spill'")
        engine.execute("SET memory_limit = '4GB'")
        engine.execute("SET preserve_insertion_order = false")
        who = (
            f"CASE WHEN hash(i, 1) % 2 = 0 THEN hash(i, 2) % {max(people // 10, 1)} "
            f"ELSE hash(i, 2) % {people} END"
        )
        row = f"{key_of(who)} AS person"
        start = "DATE '2018-01-01' + (hash(i, 4) % 2900)::INTEGER"
        end = f"{start} + (1 + hash(i, 5) % 60)::INTEGER"
        made = "'county' AS feed, NULL::VARCHAR AS file, i AS row"
        sort = "[(1 + hash(i, 3) % 3)::INT]"
        engine.execute(
            f"COPY (SELECT {list(SPELLS)}{sort} AS state, {row}, "
            f"{start} AS start_on, CASE WHEN hash(i, 6) % 50 > 0 THEN {end} END AS end_on, "
            f"{made} FROM range({episodes // 2}) t(i)) TO '{folder}/spells.parquet'"
        )
        engine.execute(
            "COPY (SELECT CASE WHEN hash(i, 6) % 1000 = 0 THEN 'death' ELSE "
            f"{list(EVENTS)}{sort} END AS kind, {row}, "
            f"{start} AS happened_on, NULL::DECIMAL(38, 9) AS amount, {made} "
            f"FROM range({episodes // 2}, {episodes}) t(i)) TO '{folder}/events.parquet'"
        )
        for name, order in (
            ("spells", "state, person, start_on"),
            ("events", "kind, person, happened_on"),
        ):
            engine.execute(
                f"COPY (SELECT * FROM '{folder}/{name}.parquet' ORDER BY {order}) "
                f"TO '{folder}/{name}-sorted.parquet'"
            )


def write_cohorts(folder: Path, people: int) -> None:
    """The enrolments of each cohort: one person out of every so many."""
    import duckdb

    with duckdb.connect() as engine:
        for cohort in COHORTS:
            step = max(people // cohort, 1)
            engine.execute(
                "COPY (SELECT 'e' || i AS enrolment, "
                f"{key_of(f'i * {step} + hash(i, 9) % {step}')} AS person, "
                "NULL::DATE AS referred_on, NULL::DATE AS assigned_on, NULL::VARCHAR AS arm, "
                "DATE '2021-01-01' + (hash(i, 7) % 730)::INTEGER AS enrolled_on, "
                "NULL::DATE AS exited_on, NULL::VARCHAR AS site, NULL::VARCHAR AS stratum, "
                "'programme' AS feed, NULL::VARCHAR AS file, i AS row "
                f"FROM range({min(cohort, people)}) t(i)) TO '{folder}/enrolments-{cohort}.parquet'"
            )


@contextmanager
def opened(folder: Path, order: str, cohort: int) -> Iterator[tuple[Any, Any]]:
    """A store with two threads, and the canonical tables on the files."""
    sys.path.insert(0, str(Path(__file__).parent.parent / "src"))
    from payforsuccess.deal.tables import TRAITS
    from payforsuccess.measures import Tables
    from payforsuccess.store import StoreSettings, empty_table, open_store

    files = {
        "enrolments": f"enrolments-{cohort}",
        "spells": f"spells{order}",
        "events": f"events{order}",
    }
    with open_store(StoreSettings(memory="600MB", threads=2)) as store:
        tables = {
            name: store.backend.read_parquet(str(folder / f"{file}.parquet"), table_name=name)
            for name, file in files.items()
        }
        yield store, Tables.of({**tables, **store.tables_from({"traits": empty_table(TRAITS)})})


def sliced(store: Any, tables: Any, measures: list[Any]) -> Any:
    """The cohort's rows that the measures need, looked up once."""
    from payforsuccess.measures import Tables
    from payforsuccess.measures.slice import compile_members, compile_slice, needs_of

    members = store.kept(compile_members(tables.enrolments, None), "members")
    cut = compile_slice(tables, members, tables.enrolments, needs_of(measures))
    return Tables(
        store.kept(cut.enrolments, "cohort_enrolments"),
        store.kept(cut.spells, "cohort_spells"),
        store.kept(cut.events, "cohort_events"),
        store.kept(cut.traits, "cohort_traits"),
    )


@dataclass(frozen=True)
class Spent:
    """Seconds by the clock, and of the processor on both threads."""

    clock: float
    processor: float

    @classmethod
    def now(cls) -> Spent:
        """The two clocks."""
        return cls(time.perf_counter(), time.process_time())

    def __sub__(self, other: Spent) -> Spent:
        """What was spent since."""
        return Spent(self.clock - other.clock, self.processor - other.processor)

    def __add__(self, other: Spent) -> Spent:
        """Both together."""
        return Spent(self.clock + other.clock, self.processor + other.processor)


NOTHING = Spent(0, 0)


def measured(store: Any, tables: Any, stated: list[dict[str, Any]]) -> Spent:
    """Measures from the files on; gives what writing their SQL took, which no data make longer."""
    from pydantic import TypeAdapter

    from payforsuccess.deal.measures import PersonMeasure
    from payforsuccess.measures import COMPILERS, Seen

    adapter: TypeAdapter[Any] = TypeAdapter(PersonMeasure)
    measures = [adapter.validate_python({**SHARED, **own}) for own in stated]
    seen = Seen({"county": SEEN})
    cohort = sliced(store, tables, measures)
    writing = NOTHING
    for one in measures:
        start = Spent.now()
        sql = str(store.backend.compile(COMPILERS[type(one)](one, cohort, seen=seen)))
        writing += Spent.now() - start
        store.backend.con.sql(sql).to_arrow_table()
    return writing


def floor(store: Any, reads: list[tuple[str, str]]) -> Spent:
    """The engine reading the columns that measures read, of these rows of these tables."""
    for table, where in reads:
        store.backend.con.execute(
            f"SELECT count(*), {READ[table]} FROM {table} WHERE {where}"
        ).fetchall()
    return NOTHING


def best(works: list[Any], *, times: int) -> list[Spent]:
    """The least of several runs of each; in turn, since other work on the machine comes and goes.

    A work gives what is not to be counted.
    """
    found: list[list[Spent]] = [[] for _ in works]
    for at in range(times + 1):
        for results, work in zip(found, works, strict=True):
            start = Spent.now()
            aside = work()
            if at:  # the first warms the engine
                results.append(Spent.now() - start - aside)
    return [
        Spent(min(one.clock for one in results), min(one.processor for one in results))
        for results in found
    ]


def ratios(low: Spent, ours: Spent) -> dict[str, float]:
    """Ours against the floor."""
    return {
        "floor": round(low.clock, 3),
        "ours": round(ours.clock, 3),
        "ratio": round(ours.clock / low.clock, 2),
        "floor, processor": round(low.processor, 3),
        "ours, processor": round(ours.processor, 3),
        "ratio, processor": round(ours.processor / low.processor, 2),
    }


def one_by_one(folder: Path, order: str, cohort: int) -> None:
    """Each measure alone beside the floor of its own state or kind."""
    found = {}
    with opened(folder, order, cohort) as (store, tables):
        for name, own in ALONE.items():
            column, table = ("state", "spells") if "state" in own else ("kind", "events")
            where = f"{column} = '{own.get('state', own.get('event'))}'"
            low, all_it_reads, ours = best(
                [
                    lambda table=table, where=where: floor(store, [(table, where)]),
                    lambda name=name: floor(store, READS[name]),
                    lambda own=own: measured(store, tables, [own]),
                ],
                times=TIMES,
            )
            found[name] = {
                **ratios(low, ours),
                "ratio to all it reads": round(ours.clock / all_it_reads.clock, 2),
                "ratio to all it reads, processor": round(
                    ours.processor / all_it_reads.processor, 2
                ),
            }
    print(json.dumps(found))
    tell(0)


def together(folder: Path, order: str, cohort: int) -> None:
    """Ten measures in one pass beside one look at all rows."""
    with opened(folder, order, cohort) as (store, tables):
        low, ours = best(
            [
                lambda: floor(store, EVERYTHING),
                lambda: measured(store, tables, list(TOGETHER.values())),
            ],
            times=TIMES,
        )
    print(json.dumps({"ten together": ratios(low, ours)}))
    tell(0)


def pandas_days(folder: Path, order: str, cohort: int) -> None:
    """Days in jail as an analyst writes it in pandas, reading only the state's rows."""
    import numpy as np
    import pandas as pd

    days = 0

    def work() -> Spent:
        nonlocal days
        people = pd.read_parquet(folder / f"enrolments-{cohort}.parquet")
        columns = ["person", "start_on", "end_on", "feed", "file", "row"]
        jail = pd.read_parquet(
            folder / f"spells{order}.parquet", columns=columns, filters=[("state", "==", "jailed")]
        )
        both = people[["enrolment", "person", "enrolled_on"]].merge(jail, on="person")
        first = pd.to_datetime(both["enrolled_on"])
        after = first + pd.DateOffset(months=24)
        start = pd.to_datetime(both["start_on"])
        end = pd.to_datetime(both["end_on"]).fillna(pd.Timestamp(SEEN) + pd.Timedelta(days=1))
        both["from"], both["to"] = np.maximum(start, first), np.minimum(end, after)
        both = both[both["from"] < both["to"]].sort_values(["enrolment", "from"])
        reached = both.groupby("enrolment")["to"].cummax().groupby(both["enrolment"]).shift()
        both["from"] = np.maximum(both["from"], reached.fillna(both["from"]))
        each = (both["to"] - both["from"]).dt.days.clip(lower=0)
        days = int(each.groupby(both["enrolment"]).sum().sum())
        return NOTHING

    (spent,) = best([work], times=1)
    found = {"seconds": round(spent.clock, 3), "processor": round(spent.processor, 3)}
    print(json.dumps({**found, "days": days}))
    tell(0)


def side(
    name: str, folder: Path, order: str, cohort: int, *, script: str = __file__
) -> dict[str, Any]:
    """One side in a process of its own: its figures and its peak of memory."""
    import subprocess

    done = subprocess.run(
        [sys.executable, script, name, str(folder), order or "-", str(cohort)],
        capture_output=True,
        text=True,
        check=True,
    )
    figures, peak = (json.loads(line) for line in done.stdout.strip().splitlines()[-2:])
    return {**figures, "megabytes": round(peak["megabytes"])}


def compared(folder: Path) -> list[dict[str, Any]]:
    """Every side on both layouts and both cohorts, as ratios."""
    rows: list[dict[str, Any]] = []
    for order, layout in (("-sorted", "sorted"), ("", "unsorted")):
        for cohort in COHORTS:
            alone = side("one_by_one", folder, order, cohort)
            ten = side("together", folder, order, cohort)
            row = {"file": layout, "cohort": cohort, **alone, **ten}
            row["megabytes"] = max(alone["megabytes"], ten["megabytes"])
            if cohort == COHORTS[0]:
                peer = side("pandas_days", folder, order, cohort)
                jail = alone["days in jail"]
                row["pandas"] = {
                    **peer,
                    "times ours": round(peer["seconds"] / jail["ours"], 1),
                    "times ours, processor": round(peer["processor"] / jail["ours, processor"], 1),
                }
            rows.append(row)
            print(json.dumps(row), flush=True)
    return rows


def main(people: int, episodes: int, folder: Path) -> None:
    """Write the records unless they lie there, compare, and keep the figures."""
    if not (folder / "events-sorted.parquet").exists():
        folder.mkdir(parents=True, exist_ok=True)
        write_records(folder, people, episodes)
    write_cohorts(folder, people)
    keep(
        "measures",
        {
            "people": people,
            "episodes": episodes,
            "data": "synthetic",
            "ratio_alone_claimed": 2,
            "ratio_together_claimed": 2,
            "pandas_claimed": 15,
            "megabytes_claimed": 1000,
            "rows": compared(folder),
        },
    )


SIDES = {"one_by_one": one_by_one, "together": together, "pandas_days": pandas_days}

if __name__ == "__main__":
    if len(sys.argv) == 5 and sys.argv[1] in SIDES:
        SIDES[sys.argv[1]](
            Path(sys.argv[2]), sys.argv[3].strip("-") and "-sorted", int(sys.argv[4])
        )
    else:
        sizes = [int(text.replace("_", "")) for text in sys.argv[1:3]] or [10_000_000, 100_000_000]
        if len(sys.argv) > 3:
            main(*sizes, Path(sys.argv[3]))
        else:
            with tempfile.TemporaryDirectory() as temporary:
                main(*sizes, Path(temporary))
