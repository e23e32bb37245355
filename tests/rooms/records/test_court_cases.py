"""Cases and hearings become events; what a court sealed leaves no trace."""

from __future__ import annotations

from datetime import date

from payforsuccess.records.court_cases import LAYOUT
from tests.lib.feeds import cleaned

CASE = {"case_id": "c1", "person_ref": "a", "filed_on": date(2025, 1, 5)}


def events(
    *cases: dict[str, object], hearings: tuple[dict[str, object], ...] = ()
) -> list[tuple[object, object, object]]:
    """Kind, day and file of each event."""
    made = cleaned(LAYOUT, {"cases": cases, "hearings": hearings})
    return [(row["kind"], row["happened_on"], row["file"]) for row in made["events"]]


def test_a_case_is_filed_once_and_no_conviction_until_it_ends_in_one() -> None:
    assert events(CASE) == [("case-filed", date(2025, 1, 5), "cases")]


def test_only_the_disposition_convicted_is_a_conviction() -> None:
    ended = {**CASE, "disposed_on": date(2025, 6, 1)}

    assert ("conviction", date(2025, 6, 1), "cases") in events(
        {**ended, "disposition": "convicted"}
    )
    for other in ("acquitted", "dismissed", "diverted", "transferred", "other"):
        assert [kind for kind, *_ in events({**ended, "disposition": other})] == ["case-filed"]


def test_diversion_counts_on_the_day_it_was_granted() -> None:
    made = events({**CASE, "diversion_granted_on": date(2025, 3, 1)})

    assert ("diversion", date(2025, 3, 1), "cases") in made


def test_a_missed_hearing_is_not_a_hearing_and_others_are_neither() -> None:
    outcomes = ("held", "missed", "continued", "vacated", "scheduled", None)
    hearings = tuple(
        {
            "hearing_id": f"h{at}",
            "case_id": "c1",
            "scheduled_on": date(2025, 2, at + 1),
            "outcome": outcome,
        }
        for at, outcome in enumerate(outcomes)
    )

    made = events(CASE, hearings=hearings)

    assert made == [
        ("case-filed", date(2025, 1, 5), "cases"),
        ("hearing", date(2025, 2, 1), "hearings"),
        ("missed-hearing", date(2025, 2, 2), "hearings"),
    ]


def test_a_hearing_of_a_case_that_was_left_out_is_left_out() -> None:
    hearing = {
        "hearing_id": "h1",
        "case_id": "sealed",
        "scheduled_on": date(2025, 2, 1),
        "outcome": "missed",
    }

    assert events(CASE, hearings=(hearing,)) == events(CASE)


def test_both_files_name_the_column_that_withdraws_a_row() -> None:
    assert [file.deleted for file in LAYOUT.files] == ["sealed_on", "sealed_on"]


def test_empty_files_give_empty_tables() -> None:
    assert all(rows == [] for rows in cleaned(LAYOUT, {}).values())
