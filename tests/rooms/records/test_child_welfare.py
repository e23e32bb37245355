"""Placements become days in care; a removal counts once, and only home is reunification."""

from __future__ import annotations

from datetime import date

from payforsuccess.records.child_welfare import LAYOUT
from tests.lib.feeds import cleaned


def placements(*rows: dict[str, object]) -> dict[str, list[dict[str, object]]]:
    """Placements after a removal on 1 March 2025, unless a row says else."""
    usual = {"person_ref": "a", "removed_on": date(2025, 3, 1), "started_on": date(2025, 3, 1)}
    made = [{"placement_id": f"p{at}", **usual, **row} for at, row in enumerate(rows)]
    return cleaned(LAYOUT, {"placements": made})


def test_a_move_to_another_place_is_no_new_removal() -> None:
    made = placements(
        {"ended_on": date(2025, 4, 1), "end_reason": "moved"}, {"started_on": date(2025, 4, 1)}
    )

    assert [(row["kind"], row["happened_on"], row["row"]) for row in made["events"]] == [
        ("removal", date(2025, 3, 1), 1)
    ]
    assert [(row["start_on"], row["end_on"]) for row in made["spells"]] == [
        (date(2025, 3, 1), date(2025, 4, 1)),
        (date(2025, 4, 1), None),
    ]


def test_a_second_removal_is_one() -> None:
    later = {"removed_on": date(2025, 9, 1), "started_on": date(2025, 9, 1)}

    made = placements({}, later)

    assert [row["happened_on"] for row in made["events"]] == [date(2025, 3, 1), date(2025, 9, 1)]


def test_only_the_way_home_is_reunification() -> None:
    for reason in ("adopted", "guardianship", "aged-out", "moved", "other"):
        made = placements({"ended_on": date(2025, 4, 1), "end_reason": reason})
        assert [row["kind"] for row in made["events"]] == ["removal"]

    made = placements({"ended_on": date(2025, 4, 1), "end_reason": "reunified"})
    assert ("reunification", date(2025, 4, 1)) in [
        (row["kind"], row["happened_on"]) for row in made["events"]
    ]
