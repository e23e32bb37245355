"""A made-up deal of sixty people at two sites, with numbers that can be counted by hand.

All are referred on 1 January 2024, by the court (1 to 36) or on release from jail (37 to 60). Those
up to 48 are found eligible two days later; 37 to 48 wait, the rest are declined on the 15th. Those
up to 36 accept on the 5th, enrol on the 11th, and move in on the 31st; every third of them lives at
the site North, and the first twelve lose the home in March and leave the programme. Number 13 to 24
are booked into jail in May. Each of the enrolled is paid 100.00 of a benefit in June.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.lib.deals import a_deal

PEOPLE = range(1, 61)
ALIKE: dict[str, Any] = {
    "population": {"says": "People who enrolled"},
    "starts_at": "enrolment",
    "on_death": "censor",
    "on_move": "censor",
}
OUTCOMES: dict[str, dict[str, Any]] = {
    "homes": {
        "says": "People who keep a home for 6 months",
        "unit": "person",
        "baseline": "6",
        "target": "24",
        "measure": {
            **ALIKE,
            "kind": "held-without-break",
            "state": "housed",
            "held_for": "6 months",
            "window": "12 months",
            "on_custody": "succeed",
            "feeds": ["register", "housing"],
        },
    },
    "returns": {
        "says": "Share of people booked into jail within a year",
        "unit": "percent",
        "better": "lower",
        "no_success": "50",
        "target": "25",
        "tick": "0.01",
        "rounding": "half-up",
        "measure": {
            "kind": "share-of-cohort",
            "at_least": "1",
            "of": {
                **ALIKE,
                "kind": "event-count",
                "event": "booking",
                "counts": "days",
                "window": "12 months",
                "on_custody": "succeed",
                "feeds": ["register", "jail"],
            },
        },
    },
    "spending": {
        "says": "Public money spent on benefits in a year",
        "unit": "USD",
        "better": "lower",
        "no_success": "5000",
        "target": "4000",
        "measure": {
            **ALIKE,
            "kind": "money-sum",
            "amounts_of": "benefit",
            "window": "12 months",
            "on_custody": "succeed",
            "feeds": ["register", "benefits"],
        },
    },
}


def a_tracked_deal(folder: Path, **changes: Any) -> Path:
    """The deal's folder, with its feeds."""
    usual = {"type": "outcome", "better": "higher", "no_success": "0"}
    deal = a_deal(
        outcomes={name: {**usual, **stated} for name, stated in OUTCOMES.items()},
        in_force_from="2024-01-01",
        ends_on="2026-12-31",
        periods={"every": "year", "from": "2024-01-01"},
        data=[
            _source("register", "programme-enrolments", "quarter"),
            _source("housing", "housing-subsidy", "month"),
            _source("jail", "jail-bookings", "once"),
            _source("benefits", "benefits", "year"),
        ],
        **changes,
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "deal.yaml").write_text(json.dumps(deal.as_plain(), indent=1))
    _write(folder / "feeds")
    return folder


def _source(feed: str, layout: str, refreshed: str) -> dict[str, Any]:
    return {
        "feed": feed,
        "layout": layout,
        "says": f"The {feed} of a made-up county",
        "held_by": [{"name": "City of Birch"}],
        "public": {"licence": "public domain", "source": "Made up"},
        "refreshed": refreshed,
        "complete_through": "2025-12-31",
        **({} if feed == "register" else {"ids_of": "register"}),
        **({} if feed in ("register", "benefits") else {"file": f"feeds/{feed}"}),
    }


def _write(feeds: Path) -> None:
    enrolled = [at for at in PEOPLE if at <= 36]
    _csv(
        feeds / "register.csv",
        "enrolment_id,person_ref,referred_on,enrolled_on,exited_on,site,referred_by,eligible_on,"
        "accepted_on,declined_on,decline_reason",
        [_referral(at) for at in PEOPLE],
    )
    _csv(feeds / "housing" / "tenants.csv", "person_ref", [f"p{at}" for at in enrolled])
    _csv(
        feeds / "housing" / "leases.csv",
        "lease_id,person_ref,leased_on,moved_in_on,moved_out_on",
        [
            f"l{at},p{at},2024-01-31,2024-01-31,{'2024-03-15' if at <= 12 else ''}"
            for at in enrolled
        ],
    )
    _csv(
        feeds / "jail" / "bookings.csv",
        "booking_id,person_ref,booked_at,released_at,release_type",
        [f"b{at},p{at},2024-05-01,2024-05-03,actual" for at in range(13, 25)],
    )
    _csv(
        feeds / "benefits.csv",
        "person_ref,programme,month,amount",
        [f"p{at},general relief,2024-06-01,100.00" for at in enrolled],
    )


def _referral(at: int) -> str:
    is_enrolled, is_eligible = at <= 36, at <= 48
    return ",".join(
        [
            f"e{at}",
            f"p{at}",
            "2024-01-01",
            "2024-01-11" if is_enrolled else "",
            "2024-03-15" if at <= 12 else "",
            "North" if at % 3 == 0 else "South",
            "court" if is_enrolled else "jail-release",
            "2024-01-03" if is_eligible else "",
            "2024-01-05" if is_enrolled else "",
            "" if is_eligible else "2024-01-15",
            "" if is_eligible else "not-eligible",
        ]
    )


def _csv(path: Path, header: str, rows: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join([header, *rows]) + "\n")
