"""A register of deaths gives one event a person and nothing of the cause."""

from __future__ import annotations

from datetime import date

from payforsuccess.records.deaths import LAYOUT
from tests.lib.feeds import cleaned


def test_a_death_is_an_event_and_an_identity_known_from_its_day() -> None:
    made = cleaned(
        LAYOUT,
        {"deaths": [{"person_ref": "a", "died_on": date(2025, 2, 28), "family_name": "Doe"}]},
    )

    (event,) = made["events"]
    assert (event["kind"], event["happened_on"]) == ("death", date(2025, 2, 28))
    (identity,) = made["identities"]
    assert (identity["family_name"], identity["known_on"]) == ("Doe", date(2025, 2, 28))


def test_nobody_dies_twice() -> None:
    assert LAYOUT.file("deaths").key == ("person_ref",)


def test_no_column_tells_the_cause() -> None:
    names = {column.name for column in LAYOUT.file("deaths").columns}

    assert not {name for name in names if "cause" in name or "manner" in name}
