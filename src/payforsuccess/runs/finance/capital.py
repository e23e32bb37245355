"""Capital in practice: balances on a day, the next draw, defaults, the bank, the investor pack."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from payforsuccess.deal.capital_record import CapitalRecord
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Statement
from payforsuccess.errors import Finding, Problem, sentence
from payforsuccess.finance.capital_record import follow
from payforsuccess.finance.capital_record.asks import (
    NoticeDue,
    Overdue,
    Reconciled,
    Reuse,
    VoteCount,
    notices_due,
    reconciled,
    reused,
    votes_counted,
)
from payforsuccess.finance.capital_record.calls import CallState, call_states
from payforsuccess.finance.capital_record.draws import TrancheState, tranche_states
from payforsuccess.finance.capital_record.followed import Followed
from payforsuccess.finance.capital_record.waiting import Waits, waits
from payforsuccess.payments.balance import seen
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.finance.capital_file import capital_record_of
from payforsuccess.runs.finance.final_statement import paid_on_statement
from payforsuccess.runs.finance.note_payment import due_out, unentered
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.statement.disputed import disputed
from payforsuccess.units import money_text


@dataclass(frozen=True, repr=False)
class CapitalStatus:
    """Where a deal's capital stands at the end of a day, in minor units.

    waits: what is to be done, and whose turn it is.
    """

    deal: Deal
    as_of: date
    is_made_up: bool
    held: int
    tranches: tuple[TrancheState, ...]
    bank: tuple[Reconciled, ...]
    notices: tuple[NoticeDue, ...]
    votes: tuple[VoteCount, ...]
    findings: tuple[Finding, ...]
    recycled: tuple[Reuse, ...] = ()
    calls: tuple[CallState, ...] = ()
    waits: tuple[Waits, ...] = ()
    written: tuple[Path, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Where bank and book do not agree."""
        return tuple(
            Problem(
                sentence(
                    "On {on} the bank holds {bank} and the book {book}: a difference of "
                    "{difference}.",
                    on=one.on,
                    bank=self._money(one.bank),
                    book=self._money(one.book),
                    difference=self._money(one.difference),
                ),
                sentence("Find what is missing in capital.yaml, or ask the bank."),
            )
            for one in self.bank
            if one.difference and not one.lacking
        )

    def __str__(self) -> str:
        lines = [
            f"{self.deal.deal}: capital on {self.as_of}, in {self.deal.currency}",
            f"The terms are {self.deal.standing}."
            + (" What is recorded is made up for illustration." if self.is_made_up else ""),
            "",
            *self._tranches(),
            f"  held by the project  {self._money(self.held)}",
            "",
        ]
        if self.recycled:
            rows = [
                (str(r.on), r.of or "-", r.to or "the project", r.says, self._money(r.amount))
                for r in self.recycled
            ]
            lines += ["Used again in place of going back"]
            lines += [*(f"  {line}" for line in in_columns(rows, right=(4,))), ""]
        lines.append("Next draw")
        for one in self.tranches:
            lines.append(f"  {one.name}: {'; '.join(one.in_the_way) or 'allowed'}")
        lines += ["", "Bank and book", *self._bank()]
        if self.notices:
            rows = [
                (n.about, n.to, f"since {n.since}", self._money(n.amount), _given_text(n))
                for n in self.notices
            ]
            lines += ["", "Notices of default"]
            lines += [f"  {line}" for line in in_columns(rows, right=(3,))]
        if self.votes:
            votes = [("matter", "on", "yes", "no", "others", "")]
            votes += [
                (
                    v.matter,
                    str(v.on),
                    self._money(v.yes),
                    self._money(v.no),
                    self._money(v.others),
                    "carries" if v.carries else "does not carry",
                )
                for v in self.votes
            ]
            lines += ["", "Votes of lenders, by the principal owed to each"]
            lines += [f"  {line}" for line in in_columns(votes, right=(2, 3, 4))]
        if self.findings:
            lines += ["", "Findings", *(f"  {finding}" for finding in self.findings)]
        if self.written:
            lines += ["", *(f"Kept  {path}" for path in self.written)]
        return "\n".join(lines)

    __repr__ = __str__

    def _money(self, minor: int) -> str:
        return money_text(minor, self.deal.currency)

    def _tranches(self) -> list[str]:
        recycled = ("recycled",) if any(one.recycled for one in self.tranches) else ()
        usual = ("tranche", "drawn", "undrawn", "principal", "interest", "repaid", "interest paid")
        heads = (*usual, *recycled)
        rows = [heads]
        rows += [
            (
                one.name,
                self._money(one.drawn),
                self._money(one.undrawn),
                self._money(one.principal),
                self._money(one.interest),
                self._money(one.repaid),
                self._money(one.interest_paid),
                *(self._money(one.recycled) for _ in recycled),
            )
            for one in self.tranches
        ]
        return [f"  {line}" for line in in_columns(rows, right=range(1, len(heads)))]

    def _bank(self) -> list[str]:
        if not self.bank:
            return ["  no balance of the bank is on record"]
        rows = [("on", "bank", "book", "")]
        for one in self.bank:
            said = "agree" if not one.difference else "DOES NOT CLOSE"
            if one.lacking:
                said = f"no balance of {', '.join(one.lacking)}"
            elif one.difference:
                said += f" by {self._money(one.difference)}"
            rows.append((str(one.on), self._money(one.bank), self._money(one.book), said))
        return [f"  {line}" for line in in_columns(rows, right=(1, 2))]

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units."""
        return {
            "deal": self.deal.deal,
            "standing": self.deal.standing,
            "is_made_up": self.is_made_up,
            "currency": self.deal.currency,
            "as_of": str(self.as_of),
            "held": self.held,
            "tranches": [vars(one) | {"in_the_way": [*one.in_the_way]} for one in self.tranches],
            "bank": [
                {
                    "on": str(one.on),
                    "bank": one.bank,
                    "book": one.book,
                    "difference": one.difference,
                    "lacking": [*one.lacking],
                }
                for one in self.bank
            ],
            "notices_due": [
                {
                    "about": n.about,
                    "to": n.to,
                    "since": str(n.since),
                    "amount": n.amount,
                    "given_on": None if n.given_on is None else str(n.given_on),
                }
                for n in self.notices
            ],
            "recycled": [vars(r) | {"on": str(r.on)} for r in self.recycled],
            "votes": [vars(v) | {"on": str(v.on)} for v in self.votes],
            "problems": [{"what": one.what, "do": one.do} for one in self.problems],
            "findings": [{"topic": one.topic, "what": one.what} for one in self.findings],
        }


def capital(
    path: DealPath, *, as_of: date, record: Path | None = None, pack: bool = False
) -> CapitalStatus:
    """Where capital stands at the end of a day, by `capital.yaml` or the file named.

    Balances are whole minor units on actual days, with interest counted by the engine that looks
    ahead. With `pack` a page for investors is written under `out/capital/`: results to date, a new
    forecast from them, and the simulation on the draws that the payor sees.
    Refuses a deal without a record, and a record that does not hold against the deal. Where bank
    and book do not agree, the difference is among the `problems` of what comes back.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    read, file = capital_record_of(folder, deal, named=record, needed=True)
    followed = follow(deal, read, as_of=as_of)
    bank = reconciled(deal, read, as_of=as_of)
    notices = notices_due(deal, read, overdue_statements(folder, as_of), as_of=as_of)
    found = CapitalStatus(
        deal,
        as_of,
        read.is_made_up,
        followed.held,
        tranche_states(deal, read, followed),
        bank,
        notices,
        votes_counted(deal, read, as_of=as_of),
        tuple(_findings(deal, read, followed)),
        reused(deal, read, as_of=as_of),
        call_states(deal, read, on=as_of),
        waits(
            deal,
            read,
            notices=notices,
            bank=bank,
            on=as_of,
            unentered=[
                (each.statement, money_text(each.amount, deal.currency, code=True), each.since)
                for each in unentered(folder, read, on=as_of)
            ],
            is_due_out=bool(due_out(deal, read, on=as_of)),
        ),
    )
    if not pack or file is None:
        return found
    from payforsuccess.runs.finance.investor_pack import write_pack

    return replace(found, written=write_pack(found, root=folder.root, record=file))


def overdue_statements(folder: DealFolder, as_of: date) -> Sequence[Overdue]:
    """Statements with a due day, and what of each is unpaid and not in dispute on a day."""
    paid, deal = seen(folder.paid(), as_of), folder.history().latest

    def held_back(one: Statement) -> int:
        return sum(disputed(folder, deal, one, as_of).values())

    return [
        Overdue(one.number, one.due_on, one.total - paid_on_statement(paid, one) - held_back(one))
        for one in folder.statements()
        if one.due_on is not None
    ]


def _findings(deal: Deal, record: CapitalRecord, followed: Followed) -> list[Finding]:
    def money(minor: int) -> str:
        return money_text(minor, deal.currency)

    told = [
        f"On {one.on} the deal's order pays {one.account.partition(':')[2] or 'the project'} "
        f"{money(one.by_the_deal)} of {one.kind}; the record says {money(one.recorded)}."
        for one in followed.differences
    ]
    told += [f"More was paid out than was there at the end of {day}." for day in followed.overdrawn]
    told += _drawn_without(record, followed)
    tested = {test.trigger for test in record.tests if test.on <= followed.as_of}
    due = {trigger.name: trigger.on for trigger in deal.triggers}
    told += [
        f"`{test.trigger}` was tested on {test.on}, before the day of the deal, "
        f"{due[test.trigger]}."
        for test in record.tests
        if test.on <= followed.as_of and test.on < due[test.trigger]
    ]
    told += [
        f"`{trigger.name}` was to be tested on {trigger.on}, and no test is on record."
        for trigger in deal.triggers
        if trigger.on <= followed.as_of and trigger.name not in tested
    ]
    return [Finding("capital", what) for what in told]


def _drawn_without(record: CapitalRecord, followed: Followed) -> Iterator[str]:
    """Money that came on a call before all that a draw asks for was certified by who certifies."""
    for call in record.calls:
        came = [each.on for each in call.received if each.on <= followed.as_of]
        if not came:
            continue
        first = min(came)
        certified = {(each.condition, each.by) for each in call.certificates if each.on <= first}
        for needed in record.draw_conditions:
            if (needed.name, needed.certified_by) not in certified:
                yield (
                    f"Money came on call `{call.name}` on {first} without the certificate "
                    f"`{needed.name}` of {needed.certified_by}."
                )


def _given_text(notice: NoticeDue) -> str:
    return f"given on {notice.given_on}" if notice.given_on is not None else "to be given"
