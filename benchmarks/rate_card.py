"""A rate-card statement over 100,000 people and 28 quarters, with its person ledger.

Peer: DuckDB's own sum over the same rows and a Parquet copy of them, in the same run.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

from measured import best_of, in_own_process, keep, tell

PEOPLE, QUARTERS = 100_000, 28
PRICES = {"assessed": "220", "housed": "1250.50", "in_work": "660", "kept": "2750.25"}


def write_rows(path: Path) -> None:
    """One row a person and quarter, sorted by outcome, period and person as we write them."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(7)
    numbers = sorted(rng.permutation(PEOPLE * 16)[:PEOPLE].tolist())
    keys = pa.array([f"k{at:08x}" for at in numbers])
    names = list(PRICES)
    outcome = rng.integers(0, len(names), PEOPLE * QUARTERS)
    period = np.tile(np.arange(1, QUARTERS + 1), PEOPLE)
    person = np.repeat(np.arange(PEOPLE), QUARTERS)
    order = np.lexsort((person, period, outcome))
    table = pa.table(
        {
            "outcome": pa.array(names).take(pa.array(outcome[order])),
            "period": pa.array(period[order]),
            "person": keys.take(pa.array(person[order])),
            "quantity": pa.array(rng.integers(1, 4, PEOPLE * QUARTERS)),
        }
    )
    pq.write_table(table, path)


def peer(rows: Path, out: Path) -> None:
    """DuckDB: the sum by line and period, and the rows with their amounts to Parquet."""
    import duckdb

    prices = ", ".join(f"('{name}', {price})" for name, price in PRICES.items())

    def work() -> None:
        with duckdb.connect() as database:
            database.execute("SET threads = 2")
            database.execute(
                f"SELECT outcome, period, sum(quantity * price) FROM '{rows}' "
                f"JOIN (VALUES {prices}) AS card(outcome, price) USING (outcome) GROUP BY ALL"
            ).fetchall()
            database.execute(
                f"COPY (SELECT r.*, quantity * price AS amount FROM '{rows}' r "
                f"JOIN (VALUES {prices}) AS card(outcome, price) USING (outcome)) "
                f"TO '{out}' (FORMAT parquet)"
            )

    tell(best_of(work, times=3))


def ours(rows: Path, out: Path) -> None:
    """The statement with every line's steps, and the ledger as Parquet."""
    sys.path.insert(0, str(Path(__file__).parent.parent))
    from payforsuccess.payments.history import put_in_order
    from payforsuccess.payments.ledger import ledger
    from payforsuccess.payments.statement import Facts, make_statement
    from payforsuccess.runs.measure.people_rows import read_people
    from payforsuccess.runs.statement.ledger_parquet import write_ledger_lines
    from tests.lib.deals import a_deal, a_term, an_outcome

    deal = a_deal(
        outcomes={name: an_outcome(unit="claim", bounds=None) for name in PRICES},
        payments=[
            a_term("unit-price", name=name, pays_for=name, price=price)
            for name, price in PRICES.items()
        ],
        people={"says": "People in the programme", "start_event": "the day of referral"},
        ends_on="2032-12-31",
    )
    history = put_in_order([deal])

    def work() -> None:
        people, mark = read_people(rows)
        facts = Facts(history, None, people=people, people_fingerprint=mark)
        made = make_statement(facts, period=QUARTERS, as_of=date(2033, 1, 1), program="1")
        write_ledger_lines(ledger(made.statement, made.replay, people), people.keys, out)

    tell(best_of(work, times=3))


def main() -> None:
    """Both sides in turn, twice, the better of each."""
    with tempfile.TemporaryDirectory() as folder:
        rows, out = Path(folder) / "rows.parquet", Path(folder) / "out.parquet"
        write_rows(rows)
        sides = {
            side: min(
                (in_own_process(__file__, side, str(rows), str(out)) for _ in range(2)),
                key=lambda measured: measured.seconds,
            )
            for side in ("peer", "ours")
        }
    keep(
        "rate_card",
        {
            "people": PEOPLE,
            "quarters": QUARTERS,
            "peer": "DuckDB: sum by line and period, and a Parquet copy with amounts",
            "peer_seconds": round(sides["peer"].seconds, 3),
            "ours_seconds": round(sides["ours"].seconds, 3),
            "ratio": round(sides["ours"].seconds / sides["peer"].seconds, 2),
            "ratio_claimed": 3,
            "ours_megabytes": round(sides["ours"].megabytes),
            "megabytes_claimed": 500,
        },
    )


if __name__ == "__main__":
    if len(sys.argv) == 4:
        {"peer": peer, "ours": ours}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
