"""What a run hands over to be reported: plain facts, computed before, each with its date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.results import Determination, Statement
from payforsuccess.errors import Finding
from payforsuccess.measures.attrition import Attrition
from payforsuccess.reports.charts import PaymentCurve
from payforsuccess.reports.inline import required
from payforsuccess.reports.note import Notice
from payforsuccess.reports.numbers import name_text
from payforsuccess.trail import RunRecord


@dataclass(frozen=True)
class DataUsed:
    """One file of a feed as it was read: what the deal says of the feed, rows, their fingerprint.

    file: by its path in the deal's folder; empty where the feed is one file and says all.
    """

    source: DataSource
    rows: int
    fingerprint: str
    file: str = ""

    def __post_init__(self) -> None:
        required(self.fingerprint, "the fingerprint of the rows")
        if self.rows < 0:
            raise ValueError("a number of rows is not below 0")


@dataclass(frozen=True)
class EstimateShown:
    """An estimate, with the words and the date that its numbers need.

    says: the plan in the deal's words. as_of: the last day of the data.
    """

    estimate: Estimate
    payable: PayableEstimate
    says: str
    as_of: date

    def __post_init__(self) -> None:
        required(self.says, "what an estimate is of")

    @property
    def unit(self) -> str:
        """The unit of the arms' means; empty where they are shares of people."""
        unit = self.estimate.unit
        return "" if self.estimate.is_share else unit

    @property
    def title(self) -> str:
        """The plan's name as a heading: `Jail days` for jail_days."""
        return name_text(self.estimate.plan)


@dataclass(frozen=True)
class AttritionShown:
    """Who left one measure's count at which rule: everyone enrolled first, then each arm.

    name: the outcome or plan. says: what is measured, a sentence each.
    """

    name: str
    says: tuple[str, ...]
    of: tuple[Attrition, ...]

    def __post_init__(self) -> None:
        required(self.name, "what is measured")
        if not self.of or self.of[0].arm is not None:
            raise ValueError("the counts of everyone come first")

    @property
    def title(self) -> str:
        """The name as a heading: `Jail days` for jail_days."""
        return name_text(self.name)


@dataclass(frozen=True)
class RunFacts:
    """All that a run report shows. What is not there is left out of the report, never invented.

    says: what was found, in a sentence or two. run: the run's name, in each note. deal_in_words:
    the payment terms as sentences. is_issued: whether the statement was issued. notices: further
    words that no reader may miss, such as "Nominal dates". assumptions: what the deal file assumes
    because its source does not say. attrition: who was counted, measure by measure. at_risk:
    what would be due under other matches of people, a sentence each; no part of the statement.
    """

    deal: str
    says: str
    run: str
    as_of: date
    standing: str
    is_certified: bool
    record: RunRecord
    data: tuple[DataUsed, ...] = ()
    estimates: tuple[EstimateShown, ...] = ()
    determinations: tuple[Determination, ...] = ()
    deal_in_words: tuple[str, ...] = ()
    curves: tuple[PaymentCurve, ...] = ()
    statement: Statement | None = None
    is_issued: bool = False
    findings: tuple[Finding, ...] = ()
    notices: tuple[Notice, ...] = ()
    assumptions: tuple[str, ...] = ()
    attrition: tuple[AttritionShown, ...] = ()
    at_risk: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        required(self.deal, "the deal's name")
        required(self.says, "what was found")
        required(self.run, "the run's name")
