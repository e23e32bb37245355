"""What an award must rest on, and what holds it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from payforsuccess.selection.award import check_award, check_costs
from payforsuccess.selection.calendar import add_business_days, calendar_of, what_holds
from payforsuccess.selection.rank import ranking_of
from tests.lib.competitions import a_proposal, a_solicitation, scores

CHECKSUM = "sha256:" + "1" * 64
OTHER = "sha256:" + "2" * 64
AWARD = {
    "proposal": "a",
    "ranking": CHECKSUM,
    "decided_by": "Board",
    "on": "2026-03-20",
    "reasons": "Ranked first.",
}
CLEAR = scores("one: a 4 4, b 3 3, c 1 1")
TIED = scores("one: a 4 2, b 1 4, c 0 0")


def problems(given: Any = CLEAR, *, award: dict[str, Any], **changes: Any) -> list[str]:
    """What is said of an award announced on Thursday 5 March 2026."""
    terms = {"intent_on": "2026-03-05", "award": AWARD | award} | changes
    solicitation = a_solicitation(**terms)
    ranking = ranking_of(solicitation, given, ())
    return [each.what for each in check_award(solicitation, ranking, checksum=CHECKSUM)]


def test_an_award_to_the_first_with_decider_day_and_reasons_stands() -> None:
    """R57: the selection has ranking, decision-maker, date and reasons."""
    assert problems(award={}) == []


def test_choosing_other_than_the_first_needs_a_written_reason() -> None:
    """R57: another than the top rank, only with a reason in writing."""
    (said,) = problems(award={"proposal": "b"})
    assert said == ("The proposal chosen is ranked 2, and no reason says why not the first.")
    assert problems(award={"proposal": "b", "why_not_first": "The first withdrew."}) == []


def test_a_tie_left_open_needs_the_panels_vote() -> None:
    assert "2 proposals tie" in problems(TIED, award={})[0]
    assert problems(TIED, award={"proposal": "b", "panel_vote": "2 to 1 for b."}) == []


def test_an_award_on_another_ranking_is_refused() -> None:
    """A late edit of a score gives another ranking, and the award no longer rests on it."""
    assert "rests on another ranking" in problems(award={"ranking": OTHER})[0]


def test_what_is_not_ranked_gets_no_award() -> None:
    late = [a_proposal("a", received_on="2026-02-20"), a_proposal("b"), a_proposal("c")]
    assert "is not ranked: came in on 2026-02-20" in problems(award={}, proposals=late)[0]


def test_a_tie_that_counsel_has_not_cleared_holds_the_award() -> None:
    """R20: nothing goes on without Counsel's clearance."""
    tie = {"of": "Department A", "kind": "impaired-objectivity"}
    assert "(impaired objectivity) that Counsel has not" in problems(award={}, conflicts=[tie])[0]


def test_an_uncleared_tie_under_a_name_of_nobody_holds_the_award() -> None:
    """R20: a name written wrong does not let the award through."""
    tie = {"of": "Departmnt A", "kind": "unequal-access"}
    assert "no proposal names it" in problems(award={}, conflicts=[tie])[0]


def test_a_word_that_is_not_counsels_does_not_let_the_award_through() -> None:
    word = {"by": "The bidder", "on": "2026-03-01", "basis": "Ours."}
    tie = {"of": "Department A", "kind": "unequal-access", "cleared": word}
    assert "a bidder does not clear" in problems(award={}, conflicts=[tie])[0]
    late = word | {"by": "County Counsel", "on": "2026-03-21"}
    found = problems(award={}, conflicts=[tie | {"cleared": late}])
    assert "after the award on 2026-03-20" in found[0]


def protest(**changes: Any) -> dict[str, Any]:
    return {"by": "b", "on": "2026-03-10", "says": "The scale was not kept."} | changes


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"award": {"on": "2026-03-12"}}, "notice of protest may be given until 2026-03-12"),
        ({"award": {"on": "2026-03-13"}}, ""),
        ({"intent_on": None}, "has not been announced"),
        ({"protests": [protest()]}, "protest of 2026-03-10 by `b` is not answered"),
        ({"protests": [protest(answered_on="2026-03-21", answer="denied")]}, "is not answered"),
        ({"protests": [protest(answered_on="2026-03-20", answer="denied")]}, ""),
        ({"protests": [protest(answered_on="2026-03-18", answer="withdrawn")]}, ""),
        (
            {"protests": [protest(answered_on="2026-03-18", answer="sustained")]},
            "sustained, and no remedy",
        ),
        ({"protests": [protest(on="2026-03-13")]}, ""),
        ({"protests": [protest(on="2026-03-03")]}, "protest of 2026-03-03 by `b` is not answered"),
    ],
)
def test_the_award_waits_for_what_holds_it(changes: dict[str, Any], says: str) -> None:
    """Five business days after Thursday 5 March end with Thursday 12 March."""
    found = problems(**({"award": {}} | changes))
    assert [says in each for each in found] == ([True] if says else [])


def test_a_stage_that_holds_the_award_does_until_it_is_over() -> None:
    stage = {"name": "d", "title": "Debriefing", "opens": "2026-03-21", "closes": "2026-03-27"}
    assert problems(award={}, stages=[stage]) == []
    held = problems(award={}, stages=[stage | {"holds_award": True}])
    assert "“Debriefing” holds the award, and is open until 2026-03-27" in held[0]


def test_an_award_before_scores_are_locked_is_refused() -> None:
    found = problems(award={}, scores_lock_on="2026-03-20")
    assert "before scores were locked" in found[0]


@pytest.mark.parametrize(
    ("day", "number", "closed", "then"),
    [
        (date(2026, 3, 5), 1, (), date(2026, 3, 6)),
        (date(2026, 3, 6), 1, (), date(2026, 3, 9)),
        (date(2026, 3, 7), 1, (), date(2026, 3, 9)),
        (date(2026, 3, 5), 5, (), date(2026, 3, 12)),
        (date(2026, 3, 5), 5, (date(2026, 3, 9), date(2026, 3, 8)), date(2026, 3, 13)),
        (date(9999, 12, 30), 5, (), date.max),
        (date(2026, 12, 24), 10, (date(2026, 12, 25), date(2027, 1, 1)), date(2027, 1, 11)),
    ],
)
def test_business_days_are_monday_to_friday_but_for_those_closed(
    day: date, number: int, closed: tuple[date, ...], then: date
) -> None:
    assert add_business_days(day, number, closed) == then


def test_an_answer_is_due_ten_business_days_after_the_notice() -> None:
    calendar = calendar_of(a_solicitation(intent_on="2026-03-05", protests=[protest()]))
    assert calendar is not None
    assert calendar.protests[0].answer_due_on == date(2026, 3, 24)


def test_before_the_announcement_nothing_can_be_awarded() -> None:
    assert "not been announced" in next(what_holds(a_solicitation(), date(2026, 5, 1)))


PRICED = {
    "criteria": [
        {"name": "need", "title": "Need", "points": 80},
        {"name": "price", "title": "Price", "points": 20, "is_cost": True},
    ],
    "proposals": [a_proposal("a", cost=10), a_proposal("b", cost=20)],
}
QUALITY = scores("one: a 4, b 3", criteria=("need",))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"costs_opened_on": "2026-02-10"}, ""),
        ({"costs_opened_on": "2026-02-09"}, "a score was given after that, on 2026-02-10"),
        ({}, "no day says when costs were opened"),
        (
            {
                "costs_opened_on": "2026-02-11",
                "proposals": [a_proposal("a"), a_proposal("b", cost=2)],
            },
            "has none above 0",
        ),
    ],
)
def test_costs_are_opened_after_quality_is_scored(changes: dict[str, Any], says: str) -> None:
    solicitation = a_solicitation(**(PRICED | changes))
    found = list(check_costs(solicitation, ranking_of(solicitation, QUALITY, ())))
    assert [says in each.what for each in found] == ([True] if says else [])
