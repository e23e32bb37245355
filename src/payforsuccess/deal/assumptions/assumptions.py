"""The assumptions beside a deal: what a forecast, a simulation and a price rest on."""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.assumptions.lags import AssumedDays
from payforsuccess.deal.assumptions.results import FactAssumption, GroupShare, OutcomeAssumption
from payforsuccess.deal.assumptions.service import BasePay, CostLine, Enrolment, PlannedDraw
from payforsuccess.deal.assumptions.studies import StudyAssumption
from payforsuccess.deal.assumptions.values import Assumed, Correlation
from payforsuccess.deal.fields import Day, Name, Text, WholeFromOne, WholeFromZero
from payforsuccess.deal.model import refuse
from payforsuccess.deal.money_file import MoneyFile


class Assumptions(MoneyFile):
    """`assumptions.yaml`: read with the deal that lies beside it.

    The deal says what is paid for what; this file says what people, outcomes and costs may come
    to. Nothing in it can change a payment of record.
    """

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    says: Text | None = Field(None, description="What these assumptions are for.")
    as_of: Day = Field(description="The day they were made.")
    discount_rate: Assumed = Field(description="A yearly rate, for present values; 0.03 is 3%.")
    enrolment: Enrolment = Field(description="People.")
    costs: tuple[CostLine, ...] = Field((), description="Every cost of the project.")
    base_pay: tuple[BasePay, ...] = Field((), description="What is paid whatever the outcomes are.")
    draws: tuple[PlannedDraw, ...] | Literal["as-needed"] = Field(
        "as-needed",
        description="When capital is drawn: on planned days, or at each period's start for the "
        "project costs of that period, all tranches in proportion to what they still have.",
    )
    outcomes: dict[Name, OutcomeAssumption] = Field(
        description="Every outcome that a payment term or a trigger reads."
    )
    facts: tuple[FactAssumption, ...] = Field((), description="Facts that conditions ask for.")
    groups: tuple[GroupShare, ...] = Field((), description="Parts of outcomes by subgroup.")
    studies: dict[Name, StudyAssumption] = Field(
        {}, description="Studies by the name of their plan under `evaluation`, for `pfs plan`."
    )
    correlations: tuple[Correlation, ...] = Field(
        (), description="Pairs that move together; all others do not."
    )
    determined_after_days: WholeFromZero | AssumedDays = Field(
        description="Days from a period's end to the determination of its results: one number, or "
        "one for each case."
    )
    stated_after_days: WholeFromZero | AssumedDays = Field(
        0,
        description="Days from the determination to the statement: one number, or one for each "
        "case.",
    )

    @model_validator(mode="after")
    def _once(self) -> Self:
        for field, names in (
            ("costs", [line.name for line in self.costs]),
            ("base_pay", [line.name for line in self.base_pay]),
            ("facts", [fact.name for fact in self.facts]),
        ):
            if len(set(names)) != len(names):
                refuse(
                    f"A name stands twice under `{field}`.", "Give each its own name.", field=field
                )
        pairs = [tuple(sorted(pair.between)) for pair in self.correlations]
        if len(set(pairs)) != len(pairs):
            refuse("A pair is correlated twice.", "Keep one.", field="correlations")
        return self
