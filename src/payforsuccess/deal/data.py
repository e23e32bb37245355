"""The data a deal relies on: each feed, where it lies, how it is written, under which paper."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.agreements import Agreement, HeldBy, PublicLicence
from payforsuccess.deal.fields import Day, Flag, Name, Share, Text
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence


class Written(Model):
    """How a feed's files are written, where they do not follow the layout.

    Names of columns and files are the layout's on the left and the agency's on the right; codes, of
    which several may mean one, are the agency's on the left and the layout's on the right. No code
    is needed for an agency with words of its own.
    """

    columns: dict[Text, Text] = Field(
        default_factory=dict,
        description="The file's name of a column, by the layout's; `file.column` where the layout "
        "has several files.",
    )
    codes: dict[Text, dict[Text, Text]] = Field(
        default_factory=dict,
        description="For a column of the layout (`file.column` where the layout has several "
        "files): the layout's code, by the file's.",
    )
    files: dict[Text, Text] = Field(
        default_factory=dict,
        description="The name of a file in the folder, by the layout's name for it.",
    )
    sheet: Text | None = Field(
        None, description="The sheet of an XLSX file; the first if left out."
    )
    days: Text = Field(
        "%Y-%m-%d", description="How days are written, such as %m/%d/%Y (C's strptime)."
    )
    delimiter: Text = Field(
        ",", description="What stands between values: a comma, `;`, `|` or tab."
    )
    encoding: Literal["utf-8", "utf-16", "latin-1"] = Field(
        "utf-8", description="The character set."
    )


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
    complete_from: Day | None = Field(
        None,
        description="The first day for which it holds every record, where it does not reach back "
        "as far as anyone asks; measures that look back need it.",
    )
    file: Text | None = Field(
        None,
        description="The extract, from the deal's folder: a CSV, Parquet or XLSX file, or the "
        "folder that holds them when the layout has several; feeds/<feed>.csv or feeds/<feed> if "
        "left out.",
    )
    written: Written = Field(
        default_factory=Written, description="How its files are written, where it is not usual."
    )
    ids_of: Name | None = Field(
        None,
        description="The feed whose numbers for people this one uses; its own when left out.",
    )
    refused_at_most: Share = Field(
        Fraction(0),
        description="The largest share of its rows that may be refused before the whole extract "
        "is; every refused row is listed either way.",
    )
    refused_because: Text | None = Field(
        None, description="Why rows may be refused and the rest kept, where some may."
    )
    may_be_empty: tuple[Text, ...] = Field(
        (),
        description="The layout's files that may hold no rows, as the deaths of a small place; any "
        "other that the layout needs stops the work without rows, since it would say that nothing "
        "ever happened.",
    )
    is_victim_service: Flag = Field(
        False,
        description="Whether a victim-service provider holds it; such records are never linked, "
        "hashed or not (VAWA, FVPSA).",
    )
    first_received_on: Day | None = Field(
        None, description="The day the first usable extract came."
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.agreement is None) == (self.public is None):
            refuse(
                sentence(
                    "Records are used under an agreement or, if anyone can have them, a licence."
                ),
                sentence("Give `agreement` or `public`, one of the two."),
                field="agreement" if self.agreement else "",
            )
        if self.complete_from is not None and self.complete_from > self.complete_through:
            refuse(
                sentence("The first day of which it holds every record is after the last."),
                sentence("Swap the two days, or correct one."),
                field="complete_from",
            )
        if self.refused_because is not None and not self.refused_at_most:
            refuse(
                sentence("A reason is given for refused rows, and none may be refused."),
                sentence("State `refused_at_most`, or take the reason out."),
                field="refused_because",
            )
        if not self.held_by:
            refuse(
                sentence("No one holds the data."), sentence("Name the holder."), field="held_by"
            )
        first, *later = [holder.from_ for holder in self.held_by]
        known = [first or date.min, *(day or date.min for day in later)]
        if any(after <= before for before, after in pairwise(known)):
            refuse(
                sentence("The holders are not in the order of their days."),
                sentence("List the earliest first, and give each later one its day."),
                field="held_by",
            )
        return self

    @property
    def path(self) -> str:
        """Where the extract lies, from the deal's folder."""
        return self.file or f"feeds/{self.feed}.csv"

    @property
    def numbers_of(self) -> str:
        """The feed whose numbers for people it uses: people of one number there are one person."""
        return self.ids_of or self.feed

    def holder_on(self, day: date) -> str | None:
        """Who holds the data on a day; None before the first holder."""
        held = [holder.name for holder in self.held_by if (holder.from_ or date.min) <= day]
        return held[-1] if held else None
