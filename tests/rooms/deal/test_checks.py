"""Rules over the whole deal: each with a deal that breaks it, and the small deal that keeps all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from payforsuccess.deal.checks import check_deal, deal_findings
from payforsuccess.deal.checks.amendments import consents_needed
from payforsuccess.deal.checks.amounts import amounts_in
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Proved
from tests.lib.asked import ENROLMENTS, JAIL, MEASURE, a_deal_to_ask_for
from tests.lib.deals import (
    CITY,
    COUNTY,
    EVALUATOR,
    INVESTOR,
    PARTIES,
    PROVIDER,
    TERMS,
    a_deal,
    a_term,
    an_outcome,
    two_payors,
)

POINT = {"name": "final", "determined_by": "2027-12-31"}
COHORTS = [
    {"name": "first", "from": "2026-01-01", "to": "2026-12-31"},
    {"name": "second", "from": "2027-01-01", "to": "2027-12-31"},
]
PEOPLE = {
    "says": "Adults leaving jail",
    "start_event": "release",
    "head_count": {"least": "0", "most": "40"},
}
AMENDMENT = {"number": "1", "says": "A change", "touches": ["money"], "signed_on": "2026-12-01"}
GIVEN = [
    {"of": "payor", "party": COUNTY, "on": "2026-12-01"},
    {"of": "provider", "party": PROVIDER, "on": "2026-12-01"},
]


def one(kind: str = "unit-price", **changes: Any) -> list[Any]:
    """A list of one payment term."""
    return [a_term(kind, **changes)]


def point_deal(**changes: Any) -> Deal:
    """A deal with one line at a measurement point."""
    return a_deal(
        payments=one("schedule", reads="points", points=[POINT]),
        outcomes={"reduction": an_outcome("reduction", reported_as="point")},
        **changes,
    )


@pytest.mark.parametrize("kind", TERMS)
def test_the_small_deal_has_no_problem_with_any_kind(kind: str) -> None:
    assert check_deal(a_deal(payments=one(kind))) == ()


def a_matched_deal(**jail: Any) -> Deal:
    """A deal that matches its enrolments with a jail's people, and changes of the jail's feed."""
    return a_deal_to_ask_for(data=[ENROLMENTS, {**JAIL, **jail}], linkage=MATCHED)


MATCHED = {"anchor": "anchor", "feeds": ["jail"], "threshold": "95%"}
MADE_UP = {
    "says": "Someone",
    "observed_through": "2026-12-31",
    "enrolment": {"enrolled_on": "2026-01-01"},
    "expects": [{"outcome": "homes", "value": "1"}],
}
ARREST = {"event": "arrest", "on": "2026-02-01", "feed": "court"}

BROKEN: dict[str, tuple[Callable[[], Deal], str, str]] = {
    "two terms of one name": (
        lambda: a_deal(payments=[a_term(), a_term()]),
        "two payment terms with the name `unit-price`",
        "payments[1].name",
    ),
    "matching with a victim service": (
        lambda: a_matched_deal(is_victim_service="true"),
        "Its records never enter matching, hashed or not: federal law (VAWA, FVPSA)",
        "data[1]",
    ),
    "sharing numbers with a victim service": (
        lambda: a_deal_to_ask_for(
            data=[ENROLMENTS, {**JAIL, "is_victim_service": "true", "ids_of": "anchor"}],
            linkage=None,
        ),
        "shares numbers for people with anchor, which matches its people with theirs",
        "data[1]",
    ),
    "matching against an agreement": (
        lambda: a_matched_deal(agreement={**JAIL["agreement"], "may_be_linked": "false"}),
        "does not let its people be matched",
        "data[1]",
    ),
    "matching with a feed that is not there": (
        lambda: a_deal_to_ask_for(linkage={**MATCHED, "feeds": ["school"]}),
        "names the feed school, which the deal does not list",
        "linkage",
    ),
    "an outcome that does not exist": (
        lambda: a_deal(payments=one(pays_for="home"), outcomes={"homes": an_outcome()}),
        "Did you mean `homes`?",
        "payments[0].pays_for",
    ),
    "a payor that is no party": (
        lambda: a_deal(payors=[{"party": "Alder Conty"}]),
        f"Did you mean `{COUNTY}`?",
        "payors[0].party",
    ),
    "a subgroup the deal does not know": (
        lambda: a_deal(payments=one(subgroups=[{"group": "veterans", "times": "2"}])),
        "`veterans` is not the name of a subgroup",
        "payments[0].subgroups[0].group",
    ),
    "a cohort the deal does not know": (
        lambda: a_deal(
            payments=one("schedule", reads="points", points=[{**POINT, "cohort": "first"}]),
            outcomes={"reduction": an_outcome("reduction", reported_as="point")},
        ),
        "`first` is not the name of a cohort",
        "payments[0].points[0].cohort",
    ),
    "a plan that does not exist": (
        lambda: a_deal(outcomes={"homes": an_outcome(estimate="trial")}),
        "`trial` is not the name of an evaluation plan",
        "outcomes.homes.estimate",
    ),
    "a made-up person seen by a feed that is not there": (
        lambda: a_deal(assurance=[{**MADE_UP, "events": [ARREST]}]),
        "`court` is not the name of a feed",
        "assurance[0].events[0].feed",
    ),
    "a result expected of an outcome that is not there": (
        lambda: a_deal(assurance=[{**MADE_UP, "expects": [{"outcome": "home", "value": "1"}]}]),
        "Did you mean `homes`?",
        "assurance[0].expects[0].outcome",
    ),
    "half a cent": (
        lambda: a_deal(ceiling="100.005"),
        "100.005 is not a whole number of the smallest unit of USD",
        "ceiling",
    ),
    "a band edge between two steps": (
        lambda: a_deal(
            payments=one("schedule", bands=[{"below": "19.5"}, {"from": "19.5", "pays": "1"}])
        ),
        "19.5 lies between two steps of `reduction`",
        "payments[0].bands[0].below",
    ),
    "a condition between two steps": (
        lambda: a_deal(
            payments=one(conditions=[{"outcome": "kept", "at_least": "0.5", "otherwise": "lost"}])
        ),
        "0.5 lies between two steps of `kept`",
        "payments[0].conditions[0].at_least",
    ),
    "a baseline between two steps": (
        lambda: a_deal(
            excused=[
                {
                    "from": "2026-03-01",
                    "to": "2026-06-30",
                    "says": "A flood",
                    "decision": "The Board",
                    "effect": "baseline-reset",
                    "baseline": "0.5",
                }
            ]
        ),
        "0.5 lies between two steps of `homes`",
        "excused[0].baseline",
    ),
    "shares that do not add up": (
        lambda: a_deal(payors=[{"party": COUNTY, "share": "90%"}]),
        "add up to 90 percent",
        "payors",
    ),
    "no payor": (lambda: a_deal(payors=[]), "names no payor", "payors"),
    "a payor without the role": (
        lambda: a_deal(payors=[{"party": COUNTY, "share": "50%"}, {"party": CITY, "share": "50%"}]),
        f"{CITY} pays, but its roles do not say so",
        "payors[1].party",
    ),
    "a payor that steps in for itself": (
        lambda: a_deal(payors=[{"party": COUNTY, "ceiling": "5", "steps_in": COUNTY}]),
        "cannot step in for itself",
        "payors[0].steps_in",
    ),
    "stepping in without a ceiling": (
        lambda: a_deal(**two_payors(steps_in=CITY)),
        "which has no ceiling",
        "payors[0].steps_in",
    ),
    "overpayments recovered from no one": (
        lambda: a_deal(overpayment="recover"),
        "does not say from whom",
        "overpayment",
    ),
    "in force from the middle of a period": (
        lambda: a_deal(in_force_from="2026-02-01"),
        "2026-02-01 is not the first day of a period",
        "in_force_from",
    ),
    "in force after the end": (
        lambda: a_deal(in_force_from="2028-01-01"),
        "after its last day, 2027-12-31",
        "in_force_from",
    ),
    "a first period after the end": (
        lambda: a_deal(periods={"every": "quarter", "from": "2028-01-01"}),
        "The first period starts on 2028-01-01",
        "periods.from",
    ),
    "a deal without end": (
        lambda: a_deal(ends_on="9999-12-31"),
        "more than 100 years",
        "ends_on",
    ),
    "a time to pay beyond reason": (
        lambda: a_deal(pays_within_days={"days": "99999999999", "of": "period-end"}),
        "Write at most 3,650 days",
        "pays_within_days.days",
    ),
    "a look-back beyond every calendar": (
        lambda: a_deal(
            finality={"look_back": "9999 years", "materiality": "0", "final_on": "2028-12-31"}
        ),
        "9999 years is longer than 100 years",
        "finality.look_back",
    ),
    "a deal of long ago": (
        lambda: a_deal(
            periods={"every": "quarter", "from": "0001-01-01"},
            ends_on="0002-12-31",
            in_force_from="0001-01-01",
        ),
        "in the year 1",
        "periods.from",
    ),
    "a point that no period holds": (
        lambda: a_deal(
            payments=one(
                "schedule",
                reads="points",
                points=[{"name": "final", "determined_by": "2028-06-30"}],
            ),
            outcomes={"reduction": an_outcome("reduction", reported_as="point")},
        ),
        "No payment period holds 2028-06-30",
        "payments[0].points[0].determined_by",
    ),
    "cohorts that share days": (
        lambda: a_deal(people={**PEOPLE, "cohorts": [COHORTS[0], {**COHORTS[0], "name": "b"}]}),
        "could belong to both",
        "people.cohorts[1].from",
    ),
    "an excused day outside the deal": (
        lambda: a_deal(
            excused=[
                {
                    "from": "2025-03-01",
                    "to": "2026-06-30",
                    "says": "A flood",
                    "decision": "The Board",
                    "effect": "days-not-counted",
                }
            ]
        ),
        "2025-03-01 lies outside the deal",
        "excused[0].from",
    ),
    "corrections that end before the deal": (
        lambda: a_deal(
            finality={"look_back": "1 year", "materiality": "0", "final_on": "2027-01-01"}
        ),
        "Corrections end on 2027-01-01",
        "finality.final_on",
    ),
    "no success outside the bounds": (
        lambda: a_deal(outcomes={"homes": an_outcome(no_success="50")}),
        "lies outside the bounds of `homes`",
        "outcomes.homes.no_success",
    ),
    "lower is better from 0": (
        lambda: a_deal(
            payments=one("schedule", pays_for="arrests", bands=[{"below": "9"}, {"from": "9"}]),
            outcomes={"arrests": an_outcome("arrests", no_success="0")},
        ),
        "nothing could be better than that",
        "outcomes.arrests.no_success",
    ),
    "no success at the best end": (
        lambda: a_deal(outcomes={"homes": an_outcome(no_success="40")}),
        "its bounds allow nothing better",
        "outcomes.homes.no_success",
    ),
    "a payment on an activity (R2)": (
        lambda: a_deal(payments=one(pays_for="served")),
        "`served` is an activity, and payments rest on outcomes",
        "payments[0]",
    ),
    "a line below outcome that passes its share (R2)": (
        lambda: a_deal(
            payments=[a_term(ceiling="900"), a_term(name="x", pays_for="served", ceiling="200")],
            ceiling="1000",
            jurisdiction={"name": COUNTY, "share_below_outcome": "10%"},
        ),
        "allows 10 percent of 1,000, which is 100",
        "payments[1]",
    ),
    "points on an outcome reported by period": (
        lambda: a_deal(payments=one("schedule", reads="points", points=[POINT])),
        "`reduction` is not reported for points",
        "payments[0].reads",
    ),
    "periods on an outcome reported at points": (
        lambda: a_deal(outcomes={"homes": an_outcome(reported_as="point")}),
        "is reported for measurement points",
        "payments[0].reads",
    ),
    "a percentage added up over periods": (
        lambda: a_deal(payments=one("schedule", reads="to-date")),
        "cannot be added up over periods",
        "payments[0].reads",
    ),
    "netting against days": (
        lambda: a_deal(payments=one(net_of="days")),
        "`days` is counted in day; here money is needed",
        "payments[0].net_of",
    ),
    "a limit for one person on a schedule": (
        lambda: a_deal(payments=one("schedule", ceiling_each_person="5")),
        "not earned person by person",
        "payments[0].ceiling_each_person",
    ),
    "a ceiling for each person without rounding for each": (
        lambda: a_deal(payments=one(ceiling_each_person="200")),
        "Set `round_each: person`",
        "payments[0].ceiling_each_person",
    ),
    "the deal's ceiling for each person without rounding for each": (
        lambda: a_deal(ceilings={"each_person": "200"}),
        "this line is not rounded for each person",
        "payments[0].round_each",
    ),
    "a subgroup multiplier on a pot": (
        lambda: a_deal(
            payments=one("pot", subgroups=[{"group": "veterans", "times": "2"}]),
            people={**PEOPLE, "subgroups": ["veterans"]},
        ),
        "has no price that differs by subgroup",
        "payments[0].subgroups",
    ),
    "a share cap with a limit for each person": (
        lambda: a_deal(
            payments=one(share_caps=[{"group": "veterans", "at_most": "50%"}], round_each="person"),
            people={**PEOPLE, "subgroups": ["veterans"]},
        ),
        "which comes first is not defined",
        "payments[0].share_caps",
    ),
    "an index on a coupon": (
        lambda: a_deal(payments=one("coupon", index={"yearly": "1.02"})),
        "no price that an index could raise",
        "payments[0].index",
    ),
    "a deduction in another unit": (
        lambda: a_deal(payments=one(deduct="days")),
        "cannot be taken off `homes`",
        "payments[0].deduct",
    ),
    "a ceiling for each cohort without cohorts": (
        lambda: a_deal(payments=one(ceiling_each_cohort="500")),
        "tells no cohorts apart",
        "payments[0].ceiling_each_cohort",
    ),
    "a ceiling for each cohort with money carried on": (
        lambda: a_deal(
            payments=one(
                ceiling_each_cohort="500", ceiling_each_period="9", carry_until="2027-01-01"
            ),
            people={**PEOPLE, "cohorts": COHORTS},
        ),
        "no longer shows which cohort earned it",
        "payments[0].carry_until",
    ),
    "a sequence against the order": (
        lambda: a_deal(
            payments=[
                a_term(name="bonus", conditions=[{"after": "base", "otherwise": "lost"}]),
                a_term(name="base"),
            ]
        ),
        "`bonus` comes after `base`, which is not listed before it",
        "payments[0].conditions[0].after",
    ),
    "a floor above the deal's ceiling": (
        lambda: a_deal(payments=one(floor_each_period="500"), ceiling="400"),
        "The floor, 500, is above the deal's ceiling, 400",
        "payments[0].floor_each_period",
    ),
    "no payment term": (lambda: a_deal(payments=[]), "no payment term", "payments"),
    "an effect of a contract without a plan": (
        lambda: a_deal(standing="contract", payments=one("schedule")),
        "nothing says how it is found",
        "outcomes.reduction",
    ),
    "an amendment without its consents": (
        lambda: a_deal(in_force_from="2027-01-01", amendment=AMENDMENT),
        "is not in force until each of these has consented: the payor; the provider",
        "amendment.consents",
    ),
    "an amendment that reaches back unsaid": (
        lambda: a_deal(
            in_force_from="2026-07-01",
            amendment={**AMENDMENT, "consents": GIVEN},
        ),
        "it reaches back",
        "amendment.signed_on",
    ),
    "a consent that came too late": (
        lambda: a_deal(
            in_force_from="2027-01-01",
            amendment={
                **AMENDMENT,
                "consents": [GIVEN[0], {**GIVEN[1], "on": "2027-02-01"}],
            },
        ),
        "The last consent is of 2027-02-01",
        "amendment.consents",
    ),
    "a consent in a capacity not held": (
        lambda: a_deal(
            in_force_from="2027-01-01",
            amendment={
                **AMENDMENT,
                "consents": [*GIVEN, {"of": "evaluator", "party": PROVIDER, "on": "2026-12-01"}],
            },
        ),
        "consents as evaluator, but does not have that role",
        "amendment.consents[2].of",
    ),
    "a cohort rule without cohorts": (
        lambda: a_deal(
            in_force_from="2027-01-01",
            amendment={**AMENDMENT, "governs": "cohort", "consents": GIVEN},
        ),
        "tells no cohorts apart",
        "amendment.governs",
    ),
    "the deal's ceiling for each cohort without cohorts": (
        lambda: a_deal(ceilings={"each_cohort": "500"}),
        "tells no cohorts apart",
        "ceilings.each_cohort",
    ),
    "a return ceiling without capital": (
        lambda: a_deal(ceilings={"return_on_capital": {"rate": "5%"}}),
        "nothing could ever be paid",
        "ceilings.return_on_capital",
    ),
    "a condition that no point reports": (
        lambda: a_deal(
            payments=one(
                conditions=[{"outcome": "reduction", "at_least": "10", "otherwise": "lost"}]
            ),
            outcomes={"reduction": an_outcome("reduction", reported_as="point")},
        ),
        "this condition could never be met",
        "payments[0].conditions[0].outcome",
    ),
    "a clause map to nothing": (
        lambda: a_deal(
            executed={
                "contract": "sha256:" + "a" * 64,
                "signed_on": "2025-12-01",
                "clauses": [
                    {"part": "payments.unit-price.price", "clause": "4"},
                    {"part": "finality", "clause": "9"},
                    {"part": "payments.unit-prise", "clause": "5"},
                ],
            }
        ),
        "Did you mean `unit-price`?",
        "executed.clauses[2].part",
    ),
    "an unknown format": (lambda: a_deal(format="7"), "Format 7 is not one", "format"),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_deal_that_breaks_one_rule_gets_its_problem_at_its_place(rule: str) -> None:
    build, said, field = BROKEN[rule]
    problems = check_deal(build())
    matching = [p for p in problems if said in p.what or said in p.do]
    assert matching, [str(problem) for problem in problems]
    assert field in [problem.where.field for problem in matching]
    assert all(problem.do for problem in problems)


def test_all_problems_are_gathered() -> None:
    deal = a_deal(
        payments=[a_term(ceiling="0.001"), a_term(pays_for="served")],
        payors=[{"party": COUNTY, "share": "50%"}],
        in_force_from="2026-02-01",
    )
    fields = {problem.where.field.split("[")[0] for problem in check_deal(deal)}
    assert {"payments", "payors", "in_force_from"} <= fields


def test_every_amount_of_money_is_looked_at() -> None:
    deal = a_deal(
        payments=[a_term("schedule"), a_term("withhold"), a_term("pot")],
        ceilings={"each_period": "9"},
    )
    paths = {path for path, _ in amounts_in(deal)}
    assert ("payments", 0, "bands", 1, "pays") in paths
    assert ("payments", 1, "fee") in paths
    assert ("payments", 2, "amount") in paths
    assert ("ceilings", "each_period") in paths
    assert ("finality", "materiality") in paths
    assert not any(path[:3] == ("payments", 1, "bands") for path in paths)


def test_a_price_may_have_more_digits_than_cents() -> None:
    assert check_deal(a_deal(payments=one(price="15.12345"))) == ()


def test_an_effect_may_have_no_success_at_0_where_lower_is_better() -> None:
    bands = [{"below": "-10", "pays": "100"}, {"from": "-10", "pays": "0"}]
    deal = a_deal(
        payments=one("schedule", pays_for="arrests", bands=bands),
        outcomes={
            "arrests": an_outcome(
                "arrests", no_success="0", bounds={"value": {"least": "-50", "most": "50"}}
            )
        },
    )
    assert check_deal(deal) == ()


def test_a_signed_contract_may_be_in_force_before_its_first_period() -> None:
    assert check_deal(a_deal(in_force_from="2025-11-15")) == ()


def test_an_amendment_with_every_consent_is_in_force() -> None:
    deal = a_deal(in_force_from="2027-01-01", amendment={**AMENDMENT, "consents": GIVEN})
    assert check_deal(deal) == ()
    assert [needed.given_on is not None for needed in consents_needed(deal)] == [True, True]


def test_each_payor_and_each_lender_consents_for_itself() -> None:
    changes = two_payors()
    changes["parties"] = [*changes["parties"], {"name": INVESTOR, "roles": ["investor"]}]
    deal = a_deal(
        **changes,
        in_force_from="2027-01-01",
        capital=[{"name": "loan", "party": INVESTOR, "kind": "loan", "amount": "1000"}],
        consents=[{"touches": "money", "of": ["payor", "lender"]}],
        amendment={**AMENDMENT, "consents": GIVEN[:1]},
    )
    assert [(one.of, one.party, one.given_on is None) for one in consents_needed(deal)] == [
        ("payor", COUNTY, False),
        ("payor", CITY, True),
        ("lender", INVESTOR, True),
    ]


def test_a_draft_may_lack_consents() -> None:
    deal = a_deal(in_force_from="2027-01-01", amendment=AMENDMENT)
    assert check_deal(deal, is_draft=True) == ()


def test_a_deal_at_points_is_sound() -> None:
    assert check_deal(point_deal()) == ()


def findings(deal: Deal, topic: str) -> str:
    """What is said under one topic."""
    return " ".join(finding.what for finding in deal_findings(deal) if finding.topic == topic)


def test_a_deal_without_a_signed_contract_is_not_certified() -> None:
    assert "Not certified: the file names no signed contract" in findings(a_deal(), "certification")


def certified(*, terms: str | None = None, parties: tuple[str, str] = (COUNTY, PROVIDER)) -> Deal:
    """The small deal with two certifications, of its own terms unless others are given."""
    executed = {"contract": "sha256:" + "a" * 64, "signed_on": "2025-12-01"}
    own = a_deal(executed=executed).terms_fingerprint
    people = zip(("Ada", "Bo"), parties, strict=True)
    signed = [
        {"name": name, "party": party, "on": "2025-12-02", "terms": terms or own}
        for name, party in people
    ]
    return a_deal(executed={**executed, "certified_by": signed})


def test_two_people_of_two_parties_certify() -> None:
    deal = certified()
    assert deal.is_certified
    found = [one for one in deal_findings(deal) if one.topic == "certification"]
    assert len(found) == 1 and isinstance(found[0], Proved)
    assert "Ada (Alder County) and Bo (Cedar Homes)" in found[0].what


def test_a_certification_of_other_terms_names_both_fingerprints() -> None:
    other = "sha256:" + "b" * 64
    deal = certified(terms=other)
    said = findings(deal, "certification")
    assert other in said and deal.terms_fingerprint in said and "Not certified" in said


def test_two_people_of_one_party_do_not_certify() -> None:
    said = findings(certified(parties=(COUNTY, COUNTY)), "certification")
    assert "2 people of one party have so far" in said


def test_a_consent_matrix_with_a_hole_is_a_finding() -> None:
    deal = a_deal(consents=[{"touches": "money", "of": ["payor"]}])
    assert "touches data, duty and plan" in findings(deal, "consent")


def test_an_evaluator_that_also_pays_is_a_finding() -> None:
    parties = [{**PARTIES[0], "roles": ["payor", "evaluator"]}, *PARTIES[1:3]]
    assert "not independent" in findings(a_deal(parties=parties), "evidence")


def test_an_agreement_that_ends_early_is_a_finding() -> None:
    source = {
        "feed": "jail",
        "layout": "jail",
        "says": "Bookings",
        "held_by": [{"name": "Sheriff"}],
        "refreshed": "quarter",
        "complete_through": "2026-12-31",
        "agreement": {
            "kind": "dsa",
            "parties": [COUNTY, EVALUATOR],
            "purpose": "This deal",
            "permitted_columns": ["booked_on"],
            "regime": "none",
            "signed_on": "2025-12-01",
            "expires_on": "2026-12-31",
        },
    }
    said = findings(a_deal(data=[source]), "agreement")
    assert "ends on 2026-12-31, before the deal does on 2027-12-31" in said


def test_an_agreement_that_is_not_signed_is_a_finding() -> None:
    said = findings(a_deal_to_ask_for(), "agreement")
    assert "The agreement on `jail` is not signed" in said
    assert "`anchor` is not signed" not in said


def test_a_feed_that_nothing_reads_is_a_finding_and_one_that_people_are_matched_with_is_none() -> (
    None
):
    assert "reads the feed" not in findings(a_deal_to_ask_for(), "agreement")
    said = findings(a_deal_to_ask_for(linkage=None), "agreement")
    assert "Nothing in the deal reads the feed `anchor`." in said


def twice(kind: str = "unit-price", measure: Any = MEASURE, **changes: Any) -> list[str]:
    """What is found of one person enrolled twice, where one term pays for enrolments."""
    name = next(iter(a_term(kind).outcomes_read()))
    ceilings = changes.pop("deal", {})
    deal = a_deal(
        payments=one(kind, **changes),
        outcomes={name: an_outcome(name, measure=measure)},
        data=[ENROLMENTS, JAIL],
        **ceilings,
    )
    return [finding.what for finding in deal_findings(deal) if finding.topic == "person"]


def test_a_term_that_pays_for_each_enrolment_says_that_one_person_can_be_paid_for_twice() -> None:
    (said,) = twice()
    assert "`homes` counts each enrolment by itself" in said
    assert "`limit_each_person` or `ceiling_each_person` would end that" in said


def test_with_a_limit_for_one_person_nobody_is_paid_for_twice() -> None:
    assert twice(limit_each_person="1") == []
    assert twice(ceiling_each_person="100") == []
    assert twice(deal={"ceilings": {"each_person": "100"}}) == []
    assert twice("milestones") == []


def test_totals_that_nothing_measures_say_nothing_of_enrolments() -> None:
    assert twice(measure=None) == []
