"""Laws of dollars at risk: what is due lies between its ends, and the ends are truly reached."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from tests.lib.matched_homes import (
    Pair,
    a_matched_deal,
    at_risk,
    clusterings,
    homes_of,
    paid,
    people_at,
)

OWN = ("a1", "a2", "a3", "a4")
OTHERS = ("h1", "h2", "h3", "j1", "j2")
BAND = ("0.85", "0.95")
SCORES = ("0.5", "0.85", "0.87", "0.9", "0.92", "0.95", "0.97")


@st.composite
def pairs(draw: st.DrawFn, scores: tuple[str, ...] = SCORES) -> tuple[Pair, ...]:
    """Some of the pairs of the deal's people with records of other feeds, each with a score."""
    every = [(one, other) for one in OWN for other in OTHERS]
    chosen = draw(st.lists(st.sampled_from(every), unique=True, max_size=7))
    return tuple((one, other, draw(st.sampled_from(scores))) for one, other in chosen)


@given(pairs(), st.sampled_from([None, "150", "250"]))
def test_what_is_due_lies_between_least_and_most(found: tuple[Pair, ...], ceiling: str) -> None:
    risk = at_risk(a_matched_deal(band=BAND, ceiling=ceiling), found, OWN)

    assert risk is not None
    assert risk.least <= risk.due <= risk.most
    for at in risk.thresholds:
        assert at.due is not None
        assert risk.least <= at.due <= risk.most


@given(pairs(scores=("0.5", "0.84", "0.951", "0.99")))
def test_without_a_pair_in_the_band_nothing_is_at_risk(found: tuple[Pair, ...]) -> None:
    risk = at_risk(a_matched_deal(band=BAND), found, OWN)

    assert risk is not None
    assert risk.least == risk.due == risk.most
    assert risk.clusters == ()


@given(pairs())
def test_the_ends_are_those_of_measuring_every_choice_of_clusters(found: tuple[Pair, ...]) -> None:
    """Measured anew for every combination of clusters with, without, and as they are."""
    deal = a_matched_deal(band=BAND)
    risk = at_risk(deal, found, OWN)
    links = clusterings(found)
    current = links.at(Decimal("0.9"))
    doubtful = links.doubtful(Decimal("0.85"), Decimal("0.95"))
    choices = []
    for one in doubtful:
        within = set(one.records)
        now = tuple(cluster for cluster in current if cluster[0] in within)
        choices.append({one.with_band, one.without_band, now})
    in_doubt = {key for one in doubtful for key in one.records}
    beyond = [cluster for cluster in current if cluster[0] not in in_doubt]
    dues = []
    for chosen in product(*choices):
        clusters = sorted([*beyond, *(cluster for clusters in chosen for cluster in clusters)])
        dues.append(paid(deal, homes_of(people_at(links, OWN, clusters))))

    assert risk is not None
    at_thresholds = [at.due for at in risk.thresholds if at.due is not None]
    assert risk.least == min(*dues, *at_thresholds, risk.due)
    assert risk.most == max(*dues, *at_thresholds, risk.due)
