"""What a run hands over to be reported: plain facts, computed before, each with its date."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from payforsuccess.deal.results import Determination, Statement
from payforsuccess.errors import Finding
from payforsuccess.reports.charts import OutcomeByArm, ParticipantFlow, PaymentCurve
from payforsuccess.reports.inline import required
from payforsuccess.reports.note import Notice
from payforsuccess.trail import RunRecord


@dataclass(frozen=True)
class DataUsed:
    """One feed that was read: what it is, where it comes from, and on which terms."""

    says: str
    source: str
    licence: str
    rows: int
    fingerprint: str
    complete_through: str = ""

    def __post_init__(self) -> None:
        required(self.says, "what the data are")
        required(self.source, "the source of the data")
        required(self.licence, "the licence or agreement of the data")


@dataclass(frozen=True)
class SignificanceTest:
    """One two-sided test of no effect, and whether it is the plan's own or shown beside it."""

    name: str
    p_value: float
    is_planned: bool = False

    def __post_init__(self) -> None:
        required(self.name, "a test's name")
        if not 0 <= self.p_value <= 1:
            raise ValueError("a p-value lies between 0 and 1")


@dataclass(frozen=True)
class TraitBalance:
    """How alike the arms were before: a trait's mean in each, and the standardised difference."""

    trait: str
    treated: float
    control: float
    difference: float


@dataclass(frozen=True)
class EstimateShown:
    """An effect with its interval, how it was estimated, and on how many people.

    effect, low, high: in `unit`, as computed. level: such as "95%". pays_on: what the plan lets
    payments read, in words. tests: the planned one first, others as sensitivity.
    """

    outcome: str
    says: str
    unit: str
    effect: float
    low: float
    high: float
    level: str
    people: int
    as_of: str
    estimator: str
    pays_on: str
    fingerprint: str
    tests: tuple[SignificanceTest, ...] = ()
    balance: tuple[TraitBalance, ...] = ()
    attrition: str = ""

    def __post_init__(self) -> None:
        required(self.outcome, "the outcome of an estimate")
        required(self.estimator, "the estimator")
        required(self.as_of, "the date of the data")
        if not self.low <= self.effect <= self.high:
            raise ValueError("an effect lies inside its interval")
        if self.people < 1:
            raise ValueError("an estimate rests on people")
        if self.tests and [test.is_planned for test in self.tests].count(True) != 1:
            raise ValueError("the plan names one test; mark it")


@dataclass(frozen=True)
class RunFacts:
    """All that a run report shows. What is not there is left out of the report, never invented.

    says: what was found, in a sentence or two. run: the run's name, in each note. deal_in_words:
    the payment terms as sentences. is_issued: whether the statement was issued. attests: who
    determined the results.
    """

    deal: str
    says: str
    run: str
    as_of: date
    standing: str
    is_certified: bool
    record: RunRecord
    data: tuple[DataUsed, ...] = ()
    flow: ParticipantFlow | None = None
    outcomes: tuple[OutcomeByArm, ...] = ()
    estimates: tuple[EstimateShown, ...] = ()
    determinations: tuple[Determination, ...] = ()
    deal_in_words: tuple[str, ...] = ()
    curves: tuple[PaymentCurve, ...] = ()
    statement: Statement | None = None
    is_issued: bool = False
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = field(default=())

    def __post_init__(self) -> None:
        required(self.deal, "the deal's name")
        required(self.says, "what was found")
        required(self.run, "the run's name")
