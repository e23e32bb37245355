"""The papers that let records be used: agreements, licences, holders, and the legal basis."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from payforsuccess.deal.fields import Day, Flag, Name, Text
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence


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
    column_regimes: dict[Text, Text] = Field(
        default_factory=dict,
        description="Columns under a stricter law than the rest, such as 42 CFR Part 2, by name.",
    )
    legal_basis: Literal["statute", "consent", "agreement", "court-order"] = Field(
        "agreement", description="What lets a person's records be used; consent is per person."
    )
    consents: Name | None = Field(
        None, description="The feed that holds the consents, when the legal basis is consent."
    )
    recipients: tuple[Text, ...] = Field(
        (), description="Who may receive what is made of the records; the parties when left out."
    )
    releases: Literal["nothing", "totals", "person-rows"] = Field(
        "totals",
        description="What may leave: nothing, totals with small numbers hidden, or rows of people "
        "under pseudonyms.",
    )
    may_be_linked: Flag = Field(
        True, description="Whether its people may be matched with those of other feeds."
    )
    retained_until: Day | None = Field(
        None, description="The day by which the records must be destroyed."
    )
    requested_on: Day | None = Field(None, description="The day the records were asked for.")
    signed_on: Day | None = Field(
        None,
        description="The day it was signed; left out while it is a draft, under which "
        "nothing may be read.",
    )
    expires_on: Day = Field(description="The last day it holds.")
    is_made_up: Flag = Field(
        False,
        description="Whether the paper is made up, as for synthetic records: it is then held to "
        "the day that something is done for, and never to today. Not in a contract.",
    )

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.signed_on is not None and self.expires_on < self.signed_on:
            refuse(
                sentence("The agreement ends before it was signed."),
                sentence("Swap the days."),
                field="expires_on",
            )
        if len(self.parties) < 2:
            refuse(
                sentence("An agreement has at least two parties."),
                sentence("Name them all."),
                field="parties",
            )
        if len(set(self.permitted_columns)) != len(self.permitted_columns):
            refuse(
                sentence("A column is permitted twice."),
                sentence("List it once."),
                field="permitted_columns",
            )
        if (self.legal_basis == "consent") != (self.consents is not None):
            refuse(
                sentence(
                    "Records used by consent name the feed that holds the consents, and only they "
                    "do."
                ),
                sentence("Set `legal_basis: consent` and `consents`, or neither."),
                field="legal_basis" if self.consents else "consents",
            )
        unknown = sorted(set(self.column_regimes) - set(self.permitted_columns))
        if unknown:
            refuse(
                sentence(
                    "A regime is stated for columns that are not permitted: {unknown}.",
                    unknown=", ".join(unknown),
                ),
                sentence("Take them out, or permit them."),
                field="column_regimes",
            )
        first = self.signed_on or self.requested_on
        if self.retained_until is not None and first and self.retained_until < first:
            refuse(
                sentence(
                    "The records must be destroyed before the agreement is signed or asked for."
                ),
                sentence("Correct the day."),
                field="retained_until",
            )
        if self.signed_on and self.requested_on and self.signed_on < self.requested_on:
            refuse(
                sentence("The agreement was signed before the records were asked for."),
                sentence("Swap the days."),
                field="requested_on",
            )
        return self

    def days_held_to(self, as_of: date, today: date) -> tuple[date, date]:
        """The first and the last day on which it must hold for records to be read.

        as_of: what they are read for. today: when they are read, which counts too: an agreement
        that ended is over, whatever day the work is done for. A made-up one is held to `as_of`.
        """
        if self.is_made_up:
            return as_of, as_of
        return min(as_of, today), max(as_of, today)


class PublicLicence(Model):
    """The terms under which data anyone can have are used."""

    licence: Text = Field(description="The licence, such as MIT or public domain.")
    source: Text = Field(description="Where the data come from, as a reader would cite it.")


class HeldBy(Model):
    """Who holds the data, from a day on."""

    name: Text = Field(description="The agency or party.")
    from_: Day | None = Field(None, alias="from", description="The first day; always, if left out.")

    model_config = ConfigDict(populate_by_name=True)
