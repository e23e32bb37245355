"""A statement with a line, a correction, a ceiling that bound and two payors, and a whole run."""

from __future__ import annotations

from datetime import date

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
from payforsuccess.reports.notices import NOMINAL_DATES
from payforsuccess.reports.run_facts import (
    DataUsed,
    EstimateShown,
    RunFacts,
    SignificanceTest,
    TraitBalance,
)
from payforsuccess.trail import RunInput, RunOutput, RunRecord
from tests.rooms.reports.cast import a_curve, a_flow, two_arms


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


def an_estimate(**changes: object) -> EstimateShown:
    given: dict[str, object] = {
        "outcome": "Fewer arrested within 52 weeks",
        "says": "Financial aid lowered the share arrested by 8.3 percentage points",
        "unit": "percentage points",
        "effect": 8.33,
        "low": 0.04,
        "high": 16.63,
        "level": "95%",
        "people": 432,
        "as_of": "week 52",
        "estimator": "Difference in proportions, intention to treat, unpooled standard error",
        "pays_on": "the point estimate",
        "fingerprint": mark("9"),
        "tests": (
            SignificanceTest("Fisher, exact", 0.0632),
            SignificanceTest("Pearson, without correction", 0.0498, is_planned=True),
        ),
        "balance": (TraitBalance("Age", 24.95, 24.24, 0.12),),
        "attrition": "none in either arm",
    }
    return EstimateShown(**(given | changes))  # type: ignore[arg-type]


def a_determination() -> Determination:
    result = Result(outcome="stable_days", period=3, value="41070", people=285)
    return Determination(
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
        "data": (
            DataUsed("Releases and arrests", "Rossi, Berk and Lenihan 1980", "MIT", 432, mark("1")),
        ),
        "flow": a_flow(),
        "outcomes": (two_arms(),),
        "estimates": (an_estimate(),),
        "determinations": (a_determination(),),
        "deal_in_words": ("Housing: USD 15.12 for each stable day, at most USD 5,290,000.",),
        "curves": (a_curve(),),
        "statement": a_statement(),
        "findings": (Finding("cliff", "At 20 percent the payment jumps by USD 3,200,000."),),
        "notices": (NOMINAL_DATES,),
    }
    return RunFacts(**(given | changes))  # type: ignore[arg-type]
