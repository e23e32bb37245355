"""Who takes part: organisations with their roles over time, and the people who speak for them."""

from __future__ import annotations

from datetime import date
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import Amount, CountedDay, Flag, Share, Text
from payforsuccess.deal.model import Model, refuse
from payforsuccess.deal.parties import Level, Role
from payforsuccess.governance.initiative.evidence import Paper

Sector = Literal["public", "philanthropic", "private", "non-profit"]
Group = Literal["board", "chief-executive", "agencies", "providers", "philanthropy"]
Part = Literal["public", "philanthropic", "private", "non-profit", "backbone", "evaluator"]
FeasibilityOf = Literal["impact", "economic", "legal"]
Seniority = Literal["secretary", "executive", "manager", "staff"]


class RoleHeld(Model):
    """A role an organisation holds, from a day to a day."""

    role: Role = Field(description="The role.")
    since: CountedDay | None = Field(
        None, description="The first day; from the start, if left out."
    )
    until: CountedDay | None = Field(None, description="The last day; still held, if left out.")

    def is_held(self, *, on: date) -> bool:
        """Whether the role is held on the day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class Stake(Model):
    """What a party stands to lose or gain by the results."""

    kind: Literal[
        "capital", "deferred-fee", "contingent-payment", "appropriation", "reputation"
    ] = Field(description="What it is.")
    amount: Amount | None = Field(None, description="How much; none for what has no price.")
    says: Text = Field(description="What it loses or gains, and when.")


class Organisation(Model):
    """An organisation or office, every role it holds, and what it has at stake."""

    name: Text = Field(description="Its name, unique in the file.")
    sector: Sector | None = Field(
        None, description="The sector it belongs to; unknown, if left out."
    )
    roles: tuple[RoleHeld, ...] = Field(min_length=1, description="Every role, with its days.")
    level: Level | None = Field(None, description="The level of government, for public bodies.")
    affiliates: tuple[Text, ...] = Field((), description="Owners, parents, subsidiaries.")
    serves_population: Flag = Field(False, description="Whether it serves the target population.")
    stakes: tuple[Stake, ...] = Field((), description="What it stands to lose or gain.")
    paper: Paper | None = Field(None, description="Where it is written that it takes part.")

    def holds(self, *roles: Role, on: date | None = None) -> bool:
        """Whether it holds one of the roles on the day, or at any time without one."""
        return any(
            each.role in roles and (on is None or each.is_held(on=on)) for each in self.roles
        )

    def takes_part(self, *, on: date) -> bool:
        """Whether it holds any role on the day."""
        return any(each.is_held(on=on) for each in self.roles)


class Member(Model):
    """A person who speaks or works for an organisation."""

    name: Text = Field(description="The person's name, as the public record has it.")
    organisation: Text = Field(description="The organisation.")
    office: Text | None = Field(None, description="The office the person holds.")
    seniority: Seniority = Field(
        description="The level at which the person decides; secretary for the head of a public "
        "body and for an elected member."
    )
    decides: Flag = Field(False, description="Whether the person can commit the organisation.")
    does: Flag = Field(False, description="Whether the person does the work.")
    champion_of: tuple[Group, ...] = Field((), description="The groups it is the champion of.")
    owner_of: tuple[Group, ...] = Field((), description="The groups whose part it owns.")
    represents_participants: Flag = Field(
        False, description="Whether the person speaks for participants or their community."
    )
    since: CountedDay | None = Field(None, description="The first day.")
    until: CountedDay | None = Field(None, description="The last day.")

    def is_there(self, *, on: date) -> bool:
        """Whether the person speaks or works for the organisation on the day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


class PayorShare(Model):
    """An end payor with its level of government and its share of each payment."""

    organisation: Text = Field(description="The organisation that pays.")
    share: Share | None = Field(
        None, description="Its share of each payment; shares add up to 1. Unknown, if left out."
    )


class Independence(Model):
    """The evaluator's yearly declaration: no interest contingent on results."""

    on: CountedDay = Field(description="The day of the declaration.")
    by: Text = Field(description="The person who declares.")
    evaluator: Text = Field(description="The organisation that evaluates or validates.")
    paid_by: Text = Field(description="Who pays its fee.")
    payer_stake: Text = Field(description="What the one who pays it has at stake.")
    contingent_interest: Flag = Field(description="Whether any of its pay hangs on results.")
    shares_ownership_with: tuple[Text, ...] = Field((), description="Parties with the same owners.")
    shares_staff_with: tuple[Text, ...] = Field((), description="Parties it shares staff with.")
    paper: Paper | None = Field(None, description="The signed declaration.")


class Feasibility(Model):
    """One of the three findings before signing."""

    of: FeasibilityOf = Field(description="Which of the three.")
    finding: Text = Field(description="What was found, in one or two sentences.")
    is_favourable: Flag = Field(
        description="Whether it was found feasible; a finding against it opens no gate."
    )
    by: Text = Field(description="Who found it.")
    on: CountedDay = Field(description="The day.")
    paper: Paper = Field(description="Where it is written.")


class ProjectManager(Model):
    """Who manages the project over which months."""

    name: Text = Field(description="The person.")
    organisation: Text = Field(description="The person's employer.")
    from_: CountedDay = Field(alias="from", description="The first day.")
    to: CountedDay = Field(description="The last day.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.to < self.from_:
            refuse("The last day comes before the first.", "Correct one of the two.", field="to")
        return self
