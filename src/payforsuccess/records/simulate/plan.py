"""What a simulated county is asked to be: its size, its seed, its errors, and what is planted."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from payforsuccess.units import add_months

BLOCK = 10_000


@dataclass(frozen=True)
class WritingErrors:
    """How often an agency writes down something else than what is so, one record at a time.

    The shares are those at which linkage was measured for the design of this software. They are
    harsh, and no forecast for any agency.
    """

    typo: float = 0.10
    """In each of the two names: a letter wrong, missing, too many, or two swapped."""
    surname_changed: float = 0.08
    names_swapped: float = 0.02
    birth_date_wrong: float = 0.06
    ssn_digit_wrong: float = 0.04
    zip_missing: float = 0.35
    has_moved: float = 0.30
    """The record has an address of earlier or later, with its own ZIP code."""
    alias: float = 0.06
    """Of the people of the jail: booked at times under another name and number."""


@dataclass(frozen=True)
class CountyPlan:
    """A county to be simulated: the same plan always gives the same files, byte for byte.

    `enrolled` people are offered the programme and as many again are the comparison; both are drawn
    by lot from people without a home who are in jail. `effect` is the share of jail stays that the
    programme prevents, `retention` the share of people it houses who still hold that lease after
    12 months, deaths apart.
    """

    people: int
    seed: int
    enrolled: int
    effect: float = 0.30
    retention: float = 0.82
    take_up: float = 0.90
    enrols_from: date = date(2017, 10, 1)
    as_of: date | None = None
    errors: WritingErrors = field(default_factory=WritingErrors)
    block: int = BLOCK

    @property
    def enrols_to(self) -> date:
        """The day after the last referral: the programme takes people for two years."""
        return add_months(self.enrols_from, 24)

    @property
    def begins_on(self) -> date:
        """The first day of the records: two years before the first referral."""
        return add_months(self.enrols_from, -24)

    @property
    def ends_on(self) -> date:
        """The day after the last day of the records: five years after the first referral."""
        return add_months(self.enrols_from, 60)

    @property
    def extracted_on(self) -> date:
        """The day of the extract; half a year after the end, when the last late row has come."""
        return self.as_of or add_months(self.ends_on, 6)

    @property
    def blocks(self) -> int:
        """How many blocks of people it is made in, each by itself."""
        return -(-self.people // self.block)

    def people_of(self, block: int) -> range:
        """The numbers of the people of a block."""
        return range(block * self.block, min((block + 1) * self.block, self.people))

    def enrolled_in(self, block: int) -> int:
        """How many of a block's people are offered the programme; the blocks add up."""
        span = self.people_of(block)
        return self.enrolled * span.stop // self.people - self.enrolled * span.start // self.people


DEFAULT_ERRORS = WritingErrors()
SSN_MISSING_OFTEN, SSN_MISSING = 0.55, 0.35
"""The share of records without a social security number: at the jail and the courts, elsewhere."""
