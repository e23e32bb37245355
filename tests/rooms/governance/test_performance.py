"""Performance to target: ratings, rows of periods off track, and what must follow (R85)."""

from __future__ import annotations

import textwrap
from datetime import date
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.governance.conditions.feedback import THEME
from payforsuccess.governance.escalation import Followed, follow, overdue_actions
from payforsuccess.governance.initiative.actions import Action
from payforsuccess.governance.performance import Observed, Rated, off_track_since, rate, trend
from payforsuccess.governance.performance_rules import PerformanceRules
from tests.lib.deals import COUNTY
from tests.lib.initiatives import facts_of

ROOT = Path(__file__).resolve().parents[3]
SHIPPED = files("payforsuccess.governance") / "performances" / "performance-to-target-1.yaml"
RULES = read_whole(PerformanceRules, SHIPPED.read_bytes(), file="rules.yaml")
ENDS = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30))
ACTION: dict[str, Any] = {
    "name": "more-homes",
    "metric": "homes",
    "says": "Ask two more landlords",
    "owner": "Ash",
    "opened_on": "2026-03-05",
    "due": "2026-04-05",
}
BODIES: list[dict[str, Any]] = [
    {
        "name": name,
        "title": title,
        "chair": "Ash",
        "seats": [{"member": "Ash", "role": "chairs"}],
        "meets_every": "1 month",
        **({"escalates_to": above} if above else {}),
    }
    for name, title, above in (
        ("operations", "Operations committee", "funders"),
        ("funders", "Funders' committee", "steering"),
        ("steering", "Steering committee", ""),
    )
]


def seen(actual: str | None, expected: str | None = "100", people: int | None = 50) -> Observed:
    return Observed(
        "period 1",
        ENDS[0],
        None if actual is None else Fraction(actual),
        None if expected is None else Fraction(expected),
        people,
    )


@pytest.mark.parametrize(
    ("actual", "rating"),
    [
        ("95", "on track"),
        ("94.99", "watch"),
        ("85", "watch"),
        ("84.99", "off track"),
        ("0", "off track"),
    ],
)
def test_a_rating_is_actual_by_expected_and_a_bound_belongs_to_the_better(
    actual: str, rating: str
) -> None:
    """R85."""
    assert rate(RULES, seen(actual), better="higher").rating == rating


def test_where_less_is_better_it_is_expected_by_actual() -> None:
    """R85: 100 of 105 is 0.952, 100 of 110 is 0.909, 100 of 118 is 0.847."""
    rated = [rate(RULES, seen(a), better="lower").rating for a in ("90", "105", "110", "118", "0")]
    assert rated == ["on track", "on track", "watch", "off track", "on track"]


def test_nothing_is_rated_without_an_expectation_or_to_nothing() -> None:
    for expected in (None, "0", "-1"):
        assert rate(RULES, seen("5", expected), better="higher").rating == "no rating"


def test_few_people_and_hidden_ones_are_too_early_to_say_in_one_word() -> None:
    """R85: 11 people are the least; a hidden number is told by the same words."""
    few = rate(RULES, seen("5", people=10), better="higher")
    hidden = rate(RULES, seen(None, people=None), better="higher")
    assert {few.rating, hidden.rating} == {"too early to say"}
    assert few.why == hidden.why
    assert rate(RULES, seen("100", people=11), better="higher").rating == "on track"


def rated(*actuals: str | None) -> list[Rated]:
    found = []
    for at, actual in enumerate(actuals):
        value = None if actual is None else Fraction(actual)
        one = Observed(f"period {at + 1}", ENDS[at], value, Fraction(100), 50)
        found.append(rate(RULES, one, better="higher"))
    return found


def test_two_in_a_row_are_off_track_from_the_end_of_the_second() -> None:
    """R85."""
    assert off_track_since(RULES, rated("80")) is None
    assert off_track_since(RULES, rated("80", "100", "80")) is None
    assert off_track_since(RULES, rated("80", "80")) == ENDS[1]
    assert off_track_since(RULES, rated("80", None, "80")) == ENDS[2]
    assert off_track_since(RULES, rated("80", "80", "80")) == ENDS[1]
    assert off_track_since(RULES, rated("80", "80", "96")) is None


def test_a_trend_shows_three_periods_and_says_where_they_go() -> None:
    assert trend(RULES, rated("70", "80", "90", "97")) == "0.80, 0.90, 0.97: better each time"
    assert trend(RULES, rated("90", "80", "70")) == "0.90, 0.80, 0.70: worse each time"
    assert trend(RULES, rated("90", "80", "85")) == "0.90, 0.80, 0.85: no clear direction"
    assert trend(RULES, rated("90", None)) == "0.90: too short for a trend"
    assert trend(RULES, rated(None)) == "none yet"


def followed(*actuals: str, on: date, actions: list[dict[str, Any]] | None = None) -> Followed:
    facts = facts_of(bodies=BODIES, actions=actions or [], payors=[{"organisation": COUNTY}])
    return follow(RULES, "homes", rated(*actuals), facts.initiative, on=on)


def test_off_track_without_an_action_is_a_finding() -> None:
    """R85."""
    (finding,) = followed("80", on=date(2026, 2, 10)).findings
    assert "homes is off track and no action is open" in finding.what
    assert followed("80", on=date(2026, 3, 10), actions=[ACTION]).findings == ()
    assert followed("100", on=date(2026, 3, 10)).findings == ()


@pytest.mark.parametrize(
    ("on", "to"),
    [
        (date(2026, 2, 28), "Funders' committee"),
        (date(2026, 3, 29), "Funders' committee"),
        (date(2026, 3, 30), "Steering committee"),
        (date(2026, 4, 28), "Steering committee"),
        (date(2026, 4, 29), "the head of the payor"),
    ],
)
def test_two_periods_off_track_go_to_the_next_body_then_steering_then_the_payor(
    on: date, to: str
) -> None:
    """R85: at once, after 30 days and after 60; the second period ended on 28 February."""
    escalation = followed("80", "80", on=on).escalation
    assert escalation is not None
    assert escalation.to == to


def test_the_clock_starts_no_earlier_than_the_open_action() -> None:
    """The action was opened on 5 March: 30 days later is 4 April."""
    escalation = followed("80", "80", on=date(2026, 4, 3), actions=[ACTION]).escalation
    assert escalation is not None
    assert (escalation.to, escalation.days) == ("Funders' committee", 29)


def test_an_action_after_its_last_day_is_overdue_until_it_is_done() -> None:
    """R85."""
    done = {**ACTION, "name": "done", "done_on": "2026-04-20", "result": "Eight more homes"}
    facts = facts_of(actions=[ACTION, done])
    told = [finding.what for finding in overdue_actions(facts.initiative, on=date(2026, 4, 15))]
    assert len(told) == 2
    assert "10 days overdue" in told[0]
    later = list(overdue_actions(facts.initiative, on=date(2026, 4, 20)))
    assert len(later) == 1
    assert list(overdue_actions(facts.initiative, on=date(2026, 4, 5))) == []


@pytest.mark.parametrize(
    "change",
    [
        {"due": "2026-03-01"},
        {"done_on": "2026-03-10"},
        {"result": "done"},
        {"done_on": "2026-03-01", "result": "x"},
    ],
)
def test_an_action_that_cannot_be_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Action.model_validate({**ACTION, **change})


def test_the_shipped_rules_say_that_they_are_a_proposal() -> None:
    assert "proposal" in RULES.says
    assert RULES.escalations[-1].to == "payor-head"


def test_a_gate_tells_of_overdue_actions() -> None:
    """R85: `pfs gate` is where a coordinator looks without any records at hand."""
    facts = facts_of(actions=[ACTION], on=date(2026, 4, 6))
    assert ["1 day overdue" in finding.what for finding in THEME.findings(facts)] == [True]


def test_the_page_shows_the_rules_as_they_are_shipped() -> None:
    page = (ROOT / "docs/reference/commands/track.md").read_text()
    shown = page.split("```yaml\n")[1].split("```")[0]
    rules = read_whole(PerformanceRules, textwrap.dedent(shown), file="page.yaml")
    told = {**rules.as_plain(), "says": RULES.says}
    assert told == RULES.as_plain()
