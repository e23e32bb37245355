"""The four levers: lowest level, mean beside, and what blocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from importlib.resources import files
from typing import Any

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.governance.capacity import CapacityFile, CapacitySet
from payforsuccess.governance.conditions.capacity import THEME, levers_on
from payforsuccess.governance.facts import Facts
from payforsuccess.governance.levers import LEVERS
from tests.lib.deals import COUNTY, PROVIDER
from tests.lib.initiatives import PLANNED, facts_of, missing, said, shown_by

NAME = "pay-for-success-1.yaml"
SET = read_whole(
    CapacitySet,
    (files("payforsuccess.governance") / "capacities" / NAME).read_bytes(),
    file=NAME,
)
PAPER = {"title": "A paper", "where": "minutes"}


def rated(capacity: str, level: int, organisation: str = COUNTY, **changes: Any) -> list[Any]:
    """Two ratings and the level agreed on, with evidence from level 2 on."""
    on = changes.pop("on", "2026-05-01")
    return [
        {
            "organisation": organisation,
            "capacity": capacity,
            "level": str(level),
            "rater": rater,
            "on": on,
            "is_consensus": "true" if rater == "both" else "false",
            **({"evidence": PAPER} if level >= 2 else {}),
            **changes,
        }
        for rater in ("Ash", "Bay", "both")
    ]


def everyone(level: int = 3, **levels: int) -> list[Any]:
    """All capacities of the county and the provider at one level, some at another."""
    return [
        rating
        for organisation in (COUNTY, PROVIDER)
        for each in SET.capacities
        for rating in rated(each.name, levels.get(each.name, level), organisation)
    ]


def facts(ratings: list[Any], **changes: Any) -> Facts:
    file = CapacityFile.model_validate(
        {"format": "1", "set": "pay-for-success-1", "standing": "illustrative", "ratings": ratings}
        | {"improvements": changes.pop("improvements", [])}
    )
    return replace(facts_of(PLANNED, **changes), capacity=file, capacity_set=SET)


def test_the_shipped_set_covers_all_four_levers_and_says_whose_it_is() -> None:
    """R90, R94: a proposal of the product, five levels, six months."""
    assert {each.lever for each in SET.capacities} == set(LEVERS)
    assert len(SET.capacities) == 15
    assert "proposal" in SET.says
    assert str(SET.rerate_every) == "6 months"


def test_all_four_levers_are_rated_before_launch() -> None:
    """R90."""
    assert "No capacities" in missing(THEME, "levers-rated", facts_of(PLANNED))
    assert "2 organisations are rated, the lowest at 3" in shown_by(
        THEME, "levers-rated", facts(everyone())
    )


def test_a_lever_is_as_high_as_its_lowest_capacity_with_the_mean_beside() -> None:
    """R90."""
    county, provider = levers_on(facts(everyone(3, k6=2)))
    technology = county.levers[LEVERS.index("technology")]
    assert technology.lowest == 2
    assert technology.mean == Fraction(8, 3)
    assert not technology.is_blocking
    assert (county.rated_as, provider.rated_as) == ("government", "provider")


def test_a_lever_at_0_or_1_blocks_launch() -> None:
    """R90."""
    found = missing(THEME, "levers-rated", facts(everyone(3, k6=1)))
    assert f"{COUNTY}, as government, technology (at level 1)" in found
    assert f"{PROVIDER}, as provider, technology (at level 1)" in found
    assert "level 0" in missing(THEME, "levers-rated", facts(everyone(3, k6=0)))


def test_an_unrated_lever_blocks_launch() -> None:
    """R90."""
    ratings = [each for each in everyone() if each["capacity"] != "k15"]
    assert "capacity (not rated: k15)" in missing(THEME, "levers-rated", facts(ratings))


def test_government_and_each_provider_are_rated_apart() -> None:
    """R94: a provider nobody rated blocks; the cash flow of a provider is asked of it alone."""
    county_only = [each for each in everyone() if each["organisation"] == COUNTY]
    found = missing(THEME, "levers-rated", facts(county_only))
    assert PROVIDER in found and f"{COUNTY}, as" not in found
    without = [each for each in everyone() if each["capacity"] != "k13"]
    found = missing(THEME, "levers-rated", facts(without))
    assert "provider, contracts (not rated: k13)" in found
    assert "government" not in found


def test_without_a_payor_or_a_provider_nothing_can_be_said() -> None:
    """R94."""
    found = facts(everyone(), organisations=[PLANNED["organisations"][0]])
    assert "No provider" in missing(THEME, "levers-rated", found)


def test_two_people_rate_and_then_agree() -> None:
    """R94: two raters plus consensus."""
    one = [each for each in everyone() if each["rater"] != "Bay"]
    (found, *_) = levers_on(facts(one))[0].levers[0].capacities
    assert found.level is None
    assert found.why_not == "1 of 2 people rated it before a level was agreed on"
    apart = [each for each in everyone() if each["rater"] != "both"]
    (found, *_) = levers_on(facts(apart))[0].levers[0].capacities
    assert found.why_not == "the raters have not agreed on a level"


def test_from_level_2_on_there_is_evidence() -> None:
    """R94: without it the level does not count, and is a problem."""
    facts_found = facts([*rated("k1", 2, evidence=None), *rated("k2", 1)])
    (k1, k2, *_) = levers_on(facts_found)[0].levers[0].capacities
    assert (k1.level, k2.level) == (None, 1)
    assert k1.why_not == "level 2 needs evidence"
    assert len(said(THEME.problems(facts_found))) == 3


def test_repeat_scores_are_compared() -> None:
    """R94."""
    again = rated("k1", 2, on="2025-09-01") + rated("k1", 3) + rated("k2", 2)
    (k1, k2, *_) = levers_on(facts(again))[0].levers[0].capacities
    assert (k1.before, k1.level, k1.change) == (2, 3, 1)
    assert (k2.before, k2.change) == (None, None)


def test_ratings_are_made_again_every_six_months() -> None:
    """R94: rated on 1 December, due on 1 June, late on the day after."""
    old = rated("k1", 3, on="2025-12-01")
    assert not said(THEME.findings(facts(old)))
    (found,) = said(THEME.findings(facts(old, on=date(2026, 6, 2))))
    assert f"{COUNTY}: 1 capacity was to be rated again by now: k1." == found


def test_a_rating_after_the_day_does_not_count_yet() -> None:
    """R94."""
    (k1, *_) = levers_on(facts(rated("k1", 3, on="2026-06-02")))[0].levers[0].capacities
    assert k1.why_not == "nobody rated it"


def test_a_plan_to_improve_stands_beside_its_capacity() -> None:
    """R94."""
    plan = {
        "organisation": COUNTY,
        "capacity": "k1",
        "to": "3",
        "by": "2026-12-01",
        "owner": "Ash",
        "says": "name a champion in the budget office",
    }
    (k1, *_) = levers_on(facts(rated("k1", 1), improvements=[plan]))[0].levers[0].capacities
    assert k1.plan is not None and k1.plan.to == 3


def test_what_is_not_in_the_set_or_the_initiative_is_a_problem() -> None:
    """R94."""
    found = said(THEME.problems(facts(rated("k99", 1)[:1] + rated("k1", 1, "Nobody")[:1])))
    assert "`k99` is no capacity" in found[0]
    assert "takes no part" in found[1]
