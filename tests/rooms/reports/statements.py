"""A statement with a line, a correction, a ceiling that bound and two payors, and a whole run."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.results import (
    Balance,
    Determination,
    Line,
    NotCorrected,
    PayorAmount,
    Result,
    ResultUsed,
    Statement,
    VersionUsed,
    WrittenStep,
)
from payforsuccess.errors import Finding
from payforsuccess.reports.notices import UNSIGNED_RESULTS
from payforsuccess.reports.run_facts import DataUsed, EstimateShown, RunFacts
from payforsuccess.trail import RunInput, RunOutput, RunRecord
from tests.rooms.reports.cast import a_curve


def mark(letter: str) -> str:
    """A fingerprint that can be told from others."""
    return "sha256:" + letter * 64


def a_line(**changes: object) -> Line:
    given: dict[str, object] = {
        "term": "housing",
        "period": 3,
        "kind": "line",
        "clause": "Schedule B, 2.1",
        "amount": 62_097_840,
        "entitled": 62_097_840,
        "stated_before": 0,
        "payors": (
            PayorAmount(payor="City", amount=46_573_380),
            PayorAmount(payor="County", amount=15_524_460),
        ),
        "steps": (
            WrittenStep(
                says="41,070 days x 15.12 USD",
                gives="620,978.40 USD",
                clause="Schedule B, 2.1",
                of=(WrittenStep(says="days housed less days in jail", gives="41,070 days"),),
            ),
        ),
    }
    return Line.model_validate(given | changes)


def a_correction() -> Line:
    return a_line(
        period=2,
        kind="correction",
        cause="correction",
        because="the jail feed now holds 20 more days",
        amount=-30_240,
        entitled=50_000_000,
        stated_before=50_030_240,
        cut=1_000,
        bound_by=("the ceiling of the line",),
        payors=(
            PayorAmount(payor="City", amount=-22_680, unfunded=500),
            PayorAmount(payor="County", amount=-7_560),
        ),
        steps=(WrittenStep(says="33,069 days x 15.12 USD, cut", gives="500,000.00 USD"),),
    )


def a_statement(**changes: object) -> Statement:
    given: dict[str, object] = {
        "format": 1,
        "program": "payforsuccess 0.1.0",
        "deal": "Denver Supportive Housing",
        "standing": "illustrative",
        "deal_fingerprint": mark("a"),
        "versions": (VersionUsed(in_force_from=date(2016, 1, 1), fingerprint=mark("a")),),
        "is_certified": False,
        "currency": "USD",
        "number": 3,
        "period": 3,
        "period_start": date(2017, 1, 1),
        "period_end": date(2017, 6, 30),
        "as_of": date(2017, 8, 15),
        "due_on": date(2017, 9, 30),
        "results": (
            ResultUsed(
                outcome="stable_days",
                slot="period 3",
                value="41070",
                unit="day",
                standing="determined",
                people=285,
                determination=2,
                evidence=mark("e"),
                inputs=mark("f"),
            ),
        ),
        "results_fingerprint": mark("b"),
        "people_fingerprint": mark("c"),
        "lines": (a_line(), a_correction()),
        "not_corrected": (
            NotCorrected(term="housing", period=1, amount=400, because="below materiality"),
        ),
        "total": 62_067_600,
        "balance": Balance(
            stated=112_097_840,
            paid=50_030_240,
            recovered=0,
            owed=62_067_600,
            open_credit=0,
            forgiven=0,
        ),
        "refused": ("jail, period 3: the jail feed is complete only through 1 March 2017",),
        "previous": mark("d"),
    }
    return Statement.model_validate(given | changes)


def an_effect(**changes: object) -> dict[str, object]:
    given: dict[str, object] = {
        "form": "percent-reduction",
        "unit": "percent",
        "value": "300/11",
        "interval": ("0.5", "47"),
        "method": "Percent reduction, delta-method interval",
    }
    return given | changes


def an_arm(arm: str, total: int, **changes: object) -> dict[str, object]:
    given: dict[str, object] = {
        "arm": arm,
        "role": "treated" if arm == "aid" else "control",
        "assigned": 218,
        "known": 216,
        "total": total,
        "mean": f"{total}/216",
        "interval": ("0.17", "0.37"),
    }
    return given | changes


def an_estimate(**changes: object) -> Estimate:
    given: dict[str, object] = {
        "plan": "arrests",
        "plan_fingerprint": mark("9"),
        "design": "randomised",
        "estimand": "itt",
        "estimator": "difference-in-proportions",
        "unit": "day",
        "is_share": "true",
        "confidence": "0.95",
        "arms": (an_arm("aid", 48), an_arm("control", 66)),
        "effect": an_effect(),
        "also": (
            an_effect(
                form="difference",
                unit="percentage point",
                value="-25/3",
                interval=("-16.63", "-0.04"),
                method="Difference in proportions",
            ),
        ),
        "test": {
            "test": "pearson",
            "statistic": "3.84",
            "p_value": "0.0498",
            "is_exploratory": "false",
        },
        "sensitivity": ({"test": "fisher", "p_value": "0.0632", "is_exploratory": "true"},),
        "balance": (
            {
                "trait": "age",
                "treated_mean": "24.954",
                "control_mean": "24.241",
                "missing": 0,
                "standardised_difference": "0.117",
                "reading": "0.05 to 0.25",
            },
        ),
        "flow": tuple(
            {
                "arm": arm,
                "assigned": 218,
                "analysed": 216,
                "not_known": ({"status": "moved away", "people": 2},),
            }
            for arm in ("aid", "control")
        ),
        "attrition": {
            "overall": "1/109",
            "difference": "0",
            "cautious": "0.057",
            "optimistic": "0.1",
            "reading": "low under both",
        },
        "notes": ("The interval comes near to no effect.",),
        "evidence": mark("8"),
    }
    return Estimate.model_validate(given | changes)


def a_payable(**changes: object) -> PayableEstimate:
    given: dict[str, object] = {
        "plan": "arrests",
        "value": "300/11",
        "because": "the plan pays on the point estimate",
        "people": 432,
        "parts": (),
    }
    return PayableEstimate.model_validate(given | changes)


def estimate_shown(*, payable: str = "300/11", **changes: object) -> EstimateShown:
    return EstimateShown(
        an_estimate(**changes),
        a_payable(value=payable),
        "The share of men arrested within 52 weeks, as chance assigned them.",
        date(2017, 6, 30),
    )


def data_used() -> DataUsed:
    source = DataSource.model_validate(
        {
            "feed": "rossi",
            "layout": "reentry-experiment",
            "says": "Releases and arrests",
            "held_by": ({"name": "Maryland"},),
            "public": {"licence": "MIT", "source": "Rossi, Berk and Lenihan 1980"},
            "refreshed": "once",
            "complete_through": "2017-06-30",
        }
    )
    return DataUsed(source, rows=432, fingerprint=mark("1"))


def a_determination() -> Determination:
    result = Result(outcome="stable_days", period=3, value="41070", people=285)
    return Determination(
        format=1,
        number=2,
        party="Urban Institute",
        role="evaluator",
        signed_by="A. Analyst",
        on=date(2017, 8, 1),
        results=(result,),
        results_fingerprint=mark("b"),
    )


def a_record() -> RunRecord:
    return RunRecord(
        kind="run",
        deal_fingerprint=mark("a"),
        code_version="payforsuccess 0.1.0",
        library_versions=(("numpy", "2.4"), ("scipy", "1.17")),
        settings=(("as of", "2017-08-15"),),
        inputs=(
            RunInput("deal", "deal.yaml", mark("a")),
            RunInput("feed", "feeds/a.csv", mark("1")),
        ),
        outputs=(RunOutput("results", "results.json", mark("b")),),
    )


def run_facts(**changes: object) -> RunFacts:
    given: dict[str, object] = {
        "deal": "Maryland re-entry experiment",
        "says": "48 of 216 men with financial aid were arrested within 52 weeks of release, "
        "against 66 of 216 without.",
        "run": "run-2017-08-15",
        "as_of": date(2017, 8, 15),
        "standing": "illustrative",
        "is_certified": False,
        "record": a_record(),
        "data": (data_used(),),
        "estimates": (estimate_shown(),),
        "determinations": (a_determination(),),
        "deal_in_words": ("Housing: USD 15.12 for each stable day, at most USD 5,290,000.",),
        "curves": (a_curve(),),
        "statement": a_statement(),
        "findings": (Finding("cliff", "At 20 percent the payment jumps by USD 3,200,000."),),
        "notices": (UNSIGNED_RESULTS,),
    }
    return RunFacts(**(given | changes))  # type: ignore[arg-type]
