"""What a plan must say before anyone is drawn (R83, R116, R137)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.evaluation.lottery.terms import frozen_plans, terms_of
from tests.lib.lotteries import A_YEAR, a_plan


def refused(**changes: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        terms_of({"arrests": a_plan(**changes)})
    return str(refusal.value)


def with_lottery(**changes: Any) -> dict[str, Any]:
    return {"lottery": {"excluded_for": "12 months", **changes}}


def test_a_plan_gives_its_lottery() -> None:
    terms = terms_of(
        {
            "arrests": a_plan(
                assignment="blocked",
                strata=["site"],
                treated_share="1/3",
                **with_lottery(block_sizes=["6", "3"], values={"site": ["north", "south"]}),
            )
        }
    )

    assert (terms.treated, terms.control) == ("coach", "no-coach")
    assert (terms.share, terms.sizes) == (Fraction(1, 3), (3, 6))
    assert (terms.strata, terms.values) == (("site",), (("north", "south"),))
    assert (terms.excluded_for, terms.in_rounds) == (A_YEAR, False)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"lottery": None}, "does not say how its lottery is run"),
        ({"treated_share": "100%"}, "chance decides nothing"),
        ({"assignment": "blocked", "block_size": "4"}, "last person of a block be guessed"),
        (with_lottery(block_sizes=["4"]), "two or more"),
        (with_lottery(block_sizes=["4", "4"]), "two or more"),
        (with_lottery(block_sizes=["3", "4"]), "A block of 3 cannot hold the share 1/2"),
        ({"assignment": "stratified", "strata": ["site"]}, "which values the stratum site"),
        (
            {
                "assignment": "stratified",
                "strata": ["site"],
                **with_lottery(values={"site": ["North", "south", "north"]}),
            },
            "Two values of the stratum site differ in capitals",
        ),
        (
            with_lottery(block_sizes=["4", "6"], draws="as-places-open"),
            "without strata, clusters and blocks",
        ),
    ],
)
def test_a_lottery_that_is_not_fully_stated_is_not_drawn(
    changes: dict[str, Any], says: str
) -> None:
    """R116: the wait has an end. R137: block sizes are random."""
    assert says in refused(**changes)


def test_values_of_a_fact_that_makes_no_strata_are_refused() -> None:
    with pytest.raises(ValueError, match="makes no strata"):
        a_plan(**with_lottery(values={"site": ["north"]}))


def test_one_lottery_decides_for_all_plans_of_a_deal() -> None:
    alike = {"arrests": a_plan(), "work": a_plan(says="Another outcome of the same draw.")}

    assert terms_of(alike) == terms_of({"arrests": a_plan()})
    with pytest.raises(Refusal, match="arrests and work draw people in different ways"):
        terms_of({"arrests": a_plan(), "work": a_plan(treated_share="60%")})


def test_a_deal_without_a_randomised_plan_has_no_lottery() -> None:
    with pytest.raises(Refusal, match="No plan of the deal assigns people at random"):
        terms_of({})


def test_the_seal_written_into_a_plan_changes_nothing_that_was_frozen() -> None:
    sealed = a_plan(seed_fingerprint="sha256:" + "a" * 64)

    assert frozen_plans({"arrests": sealed}) == frozen_plans({"arrests": a_plan()})
    assert frozen_plans({"arrests": a_plan(sample_floor="9")}) != frozen_plans(
        {"arrests": a_plan()}
    )
