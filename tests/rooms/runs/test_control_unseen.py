"""R139: outcomes of a control group have no result before their study is over."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from payforsuccess.runs.run.deliver import Found, measure
from tests.lib.watched import END, MEASURE, MIDDLE, a_watched_deal

EARLY = {**MEASURE, "window": "28 days"}
USUAL = {"type": "outcome", "unit": "person", "better": "lower", "no_success": "60"}
FEWER = {"kind": "mean-difference", "treated": "coach", "control": "none", "of": EARLY}


def of(*arms: str) -> dict[str, Any]:
    return {
        **USUAL,
        "says": "People booked within four weeks",
        "measure": {**EARLY, "population": {"says": "By arm", "arms": list(arms)}},
    }


OTHERS: dict[str, Any] = {
    "booked": of("coach"),
    "others_booked": of("none"),
    "all_booked": {**USUAL, "says": "Everyone", "measure": EARLY},
    "fewer": {**USUAL, "says": "The difference", "measure": FEWER},
}
UNSEEN = {"others_booked", "all_booked", "fewer"}


def measured(folder: Path) -> Found:
    return measure(folder)


def test_before_the_last_window_only_people_offered_the_programme_are_counted(
    tmp_path: Path,
) -> None:
    """The four weeks of everyone are over, but the half years of the plan are not."""
    found = measured(a_watched_deal(tmp_path, through=MIDDLE, others=OTHERS))

    assert {result.outcome for result in found.results} == {"booked"}
    assert {name for name, _ in found.attrition} == {"booked"}
    said = [str(each) for each in found.findings if each.topic == "control group"]
    assert len(said) == len(UNSEEN)
    assert all("not every window of that study is seen to its end" in each for each in said)
    assert all("at planned looks: pfs evaluate --look halfway" in each for each in said)


def test_whatever_happens_to_the_control_group_the_results_are_the_same(tmp_path: Path) -> None:
    folder = a_watched_deal(tmp_path, through=MIDDLE, others=OTHERS)
    before = measured(folder)
    bookings = folder / "feeds" / "jail" / "bookings.csv"
    more = [f"more{at},p0-{at},2024-01-03,2024-01-03,actual" for at in range(1, 60, 2)]
    bookings.write_text(bookings.read_text() + "\n".join(more) + "\n")
    after = measured(folder)

    assert [(r.outcome, r.period, r.value) for r in after.results] == [
        (r.outcome, r.period, r.value) for r in before.results
    ]
    assert after.findings == before.findings


def test_once_every_window_is_seen_all_are_counted(tmp_path: Path) -> None:
    found = measured(a_watched_deal(tmp_path, through=END, others=OTHERS))

    assert {result.outcome for result in found.results} == {"booked", *UNSEEN}
    assert not [each for each in found.findings if each.topic == "control group"]


def test_without_a_planned_look_the_finding_says_so(tmp_path: Path) -> None:
    folder = a_watched_deal(
        tmp_path, through=MIDDLE, others=OTHERS, plan={"looks": None, "monitoring": None}
    )

    said = [str(each) for each in measured(folder).findings if each.topic == "control group"]
    assert said and all("none is planned" in each for each in said)


@pytest.mark.parametrize("arms", [("coach",), ("coach", "other")])
def test_other_arms_do_not_ask_for_the_end_of_a_study(
    tmp_path: Path, arms: tuple[str, ...]
) -> None:
    folder = a_watched_deal(tmp_path, through=MIDDLE, others={"booked": of(*arms)})

    assert {result.outcome for result in measured(folder).results} == {"booked"}
