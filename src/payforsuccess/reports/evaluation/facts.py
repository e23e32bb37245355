"""What a run hands over for the evaluator's report: plain facts, computed before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.disclosure import Release
from payforsuccess.errors import Finding
from payforsuccess.measures.attrition import Attrition
from payforsuccess.reports.inline import required
from payforsuccess.reports.run_facts import DataUsed, EstimateShown
from payforsuccess.trail import RunRecord

STAGES = ("referred", "eligible", "enrolled")


@dataclass(frozen=True)
class CameIn:
    """One arm's enrolments in the records: of them, who was referred, found eligible and enrolled.

    None where the records tell the day of no one.
    """

    arm: str
    referred: int | None = None
    eligible: int | None = None
    enrolled: int | None = None


@dataclass(frozen=True)
class PlanShown:
    """One plan: its estimate with what payments read, how people came in, and who left the count.

    plan: as the deal states it; where it is left out, so is what only it tells. outcomes: the
    titles of the outcomes that rest on it. attrition: everyone first, then each arm.
    """

    shown: EstimateShown
    plan: EvaluationPlan | None = None
    outcomes: tuple[str, ...] = ()
    came_in: tuple[CameIn, ...] = ()
    attrition: tuple[Attrition, ...] = ()


@dataclass(frozen=True)
class EvaluationFacts:
    """All that the evaluator's report shows.

    whom: who is served and who is eligible, a sentence each. run: the name of this computation,
    told by what went in. threshold: the largest count that is hidden; None where the report is for
    those who may see small numbers. given: what may be said of its counts beside all that was given
    out of the deal before; None where that was not looked at. release: the number under which the
    report is recorded as given out.
    """

    deal: str
    standing: str
    is_certified: bool
    as_of: date
    run: str
    record: RunRecord
    plans: tuple[PlanShown, ...]
    whom: tuple[str, ...] = ()
    data: tuple[DataUsed, ...] = ()
    findings: tuple[Finding, ...] = ()
    threshold: int | None = 10
    given: Release | None = None
    release: int | None = None

    def __post_init__(self) -> None:
        required(self.deal, "the deal's name")
        required(self.run, "the name of the computation")
        if not self.plans:
            raise ValueError("a report on an evaluation needs a plan that was estimated")
