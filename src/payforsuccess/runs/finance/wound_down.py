"""The early end of a deal, as it is told: in words, and as numbers for a program."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Finding
from payforsuccess.finance.capital_record import Followed
from payforsuccess.finance.wind_down.calling import Calling
from payforsuccess.finance.wind_down.distribute import Distributed, closes
from payforsuccess.finance.wind_down.due import Due, SumDue
from payforsuccess.finance.wind_down.duties import DataReturn
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.finance.final_statement import FinalStatement
from payforsuccess.units import money_text

Rows = list[tuple[str, ...]]


@dataclass(frozen=True)
class Served:
    """How many people are in service on the day, and where the number comes from."""

    count: int | None
    source: str
    by_provider: tuple[tuple[str, int], ...] = ()
    file: Path | None = None


@dataclass(frozen=True, repr=False)
class WoundDown:
    """What the end of a deal comes to; nothing in it is issued or paid."""

    deal: Deal
    calling: Calling
    on: date
    statement: FinalStatement
    due: SumDue
    before: Followed
    after: Distributed
    data: tuple[DataReturn, ...]
    served: Served
    findings: tuple[Finding, ...]
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        lines = [
            f"{self.deal.deal}, ended early on {self.on}, in {self.deal.currency}",
            f"The terms are {self.deal.standing}. This is a draft: it issues and pays nothing.",
            self.called,
            "",
            "Final statement",
            *_block(self.statement_rows(), right=(2,)),
            "",
            "Sum due",
            *_block(self.due_rows(), right=(1,)),
            *(f"  {limit}" for limit in self.due.limits),
            "",
            "Distribution",
            *_block(self.move_rows(), right=(1,)),
            *(() if closes(self.before, self.after) else ("  DOES NOT CLOSE",)),
            *_block(self.tranche_rows(), right=(1, 2, 3)),
            "",
            "Records",
            *_block(self.record_rows()),
            "",
            "People in service, each to be told and handed on before the end",
            *(f"  {line}" for line in self.served_lines()),
        ]
        if self.findings:
            lines += ["", "Findings", *(f"  {finding}" for finding in self.findings)]
        lines += ["", *(f"Kept  {path}" for path in self.written)]
        return "\n".join(lines).rstrip()

    __repr__ = __str__

    def _money(self, minor: int) -> str:
        return money_text(minor, self.deal.currency)

    @property
    def called(self) -> str:
        """The event, who called it, and from when it could end the deal."""
        event, first = self.calling.event, self.calling.first_day
        told = f", told on {self.calling.told_on}" if self.calling.told_on is not None else ""
        ending = f"; first possible day {first}." if first is not None else "."
        return f"{event.name}: {event.says}. Called by {self.calling.by}{told}{ending}"

    def statement_rows(self) -> Rows:
        """Each statement, issued or drafted, and what is not paid of all."""
        rows: Rows = [
            (f"statement {one.number}, period {one.period}", "issued", self._money(one.total))
            for one in self.statement.issued
        ]
        rows += [
            (f"statement {one.number}, period {one.period}", "draft", self._money(one.total))
            for one in (draft.statement for draft in self.statement.drafts)
        ]
        unpaid = self.statement.stated_unpaid + self.statement.earned
        return [*rows, ("not paid yet", "in all", self._money(unpaid))]

    def due_rows(self) -> Rows:
        """The sum due, step by step, with what was asked where a limit cut it."""
        rows: Rows = [
            (part.says, self._money(part.amount), _cut_text(part, self)) for part in self.due.parts
        ]
        return [*rows, ("Due in all", self._money(self.due.total), "")]

    def move_rows(self) -> Rows:
        """What is held, every move of the day, and what is left."""
        rows: Rows = [("held on the day", self._money(self.before.held), "balance")]
        for move in self.after.moves:
            source, target = _account(move.source), _account(move.target)
            why = f" ({move.why})" if move.why else ""
            rows.append((f"{source} to {target}", self._money(int(move.amount)), move.kind + why))
        return [
            *rows,
            ("left, and nobody is named for it", self._money(self.after.left), "balance"),
        ]

    def tranche_rows(self) -> Rows:
        """What each tranche was owed, gets, and is owed still: a heading row first; or nothing."""
        rows: Rows = [("tranche", "owed before", "comes back", "stays unpaid")]
        for balance, after in zip(self.before.book.balances, self.after.book.balances, strict=True):
            if balance.is_owed_back:
                owed = int(balance.principal + balance.interest)
                unpaid = int(after.principal + after.interest)
                back = self.after.paid_to(balance.tranche.name)
                rows.append((balance.tranche.name, *map(self._money, (owed, back, unpaid))))
        return rows if len(rows) > 1 else []

    def record_rows(self) -> Rows:
        """What becomes of each feed, by when, and under what paper."""
        return [
            (one.feed, one.to, one.what, f"by {one.by}" if one.by else "", one.under)
            for one in self.data
        ]

    def served_lines(self) -> tuple[str, ...]:
        """How many people are in service, and with whom."""
        count = "not known" if self.served.count is None else f"{self.served.count:,}"
        by_provider = (f"{count:,} with {name}" for name, count in self.served.by_provider)
        return (f"{count}, {self.served.source}", *by_provider)

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units."""
        return {
            "deal": self.deal.deal,
            "standing": self.deal.standing,
            "currency": self.deal.currency,
            "event": self.calling.event.name,
            "called_by": self.calling.by,
            "told_on": _day(self.calling.told_on),
            "first_possible_day": _day(self.calling.first_day),
            "on": str(self.on),
            "drafts": [
                {"period": one.statement.period, "total": one.statement.total}
                for one in self.statement.drafts
            ],
            "due": [
                {"what": p.what, "says": p.says, "asked": p.asked, "amount": p.amount}
                for p in self.due.parts
            ],
            "due_in_all": self.due.total,
            "limits": list(self.due.limits),
            "held": self.before.held,
            "moves": [
                {
                    "kind": move.kind,
                    "from": move.source,
                    "to": move.target,
                    "amount": int(move.amount),
                    "why": move.why,
                }
                for move in self.after.moves
            ],
            "left": self.after.left,
            "closes": closes(self.before, self.after),
            "records": [
                {"feed": o.feed, "to": o.to, "what": o.what, "by": _day(o.by), "under": o.under}
                for o in self.data
            ],
            "in_service": self.served.count,
            "in_service_from": self.served.source,
            "findings": [{"topic": one.topic, "what": one.what} for one in self.findings],
        }


def _block(rows: Rows, *, right: Collection[int] = ()) -> list[str]:
    return [f"  {line}" for line in in_columns(rows, right=right)]


def _cut_text(part: Due, found: WoundDown) -> str:
    if part.amount == part.asked:
        return ""
    return f"of {money_text(part.asked, found.deal.currency)}"


def _account(account: str) -> str:
    kind, _, name = account.partition(":")
    return f"pool of {name}" if kind == "pool" else name or kind


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)
