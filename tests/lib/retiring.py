"""A deal with agreements, and snapshots of a few made-up events kept under them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payforsuccess.deal.tables import EVENTS
from payforsuccess.runs.folder import DealFolder
from payforsuccess.store import (
    Part,
    Snapshot,
    open_store,
    open_vault,
    typed_table,
    write_snapshot,
)
from tests.lib.deals import a_deal
from tests.lib.folders import a_folder

TODAY = date(2028, 2, 1)
AGREEMENT = {
    "kind": "dsa",
    "parties": ["County", "Sheriff"],
    "purpose": "evaluation",
    "permitted_columns": ["booking"],
    "regime": "none",
    "signed_on": "2025-01-01",
    "expires_on": "2029-12-31",
    "retained_until": "2027-12-31",
}


def source(feed: str, **changes: object) -> dict[str, object]:
    return {
        "feed": feed,
        "layout": "jail",
        "says": "Bookings",
        "held_by": [{"name": "Sheriff"}],
        "agreement": AGREEMENT,
        "refreshed": "month",
        "complete_through": "2027-12-31",
        **changes,
    }


HOLD = {
    "feeds": ["jail"],
    "ordered_by": "the Superior Court",
    "reference": "Case 7",
    "from": "2028-01-15",
}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> DealFolder:
    monkeypatch.delenv("PFS_VAULT", raising=False)
    public = {"agreement": None, "public": {"licence": "MIT", "source": "A book"}}
    data = [source("jail"), source("court"), source("open", **public)]
    return DealFolder(a_folder(tmp_path / "deal", a_deal(data=data)) / "deal.yaml")


def hold(home: DealFolder, **changes: object) -> None:
    held = {**HOLD, **changes}
    data = [source("jail"), source("court")]
    a_folder(home.root, a_deal(data=data, legal_holds=[held]))


def events(feed: str, *rows: int) -> Part:
    columns = {
        "kind": ["booking"] * len(rows),
        "person": [f"p{row}" for row in rows],
        "happened_on": [TODAY] * len(rows),
        "feed": [feed] * len(rows),
        "row": list(rows),
    }
    return Part(feed, "events", typed_table(EVENTS, columns), is_locked=True)


def keep(home: DealFolder, *parts: Part) -> Snapshot:
    with open_store(vault=open_vault(home.vault)) as store:
        return write_snapshot(parts, home.out / "snapshots", store=store)
