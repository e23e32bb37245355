"""The drafts that close a deal's statements, never issued by this, and what they leave to pay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.results import PaymentMade, Statement
from payforsuccess.errors import Finding, Refusal
from payforsuccess.payments.balance import seen
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.statement.pay import Draft, compute
from payforsuccess.units import split_by_largest_remainder, to_minor


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

    A period that the end cuts short earns what its results say, or nothing without them, which is
    told. Refuses whatever a statement of a period that was over refuses. Writes nothing.
    """
    issued = folder.statements()
    following = max((each.period for each in issued), default=0) + 1
    drafts: list[Draft] = []
    findings: list[Finding] = []
    for period in folder.history().schedule.all():
        if period.number < following or period.start > on:
            continue
        try:
            made = compute(
                folder, period=period.number, as_of=on, results=results, drafted=tuple(drafts)
            )
        except Refusal:
            if period.last_day <= on:
                raise
            what = (
                f"Period {period.number} is cut short and has no results: nothing is earned in it."
            )
            findings.append(Finding("final-statement", what))
            break
        drafts.append(made)
    everything = (*issued, *(draft.statement for draft in drafts))
    paid = seen(folder.paid(), on)
    moved = {each.number: paid_on_statement(paid, each) for each in everything}
    unpaid: dict[str, int] = {}
    for each in everything:
        rest = max(each.total - moved[each.number], 0)
        lines: dict[str, int] = {}
        for line in each.lines:
            lines[line.term] = lines.get(line.term, 0) + line.amount
        terms = {name: max(amount, 0) for name, amount in lines.items()}
        if rest and any(terms.values()):
            parts = split_by_largest_remainder(rest, list(terms.values()))
            for name, part in zip(terms, parts, strict=True):
                unpaid[name] = unpaid.get(name, 0) + part
    owed = max(sum(each.total - moved[each.number] for each in everything), 0)
    before = max(sum(each.total - moved[each.number] for each in issued), 0)
    stated = min(before, owed)
    return FinalStatement(issued, tuple(drafts), stated, owed - stated, tuple(findings), unpaid)


def paid_on_statement(paid: Sequence[PaymentMade], statement: Statement) -> int:
    """What was paid on a statement less what was recovered, in minor units."""
    mine = [each for each in paid if each.statement == statement.number]
    signed = (each.amount if each.kind == "paid" else -each.amount for each in mine)
    return sum(to_minor(amount, statement.currency) for amount in signed)
