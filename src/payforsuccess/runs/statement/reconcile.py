"""Hold the payments on record against the paying office's own books, and keep what was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reconciliation import ReconciliationRecord
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.payments.reconciled import (
    HeldAgainst,
    Reconciled,
    difference_of,
    explanation_of,
    reconciled,
)
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import locked
from payforsuccess.runs.finance.budget_files import has_budget, read_budget_file
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.statement.mark_paid import paid_under_numbers
from payforsuccess.runs.statement.payments_list import read_payments_list
from payforsuccess.runs.statement.reconciliations import (
    add_reconciliation,
    read_reconciliations,
    reconciliation_folder,
)
from payforsuccess.units import money_text

WORDS = {
    "matched": "agrees",
    "missing": "not in the books",
    "different-amount": "another amount",
    "another-vendor": "another vendor",
    "another-day": "another day",
    "no-number": "has no number here",
    "unknown": "not on record here",
    "not-listed-yet": "no list tells of it yet",
}
"""How a line stands, in a few words."""
NEXT = {
    "missing": "Ask whether the warrant went out. If it did, correct the number, here or there.",
    "different-amount": "Look at the warrant. Enter the rest, or have the books corrected.",
    "another-vendor": "Look at the warrant: whoever was paid may not be who is owed.",
    "another-day": "Look at the warrant; its day decides the fiscal year.",
    "no-number": "Write the warrant's number into payments.yaml.",
    "unknown": "Enter it if it paid a statement of this deal; else explain what it is.",
}
"""What to do about each kind of difference."""


@dataclass(frozen=True, repr=False)
class Reconciliation:
    """All payments held against the books, and the record that was added, where one was."""

    currency: str
    found: Reconciled
    added: ReconciliationRecord | None = None

    def __str__(self) -> str:
        found, code = self.found, self.currency
        if found.through is None:
            return (
                "No list of the paying office's books came yet: nothing was held against them.\n"
                "Give one with --list."
            )
        rows = [("number", "day", "here", "in the books", "code", "how it stands")]
        rows += [
            (
                line.number or "-",
                str(line.here_on or line.there_on),
                _amount(line.here, code),
                _amount(line.there, code),
                line.code if line.is_open else "",
                _standing(line),
            )
            for line in found.lines
        ]
        said = [
            f"Payments on record, held against the books through {found.through}:",
            *(f"  {line}".rstrip() for line in in_columns(rows, right=(2, 3))),
            f"On record here {money_text(found.here, code, code=True)}, in the books "
            f"{money_text(found.there, code)}, apart {money_text(found.here - found.there, code)}: "
            f"explained {money_text(found.explained, code)}, not explained "
            f"{money_text(found.not_explained, code)}.",
        ]
        said += [f"  {_named(line)}: {_follow(line)}" for line in found.lines if _follow(line)]
        said.append("It closes." if found.closes else "It does not close.")
        return "\n".join(said)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Every line with its standing and code, and the sums of both sides, in minor units."""
        found = self.found
        return {
            "currency": self.currency,
            "through": found.through.isoformat() if found.through else None,
            "here": found.here,
            "there": found.there,
            "explained": found.explained,
            "not_explained": found.not_explained,
            "closes": found.closes,
            "lines": [_plain(line) for line in found.lines],
        }


def reconciliation(path: DealPath) -> Reconciliation:
    """How the payments on record stand against all lists that came; adds nothing."""
    folder = open_folder(path)
    return _reconciliation(folder, folder.history().latest, None)


def take_list(
    path: DealPath,
    file: Path,
    *,
    by: str,
    on: date,
    through: date | None = None,
    since: date | None = None,
) -> Reconciliation:
    """Put a list of the books on record, and hold every payment against it.

    through, since: the days of which it tells, to `on` and from its first payment if left out. Of a
    day of which an earlier list tells too, the new one speaks. The same list again adds nothing.
    Refuses a list that is faulty, and one of days to come.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    through = on if through is None else through
    problems = _who_and_when(by, through, on)
    if problems:
        raise Refusal(problems)
    listed = read_payments_list(
        file,
        currency=deal.currency,
        through=through,
        since=since,
        vendors=vendors_of(folder, deal),
        numbers=[each.reference for each in paid_under_numbers(folder) if each.reference],
    )
    with locked(reconciliation_folder(folder)):
        before = [r for r in read_reconciliations(folder) if r.listed is not None]
        if before and before[-1].listed == listed:
            return _reconciliation(folder, deal, before[-1])
        added = add_reconciliation(folder, by=by, on=on, listed=listed)
    return _reconciliation(folder, deal, added)


def explain_difference(
    path: DealPath, code: str, *, reason: str, by: str, on: date
) -> Reconciliation:
    """Put on record why a difference stands; it holds for that difference alone.

    Once an amount or a day of it changes, it is another difference and open again.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    problems = _who_and_when(by, on, on)
    if not reason.strip():
        problems.append(
            Problem(sentence("No reason is given."), sentence("Say in a sentence why it stands."))
        )
    with locked(reconciliation_folder(folder)):
        line = difference_of(_reconciliation(folder, deal, None).found, code)
        if line is None:
            problems.append(
                Problem(
                    sentence("No difference has this code."),
                    sentence("Look at the differences again: one that changed has another code."),
                )
            )
        if problems or line is None:
            raise Refusal(problems)
        again = line.explained
        if again is not None and again.explained is not None and again.explained.reason == reason:
            return _reconciliation(folder, deal, again)
        explained = explanation_of(line, reason.strip())
        added = add_reconciliation(folder, by=by, on=on, explained=explained)
    return _reconciliation(folder, deal, added)


def vendors_of(folder: DealFolder, deal: Deal) -> tuple[str, ...]:
    """The vendors that budget.yaml codes payments for; none where it says nothing."""
    if not has_budget(folder):
        return ()
    funds = read_budget_file(folder, deal).funds
    return tuple(dict.fromkeys(fund.coding.vendor for fund in funds if fund.coding is not None))


def _reconciliation(
    folder: DealFolder, deal: Deal, added: ReconciliationRecord | None
) -> Reconciliation:
    records = read_reconciliations(folder)
    found = reconciled(
        folder.paid(), records, currency=deal.currency, vendors=vendors_of(folder, deal)
    )
    return Reconciliation(deal.currency, found, added)


def _who_and_when(by: str, through: date, on: date) -> list[Problem]:
    problems = []
    if not by.strip():
        problems.append(Problem(sentence("Nobody is named."), sentence("Name the person.")))
    if through > on:
        problems.append(
            Problem(
                sentence(
                    "The list is said to tell of the days through {through}, which are to come.",
                    through=through,
                ),
                sentence("Give the last day of which the books are complete."),
            )
        )
    return problems


def _plain(line: HeldAgainst) -> dict[str, object]:
    explained = line.explained
    return {
        "number": line.number or None,
        "standing": line.standing,
        "statements": list(line.statements),
        "here": line.here,
        "here_on": str(line.here_on) if line.here_on else None,
        "there": line.there,
        "there_on": str(line.there_on) if line.there_on else None,
        "vendor": line.vendor or None,
        "perhaps": line.perhaps or None,
        "code": line.code,
        "is_open": line.is_open,
        "explained": explained.as_plain() if explained is not None else None,
    }


def _amount(minor: int | None, currency: str) -> str:
    return "-" if minor is None else money_text(minor, currency)


def _standing(line: HeldAgainst) -> str:
    said = WORDS[line.standing]
    if line.perhaps:
        said += f" (perhaps {line.perhaps})"
    return said if line.explained is None else f"{said}; explained"


def _follow(line: HeldAgainst) -> str:
    """What to do about a difference, or how it was explained."""
    if line.explained is not None and line.explained.explained is not None:
        record = line.explained
        return f"{line.explained.explained.reason} ({record.by}, {record.on})"
    return NEXT[line.standing] if line.is_open else ""


def _named(line: HeldAgainst) -> str:
    return line.number or f"The payment of {line.here_on}"
