"""What is proved about whole deals, and what is found, in the sentences a lawyer reads."""

from __future__ import annotations

from typing import Any

import pytest

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding, Proved, Sentence
from payforsuccess.payments.proofs import liability_of, prove, reaches_of
from tests.lib.deals import (
    COUNTY,
    EVALUATOR,
    INVESTOR,
    PARTIES,
    TERMS,
    a_deal,
    a_term,
    an_outcome,
    two_payors,
)
from tests.lib.evaluated import MEASURE, feeds

TOPIC = "no-success"
KEPT_FIVE = {"outcome": "kept", "at_least": "5", "otherwise": "lost"}


def about(deal: Deal, topic: str) -> list[Finding]:
    """The findings of one topic."""
    return [finding for finding in prove(deal) if finding.topic == topic]


def one(kind: str = "unit-price", **changes: Any) -> Deal:
    """The small deal with one line."""
    return a_deal(payments=[a_term(kind, **changes)])


def text(findings: list[Finding]) -> str:
    """All sentences."""
    return " ".join(finding.what for finding in findings)


@pytest.mark.parametrize("kind", TERMS)
def test_nothing_is_due_without_success_in_any_kind(kind: str) -> None:
    found = about(one(kind), "no-success")
    assert len(found) == 1 and isinstance(found[0], Proved)
    assert found[0].what.startswith("Nothing is due without success")


def test_a_line_with_a_floor_pays_without_success_and_is_named() -> None:
    found = about(one(floor_each_period="50"), "no-success")
    assert [type(finding) for finding in found] == [Finding]
    assert "Line “unit price” would pay USD 50.00" in found[0].what
    assert found[0].where.field == "payments[0]"


def test_a_price_on_a_level_pays_at_its_baseline() -> None:
    found = about(one(pays_for="arrests"), "no-success")
    assert "would pay USD 6,000.00" in text(found)


@pytest.mark.parametrize(
    ("kind", "is_proved"), [("outcome", True), ("impact", False), ("change", False)]
)
def test_what_compares_with_nobody_is_no_proof_that_nothing_is_due(
    kind: str, is_proved: bool
) -> None:
    """A count that is a plain outcome is 0 without success; a change can come by itself."""
    alone: dict[str, Any] = {
        "says": "What happened to those served.",
        "estimand": "att",
        "measure": MEASURE,
        "decision": {"pays_on": "point-estimate"},
    }
    count = {"design": "verified-count", "estimator": "none", "verified_by": EVALUATOR}
    before = {**MEASURE, "looks": "back"}
    change = {"design": "pre-post", "estimator": "change-in-means", "before": before}
    outcome = an_outcome("days", estimate="plan", type="outcome" if kind == "change" else kind)
    deal = a_deal(
        data=feeds(),
        payments=[a_term(pays_for="days")],
        outcomes={"days": outcome},
        evaluation={"plan": {**alone, **(change if kind == "change" else count)}},
    )

    found = about(deal, "no-success")

    assert [isinstance(finding, Proved) for finding in found] == [is_proved]
    assert is_proved or "the plan `plan` compares with nobody" in text(found)


def test_a_line_after_one_that_earned_nothing_pays_nothing() -> None:
    bonus = a_term(
        name="bonus",
        floor_each_period=None,
        conditions=[{"after": "base", "otherwise": "lost"}],
        pays_for="arrests",
    )
    deal = a_deal(payments=[a_term(name="base"), bonus])
    assert all(isinstance(finding, Proved) for finding in about(deal, "no-success"))


def test_a_baseline_reset_counts_as_no_success() -> None:
    excused = {
        "from": "2026-01-01",
        "to": "2026-06-30",
        "says": "A flood",
        "decision": "The Board",
        "effect": "baseline-reset",
        "baseline": "80",
        "outcomes": ["arrests"],
    }
    bands = [{"below": "60", "pays": "900"}, {"from": "60", "below": "81"}, {"from": "81"}]
    term = a_term("schedule", pays_for="arrests", bands=bands)
    sound = a_deal(payments=[term], excused=[excused])
    assert isinstance(about(sound, "no-success")[0], Proved)
    wrong = a_deal(payments=[term], excused=[{**excused, "baseline": "50"}])
    assert "would pay USD 900.00" in text(about(wrong, "no-success"))


def test_a_reset_baseline_is_named_in_the_sentence() -> None:
    excused = {
        "from": "2026-04-01",
        "to": "2026-06-30",
        "says": "A flood",
        "decision": "The Board",
        "effect": "baseline-reset",
        "baseline": "80",
    }
    term = a_term("effect-price", pays_for="arrests", treated=None, price="1")
    deal = a_deal(payments=[term], excused=[excused])
    found = about(deal, TOPIC)
    assert [type(finding) for finding in found] == [Proved]
    assert (
        "with “arrests” at 60 arrests (80 arrests in quarters that start from 1 April 2026 to 30 "
        "June 2026), no line pays anything"
    ) in found[0].what


def test_an_outcome_that_is_only_tested_is_named_too() -> None:
    found = about(one(pays_for="arrests", conditions=[KEPT_FIVE]), TOPIC)
    assert isinstance(found[0], Proved)
    assert "with “arrests” at 60 arrests and “kept” at 0 people" in found[0].what


def test_a_condition_on_what_is_read_to_date_looks_at_the_sum() -> None:
    """Nine units in each of eight quarters reach ten in the second, and are paid."""
    deal = a_deal(
        payments=[
            a_term(
                pays_for="days",
                price="1",
                reads="to-date",
                conditions=[{"outcome": "days", "at_least": "10", "otherwise": "held"}],
            )
        ],
        outcomes={"days": an_outcome("days", bounds={"value": {"least": "0", "most": "9"}})},
    )
    assert liability_of(deal, reaches_of(deal)).in_all == 8 * 900
    without = one(
        pays_for="arrests",
        reads="to-date",
        conditions=[{"outcome": "arrests", "at_least": "61", "otherwise": "held"}],
    )
    assert not any(isinstance(finding, Proved) for finding in about(without, TOPIC))


def test_bands_on_a_difference_must_hold_what_falls() -> None:
    deal = a_deal(
        payments=[
            a_term(
                "schedule",
                pays_for="homes",
                bands=[{"from": "0", "below": "5"}, {"from": "5", "pays": "9"}],
                conditions=[{"outcome": "homes", "at_least": "-40", "otherwise": "lost"}],
            )
        ],
        outcomes={"homes": an_outcome("homes", reported_as="to-date")},
    )
    found = about(deal, "bands")
    assert type(found[0]) is Finding and "in no band" in found[0].what


def test_each_ceiling_has_its_reason_and_its_place() -> None:
    changes = two_payors(ceiling="700", steps_in="City of Birch")
    deal = a_deal(
        payments=[
            a_term(ceiling="900", ceiling_each_period="300", carry_until="2027-01-01"),
            a_term(name="other", ceiling="100"),
        ],
        ceiling="1000",
        ceilings={"each_period": "400"},
        **changes,
    )
    found = about(deal, "ceiling")
    assert all(isinstance(finding, Proved) for finding in found)
    said = text(found)
    for expected in (
        "Line “unit price” never pays more than USD 900.00 in all",
        "never pays more than USD 300.00 in one quarter",
        "All lines together never pay more than USD 1,000.00",
        "All lines together never pay more than USD 400.00 in one quarter",
        "Alder County never pays more than USD 700.00; City of Birch pays what passes it",
        "The ceilings of the lines add up to the deal's, USD 1,000.00.",
        "(clause: section 4)",
    ):
        assert expected in said
    assert "payments[0].ceiling" in [finding.where.field for finding in found]


def test_a_ceiling_that_bounds_cannot_reach_says_so() -> None:
    assert "reach no further than USD 32,000.00" in text(about(one(ceiling="50000"), "ceiling"))


def test_a_deal_without_a_ceiling_says_so() -> None:
    found = about(one(), "ceiling")
    assert [type(finding) for finding in found] == [Finding]
    assert "The deal has no ceiling" in found[0].what


def test_liability_by_fiscal_year_follows_the_days_to_pay() -> None:
    deal = one()  # quarters of 2026 and 2027, at most 40 people at 100.00, paid within 30 days
    liability = liability_of(deal, reaches_of(deal))
    years = [(year.fiscal_year, year.most) for year in liability.years]
    assert years == [(2026, 400_000), (2027, 1_600_000), (2028, 1_200_000)]
    assert liability.in_all == 3_200_000
    assert liability.is_dated


def test_ceilings_bind_the_liability() -> None:
    deal = a_deal(
        payments=[a_term(ceiling_each_period="1000")],
        ceiling="5000",
    )
    years = [year.most for year in liability_of(deal, reaches_of(deal)).years]
    assert years == [100_000, 400_000, 300_000]
    assert liability_of(deal, reaches_of(deal)).in_all == 500_000


def test_without_bound_and_ceiling_it_is_unbounded_and_names_what_is_missing() -> None:
    deal = a_deal(
        payments=[a_term(pays_for="days")],
        outcomes={"days": an_outcome("days", bounds=None)},
    )
    said = text(about(deal, "liability"))
    assert "is unbounded" in said and "no bounds are stated for “days”" in said
    assert liability_of(deal, reaches_of(deal)).in_all is None


def test_a_ceiling_alone_bounds_what_has_no_bounds() -> None:
    deal = a_deal(
        payments=[a_term(pays_for="days", ceiling="900")],
        outcomes={"days": an_outcome("days", bounds=None)},
    )
    assert liability_of(deal, reaches_of(deal)).in_all == 90_000


def test_a_limit_for_each_person_counts_everyone_who_can_be_served() -> None:
    deal = one(limit_each_person="1", round_each="person", pays_for="homes")
    assert liability_of(deal, reaches_of(deal)).in_all == 400_000


def test_provided_money_is_compared_year_by_year() -> None:
    deal = a_deal(
        budget={
            "provided": [
                {"fiscal_year": "2026", "amount": "5000", "kind": "appropriation"},
                {"fiscal_year": "2027", "amount": "9000", "kind": "set-aside"},
                {"fiscal_year": "2040", "amount": "1", "kind": "set-aside"},
            ]
        }
    )
    found = about(deal, "liability")
    said = text(found)
    assert "USD 5,000.00 is provided (appropriation USD 5,000.00), which covers it." in said
    assert "set-aside USD 9,000.00), which falls short by USD 7,000.00." in said
    assert "USD 12,000.00 can fall due, without corrections; nothing is provided" in said
    assert "provided for fiscal year 2040, in which nothing can fall due" in said


def test_a_day_that_the_deal_does_not_fix_is_said() -> None:
    deal = a_deal(pays_within_days={"days": "30", "of": "determination"})
    assert "does not fix the day of each determination" in text(about(deal, "liability"))


def test_points_fall_due_by_their_last_day() -> None:
    deal = a_deal(
        payments=[
            a_term(
                "schedule",
                reads="points",
                points=[{"name": "final", "determined_by": "2027-06-30"}],
            )
        ],
        outcomes={"reduction": an_outcome("reduction", reported_as="point")},
        pays_within_days={"days": "30", "of": "determination"},
    )
    liability = liability_of(deal, reaches_of(deal))
    assert [(year.fiscal_year, year.most) for year in liability.years] == [(2028, 613_000)]
    # determined in April it would fall due in the year before
    assert not liability.is_dated
    years = [f for f in about(deal, "liability") if f.what.startswith("Fiscal year 2028")]
    assert "without corrections and if each determination comes on its last day." in text(years)
    assert "An earlier or later one can move its amount" in text(about(deal, "liability"))


def test_a_year_is_proved_without_corrections_which_can_fall_due_later() -> None:
    found = about(one(), "liability")
    years = [finding for finding in found if finding.what.startswith("Fiscal year")]
    assert years and all(isinstance(finding, Proved) for finding in years)
    assert all("can fall due, without corrections." in finding.what for finding in years)
    assert "A correction falls due with the statement that makes it" in text(found)


def test_what_flowed_back_gives_a_later_year_more_room_under_a_ceiling() -> None:
    """A loss of 100 in the first year lets 200 be paid in the next under a ceiling of 100."""
    bands = [
        {"below": "0", "pays": "-100"},
        {"from": "0", "pays": "0"},
        {"above": "4", "pays": 100},
    ]
    deal = a_deal(
        payments=[
            a_term("schedule", bands=bands, may_be_negative={"pays": INVESTOR, "to": COUNTY})
        ],
        parties=[*PARTIES, {"name": INVESTOR, "roles": ["investor"]}],
        ceiling="100",
        ends_on="2026-12-31",
    )
    liability = liability_of(deal, reaches_of(deal))
    assert liability.in_all == 10_000
    assert [year.most for year in liability.years] == [10_000, 30_000]
    assert "at most USD 100.00 can fall due, less what flows back." in text(
        about(deal, "liability")
    )


def test_a_floor_is_paid_on_top_of_what_each_person_may_earn() -> None:
    deal = one(ceiling_each_person="1", round_each="person", floor_each_period="1000")
    assert liability_of(deal, reaches_of(deal)).in_all == 40 * 100 + 8 * 100_000


def test_points_without_a_cohort_have_its_ceiling_to_themselves() -> None:
    cohorts = [{"name": "A1", "from": "2026-01-01", "to": "2026-12-31"}]
    points = [
        {"name": "one", "cohort": "A1", "determined_by": "2026-02-01"},
        {"name": "two", "determined_by": "2026-05-01"},
    ]
    deal = a_deal(
        payments=[a_term(reads="points", points=points, ceiling_each_cohort="100")],
        outcomes={"homes": an_outcome(reported_as="point")},
        people={"says": "All", "start_event": "release", "cohorts": cohorts},
    )
    assert liability_of(deal, reaches_of(deal)).in_all == 20_000


def test_forgiven_overpayments_are_told_apart() -> None:
    said = text(about(a_deal(overpayment="forgive"), "liability"))
    assert "can fall due, apart from overpayments that are forgiven." in said
    assert "what payors pay in cash is not" in said
    assert "paid and forgiven can come on top" in text(
        about(a_deal(overpayment="forgive"), "ceiling")
    )


def test_money_that_flows_back_is_bounded_too() -> None:
    bands = [{"below": "10", "pays": "-500"}, {"from": "10", "pays": "500"}]
    deal = a_deal(
        payments=[
            a_term("schedule", bands=bands, may_be_negative={"pays": INVESTOR, "to": COUNTY})
        ],
        parties=[*PARTIES, {"name": INVESTOR, "roles": ["investor"]}],
        ends_on="2026-12-31",
    )
    assert "Elm Fund can owe Alder County at most USD 2,000.00" in text(about(deal, "liability"))


def test_the_largest_jump_is_named_with_its_place_and_amount() -> None:
    found = about(one("schedule"), "cliff")
    assert found[0].what == (
        "Line “schedule” jumps by USD 3,200.00 at 20 percent of “reduction”: 19 pays nothing, 20 "
        "pays USD 3,200.00. (clause: section 4)"
    )


def test_even_prices_have_no_jump() -> None:
    found = about(one(), "cliff")
    assert isinstance(found[0], Proved) and "No line jumps" in found[0].what


def test_a_jump_with_another_outcome_says_at_which_value() -> None:
    found = about(one("share-threshold"), "cliff")
    assert "“served” at 50 people" in found[0].what or "“served” at" in found[0].what


def test_where_payment_falls_it_is_shown_with_both_amounts() -> None:
    bands = [{"below": "20", "pays": "900"}, {"from": "20", "pays": "500"}]
    found = about(one("schedule", pays_for="homes", bands=bands), "monotone")
    assert "can pay less when “homes” gets better" in found[0].what
    assert "USD 900.00, but 20 people pays USD 500.00" in found[0].what


def test_a_price_on_what_should_fall_is_found() -> None:
    found = about(one(pays_for="arrests"), "monotone")
    assert type(found[0]) is Finding and "when “arrests” gets better" in found[0].what


def test_money_lost_between_periods_is_found() -> None:
    found = about(one(reads="to-date", ceiling_each_period="1000"), "monotone")
    assert "of two quarters" in found[0].what


def test_a_gap_in_the_bands_is_shown_at_its_exact_place() -> None:
    bands = [{"below": "41", "pays": "0"}, {"above": "41", "pays": "500"}]
    found = about(one("schedule", bands=bands), "bands")
    assert "A result of exactly 41 percent of “reduction” is in no band" in found[0].what


def test_bands_without_a_gap_are_proved() -> None:
    assert isinstance(about(one("schedule"), "bands")[0], Proved)


def test_a_deal_of_a_hundred_months_and_thirty_lines_is_proved_quickly() -> None:
    import time

    terms = [a_term(name=f"line_{number}", ceiling="900") for number in range(30)]
    deal = a_deal(
        payments=terms,
        periods={"every": "month", "from": "2026-01-01"},
        ends_on="2034-12-31",
        finality={"look_back": "12 months", "materiality": "0", "final_on": "2035-12-31"},
    )
    start = time.process_time()
    prove(deal)
    assert time.process_time() - start < 3


def amended(**changes: Any) -> Deal:
    """The small deal as an amendment from 2027 on leaves it."""
    amendment = {"number": "1", "says": "Less", "touches": ["money"]}
    return a_deal(**{"in_force_from": "2027-01-01", "amendment": amendment, **changes})


def test_what_an_earlier_version_can_pay_in_its_time_counts() -> None:
    first = one()  # 40 people at 100.00 in each of 8 quarters
    later = amended(payments=[a_term(price="50")])
    liability = liability_of(later, reaches_of(later), [reaches_of(first)])
    # An amendment may pay out what the version before it held back, so both are looked at.
    assert liability.in_all == 3_200_000
    higher = amended(payments=[a_term(price="200")])
    liability = liability_of(higher, reaches_of(higher), [reaches_of(first)])
    assert liability.in_all == 4 * 400_000 + 4 * 800_000


def test_a_lowered_ceiling_takes_nothing_back() -> None:
    first, later = one(ceiling="900"), amended(payments=[a_term(ceiling="500")])
    said = " ".join(f.what for f in prove(later, [first]))
    assert "never pays more than USD 500.00 in all" in said
    assert "Before 1 January 2027 this ceiling was USD 900.00" in said
    liability = liability_of(later, reaches_of(later), [reaches_of(first)])
    assert liability.in_all == 90_000


def test_versions_for_different_cohorts_can_both_pay_in_one_period() -> None:
    cohorts = [
        {"name": "A1", "from": "2026-01-01", "to": "2026-12-31"},
        {"name": "A2", "from": "2027-01-01", "to": "2027-12-31"},
    ]
    people = {"says": "All", "start_event": "release", "cohorts": cohorts}
    first = a_deal(people=people)
    later = amended(
        payments=[a_term(price="1")],
        people=people,
        amendment={"number": "1", "says": "x", "touches": ["money"], "governs": "cohort"},
    )
    liability = liability_of(later, reaches_of(later), [reaches_of(first)])
    assert liability.in_all == 8 * 2 * 400_000 + 4 * 2 * 4_000


def test_ceilings_that_an_amendment_lowers_say_from_when_they_hold() -> None:
    high = {"ceilings": {"each_period": "1000", "each_person": "90"}, **two_payors(ceiling="1000")}
    low = {"ceilings": {"each_period": "500", "each_person": "80"}, **two_payors(ceiling="500")}
    old = a_term(ceiling_each_period="90", ceiling_each_person="9", round_each="person")
    new = a_term(ceiling_each_period="80", ceiling_each_person="8", round_each="person")
    first = a_deal(payments=[old], **high)
    later = amended(payments=[new], **low)
    found = [f.what for f in prove(later, [first]) if f.topic == "ceiling"]
    for start, end in (
        ("All lines together never pay more than USD 500.00 in one quarter", "1 January 2027: "),
        ("Line “unit price” never pays more than USD 80.00 in one quarter", "1 January 2027: "),
        ("Alder County never pays more than USD 500.00", "ceiling was USD 1,000.00;"),
        ("The lines that are earned person by person never", "this ceiling was USD 90.00;"),
        ("Line “unit price” never pays more than USD 8.00 for one", "this ceiling was USD 9.00;"),
    ):
        assert [what for what in found if what.startswith(start) and end in what], start
    raised = [
        f.what
        for f in prove(
            first.model_copy(update={"amendment": later.amendment}),
            [later.model_copy(update={"amendment": None})],
        )
    ]
    assert not [what for what in raised if "never pay" in what and "Before" in what]


def test_a_ceiling_for_each_cohort_that_came_later_says_so() -> None:
    cohorts = [{"name": "A1", "from": "2026-01-01", "to": "2026-12-31"}]
    people = {"says": "All", "start_event": "release", "cohorts": cohorts}
    later = amended(
        payments=[a_term(ceiling_each_cohort="600")],
        people=people,
        ceilings={"each_cohort": "700"},
    )
    found = [f.what for f in prove(later, [a_deal(people=people)]) if "one cohort" in f.what]
    assert len(found) == 2
    assert all("Before 1 January 2027 this ceiling was not there" in what for what in found)


def test_a_ceiling_for_each_person_is_not_proved_beside_a_floor() -> None:
    deal = one(ceiling_each_person="10", round_each="person", floor_each_period="1000").model_copy(
        update={"ceilings": a_deal(ceilings={"each_person": "10"}).ceilings}
    )
    found = [finding for finding in about(deal, "ceiling") if "one person" in finding.what]
    assert [type(finding) for finding in found] == [Finding, Finding]
    assert all("is not proved: " in finding.what for finding in found)


def test_what_only_an_earlier_version_did_is_said_with_its_last_day() -> None:
    first, later = one("schedule"), amended(payments=[a_term()])
    said = " ".join(f.what for f in prove(later, [first]))
    assert "Until 31 December 2026: Line “schedule” jumps by USD 3,200.00" in said


def test_a_price_cut_by_a_ceiling_is_no_jump() -> None:
    deal = one("milestones", ceiling_each_period="900")
    found = about(deal, "cliff")
    assert isinstance(found[0], Proved)


def test_what_one_line_gains_another_can_lose_under_a_common_limit() -> None:
    lines = [a_term(name="one"), a_term(name="two")]
    said = text(about(a_deal(payments=lines, ceilings={"each_period": "100"}), "monotone"))
    assert said.startswith("Taken alone, no line ever pays less")
    assert "what one gains another can lose" in said
    wide = [a_term(name="one", ceiling="50"), a_term(name="two", ceiling="50")]
    said = text(about(a_deal(payments=wide, ceiling="100"), "monotone"))
    assert said == "No line ever pays less in all because an outcome got better."


def test_money_that_is_netted_is_looked_at_too() -> None:
    found = about(one(net_of="saved"), "monotone")
    assert "can pay less when “saved” gets better" in found[0].what
    assert not any(isinstance(finding, Proved) for finding in found)


def test_a_number_of_people_is_taken_as_given_and_named() -> None:
    found = about(one("share-threshold"), "monotone")
    assert found[0].what == (
        "No line ever pays less in all because an outcome got better, “served” taken as given."
    )


def test_more_in_one_period_of_a_result_to_date_leaves_less_for_the_next() -> None:
    """7 and 14 to date pay 7 and 7 under a ceiling of 7; 10 and 14 pay 7 and 4."""
    outcomes = {"days": an_outcome("days", reported_as="to-date")}
    cut = a_deal(
        payments=[a_term(pays_for="days", price="1", ceiling_each_period="7")], outcomes=outcomes
    )
    found = about(cut, "monotone")
    assert [type(finding) for finding in found] == [Finding]
    assert "more in one quarter leaves less for the next" in found[0].what
    whole = a_deal(payments=[a_term(pays_for="days", price="1")], outcomes=outcomes)
    assert [type(finding) for finding in about(whole, "monotone")] == [Proved]


def test_a_line_that_reads_to_date_can_lose_under_the_deals_own_ceiling_of_a_period() -> None:
    deal = a_deal(payments=[a_term(reads="to-date")], ceilings={"each_period": "700"})
    said = text(about(deal, "monotone"))
    assert said.startswith("Before the deal's limits over all lines, no line ever pays less")


def test_a_bound_between_two_steps_is_rounded_as_results_are() -> None:
    bounds = {"value": {"least": "0.4", "most": "9.6"}}
    for rounding, most in (("half-up", 10), ("down", 9), ("refuse", 9)):
        deal = a_deal(
            payments=[a_term(pays_for="days", price="1")],
            outcomes={"days": an_outcome("days", bounds=bounds, rounding=rounding)},
        )
        assert liability_of(deal, reaches_of(deal)).in_all == 8 * most * 100


def test_what_is_taken_off_is_named_in_what_is_due_without_success() -> None:
    found = about(one(net_of="saved"), TOPIC)
    assert isinstance(found[0], Proved) and "with every outcome at 0" in found[0].what


def test_every_finding_can_be_told_in_another_language() -> None:
    """What is proved, and what is not, keeps the template it was made of."""
    kinds = ("unit-price", "schedule", "effect-price", "pot")
    deal = a_deal(payments=[a_term(kind) for kind in kinds], ceiling="50000")
    told = [finding.what for finding in prove(deal)]

    assert len(told) > 8
    assert [what for what in told if not isinstance(what, Sentence)] == []
