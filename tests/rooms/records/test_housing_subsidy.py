"""A home counts from moving in to moving out; leases, moves and payments are events."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from payforsuccess.records.housing_subsidy import LAYOUT
from tests.lib.feeds import cleaned

Rows = list[dict[str, object]]
LEASED, MOVED_IN, MOVED_OUT = date(2025, 1, 10), date(2025, 1, 20), date(2025, 8, 3)


def subsidy(*payments: dict[str, object], **lease: object) -> dict[str, Rows]:
    """The canonical rows of one lease of person a and the payments for it."""
    return cleaned(
        LAYOUT,
        {
            "tenants": [{"person_ref": "a"}],
            "leases": [{"lease_id": "l", "person_ref": "a", "leased_on": LEASED, **lease}],
            "payments": [
                {"payment_id": f"p{at}", "lease_id": "l", **payment}
                for at, payment in enumerate(payments, 1)
            ],
        },
    )


def events(made: dict[str, Rows]) -> list[tuple[object, object]]:
    """Each event's kind and day."""
    return [(row["kind"], row["happened_on"]) for row in made["events"]]


def test_a_home_counts_from_moving_in_up_to_the_day_of_moving_out() -> None:
    made = subsidy(moved_in_on=MOVED_IN, moved_out_on=MOVED_OUT)

    (spell,) = made["spells"]
    assert (spell["state"], spell["start_on"], spell["end_on"]) == ("housed", MOVED_IN, MOVED_OUT)
    assert (spell["file"], spell["row"]) == ("leases", 1)
    assert events(made) == [("lease", LEASED), ("move-in", MOVED_IN), ("move-out", MOVED_OUT)]


def test_a_lease_nobody_moved_into_is_no_day_housed() -> None:
    made = subsidy()

    assert made["spells"] == []
    assert events(made) == [("lease", LEASED)]


def test_a_home_not_left_is_open() -> None:
    assert [row["end_on"] for row in subsidy(moved_in_on=MOVED_IN)["spells"]] == [None]


def test_moving_in_and_out_on_one_day_is_two_events_and_no_day_housed() -> None:
    made = subsidy(moved_in_on=MOVED_IN, moved_out_on=MOVED_IN)

    assert made["spells"] == []
    assert events(made) == [("lease", LEASED), ("move-in", MOVED_IN), ("move-out", MOVED_IN)]


@pytest.mark.parametrize(
    ("went", "kinds"),
    [
        ("permanent-housing", ["exit-permanent"]),
        ("jail", ["exit-jail"]),
        ("died", ["death"]),
        ("homeless", []),
        (None, []),
    ],
)
def test_where_a_tenant_went_is_an_event_where_deals_speak_of_it(
    went: str | None, kinds: list[str]
) -> None:
    made = subsidy(moved_in_on=MOVED_IN, moved_out_on=MOVED_OUT, moved_out_to=went)

    usual = {"lease", "move-in", "move-out"}
    others = [(kind, day) for kind, day in events(made) if kind not in usual]
    assert others == [(kind, MOVED_OUT) for kind in kinds]


def test_rent_and_utilities_are_subsidy_and_a_deposit_is_one_of_its_own() -> None:
    made = subsidy(
        {"paid_on": date(2025, 2, 1), "kind": "rent", "amount": Decimal("812.50")},
        {"paid_on": date(2025, 2, 1), "kind": "utilities", "amount": Decimal("40")},
        {"paid_on": date(2025, 1, 11), "kind": "deposit", "amount": Decimal("-900")},
    )

    paid = [row for row in made["events"] if row["file"] == "payments"]
    assert [(row["kind"], row["amount"], row["person"], row["row"]) for row in paid] == [
        ("deposit", Decimal(-900), "a", 3),
        ("subsidy", Decimal(40), "a", 2),
        ("subsidy", Decimal("812.5"), "a", 1),
    ]
