"""Who goes on serving the people in services when the deal ends."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.governance.conditions.handover import THEME
from payforsuccess.governance.facts import Facts
from payforsuccess.reports.registers.handover import handover_document
from payforsuccess.reports.text import write_text
from tests.lib.initiatives import PAPER, facts_of, missing, said, shown_by

ON = date(2026, 6, 1)
HOMES: dict[str, Any] = {
    "name": "homes",
    "people": "41",
    "service": "visits by the team",
    "to": "Housing for Health",
    "paid_by": "County",
    "from": "2026-05-01",
    "agreed_on": "2026-03-01",
    "paper": PAPER,
    "told_on": "2026-04-10",
    "done_on": "2026-05-01",
}
NOBODY = {"by": "The provider", "on": "2026-05-30", "paper": PAPER}


def ended(*groups: dict[str, Any]) -> Facts:
    return facts_of(handover={"groups": list(groups)})


def without(*keys: str) -> dict[str, Any]:
    return {key: value for key, value in HOMES.items() if key not in keys}


def test_a_blank_hands_nobody_over() -> None:
    """R126: neither gate takes silence for nobody in services."""
    for name in ("handover-agreed", "people-handed-over"):
        assert "not on file who goes on serving" in missing(THEME, name, facts_of())


def test_people_are_handed_over_once_someone_agreed_they_were_told_and_are_served() -> None:
    """R126: each person's services go on."""
    facts = ended(HOMES)
    agreed = shown_by(THEME, "handover-agreed", facts)
    assert agreed == "41 people in 1 group. homes: Housing for Health, paid by County"
    assert shown_by(THEME, "people-handed-over", facts).endswith("the last on 2026-05-01")
    assert said(THEME.problems(facts)) == said(THEME.findings(facts)) == []


@pytest.mark.parametrize("key", ["agreed_on", "paper"])
def test_a_promise_without_paper_or_day_is_none(key: str) -> None:
    told = missing(THEME, "handover-agreed", ended(without(key)))
    assert told == "Nobody has agreed on paper to go on serving: homes."


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"told_on": "2026-07-01"}, "homes (served by the other, but not told)"),
        ({"done_on": "2026-07-01"}, "homes (told)"),
        ({"done_on": "2026-07-01", "told_on": "2026-07-01"}, "homes (not told)"),
    ],
)
def test_what_happens_later_has_not_happened_yet(change: dict[str, str], says: str) -> None:
    assert says in missing(THEME, "people-handed-over", ended(HOMES | change))


def test_nobody_in_services_is_a_finding_with_its_day() -> None:
    facts = facts_of(handover={"nobody": NOBODY})
    assert "found by The provider on 2026-05-30" in shown_by(THEME, "people-handed-over", facts)
    later = facts_of(handover={"nobody": NOBODY | {"on": "2026-07-01"}})
    assert "after this day" in missing(THEME, "handover-agreed", later)


def test_who_was_handed_over_before_being_told_or_without_agreement_is_a_problem() -> None:
    (early,) = said(THEME.problems(ended(HOMES | {"told_on": "2026-05-02"})))
    assert "before they were told on 2026-05-02" in early
    (unasked,) = said(THEME.problems(ended(without("agreed_on"))))
    assert "had not agreed" in unasked


def test_a_handover_that_is_late_is_told_in_days() -> None:
    (late,) = said(THEME.findings(ended(without("done_on"))))
    assert "was to serve them from 2026-05-01, 31 days ago" in late


@pytest.mark.parametrize("both", [{}, {"groups": [HOMES], "nobody": NOBODY}])
def test_there_are_people_or_there_are_none(both: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Either people are handed over"):
        facts_of(handover=both)


def test_the_register_shows_who_goes_on_and_what_is_open() -> None:
    """R126."""

    def shown(facts: Facts) -> str:
        return " ".join(write_text(handover_document(facts)).split())

    full = shown(ended(HOMES))
    assert "agreed on 1 March 2026; told on 10 April 2026; handed over on 1 May 2026" in full
    assert "NOT AGREED; NOT TOLD; open" in shown(ended(without("paper", "told_on", "done_on")))
    assert "Nobody is in services, found by The provider" in shown(
        facts_of(handover={"nobody": NOBODY})
    )
    assert "not on file who goes on serving" in shown(facts_of())
