"""Steps read like a person's working, and survive being written down."""

from __future__ import annotations

import json

from payforsuccess.trail import RunInput, RunRecord, Step, fingerprint

DAYS = Step("Days in housing less days in jail", "41,070 days")
EARNED = Step("41,070 days at 15.12", "620,978.40 USD", "section 4.2", (DAYS,))
PAID = Step("at most 5,290,000.00", "620,978.40 USD", of=(EARNED,))


def test_the_first_thing_computed_is_shown_first() -> None:
    assert PAID.lines() == [
        "Days in housing less days in jail = 41,070 days",
        "41,070 days at 15.12 = 620,978.40 USD  [section 4.2]",
        "at most 5,290,000.00 = 620,978.40 USD",
    ]


def test_a_step_survives_being_written_down() -> None:
    assert Step.from_plain(json.loads(json.dumps(PAID.as_plain()))) == PAID


def test_a_step_without_clause_and_without_steps_below_is_two_texts() -> None:
    assert DAYS.as_plain() == {
        "says": "Days in housing less days in jail",
        "gives": "41,070 days",
    }


def test_a_run_record_is_plain_and_can_be_fingerprinted() -> None:
    record = RunRecord(
        kind="pay",
        deal_fingerprint=fingerprint("deal"),
        code_version="0.1.0",
        library_versions=(("duckdb", "2.0.0"),),
        settings=(("seed", "7"),),
        inputs=(RunInput("deal", "deal.yaml", fingerprint("deal")),),
        outputs=(),
    )
    plain = record.as_plain()

    assert plain["library_versions"] == {"duckdb": "2.0.0"}
    assert plain["settings"] == {"seed": "7"}
    assert fingerprint(plain) == fingerprint(json.loads(json.dumps(plain)))
