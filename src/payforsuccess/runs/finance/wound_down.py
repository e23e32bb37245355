"""The early end of a deal, as it is told: in words, and as numbers for a program."""

from __future__ import annotations

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
        event = self.calling.event
        told = f", told on {self.calling.told_on}" if self.calling.told_on is not None else ""
        first = self.calling.first_day
        lines = [
            f"{self.deal.deal}, ended early on {self.on}, in {self.deal.currency}",
            f"The terms are {self.deal.standing}. This is a draft: it issues and pays nothing.",
            f"{event.name}: {event.says}. Called by {self.calling.by}{told}"
            + (f"; first possible day {first}." if first is not None else "."),
            "",
            *self._statement(),
            "",
            *self._due(),
            "",
            *self._distribution(),
            "",
            *self._duties(),
        ]
        if self.findings:
            lines += ["", "Findings", *(f"  {finding}" for finding in self.findings)]
        lines += ["", *(f"Kept  {path}" for path in self.written)]
        return "\n".join(lines).rstrip()

    __repr__ = __str__

    def _money(self, minor: int) -> str:
        return money_text(minor, self.deal.currency)

    def _statement(self) -> list[str]:
        rows = [
            (f"statement {one.number}, period {one.period}", "issued", self._money(one.total))
            for one in self.statement.issued
        ]
        rows += [
            (f"statement {one.number}, period {one.period}", "draft", self._money(one.total))
            for one in (draft.statement for draft in self.statement.drafts)
        ]
        rows.append(
            ("not paid yet", "", self._money(self.statement.stated_unpaid + self.statement.earned))
        )
        return ["Final statement", *(f"  {line}" for line in in_columns(rows, right=(2,)))]

    def _due(self) -> list[str]:
        rows = [
            (part.says, self._money(part.amount), _cut_text(part, self)) for part in self.due.parts
        ]
        rows.append(("Due in all", self._money(self.due.total), ""))
        lines = in_columns(rows, right=(1,))
        return ["Sum due", *(f"  {line}" for line in (*lines, *self.due.limits))]

    def _distribution(self) -> list[str]:
        rows = [("held on the day", self._money(self.before.held), "")]
        for move in self.after.moves:
            source, target = _account(move.source), _account(move.target)
            why = f" ({move.why})" if move.why else ""
            rows.append((f"{source} to {target}", self._money(int(move.amount)), move.kind + why))
        rows.append(("left, and nobody is named for it", self._money(self.after.left), ""))
        lines = [f"  {line}" for line in in_columns(rows, right=(1,))]
        if not closes(self.before, self.after):
            lines.append("  DOES NOT CLOSE")
        owed = [("tranche", "owed before", "comes back", "lost")]
        for balance in self.before.book.balances:
            name = balance.tranche.name
            if not balance.is_owed_back:
                continue
            before = int(balance.principal + balance.interest)
            after = next(b for b in self.after.book.balances if b.tranche.name == name)
            lost = int(after.principal + after.interest)
            back = self.after.paid_to(name)
            owed.append((name, self._money(before), self._money(back), self._money(lost)))
        shown = in_columns(owed, right=(1, 2, 3)) if len(owed) > 1 else []
        return ["Distribution", *lines, *(f"  {line}" for line in shown)]

    def _duties(self) -> list[str]:
        rows = [
            (one.feed, one.to, one.what, f"by {one.by}" if one.by else "", one.under)
            for one in self.data
        ]
        lines = ["Records", *(f"  {line}" for line in in_columns(rows))]
        lines += ["", "People in service, each to be told and handed on before the end"]
        count = "not known" if self.served.count is None else f"{self.served.count:,}"
        lines.append(f"  {count}, {self.served.source}")
        lines += [f"  {count:,} with {name}" for name, count in self.served.by_provider]
        return lines

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


def _cut_text(part: Due, found: WoundDown) -> str:
    if part.amount == part.asked:
        return ""
    return f"of {money_text(part.asked, found.deal.currency)}"


def _account(account: str) -> str:
    kind, _, name = account.partition(":")
    return f"pool of {name}" if kind == "pool" else name or kind


def _day(day: date | None) -> str | None:
    return None if day is None else str(day)
