"""What is put on record around a study: sealed plans with their shells, and looks that were given.

Each record is chained to the one before it and never changed.
"""

from __future__ import annotations

from pydantic import Field

from payforsuccess.deal.fields import (
    Day,
    Exact,
    Fingerprint,
    Flag,
    Name,
    Share,
    Text,
    WholeFromOne,
    WholeFromZero,
)
from payforsuccess.deal.model import Model
from payforsuccess.trail import fingerprint


class ShellTable(Model):
    """The shape of one table of a report: all of it but its numbers."""

    title: Text = Field(description="Its title.")
    columns: tuple[Text, ...] = Field(description="The heads of its columns.")
    rows: WholeFromZero = Field(description="How many rows it has.")


class Shell(Model):
    """A plan's final report filled with made-up people, before anybody was seen."""

    document: Fingerprint = Field(description="The fingerprint of the report as one HTML page.")
    seed: WholeFromZero = Field(description="The seed that the made-up people were drawn with.")
    tables: tuple[ShellTable, ...] = Field(description="The shape of its tables and figures.")


class SealedPlan(Model):
    """One plan as it was sealed."""

    plan: Name = Field(description="The plan, by its name under `evaluation`.")
    fingerprint: Fingerprint = Field(
        description="The fingerprint of the plan, but for the fingerprint of a lottery's seed, "
        "which is known only later."
    )
    stated: Text = Field(description="The plan itself, as JSON in one spelling.")
    shell: Shell | None = Field(
        None, description="The shell of its report; none where another program is to compute it."
    )


class Seal(Model):
    """Plans frozen before results are known, by whom and when."""

    format: WholeFromOne = Field(description="The format of the record; this version writes 1.")
    number: WholeFromOne = Field(description="Counted from 1 within the deal.")
    plans: tuple[SealedPlan, ...] = Field(description="The plans that are sealed with it.")
    party: Text = Field(description="The party that sealed them.")
    by: Text = Field(description="The person.")
    on: Day = Field(description="The day, by that person's word.")
    written_on: Day | None = Field(
        None, description="The day on which the record was written, by the clock of the machine."
    )
    records_through: Day | None = Field(
        None, description="The last day that records which lay beside the deal then covered."
    )
    terms: Fingerprint = Field(description="The fingerprint of the deal's terms on that day.")
    amendment: WholeFromOne | None = Field(
        None, description="The amendment by which a plan could be sealed anew."
    )
    previous: Fingerprint | None = Field(None, description="The record before it.")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the whole record."""
        return fingerprint(self.as_plain())


class LookRelease(Model):
    """One plan's outcomes by arm, given to one reader at one planned look."""

    format: WholeFromOne = Field(description="The format of the record; this version writes 1.")
    number: WholeFromOne = Field(description="Counted from 1 within the deal.")
    plan: Name = Field(description="The plan.")
    plan_fingerprint: Fingerprint = Field(description="The sealed plan's fingerprint.")
    look: Name = Field(description="The look, as the plan names it.")
    reader: Text = Field(description="The party that read it.")
    by: Text = Field(description="The person.")
    on: Day = Field(description="The day.")
    estimate: Fingerprint = Field(description="The fingerprint of the estimate that was read.")
    people: WholeFromZero = Field(description="People whose outcome was known.")
    information: Share | None = Field(
        None, description="These over the people known at the end, as planned."
    )
    statistic: Exact | None = Field(
        None,
        description="The test of no effect as a standard normal value; none where it is not used.",
    )
    stops: Flag = Field(False, description="Whether the bound of the look was passed.")
    previous: Fingerprint | None = Field(None, description="The record before it.")

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the whole record."""
        return fingerprint(self.as_plain())
