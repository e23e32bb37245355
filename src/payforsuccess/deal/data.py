"""The data a deal relies on, with its agreements, and the layouts of the tables they become."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from payforsuccess.deal.fields import Day, Name, Text
from payforsuccess.deal.model import Model, refuse


class Agreement(Model):
    """A paper that lets records be used. A column it does not permit is never read."""

    kind: Literal["mou", "dsa", "dul", "letter"] = Field(
        description="Memorandum of understanding, data sharing agreement, data use licence, or "
        "letter of commitment."
    )
    parties: tuple[Text, ...] = Field(description="Who signed it.")
    purpose: Text = Field(description="What the records may be used for.")
    permitted_columns: tuple[Text, ...] = Field(description="The columns that may be read.")
    regime: Text = Field(description="The law it falls under, such as 42 CFR Part 2, or none.")
    signed_on: Day = Field(description="The day it was signed.")
    expires_on: Day = Field(description="The last day it holds.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.expires_on < self.signed_on:
            refuse("The agreement ends before it was signed.", "Swap the days.", field="expires_on")
        if len(self.parties) < 2:
            refuse("An agreement has at least two parties.", "Name them all.", field="parties")
        if len(set(self.permitted_columns)) != len(self.permitted_columns):
            refuse("A column is permitted twice.", "List it once.", field="permitted_columns")
        return self


class PublicLicence(Model):
    """The terms under which data anyone can have are used."""

    licence: Text = Field(description="The licence, such as MIT or public domain.")
    source: Text = Field(description="Where the data come from, as a reader would cite it.")


class HeldBy(Model):
    """Who holds the data, from a day on."""

    name: Text = Field(description="The agency or party.")
    from_: Day | None = Field(None, alias="from", description="The first day; always, if left out.")

    model_config = ConfigDict(populate_by_name=True)


class DataSource(Model):
    """One feed the deal relies on: who holds it, under which paper, how fresh, how complete."""

    feed: Name = Field(description="The feed's name, as measures give it.")
    layout: Name = Field(description="The layout of its files, by the name of its folder.")
    says: Text = Field(description="What the deal relies on it for.")
    held_by: tuple[HeldBy, ...] = Field(description="Who holds it, the latest holder last.")
    agreement: Agreement | None = Field(None, description="The paper that lets it be used.")
    public: PublicLicence | None = Field(
        None, description="Instead of an agreement: the licence of data anyone can have."
    )
    refreshed: Literal["once", "day", "week", "month", "quarter", "half-year", "year"] = Field(
        description="How often a new extract comes."
    )
    complete_through: Day = Field(
        description="The last day for which it holds every record; stays still open end there."
    )
    file: Text | None = Field(
        None, description="The extract, from the deal's folder; feeds/<feed>.csv if left out."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.agreement is None) == (self.public is None):
            refuse(
                "Records are used under an agreement or, if anyone can have them, a licence.",
                "Give `agreement` or `public`, one of the two.",
                field="agreement" if self.agreement else "",
            )
        if not self.held_by:
            refuse("No one holds the data.", "Name the holder.", field="held_by")
        first, *later = [holder.from_ for holder in self.held_by]
        known = [first or date.min, *(day or date.min for day in later)]
        if any(after <= before for before, after in pairwise(known)):
            refuse(
                "The holders are not in the order of their days.",
                "List the earliest first, and give each later one its day.",
                field="held_by",
            )
        return self

    @property
    def path(self) -> str:
        """Where the extract lies, from the deal's folder."""
        return self.file or f"feeds/{self.feed}.csv"

    def holder_on(self, day: date) -> str | None:
        """Who holds the data on a day; None before the first holder."""
        held = [holder.name for holder in self.held_by if (holder.from_ or date.min) <= day]
        return held[-1] if held else None


ColumnType = Literal["text", "day", "whole", "decimal"]


@dataclass(frozen=True)
class Column:
    """One column of a canonical table. `decimal` holds up to nine decimal places, exactly."""

    name: str
    type: ColumnType
    says: str
    may_be_missing: bool = False


@dataclass(frozen=True)
class TableLayout:
    """A canonical table: its columns in order, and the total order its rows are written in."""

    name: str
    says: str
    columns: tuple[Column, ...]
    sorted_by: tuple[str, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


_FEED = Column("feed", "text", "the feed the row comes from")
_ROW = Column("row", "whole", "the row of the feed's file, the first below the header being 1")
_PERSON = Column("person", "text", "the person's pseudonymous key")

PEOPLE = TableLayout(
    "people",
    "one row a person and feed",
    (_PERSON, _FEED, _ROW),
    ("person", "feed", "row"),
)
ENROLMENTS = TableLayout(
    "enrolments",
    "one row an enrolment",
    (
        Column("enrolment", "text", "the enrolment's key"),
        _PERSON,
        Column("referred_on", "day", "day of referral", may_be_missing=True),
        Column("assigned_on", "day", "day of assignment", may_be_missing=True),
        Column("arm", "text", "the arm assigned to", may_be_missing=True),
        Column("enrolled_on", "day", "day of enrolment", may_be_missing=True),
        Column("exited_on", "day", "day of exit", may_be_missing=True),
        Column("site", "text", "the site", may_be_missing=True),
        Column("stratum", "text", "the stratum of the assignment", may_be_missing=True),
        _FEED,
        _ROW,
    ),
    ("enrolment", "feed", "row"),
)
SPELLS = TableLayout(
    "spells",
    "one row a stay in a state, the days in [start, end)",
    (
        Column("state", "text", "the state, such as housed"),
        _PERSON,
        Column("start_on", "day", "first day"),
        Column("end_on", "day", "first day after; missing while the spell is open", True),
        _FEED,
        _ROW,
    ),
    ("state", "person", "start_on", "feed", "row"),
)
EVENTS = TableLayout(
    "events",
    "one row something that happened on a day",
    (
        Column("kind", "text", "what happened, such as arrest"),
        _PERSON,
        Column("happened_on", "day", "the day"),
        Column("amount", "decimal", "an amount, for events that have one", True),
        _FEED,
        _ROW,
    ),
    ("kind", "person", "happened_on", "feed", "row"),
)
TRAITS = TableLayout(
    "traits",
    "one row a fact about a person, as of a day where it can change",
    (
        Column("trait", "text", "the fact's name, such as age"),
        _PERSON,
        Column("as_of", "day", "the day it held; missing for facts that do not change", True),
        Column("value", "decimal", "the fact as a number; 1 and 0 for yes and no"),
        _FEED,
        _ROW,
    ),
    ("trait", "person", "as_of", "feed", "row"),
)
TABLES = (PEOPLE, ENROLMENTS, SPELLS, EVENTS, TRAITS)

PERSON_ROWS = TableLayout(
    "person-rows",
    "one row what one enrolment adds to one outcome in one period: the person ledger's source",
    (
        Column("outcome", "text", "the outcome, by its name in the deal"),
        Column("period", "whole", "the payment period's number"),
        _PERSON,
        Column("quantity", "decimal", "what the enrolment adds, in the outcome's unit"),
        Column("source", "text", "the rows it rests on: feed:row;feed:row"),
    ),
    ("outcome", "period", "person", "source"),
)
