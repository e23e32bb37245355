"""Just in Reach's published change in cost by agency, from the shipped value file and its forecast.

Published, for one person over the 12 months after moving in, against the comparison: jail services
16,891 less, shelter and temporary housing 1,643 less, probation 672 more (RAND RRA1758-1, as the GO
Lab INDIGO data quote it). No other amount is published.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from payforsuccess.finance.forecast import forecast
from payforsuccess.finance.value import CaseValue, value_of
from payforsuccess.runs.finance.files import Financed, open_financed
from payforsuccess.runs.finance.value_file import open_value

EXAMPLE = Path(__file__).parents[2] / "examples" / "just-in-reach"
PUBLISHED = {"jail": 16_891_00, "shelter": 1_643_00, "probation": -672_00}
"""In cents, above 0 where less was spent."""


@pytest.fixture(scope="module")
def financed() -> Financed:
    return open_financed(EXAMPLE, with_known=False)


@pytest.fixture(scope="module")
def base(financed: Financed) -> CaseValue:
    file, _ = open_value(financed)
    found = forecast(financed.history, financed.assumptions, cases=("base",))
    return value_of(found, file).cases["base"]


def test_the_published_changes_come_out_for_each_person_with_their_signs(base: CaseValue) -> None:
    by_line = {each.line.name: each for each in base.lines}
    people = 300  # published: the size of the deal
    for name, amount in PUBLISHED.items():
        assert abs(by_line[name].units) == people
        assert by_line[name].average == people * amount


def test_each_agency_keeps_its_own_published_amount(base: CaseValue) -> None:
    told = {row.holder: row.average for row in base.holders}
    assert told["Sheriff's Department"] == 300 * 16_891_00
    assert told["LAHSA"] == 300 * 1_643_00
    assert told["Probation Department"] == -300 * 672_00


def test_the_three_come_to_17_862_a_person_less_which_leaves_out_health_and_housing(
    base: CaseValue,
) -> None:
    published = [each for each in base.lines if each.line.name in PUBLISHED]
    assert sum(each.average for each in published) == 300 * 17_862_00


def test_nothing_else_claims_to_be_published(financed: Financed) -> None:
    file, _ = open_value(financed)
    claimed = {line.name for line in file.lines if line.average.standing == "published"}
    assert claimed == set(PUBLISHED)
    for line in file.lines:
        assert line.marginal.standing == "illustrative"
        assert "made up" in line.cashable.reason.casefold()
        assert line.cashable.confirmed_by is None
    assert {each.standing for each in file.found} == {"illustrative"}
