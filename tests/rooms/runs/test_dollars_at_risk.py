"""Dollars at risk, by hand: 100.00 a home, matches from 0.9 on, a review band around it."""

from __future__ import annotations

from decimal import Decimal

from payforsuccess.errors import Refusal
from payforsuccess.records.link.clusters import Decisions
from payforsuccess.runs.run.dollars_at_risk import MOST_THRESHOLDS
from payforsuccess.runs.run.risk_in_words import DollarsAtRisk, DueInDoubt
from tests.lib.deals import a_term
from tests.lib.matched_homes import Pair, a_matched_deal, at_risk, homes_of, paid

OWN = ("a1", "a2", "a3", "a4")
PAIRS: tuple[Pair, ...] = (
    ("a1", "h1", "0.99"),  # beyond doubt: a home
    ("a2", "h2", "0.92"),  # taken, in doubt: a home
    ("a3", "h3", "0.87"),  # not taken, in doubt: a home if it were
    ("a4", "h4", "0.98"),  # beyond doubt: a home
    ("a4", "j4", "0.93"),  # taken, in doubt: no home, unless this is another person's jail record
)


def found(band: tuple[str, str] | None = ("0.85", "0.95"), **deal: object) -> DollarsAtRisk:
    risk = at_risk(a_matched_deal(band=band, **deal), PAIRS, OWN)
    assert risk is not None
    return risk


def test_what_is_due_at_each_threshold_of_the_band() -> None:
    """Two homes now (a1, a2).

    From 0.85: a3 too, 3. From 0.92: as now. From 0.93: without a2, 1. From 0.95: a4's jail record
    is not theirs, so a1 and a4, 2.
    """
    risk = found()

    assert risk.due == 200_00
    assert [(str(at.threshold.normalize()), at.due) for at in risk.thresholds] == [
        ("0.85", 300_00),
        ("0.9", 200_00),
        ("0.92", 200_00),
        ("0.93", 100_00),
        ("0.95", 200_00),
    ]


def test_each_doubtful_cluster_is_paid_with_and_without() -> None:
    """Without a2's home 100.00; with a3's 300.00; without a4's jail record 300.00."""
    assert sorted(found().clusters, key=lambda one: (one.with_it, one.without_it)) == [
        DueInDoubt(200_00, 100_00),
        DueInDoubt(200_00, 300_00),
        DueInDoubt(300_00, 200_00),
    ]


def test_the_ends_choose_cluster_by_cluster() -> None:
    """Least: a1 alone. Most: all four, which no one threshold gives."""
    risk = found()

    assert (risk.least, risk.most) == (100_00, 400_00)


def test_the_deals_own_terms_pay_each_of_them() -> None:
    """A ceiling of 250.00 holds at the top."""
    risk = found(ceiling="250")

    assert (risk.least, risk.due, risk.most) == (100_00, 200_00, 250_00)


def test_a_step_that_only_two_clusters_reach_together_is_found() -> None:
    """900.00 from four homes on, nothing below: no single cluster reaches it."""
    term = a_term(
        "schedule",
        pays_for="homes",
        bands=[{"below": "4", "pays": "0"}, {"from": "4", "pays": "900"}],
    )
    risk = found(payments=[term])

    assert {one.with_it for one in risk.clusters} == {0}
    assert (risk.least, risk.due, risk.most) == (0, 0, 900_00)


def test_results_that_the_deal_has_no_price_for_are_counted_and_left_out() -> None:
    """Between three and four homes the bands have a gap."""
    term = a_term(
        "schedule",
        pays_for="homes",
        bands=[{"below": "3", "pays": "10"}, {"from": "4", "pays": "900"}],
    )
    deal = a_matched_deal(band=("0.85", "0.95"), payments=[term])
    risk = at_risk(deal, PAIRS, OWN)

    assert risk is not None
    assert risk.thresholds[0].due is None
    assert risk.refused == 3
    assert (risk.least, risk.most) == (10_00, 900_00)
    try:
        paid(
            deal, homes_of({"a1": "a1", "h1": "a1", "a2": "a2", "h2": "a2", "a3": "a3", "h3": "a3"})
        )
    except Refusal as refusal:
        assert refusal.problems
    else:
        raise AssertionError("three homes have no price")


def test_decided_pairs_are_in_doubt_no_more() -> None:
    decided = Decisions(
        same=frozenset({("a2", "h2"), ("a4", "j4")}), different=frozenset({("a3", "h3")})
    )
    risk = at_risk(a_matched_deal(band=("0.85", "0.95")), PAIRS, OWN, decided)

    assert risk is not None
    assert (risk.least, risk.due, risk.most) == (200_00, 200_00, 200_00)
    assert risk.clusters == ()


def test_a_deal_without_a_review_band_has_none() -> None:
    assert at_risk(a_matched_deal(band=None), PAIRS, OWN) is None


def test_many_thresholds_are_thinned_out_and_the_rest_counted() -> None:
    own = [f"a{at}" for at in range(40)]
    pairs = [(f"a{at}", f"h{at}", f"0.{8600 + 10 * at}") for at in range(40)]
    risk = at_risk(a_matched_deal(band=("0.86", "0.95")), pairs, own)

    assert risk is not None
    assert len(risk.thresholds) <= MOST_THRESHOLDS
    assert len(risk.thresholds) + risk.thresholds_left >= 38
    assert "Not tried by themselves" in str(risk)


def test_it_is_told_in_total_and_names_nobody() -> None:
    risk = found()
    told = f"{risk} {risk.as_plain()}"

    assert "Least USD 100.00, most USD 400.00" in str(risk)
    assert "Clusters in doubt: 3; 3 change what is due by themselves" in str(risk)
    assert not any(key in told for key in ("a1", "a2", "h2", "j4"))
    assert risk.threshold == Decimal("0.9")
