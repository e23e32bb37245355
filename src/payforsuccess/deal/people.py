"""Whom the deal serves, and how many."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Day, Name, Text, WholeFromZero
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence
from payforsuccess.units import exact

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def number_or_day(text: str) -> Fraction | date:
    """What a threshold is compared as: a number in digits, or a day such as 2026-07-01.

    ValueError for anything else; 2026-7-1 and 20260701 are no days.
    """
    try:
        return exact(text)
    except ValueError:
        if not _DAY.fullmatch(text.strip()):
            raise
        return date.fromisoformat(text.strip())


class Criterion(Model):
    """One clause of the eligibility rule: a field of the record and what it must be."""

    field: Name = Field(description="The field of the canonical record.")
    test: Literal["is", "is-not", "at-least", "at-most", "one-of", "known", "unknown"] = Field(
        description="How the field is tested."
    )
    value: Text | None = Field(None, description="What it is compared with, for a single value.")
    values: tuple[Text, ...] = Field((), description="The values, for one-of.")
    clause: Text | None = Field(None, description="The clause of the contract.")

    @model_validator(mode="after")
    def _compared_with_something(self) -> Self:
        if self.test == "one-of":
            complete = bool(self.values) and self.value is None
        elif self.test in ("known", "unknown"):
            complete = not self.values and self.value is None
        else:
            complete = self.value is not None and not self.values
        if not complete:
            refuse(
                sentence(
                    "The test “{test}” does not fit what it is compared with.", test=self.test
                ),
                sentence(
                    "Give `values` for one-of, nothing for known and unknown, `value` for the rest."
                ),
                field="test",
            )
        if self.value is not None and self.test in ("at-least", "at-most"):
            try:
                number_or_day(self.value)
            except ValueError:
                refuse(
                    sentence(
                        "The test “{test}” compares numbers or days, and its value is neither.",
                        test=self.test,
                    ),
                    sentence("Write the value in digits, such as 18 or 2026-07-01."),
                    field="value",
                )
        return self


class HeadCount(Model):
    """The number of people the deal can serve."""

    least: WholeFromZero = Field(description="The fewest people.")
    most: WholeFromZero = Field(description="The most people.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.least > self.most:
            refuse(
                sentence(
                    "The fewest people, {least}, are more than the most, {most}.",
                    least=self.least,
                    most=self.most,
                ),
                sentence("Swap the two."),
                field="least",
            )
        return self


class Cohort(Model):
    """People who start within a stretch of days, when the deal tells cohorts apart."""

    name: Text = Field(description="The cohort's name, as results use it.")
    from_: Day = Field(alias="from", description="The first day on which its people start.")
    to: Day = Field(description="The last day on which its people start.")


class People(Model):
    """Who is eligible, from which event on they count, and how many there can be."""

    says: Text = Field(description="The population in one plain sentence.")
    start_event: Text = Field(description="The event from which each person's windows run.")
    eligible: tuple[Criterion, ...] = Field((), description="All must hold.")
    head_count: HeadCount | None = Field(None, description="How many people there can be.")
    cohorts: tuple[Cohort, ...] = Field((), description="Cohorts that results tell apart.")
    subgroups: tuple[Name, ...] = Field((), description="Groups that payment terms name.")
