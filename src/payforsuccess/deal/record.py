"""A comparator: what the public record says of one deal, with the source of every figure.

`Record` is `record.yaml` of a library deal. `QuarterlyProject` is the compact form for projects of
which only payment plans and the sum paid are published. A figure is published (a readable source
states it), derived (arithmetic on published figures, said in words) or unknown (looked for and not
found); nothing else may enter.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, Currency, Exact, Name, Text, WholeFromOne
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence

Standing = Literal["published", "derived", "unknown"]
PolicyArea = Literal[
    "housing and homelessness",
    "public safety",
    "social services",
    "child and family welfare",
    "health",
    "education",
    "employment",
    "environment",
    "water and sanitation",
]
Design = Literal[
    "randomised",
    "matched comparison",
    "difference-in-differences",
    "historical comparison",
    "pre-post",
    "verified count",
    "not published",
]
State = Literal["exploring", "in operation", "in repayment", "ended early", "complete"]
ResultKind = Literal["paid", "paid at the ceiling", "nothing paid", "not published"]
Role = Literal[
    "payor", "provider", "intermediary", "evaluator", "validator", "investor", "guarantor"
]


class Source(Model):
    """A page or document that states something; the list of all is `sources.yaml`."""

    id: Text = Field(description="The short name by which figures cite it.")
    title: Text = Field(description="What it is and who wrote it.")
    url: Text = Field(description="Where it was read.")


class SourceList(Model):
    """`sources.yaml`: every source the library cites, once."""

    sources: tuple[Source, ...]

    @model_validator(mode="after")
    def _once_each(self) -> Self:
        ids = [source.id for source in self.sources]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        if twice:
            refuse(
                sentence("Listed twice: {twice}.", twice=", ".join(twice)),
                sentence("Keep one of them."),
                field="sources",
            )
        return self


class Sourced(Model):
    """A statement with its standing and where it was read."""

    standing: Standing = Field(description="Published, derived from published figures, or unknown.")
    sources: tuple[Text, ...] = Field(
        (), description="Ids of `sources.yaml`, or indigo: and the number of an INDIGO record."
    )

    @model_validator(mode="after")
    def _cited(self) -> Self:
        if self.standing != "unknown" and not self.sources:
            refuse(
                sentence(
                    "This is said to be {standing}, and no source is named.", standing=self.standing
                ),
                sentence("Name the source, or set `standing: unknown`."),
                field="sources",
            )
        return self


class Years(Model):
    """First and last year of delivery; without `to` it runs on, or its end is not published."""

    from_: WholeFromOne = Field(alias="from", description="The year in which it began.")
    to: WholeFromOne | None = Field(None, description="The year in which it ended.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to is not None and self.to < self.from_:
            refuse(
                sentence("The last year is before the first."),
                sentence("Swap the two."),
                field="to",
            )
        return self

    def __str__(self) -> str:
        """`2016-2020`, or `2014-` when no end is known."""
        return f"{self.from_}-{'' if self.to is None else self.to}"


class RecordResult(Model):
    """How it came out, in one sentence."""

    kind: ResultKind = Field(description="Whether success payments were made.")
    says: Text = Field(description="One sentence.")


class RecordParty(Model):
    """An organisation and what it did in the deal."""

    name: Text
    roles: tuple[Role, ...]


class Capital(Sourced):
    """What one investor put in; the amount is left out where it is not published."""

    name: Name = Field(description="A short name, for checks to point at.")
    party: Text = Field(description="Who.")
    kind: Text | None = Field(None, description="Senior loan, subordinate loan, grant, bond ...")
    amount: Amount | None = Field(None, description="In the currency of the record.")
    repaid_from: Text | None = Field(None, description="The outcome from which it is repaid.")


class PublishedTerm(Sourced):
    """A payment term in words, under the kind of this product's vocabulary that fits it."""

    kind: Text = Field(description="unit-price, schedule, effect-price ...")
    says: Text = Field(description="What is paid for what, as far as it is published.")


class Fact(Sourced):
    """One statement of the public record; sources that conflict are both given."""

    label: Text
    value: Text


class Figure(Sourced):
    """A number of the public record that a check reads."""

    name: Name
    says: Text
    value: Exact
    unit: Text


class Lesson(Model):
    """What another place should know: what stalled, what was amended, what the design did."""

    about: Literal["stalled", "amended", "design", "data", "payment"]
    says: Text
    sources: tuple[Text, ...] = Field(min_length=1)


class Record(Model):
    """One deal as the public record knows it."""

    id: Name
    name: Text
    place: Text
    countries: tuple[Text, ...]
    years: Years
    policy_areas: tuple[PolicyArea, ...]
    population: Text
    outcomes: tuple[Text, ...]
    designs: tuple[Design, ...]
    design_says: Text | None = None
    state: State
    result: RecordResult
    currency: Currency
    parties: tuple[RecordParty, ...]
    capital: tuple[Capital, ...] = ()
    payment_terms: tuple[PublishedTerm, ...] = ()
    facts: tuple[Fact, ...]
    figures: tuple[Figure, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    gaps: tuple[Text, ...] = Field((), description="What was looked for and not found.")
    indigo: tuple[Text, ...] = Field((), description="Its records in the INDIGO dataset.")
    read_from: Text | None = Field(
        None,
        description="The open record from which it was imported; left out where people wrote it "
        "from its sources.",
    )

    @model_validator(mode="after")
    def _names_once(self) -> Self:
        for field, names in (
            ("figures", [figure.name for figure in self.figures]),
            ("capital", [capital.name for capital in self.capital]),
        ):
            twice = sorted({name for name in names if names.count(name) > 1})
            if twice:
                refuse(
                    sentence("Named twice: {twice}.", twice=", ".join(twice)),
                    sentence("Rename one."),
                    field=field,
                )
        return self

    def parties_as(self, role: Role) -> tuple[str, ...]:
        """The names of all parties with `role`, in the record's order."""
        return tuple(party.name for party in self.parties if role in party.roles)


class Plan(Model):
    """One version of the planned success payments, summed over its quarters."""

    name: Text
    total: Amount


class QuarterlyProject(Model):
    """A project of which the payment plans and the sum paid are published by the quarter."""

    id: Name
    indigo: Text
    name: Text
    place: Text
    years: Years
    policy_area: PolicyArea
    population: Text
    state: State
    people_planned: WholeFromOne | None = None
    paid: Amount
    quarters: WholeFromOne = Field(description="How many quarters the sum paid covers.")
    plans: tuple[Plan, ...]
    lesson: Lesson | None = None


class QuarterlySeries(Model):
    """`quarterly-series.yaml`: compact comparators from one dataset."""

    says: Text
    country: Text
    currency: Currency
    projects: tuple[QuarterlyProject, ...]
