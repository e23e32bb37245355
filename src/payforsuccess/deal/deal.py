"""The deal: one file that states it all."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Literal

from pydantic import Field

from payforsuccess.deal.assurance import AssurancePatient
from payforsuccess.deal.capital import Tranche, Trigger, WaterfallStep
from payforsuccess.deal.contract import (
    Amendment,
    Budget,
    Ceilings,
    Consent,
    Disputes,
    Excused,
    Executed,
    Finality,
    Governance,
    Jurisdiction,
    TerminationEvent,
)
from payforsuccess.deal.data import DataSource
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.fields import (
    Amount,
    Currency,
    Day,
    Name,
    Text,
    WholeFromOne,
    WholeFromZero,
    YearlyDay,
)
from payforsuccess.deal.keeping import LegalHold
from payforsuccess.deal.linkage import Linkage
from payforsuccess.deal.model import Model
from payforsuccess.deal.outcomes import Outcome
from payforsuccess.deal.participants import ParticipantRights
from payforsuccess.deal.parties import Party, Payor
from payforsuccess.deal.people import People
from payforsuccess.deal.record import PolicyArea
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.trail import fingerprint
from payforsuccess.units import Periods

FORMAT = 1
Standing = Literal["contract", "published-terms", "illustrative", "template", "practice"]


class PeriodRule(Model):
    """How the life of the deal is cut into payment periods."""

    every: Literal["month", "quarter", "half-year", "year"] = Field(
        description="The length of a period."
    )
    from_: Day = Field(alias="from", description="The first day of the first period.")


class PaysWithin(Model):
    """When a payment falls due."""

    days: WholeFromZero = Field(description="So many days after the event.")
    of: Literal["period-end", "determination", "statement"] = Field(
        description="The event from which the days run."
    )


class Deal(WholeFile):
    """A whole deal as one version of its file states it."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    deal: Text = Field(description="The name of the deal.")
    says: Text | None = Field(None, description="What it is about, in a sentence or two.")
    policy_areas: tuple[PolicyArea, ...] = Field(
        (), description="What it is about, in the library's words, for comparison and open data."
    )
    standing: Standing = Field(
        "contract",
        description="Whether the file states a contract, terms published about one, or terms made "
        "up for illustration; all but `contract` are printed on every output.",
    )
    assumptions: tuple[Text, ...] = Field(
        (), description="What this file assumes because the source does not say."
    )
    currency: Currency = Field(description="The one currency of the deal.")
    jurisdiction: Jurisdiction = Field(description="The government and the limits it sets.")
    in_force_from: Day = Field(description="The first day this version governs.")
    ends_on: Day = Field(description="The last day of the deal.")
    periods: PeriodRule = Field(description="The payment periods.")
    fiscal_year_starts: YearlyDay = Field(description="The first day of the payor's fiscal year.")
    pays_within_days: PaysWithin = Field(description="When payments fall due.")
    parties: tuple[Party, ...] = Field(description="Who takes part.")
    payors: tuple[Payor, ...] = Field(description="Who pays, with shares that add up to 1.")
    people: People = Field(description="Whom the deal serves.")
    rights: ParticipantRights | None = Field(
        None, description="What the people served are told: whom to ask, and what a no means."
    )
    data: tuple[DataSource, ...] = Field((), description="The data it relies on, with agreements.")
    linkage: Linkage | None = Field(
        None, description="How people of different feeds are matched; none with one feed."
    )
    legal_holds: tuple[LegalHold, ...] = Field(
        (), description="Orders that forbid destroying records."
    )
    equity: tuple[Name, ...] = Field(
        (),
        description="Facts about people, such as race or sex, by which rates and outcomes are "
        "broken down.",
    )
    assurance: tuple[AssurancePatient, ...] = Field(
        (), description="Made-up people with the results the parties agreed for them."
    )
    outcomes: dict[Name, Outcome] = Field(description="What the deal is about, by name.")
    evaluation: dict[Name, EvaluationPlan] = Field(
        default_factory=dict, description="How effects are estimated, by name."
    )
    payments: tuple[PaymentTerm, ...] = Field(description="The payment terms, in order.")
    ceiling: Amount | None = Field(None, description="The most all lines together may ever pay.")
    ceilings: Ceilings = Field(
        default_factory=Ceilings, description="Further limits over several lines."
    )
    capital: tuple[Tranche, ...] = Field((), description="Up-front money; empty without investors.")
    capital_in_all: Amount | None = Field(
        None,
        description="What the contract says all tranches give together, guarantees apart; the "
        "tranches are held against it.",
    )
    triggers: tuple[Trigger, ...] = Field(
        (), description="Tests on a day that stop draws or services, or open a tranche or a step."
    )
    waterfall: tuple[WaterfallStep, ...] = Field(
        (),
        description="The order in which success payments are paid out to those who financed the "
        "project. Without it the tranches' `order` gives it: interest, then principal, of each "
        "place in turn; then deferred fees; what is left goes to provider equity.",
    )
    overpayment: Literal["credit", "recover", "forgive"] = Field(
        description="What a negative balance does: credit against later statements, recover, or "
        "forgive."
    )
    overpayment_paid_by: Text | None = Field(
        None, description="The party that pays back, when overpayments are recovered."
    )
    finality: Finality = Field(description="Until when statements can be corrected.")
    disputes: Disputes = Field(description="How disputed lines are settled.")
    consents: tuple[Consent, ...] = Field((), description="Whose consent a change needs.")
    amendment: Amendment | None = Field(None, description="Set in every version but the first.")
    termination: tuple[TerminationEvent, ...] = Field((), description="What can end it early.")
    excused: tuple[Excused, ...] = Field((), description="Days taken out by recorded decision.")
    governance: Governance = Field(default_factory=Governance, description="Authority and goal.")
    budget: Budget = Field(default_factory=Budget, description="Money provided for payments.")
    executed: Executed | None = Field(None, description="The signed contract and certifications.")

    def __repr__(self) -> str:
        """Its name and first day, in place of a page of keys; `explain` says the rest."""
        terms = f"{len(self.payments)} payment term{'' if len(self.payments) == 1 else 's'}"
        return f"<Deal “{self.deal}”, in force from {self.in_force_from}, {terms}>"

    __str__ = __repr__

    @property
    def schedule(self) -> Periods:
        """The payment periods from the first to the one that holds the last day."""
        return Periods(self.periods.from_, self.periods.every, self.ends_on)

    @property
    def terms_fingerprint(self) -> str:
        """The fingerprint of everything but the certifications, which state it themselves, and the
        consents to an amendment, which come one by one and change no term."""
        plain = self.as_plain()
        executed = plain.get("executed")
        if isinstance(executed, dict):
            executed.pop("certified_by", None)
        amendment = plain.get("amendment")
        if isinstance(amendment, dict):
            amendment.pop("consents", None)
        return fingerprint(plain)

    @property
    def is_certified(self) -> bool:
        """Whether two people of two parties certified exactly these terms."""
        if self.executed is None:
            return False
        mine = [
            certification
            for certification in self.executed.certified_by
            if certification.terms == self.terms_fingerprint
        ]
        return len({c.party for c in mine}) >= 2 and len({c.name for c in mine}) >= 2

    def term(self, name: str) -> PaymentTerm:
        """The payment term of this name; KeyError without one."""
        for term in self.payments:
            if term.name == name:
                return term
        raise KeyError(name)

    def baseline_of(self, outcome: str, *, period_start: date) -> Fraction:
        """The no-success value in a period, after any recorded reset."""
        value = self.outcomes[outcome].no_success
        for excused in self.excused:
            if (
                excused.effect == "baseline-reset"
                and excused.baseline is not None
                and (not excused.outcomes or outcome in excused.outcomes)
                and excused.from_ <= period_start <= excused.to
            ):
                value = excused.baseline
        return value
