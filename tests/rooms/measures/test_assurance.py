"""A deal's made-up people are held to what the deal expects of them, without any database."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from pydantic import ValidationError

from payforsuccess.deal.assurance import MadeUpEvent, MadeUpFact
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.measures.assurance import check_patients
from payforsuccess.runs.check import check
from tests.lib.deals import a_deal, an_outcome

FREE = {
    "kind": "event-absent",
    "event": "arrest",
    "population": {"says": "Everyone offered aid", "arms": ["aid"]},
    "starts_at": "enrolment",
    "window": "12 months",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "fail",
    "feeds": ["court"],
}
COURT = {
    "feed": "court",
    "layout": "court-cases",
    "says": "Arrests",
    "held_by": [{"name": "City of Birch"}],
    "public": {"licence": "public domain", "source": "Made up"},
    "refreshed": "month",
    "complete_through": "2030-12-31",
}
ARRESTED = {"event": "arrest", "on": "2026-12-31", "feed": "court"}


def a_patient(**changes: Any) -> dict[str, Any]:
    return {
        "says": "Someone free for the year",
        "observed_through": "2027-12-31",
        "enrolment": {"enrolled_on": "2026-01-01", "arm": "aid"},
        "expects": [{"outcome": "homes", "value": "1"}],
        **changes,
    }


def with_patients(*patients: dict[str, Any], measure: dict[str, Any] = FREE, **more: Any) -> Deal:
    return a_deal(
        outcomes={"homes": an_outcome(measure=measure)}, data=[COURT], assurance=patients, **more
    )


def expecting(**answer: str) -> list[dict[str, str]]:
    return [{"outcome": "homes", **answer}]


ALIKE = {
    "a value": a_patient(),
    "an event on the last day": a_patient(events=[ARRESTED], expects=expecting(value="0")),
    "an event on the day after": a_patient(events=[{**ARRESTED, "on": "2027-01-01"}]),
    "a death": a_patient(
        events=[{**ARRESTED, "event": "death"}], expects=expecting(unknown="death")
    ),
    "a window not yet seen": a_patient(
        observed_through="2026-12-30", expects=expecting(unknown="not-yet-observed")
    ),
    "a stay": a_patient(
        spells=[{"state": "jailed", "from": "2026-05-01", "to": "2026-05-02", "feed": "court"}],
        expects=expecting(value="0"),
    ),
    "someone not counted": a_patient(
        enrolment={"enrolled_on": "2026-01-01", "arm": "none"},
        expects=expecting(outside="population"),
    ),
}


@pytest.mark.parametrize("patient", ALIKE.values(), ids=ALIKE)
def test_what_was_agreed_comes_out(patient: dict[str, Any]) -> None:
    assert check_patients(with_patients(patient)) == ()


def test_a_value_that_does_not_come_out_says_what_did_and_which_days_made_it() -> None:
    (problem,) = check_patients(with_patients(a_patient(events=[ARRESTED])))

    assert problem.what == (
        "Someone free for the year: homes is expected to be 1 and comes out as 0. The window runs "
        "from 2026-01-01 to 2026-12-31. What made it: arrest on 2026-12-31."
    )
    assert problem.where.field == "assurance[0].expects[0]"


def test_each_expected_result_has_its_own_problem() -> None:
    wrong = a_patient(expects=[*expecting(value="0"), *expecting(unknown="move")])

    problems = check_patients(with_patients(a_patient(), wrong))

    assert [problem.where.field for problem in problems] == [
        "assurance[1].expects[0]",
        "assurance[1].expects[1]",
    ]
    assert "expected to be unknown (move) and comes out as 1" in problems[1].what


def test_an_outcome_without_a_measure_expects_nothing() -> None:
    deal = a_deal(data=[COURT], assurance=[a_patient()])

    (problem,) = check_patients(deal)

    assert "it states no measure" in problem.what


def test_excused_days_are_excused_for_made_up_people_too() -> None:
    excused = {
        "from": "2026-12-01",
        "to": "2026-12-31",
        "says": "A flood",
        "decision": "The parties, on 5 January 2027",
        "effect": "days-not-counted",
    }
    deal = with_patients(a_patient(events=[ARRESTED]), excused=[excused])

    assert check_patients(deal) == ()


MONEY = {**FREE, "kind": "money-sum", "amounts_of": "subsidy", "on_custody": "succeed"}
GAIN = {**FREE, "kind": "score-gain", "score": "reading", "on_custody": "succeed"}


def test_amounts_and_scores_can_be_made_up_too() -> None:
    money = {key: value for key, value in MONEY.items() if key != "event"}
    gain = {key: value for key, value in GAIN.items() if key != "event"}
    paid = a_patient(
        events=[{"event": "subsidy", "on": "2026-03-01", "amount": "10.25", "feed": "court"}],
        expects=expecting(value="10.25"),
    )
    scored = a_patient(
        facts=[
            {"fact": "reading", "value": "3", "as_of": "2025-12-01", "feed": "court"},
            {"fact": "reading", "value": "4.5", "as_of": "2026-06-01", "feed": "court"},
        ],
        expects=expecting(value="1.5"),
    )

    assert check_patients(with_patients(paid, measure=money)) == ()
    assert check_patients(with_patients(scored, measure=gain)) == ()
    assert (
        check_patients(
            with_patients(a_patient(expects=expecting(unknown="no-score")), measure=gain)
        )
        == ()
    )


def test_a_check_counts_what_came_out_and_refuses_what_did_not() -> None:
    checked = check(with_patients(a_patient(), a_patient()))

    assert "is expected of 2 made-up people: 2 results." in str(checked)
    with pytest.raises(Refusal, match="comes out as 0"):
        check(with_patients(a_patient(events=[ARRESTED])))


@pytest.mark.parametrize("number", ["1/3", "0.0000000001"])
def test_a_made_up_number_ends_after_nine_decimals(number: str) -> None:
    row = {"value": number, "amount": number, "feed": "court"}
    with pytest.raises(ValidationError, match="nine decimal places"):
        MadeUpEvent.model_validate({"event": "subsidy", "on": "2026-01-01", **_but(row, "value")})
    with pytest.raises(ValidationError, match="nine decimal places"):
        MadeUpFact.model_validate({"fact": "reading", **_but(row, "amount")})


def _but(row: dict[str, str], key: str) -> dict[str, str]:
    return {name: value for name, value in row.items() if name != key}


def test_no_engine_is_loaded_for_it() -> None:
    script = (
        "import sys, payforsuccess.measures.assurance\n"
        "print(sorted({'ibis', 'duckdb', 'pyarrow', 'numpy'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "[]"
