"""The legal side: the executed contract, amendments and consents, finality, disputes, the end."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from payforsuccess.deal.fields import (
    Amount,
    Day,
    Exact,
    Fingerprint,
    Flag,
    Length,
    Name,
    Rate,
    Share,
    Text,
    WholeFromZero,
)
from payforsuccess.deal.model import Model, refuse
from payforsuccess.errors import sentence

Touches = Literal["money", "data", "duty", "plan"]
ConsentOf = Literal["payor", "vehicle", "lender", "provider", "evaluator", "board"]


class ClauseLink(Model):
    """Where a part of this file stands in the signed contract."""

    part: Text = Field(description="The key in this file, such as `payments.housing`.")
    clause: Text = Field(description="The clause or page of the contract.")


class Certification(Model):
    """A named person's word that this file says what the signed contract says."""

    name: Text = Field(description="The person who certifies.")
    party: Text = Field(description="The party the person speaks for.")
    on: Day = Field(description="The day of the certification.")
    terms: Fingerprint = Field(
        description="The fingerprint of the terms that were certified, as `pfs check` prints it."
    )


class Executed(Model):
    """The signed contract, which prevails over this file."""

    contract: Fingerprint = Field(description="SHA-256 of the signed document.")
    signed_on: Day = Field(description="The day of the last signature.")
    title: Text | None = Field(None, description="The title of the contract.")
    clauses: tuple[ClauseLink, ...] = Field((), description="The clause map.")
    certified_by: tuple[Certification, ...] = Field(
        (), description="Two certifications, one for each side."
    )


class Consent(Model):
    """Whose consent a kind of change needs."""

    touches: Touches = Field(description="What is changed: money, data, a duty or the plan.")
    of: tuple[ConsentOf, ...] = Field(description="Who must consent.")
    above: Amount | None = Field(None, description="Only when the change moves more than this.")


class RecordedConsent(Model):
    """A consent that was given."""

    of: ConsentOf = Field(description="In which capacity.")
    party: Text = Field(description="The party that consented.")
    on: Day = Field(description="The day.")


class Amendment(Model):
    """What this version changes in the one before it, and the consents it has."""

    number: WholeFromZero = Field(description="1 for the first amendment.")
    says: Text = Field(description="What changes, in plain words.")
    touches: tuple[Touches, ...] = Field(description="Whose money, data or duty changes.")
    signed_on: Day | None = Field(None, description="The day it was signed.")
    retroactive: Flag = Field(False, description="Whether it reaches periods already issued.")
    governs: Literal["period", "cohort"] = Field(
        "period",
        description="Periods that start on or after `in_force_from`, or people whose start event "
        "does.",
    )
    consents: tuple[RecordedConsent, ...] = Field((), description="The consents given.")

    @model_validator(mode="after")
    def _signed(self) -> Self:
        if self.retroactive and self.signed_on is None:
            refuse(
                sentence("An amendment that reaches back must say when it was signed."),
                sentence("Add `signed_on`."),
                field="signed_on",
            )
        return self


class Finality(Model):
    """Until when a statement can be corrected, and from which amount on."""

    look_back: Length = Field(description="How long after a statement its period can be corrected.")
    materiality: Amount = Field(description="Differences below this are not corrected.")
    final_on: Day = Field(description="After this day nothing is corrected.")


class DisputeStep(Model):
    """One step of a dispute and its clock."""

    name: Literal["operating", "executive", "expert"] = Field(description="Who decides.")
    within: Length = Field(description="How long this step may take.")


class Disputes(Model):
    """How a disputed line is settled; the undisputed rest is paid."""

    raise_within: Length = Field(description="How long after a statement a line can be disputed.")
    steps: tuple[DisputeStep, ...] = Field(description="In order.")
    late_interest: Rate = Field(Fraction(0), description="Yearly interest on late payment.")


class TerminationEvent(Model):
    """What can end the deal early, and what is then due."""

    name: Name = Field(description="Unique in the deal.")
    says: Text = Field(description="The event in plain words.")
    called_by: tuple[Text, ...] = Field(description="The parties that may call it.")
    notice: Length | None = Field(None, description="The notice it needs.")
    cure: Length | None = Field(None, description="The time to put it right.")
    sum_due: Literal["earned-to-date", "make-whole", "none", "stated"] = Field(
        description="What is then due."
    )
    amount: Amount | None = Field(None, description="The stated sum, when there is one.")
    ceiling: Amount | None = Field(None, description="The most that can fall due.")
    wind_up_cap: Amount | None = Field(
        None, description="The most that winding up may cost the payors, where it is due at all."
    )
    early_payment: Amount | None = Field(
        None, description="What is due for each person in service who is not measured yet."
    )
    premium: Rate | None = Field(
        None,
        description="For make-whole: the share of the principal not repaid that is due on top.",
    )
    limited_to_held: Flag = Field(
        False,
        description="Whether no more falls due than the money held for success payments on the "
        "day, as `capital.yaml` states it.",
    )

    @model_validator(mode="after")
    def _premium_on_what(self) -> Self:
        if self.premium is not None and self.sum_due != "make-whole":
            refuse(
                sentence("A premium is due on principal, and this event makes nobody whole."),
                sentence("Write `sum_due: make-whole`, or take the premium out."),
                field="premium",
            )
        return self


class Excused(Model):
    """A stretch of days taken out by a recorded decision, such as a pandemic.

    days-not-counted: these days and what happens on them count neither for nor against.
    window-extended: windows grow by the days of the stretch that fall in them. baseline-reset: the
    no-success value is `baseline` in periods that start within the stretch.
    """

    from_: Day = Field(alias="from", description="The first day.")
    to: Day = Field(description="The last day, included.")
    says: Text = Field(description="Why.")
    decision: Text = Field(description="Who decided, when, and where it is recorded.")
    effect: Literal["days-not-counted", "window-extended", "baseline-reset"] = Field(
        description="What it does."
    )
    outcomes: tuple[Name, ...] = Field((), description="The outcomes it holds for; empty is all.")
    baseline: Exact | None = Field(None, description="The new no-success value.")

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.to < self.from_:
            refuse(
                sentence("The last day comes before the first."),
                sentence("Swap the two."),
                field="to",
            )
        if (self.effect == "baseline-reset") != (self.baseline is not None):
            refuse(
                sentence("A baseline reset states the new baseline, and only a reset does."),
                sentence("Add `baseline`, or take it away."),
                field="baseline",
            )
        return self


class Jurisdiction(Model):
    """The limits a government sets on all its deals."""

    name: Text = Field(description="The government.")
    country: Text | None = Field(
        None, description="Its country, by the two letters of ISO 3166, for open data."
    )
    share_below_outcome: Share = Field(
        Fraction(0),
        description="The largest share of payments that may rest on metrics below outcome.",
    )
    return_rate_limit: Rate | None = Field(None, description="The limit on investors' IRR.")
    return_multiple_limit: Exact | None = Field(
        None, description="The limit on investors' multiple of capital."
    )
    delegated_amount: Amount | None = Field(
        None, description="Changes above this amount go to the Board."
    )

    @model_validator(mode="after")
    def _country_by_its_letters(self) -> Self:
        code = self.country
        letters = code is not None and code.isascii() and code.isalpha() and code.isupper()
        if code is not None and not (letters and len(code) == 2):
            refuse(
                sentence("This is not the code of a country."),
                sentence("Write the two capital letters of ISO 3166, such as US."),
                field="country",
            )
        return self


class ReturnWaiver(Model):
    """A recorded decision that lets investors' return pass the jurisdiction's limit."""

    rate: Rate | None = Field(None, description="The yearly rate up to which it holds.")
    multiple: Exact | None = Field(None, description="The multiple up to which it holds.")
    by: Text = Field(description="The body or office that decided.")
    on: Day = Field(description="The day of the decision.")
    reference: Text = Field(description="Where the decision is recorded.")
    reason: Text = Field(description="Why.")


class Governance(Model):
    """Facts about authority and commitment that outputs print."""

    goal: Text | None = Field(None, description="The shared goal in one sentence.")
    approved_by: Text | None = Field(None, description="The body that approved the deal.")
    approved_on: Day | None = Field(None, description="The day of approval.")
    chair: Text | None = Field(None, description="The party that chairs the planning team.")
    coordinator: Text | None = Field(None, description="The project coordinator's employer.")
    counsel_opinion: Text | None = Field(
        None, description="The debt-limit exception relied on, as Counsel recorded it."
    )
    return_waiver: ReturnWaiver | None = Field(
        None, description="The waiver of the limit on investors' return, where one was given."
    )
    sustained_funding: Text | None = Field(
        None,
        description="The commitment to fund the intervention after success, subject to "
        "appropriation.",
    )


class Appropriation(Model):
    """Money set aside or appropriated for payments in one fiscal year."""

    fiscal_year: WholeFromZero = Field(description="Named by the year in which it ends.")
    amount: Amount = Field(description="How much.")
    kind: Literal["appropriation", "set-aside"] = Field(description="Which of the two.")
    payor: Text | None = Field(None, description="Whose, when there are several.")
    source: Literal["existing stream", "new appropriation", "other"] = Field(
        "other", description="Where it comes from."
    )


class Budget(Model):
    """What payors have provided for payments."""

    provided: tuple[Appropriation, ...] = Field((), description="By fiscal year.")


class ReturnCeiling(Model):
    """The most that all payments together may return on capital drawn (inside payments).

    `multiple`: payments to date stop at capital drawn to date times this. `rate`: capital drawn
    less repaid is compounded on whole periods at `rate` a year divided by the periods in a year,
    rounded down, and payments stop at what is then outstanding.
    """

    multiple: Exact | None = Field(None, description="Of the capital drawn.")
    rate: Rate | None = Field(None, description="A yearly rate.")

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.multiple is None) == (self.rate is None):
            refuse(
                sentence("A return ceiling is a multiple or a rate, one of the two."),
                sentence("Give `multiple` or `rate`."),
                field="multiple",
            )
        return self


class Ceilings(Model):
    """Limits over several lines, beside the deal's own `ceiling`."""

    each_period: Amount | None = Field(None, description="The most all lines pay in one period.")
    each_person: Amount | None = Field(None, description="The most all lines pay for one person.")
    each_cohort: Amount | None = Field(None, description="The most all lines pay for one cohort.")
    return_on_capital: ReturnCeiling | None = Field(None, description="The return ceiling.")
    cut: Literal["last-first", "pro-rata"] = Field(
        "last-first",
        description="Which lines a ceiling over several cuts: the last listed first, or all in "
        "proportion by largest remainder.",
    )
