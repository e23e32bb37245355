"""A contract with one feed, bookings into a jail under an agreement, and its files on disk."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.lib.deals import CITY, COUNTY, a_deal
from tests.lib.folders import a_folder

COLUMNS = ["booking_id", "person_ref", "booked_at", "released_at", "release_type"]
HEADER = ",".join(COLUMNS) + "\n"
ROWS = "B1,P1,2024-01-01,2024-01-05,actual\nB2,P2,2024-01-02,,\n"
GOOD = HEADER + ROWS
AGREEMENT: dict[str, Any] = {
    "kind": "dsa",
    "parties": [COUNTY, CITY],
    "purpose": "To pay for outcomes",
    "permitted_columns": COLUMNS,
    "regime": "none",
    "signed_on": "2023-12-01",
    # Long after any day on which this is run, which is the day that agreements are held to.
    "expires_on": "2999-12-31",
}


def a_jail(agreement: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """The feed as a deal states it; a change of None takes a key out."""
    stated = {
        "feed": "jail",
        "layout": "jail-bookings",
        "says": "Bookings",
        "held_by": [{"name": COUNTY}],
        "agreement": {**AGREEMENT, **(agreement or {})},
        "refreshed": "month",
        "complete_through": "2024-06-30",
        "file": "feeds/jail",
        **changes,
    }
    return {key: value for key, value in stated.items() if value is not None}


def a_booked_folder(
    folder: Path,
    files: Mapping[str, str | bytes] | None = None,
    *,
    deal: Mapping[str, Any] | None = None,
    **jail: Any,
) -> Path:
    """A deal's folder with the feed's files, by name; `bookings.csv` with two rows if left out."""
    a_folder(folder, a_deal(data=[a_jail(**jail)], **{"standing": "contract", **(deal or {})}))
    home = folder / "feeds" / "jail"
    home.mkdir(parents=True, exist_ok=True)
    for name, text in ({"bookings.csv": GOOD} if files is None else files).items():
        (home / name).write_bytes(text.encode() if isinstance(text, str) else text)
    return folder
