"""A deal with two feeds of made-up people whose identities are known, ready to be matched."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.tables import IDENTITIES
from payforsuccess.records.simulate.registers import two_registers
from payforsuccess.store import Snapshot, Store, empty_table, typed_table, write_snapshot
from tests.lib.deals import a_deal
from tests.lib.parts import parts_of

ANCHOR, JAIL, HMIS = "referrals", "jail", "hmis"


def two_feeds(records: int, *, seed: int = 11) -> dict[str, pa.Table]:
    """Identities of the register of referrals and of the jail, six in ten people in both."""
    parts = list(two_registers(records, seed=seed))
    return {
        ANCHOR: _identities(pa.concat_tables([part.one for part in parts]), ANCHOR),
        JAIL: _identities(pa.concat_tables([part.other for part in parts]), JAIL),
    }


def a_linked_deal(*feeds: str, data: dict[str, Any] | None = None, **plan: Any) -> Deal:
    """A deal that matches the anchor with the feeds (the jail), and changes of both."""
    named = (ANCHOR, *(feeds or (JAIL,)))
    return a_deal(
        data=[
            {
                "feed": feed,
                "layout": "jail-bookings",
                "held_by": [{"name": "Alder County"}],
                "says": "made-up people",
                "complete_through": "2025-12-31",
                "refreshed": "month",
                "public": {"licence": "none", "source": "made up for a test"},
                **((data or {}).get(feed, {})),
            }
            for feed in named
        ],
        linkage={"anchor": ANCHOR, "feeds": list(named[1:]), "threshold": "0.9", **plan},
    )


def a_snapshot(folder: Path, store: Store, *identities: pa.Table) -> Snapshot:
    """A snapshot of these identities and nothing else."""
    joined = pa.concat_tables(identities) if identities else empty_table(IDENTITIES)
    return write_snapshot(parts_of({"identities": joined}), folder / "snapshots", store=store)


def of_feed(table: pa.Table, feed: str, *, prefix: str) -> pa.Table:
    """The same identities as those of other people of another feed."""
    keys = pa.array([prefix + key for key in table["person"].to_pylist()], pa.string())
    table = table.set_column(0, table.schema.field(0), keys)
    at = table.column_names.index("feed")
    feeds = pa.array([feed] * table.num_rows, pa.string())
    return table.set_column(at, table.schema.field(at), feeds)


def _identities(register: pa.Table, feed: str) -> pa.Table:
    columns = {name: register.column(name) for name in register.column_names if name != "record"}
    size = register.num_rows
    return typed_table(
        IDENTITIES,
        {
            **columns,
            "person": register.column("record"),
            "feed": [feed] * size,
            "row": list(range(1, size + 1)),
        },
    )
