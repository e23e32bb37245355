"""The drafts that close a deal's statements, never issued by this, and what they leave to pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.results import PaymentMade, Statement
from payforsuccess.errors import Finding, Refusal
from payforsuccess.finance.wind_down.unpaid import unpaid_by_term
from payforsuccess.payments.balance import balance_of, seen
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.statement.pay import Draft, compute
from payforsuccess.units import Period, money_text, split_by_largest_remainder, to_minor

MISSING = ("There is no result for", "There are no results")
"""How statements say that a result is not there yet."""


@dataclass(frozen=True)
class FinalStatement:
    """Statements issued and drafted up to the end, and what is unpaid, by payment term.

    `stated_unpaid` was issued before; `earned` is what the drafts add to it. All minor units.
    """

    issued: tuple[Statement, ...]
    drafts: tuple[Draft, ...]
    stated_unpaid: int
    earned: int
    findings: tuple[Finding, ...]
    unpaid_by_term: Mapping[str, int]

    def by_term(self, amount: int) -> Mapping[str, int]:
        """An amount as parts of payment terms, in proportion to what each left unpaid."""
        if not amount or not any(self.unpaid_by_term.values()):
            return {}
        parts = split_by_largest_remainder(amount, list(self.unpaid_by_term.values()))
        return dict(zip(self.unpaid_by_term, parts, strict=True))


def final_statement(folder: DealFolder, *, on: date, results: Path | None = None) -> FinalStatement:
    """A draft for each period not yet stated that began by the day, each resting on those before.

    A period that the end cuts short, or that ends with the day, earns what its results say, or
    nothing without them, which is told. Refuses whatever a statement of a period that was over
    refuses. Writes nothing.
    """
    issued = folder.statements()
    following = max((each.period for each in issued), default=0) + 1
    drafts: list[Draft] = []
    findings: list[Finding] = []
    for period in folder.history().schedule.all():
        if period.number < following or period.start > on:
            continue
        # No statement is of a day within its period: one that is cut short is drafted at its end.
        as_of = max(on, period.last_day)
        try:
            made = compute(
                folder, period=period.number, as_of=as_of, results=results, drafted=tuple(drafts)
            )
        except Refusal as refused:
            if period.last_day < on:
                raise
            findings.append(Finding("final-statement", _not_earned(period, on, refused)))
            break
        drafts.append(made)
    everything = (*issued, *(draft.statement for draft in drafts))
    paid = seen(folder.paid(), on)
    moved = {each.number: paid_on_statement(paid, each) for each in everything}
    deal = folder.history().in_force(on)
    forgives = deal.overpayment == "forgive"
    unpaid = unpaid_by_term(everything, moved, forgives=forgives)
    # What is forgiven is not set off, as in a statement's own balance.
    balance = balance_of(
        stated=sum(each.total for each in issued),
        paid=paid,
        earlier=issued,
        overpayment=deal.overpayment,
        currency=deal.currency,
        as_of=on,
    )
    last = drafts[-1].statement.balance if drafts else balance
    owed = last.owed
    stated = min(balance.owed, owed)
    if last.open_credit:
        credit = money_text(last.open_credit, deal.currency, code=True)
        findings.append(
            Finding(
                "final-statement",
                f"{credit} more was paid than is stated in all. No later statement sets that off, "
                "and nothing here pays it back: the parties settle it.",
            )
        )
    return FinalStatement(issued, tuple(drafts), stated, owed - stated, tuple(findings), unpaid)


def _not_earned(period: Period, on: date, refused: Refusal) -> str:
    """Why the last period earns nothing: as a rule it has no results yet; else it says what."""
    is_cut = f"Period {period.number} {'is cut short' if on < period.last_day else 'ends with it'}"
    others = [each.what for each in refused.problems if not each.what.startswith(MISSING)]
    if not others:
        return f"{is_cut} and has no results: nothing is earned in it."
    return f"{is_cut}, and nothing is earned in it, for no statement can be made: {others[0]}"


def paid_on_statement(paid: Sequence[PaymentMade], statement: Statement) -> int:
    """What was paid on a statement less what was recovered, in minor units."""
    mine = [each for each in paid if each.statement == statement.number]
    signed = (each.amount if each.kind == "paid" else -each.amount for each in mine)
    return sum(to_minor(amount, statement.currency) for amount in signed)
