"""Parts of a result that cannot be parts of it are refused: subgroups, and cohorts."""

from __future__ import annotations

import pytest

from payforsuccess.errors import Refusal
from tests.lib.deals import a_deal, a_term, an_outcome
from tests.lib.settling import a_result, columns, paid, problems_of

PEOPLE = {"says": "Adults", "start_event": "release"}
VET = {"group": "vet", "value": "5"}


def told(*groups: dict[str, str], value: str = "10") -> str:
    term = a_term(price="1", subgroups=[{"group": "vet", "times": "3"}])
    deal = a_deal(payments=[term], people={**PEOPLE, "subgroups": ["vet"]})
    with pytest.raises(Refusal) as refusal:
        paid(deal, columns({}, a_result(value=value, groups=list(groups))))
    return problems_of(refusal.value)


def test_a_subgroups_part_lies_between_0_and_the_whole() -> None:
    assert "is 500, which is no part of 10" in told({**VET, "value": "500"})
    assert "is -500, which is no part of 10" in told({**VET, "value": "-500"})


def test_a_subgroups_part_is_stated_once() -> None:
    assert "is stated 2 times" in told(VET, {**VET, "value": "2"})


def test_a_result_for_all_is_what_its_cohorts_add_up_to() -> None:
    cohorts = [{"name": "A1", "from": "2026-01-01", "to": "2026-12-31"}]
    deal = a_deal(payments=[a_term(price="1")], people={**PEOPLE, "cohorts": cohorts})
    parts = a_result(value="10", cohort="A1")
    with pytest.raises(Refusal) as refusal:
        paid(deal, columns({}, a_result(value="30"), parts))
    said = problems_of(refusal.value)
    assert "the result for all is 30, but those of the cohorts add up to 10" in said
    assert paid(deal, columns({}, a_result(value="10"), parts)) == [10_00]


def test_at_a_point_a_subgroup_has_the_part_that_the_period_added() -> None:
    """To date 10 with 4, then 20 with 8: ten units and four of them twice."""
    point = {"name": "mid", "determined_by": "2026-06-30"}
    subgroups = [{"group": "vet", "times": "2"}]
    term = a_term(price="1", reads="points", points=[point], subgroups=subgroups)
    deal = a_deal(
        payments=[term],
        people={**PEOPLE, "subgroups": ["vet"]},
        outcomes={"homes": an_outcome(reported_as="to-date")},
    )
    results = [
        a_result(value=value, period=at, groups=[{"group": "vet", "value": vets}])
        for at, value, vets in ((1, "10", "4"), (2, "20", "8"))
    ]
    assert paid(deal, columns({}, *results), through=2) == [0, 14_00]
