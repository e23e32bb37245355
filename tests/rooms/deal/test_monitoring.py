"""Who may look at outcomes by arm before the end has no stake in them (R139)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.checks import check_deal
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.plans import plan_in_words
from payforsuccess.runs.folder import open_folder
from tests.lib.deals import COUNTY, PROVIDER
from tests.lib.watched import LOOK, MONITORING, a_watched_deal


def told(folder: Path, **plan: Any) -> str:
    read: Deal = open_folder(a_watched_deal(folder)).history().latest
    stated = read.evaluation["bookings"].as_plain() | plan
    whole = read.as_plain() | {"evaluation": {"bookings": stated}}
    return " ".join(problem.what for problem in check_deal(Deal.model_validate(whole)))


@pytest.mark.parametrize(("board", "role"), [(COUNTY, "payor"), (PROVIDER, "provider")])
def test_a_board_neither_pays_nor_serves(tmp_path: Path, board: str, role: str) -> None:
    assert f"{board} is {role} of the deal, and would see outcomes by arm" in told(
        tmp_path, monitoring={**MONITORING, "board": board}
    )


def test_a_board_is_a_party_of_the_deal(tmp_path: Path) -> None:
    assert "Unknown Board" in told(tmp_path, monitoring={**MONITORING, "board": "Unknown Board"})


def test_a_look_that_may_stop_needs_a_test(tmp_path: Path) -> None:
    plan = {
        "says": "A count.",
        "design": "verified-count",
        "estimator": "none",
        "estimand": "att",
        "verified_by": "Dogwood University",
        "decision": {"pays_on": "point-estimate"},
        "looks": [LOOK],
        "monitoring": MONITORING,
    }
    read: Deal = open_folder(a_watched_deal(tmp_path)).history().latest
    plan["measure"] = read.evaluation["bookings"].as_plain()["measure"]  # type: ignore[assignment]
    whole = read.as_plain() | {"evaluation": {"bookings": plan}}
    problems = check_deal(Deal.model_validate(whole))

    assert any("names no test of which a bound could be passed" in each.what for each in problems)


def test_a_sound_plan_has_no_problem(tmp_path: Path) -> None:
    assert told(tmp_path) == ""


def test_plain_words_say_who_sees_what_before_the_end(tmp_path: Path) -> None:
    read: Deal = open_folder(a_watched_deal(tmp_path)).history().latest
    said = " ".join(plan_in_words(read.evaluation["bookings"]))

    assert "Before the end only the evaluator and Fir Monitoring Board see outcomes by arm" in said
