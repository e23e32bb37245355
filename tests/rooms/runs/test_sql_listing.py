"""The SQL an auditor reads: every sentence, the terms, each step named, and the statement whole."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Refusal
from payforsuccess.measures.listing import STEPS, commented_sql, without_comments
from payforsuccess.runs.measure.sql_listing import sql_of
from tests.lib.deals import a_deal, an_outcome

COUNT = {
    "kind": "event-count",
    "event": "arrest",
    "counts": "days",
    "population": {"says": "Everyone offered aid"},
    "starts_at": "enrolment",
    "window": "12 months",
    "on_death": "censor",
    "on_move": "censor",
    "on_custody": "succeed",
    "feeds": ["court"],
}
UNITS = {key: value for key, value in COUNT.items() if key not in ("event", "counts")}
COURT = {
    "feed": "court",
    "layout": "court-cases",
    "says": "Arrests",
    "held_by": [{"name": "City of Birch"}],
    "public": {"licence": "public domain", "source": "Made up"},
    "refreshed": "month",
    "complete_through": "2030-12-31",
}


def with_measure(**changes: Any) -> Deal:
    measure = {**COUNT, **changes}
    return a_deal(outcomes={"homes": an_outcome(measure=measure)}, data=[COURT])


def test_it_says_what_the_deal_says_and_names_the_steps() -> None:
    deal = with_measure()
    listed = str(sql_of(deal, "homes"))

    assert "-- Counted for: Everyone offered aid." in listed
    assert f"-- Terms of the deal: {deal.terms_fingerprint}" in listed
    assert "-- Window: 12 months from enrolment" in listed
    assert "-- Feeds complete through: court 2030-12-31" in listed
    for column in ("ends_on", "ending", "quantity", "status"):
        assert listed.count(f"  -- {STEPS[column]}\n") <= 1
        assert f"-- {STEPS[column]}" in listed


def test_the_statement_is_the_one_that_is_run() -> None:
    sql = 'SELECT\n  "t"."a" AS "quantity",\n  1 AS "other"\nFROM "events" AS "t"'

    listed = commented_sql(sql, title="A", says=["B."], deal_fingerprint="c", parameters={})

    assert without_comments(listed) == sql
    assert f'AS "quantity",  -- {STEPS["quantity"]}' in listed


def test_a_name_without_a_measure_is_refused_with_those_that_have_one() -> None:
    with pytest.raises(Refusal, match="Name one of: homes"):
        sql_of(with_measure(), "kept")


def test_units_are_certified_by_a_party_that_holds_a_feed() -> None:
    certified = {**UNITS, "kind": "certified-units", "units": "course", "certified_by": "College"}
    deal = a_deal(outcomes={"homes": an_outcome(measure=certified)}, data=[COURT])

    with pytest.raises(Refusal, match="College is to certify the units and holds none"):
        sql_of(deal, "homes")
