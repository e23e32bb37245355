"""What the blueprint report is made from: all of it found before, nothing computed here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.record import Record, Source
from payforsuccess.deal.votes import VoteRules
from payforsuccess.finance.budget.requests import Requests
from payforsuccess.governance.blueprint.blueprint import Blueprint, LinkedCriteria
from payforsuccess.governance.blueprint.complete import BlueprintFacts
from payforsuccess.governance.conditions.condition import Condition, Met, Unmet
from payforsuccess.governance.votes import VotesNeeded
from payforsuccess.reports.charts.liability import Year
from payforsuccess.selection.criteria import CriteriaSet


@dataclass(frozen=True)
class CriteriaLinked:
    """A linked set with how the blueprint links it."""

    link: LinkedCriteria
    criteria: CriteriaSet


@dataclass(frozen=True)
class LessonCited:
    """A lesson of the library, what the blueprint does about it, and the sources it rests on."""

    deal: str
    about: str
    says: str
    used_for: str
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class Ahead:
    """What payors may owe by fiscal year, in minor units, with what it rests on.

    most_in_all: over the whole deal, None where nothing bounds it. firmness: what the assumptions
    rest on, the weakest first. checksum: of the assumptions.
    """

    years: tuple[Year, ...]
    most_in_all: int | None
    currency: str
    firmness: str
    as_of: date
    checksum: str


@dataclass(frozen=True)
class ReportFacts:
    """Everything that the report shows.

    number: of the version where it is issued, 0 for a draft. advisory: each condition on the
    advisory group with whether it holds. votes: what each kind of change of a budget needs on the
    day. requests: where a budget lies beside the deal, with its checksum and standing. ahead: what
    payors may owe by year; not_ahead: why that was not worked out.
    """

    told: BlueprintFacts
    linked: tuple[CriteriaLinked, ...]
    advisory: tuple[tuple[Condition, Met | Unmet], ...]
    rules: VoteRules
    votes: tuple[VotesNeeded, ...]
    lessons: tuple[LessonCited, ...]
    records: tuple[Record, ...]
    requests: Requests | None = None
    requests_checksum: str = ""
    budget_standing: str = ""
    ahead: Ahead | None = None
    not_ahead: str = ""
    number: int = 0

    @property
    def blueprint(self) -> Blueprint:
        """The blueprint itself."""
        return self.told.blueprint
