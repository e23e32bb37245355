"""Put on record in payments.yaml that money moved on an approved statement."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.reading.reader import read_as
from payforsuccess.deal.results import PaymentMade, PaymentsFile, Statement
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.governance.approval import ApprovalStanding
from payforsuccess.governance.roles.cases import CASES, Case
from payforsuccess.payments.approval import why_not_approvable
from payforsuccess.payments.balance import balance_of
from payforsuccess.payments.reconciled import numbered, same_number
from payforsuccess.runs.files import locked, read_bytes, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.statement.approvals import approvals_folder, standing_of
from payforsuccess.runs.statement.disputed import disputed
from payforsuccess.runs.statement.in_office import version_on
from payforsuccess.runs.statement.provided import not_appropriated
from payforsuccess.runs.statement.reconciliations import read_reconciliations
from payforsuccess.runs.statement.statements import show
from payforsuccess.units import CURRENCY_DIGITS, exact_text, money_text

FILE = "payments.yaml"
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ./_-]{0,59}", re.ASCII)


@dataclass(frozen=True, repr=False)
class Paid:
    """What was put on record, and what is still to be paid on the statement, in minor units."""

    statement: Statement
    payment: PaymentMade
    amount: int
    still_open: int

    def __str__(self) -> str:
        code = self.statement.currency
        return (
            f"{money_text(self.amount, code, code=True)} was paid on statement "
            f"{self.statement.number} on {self.payment.on}, {self.payment.reference}. Still to be "
            f"paid on it: {money_text(self.still_open, code, code=True)}."
        )

    __repr__ = __str__


@dataclass(frozen=True)
class Payable:
    """What may still be paid on a statement on a day, in minor units.

    asked: the statement's total, or nothing where it is negative. moved: paid on it less what came
    back. disputed: held back by payor. credited: open credit of earlier statements set off here.
    """

    asked: int
    moved: int
    disputed: dict[str, int]
    credited: int

    @property
    def amount(self) -> int:
        """The most that may be paid now; never below 0."""
        return max(self.asked - self.moved - sum(self.disputed.values()) - self.credited, 0)


def payable(path: DealPath, number: int | None, *, on: date) -> Payable:
    """What may still be paid on an issued statement; says nothing of whether it is approved."""
    folder = open_folder(path)
    return _payable(folder, show(path, number).statement, on)


def mark_paid(
    path: DealPath,
    number: int | None,
    *,
    by: str,
    on: date,
    reference: str,
    amount: int | None = None,
    today: date,
) -> Paid:
    """Record a payment, whole or in part, under its warrant or payment number.

    by: the person of the office that issues warrants, who neither prepared nor approved the
    statement. amount: minor units; everything that may still be paid unless given. Refuses a
    statement that is not approved, more than may still be paid (what is disputed is held back),
    more than budget.yaml beside the deal has appropriated, a number that stands on another payment,
    and a day before the statement or after `today`. The same call again finds its payment on record
    and adds nothing; without an amount it is the same only where nothing is left to pay, for the
    first paid all of it.
    """
    folder = open_folder(path)
    statement = show(path, number).statement
    with locked(approvals_folder(folder)):
        named = same_number(reference)
        on_record = paid_under_numbers(folder)
        made = [each for each in on_record if same_number(each.reference or "") == named]
        open_now = _payable(folder, statement, on)
        again = _made_before(made, statement, on, amount, open_now)
        if again is not None:
            return Paid(statement, again, _minor(again, statement.currency), open_now.amount)
        standing = standing_of(folder, statement)
        amount = open_now.amount if amount is None else amount
        problems = _problems(statement, standing, by=by, on=on, today=today)
        problems += number_problems(reference, made)
        problems += _amount_problems(statement, open_now, amount) or _beyond_budget(
            folder, statement, on, amount, open_now
        )
        if problems:
            raise Refusal(problems)
        payment = PaymentMade(
            statement=statement.number,
            on=on,
            amount=Fraction(amount, 10 ** CURRENCY_DIGITS[statement.currency]),
            reference=reference,
        )
        _append(folder, payment)
    return Paid(statement, payment, amount, open_now.amount - amount)


def paid_under_numbers(folder: DealFolder) -> tuple[PaymentMade, ...]:
    """The payments on record, under the numbers that count where some were corrected."""
    return numbered(folder.paid(), read_reconciliations(folder))


def _payable(folder: DealFolder, statement: Statement, on: date) -> Payable:
    history = folder.history()
    paid = folder.paid()
    moved = sum(
        _minor(each, statement.currency) * (1 if each.kind == "paid" else -1)
        for each in paid
        if each.statement == statement.number
    )
    issued = folder.statements()
    asked = max(statement.total, 0)
    # What all statements so far ask for less what was paid on all: where that is less than this
    # statement asks for, earlier money is set off against it.
    owed = balance_of(
        stated=issued[-1].balance.stated,
        paid=paid,
        earlier=issued,
        overpayment=history.latest.overpayment,
        currency=statement.currency,
        as_of=max([on, *(each.on for each in paid)]),
    ).owed
    return Payable(
        asked=asked,
        moved=moved,
        disputed=disputed(folder, version_on(history, on), statement, on),
        credited=max(asked - moved - owed, 0),
    )


def _made_before(
    made: list[PaymentMade],
    statement: Statement,
    on: date,
    amount: int | None,
    open_now: Payable,
) -> PaymentMade | None:
    """The payment that a repeated call made already."""
    if amount is None and open_now.amount:
        return None
    for each in made:
        is_same = each.statement == statement.number and each.on == on and each.kind == "paid"
        if is_same and (amount is None or _minor(each, statement.currency) == amount):
            return each
    return None


def _problems(
    statement: Statement, standing: ApprovalStanding, *, by: str, on: date, today: date
) -> list[Problem]:
    said = sentence("Statement {number}", number=statement.number)
    problems = [
        Problem(
            sentence("{said} cannot be paid: {why}", said=said, why=why),
            sentence("Mend that first."),
        )
        for why in why_not_approvable(statement)
    ]
    if not problems and not standing.is_approved:
        problems.append(
            Problem(
                sentence("{said} is not approved: {why_not}.", said=said, why_not=standing.why_not),
                sentence("Have it approved first."),
            )
        )
    why = why_not_office(standing, by)
    if not problems and why:
        problems.append(Problem(why, sentence("Let someone else of the paying office record it.")))
    if not by.strip():
        problems.append(
            Problem(sentence("Nobody is named as paying."), sentence("Name the person."))
        )
    if not statement.as_of <= on <= today:
        problems.append(
            Problem(
                sentence(
                    "The payment is dated {on}, which is not from {as_of}, the day of the "
                    "statement, to {today}.",
                    on=on,
                    as_of=statement.as_of,
                    today=today,
                ),
                sentence("Write the day on which the money moved."),
            )
        )
    return problems


def why_not_office(standing: ApprovalStanding, by: str) -> str:
    """Why someone may not record what was paid, as who prepared or approved it; else empty."""
    _, why_not = CASES["mark-paid"]
    prepared_by = (*standing.prepared_by, *standing.answered_by)
    approved_by = tuple(record.by for record in standing.approved)
    return why_not(Case(person=by, prepared_by=prepared_by, approved_by=approved_by))


def number_problems(reference: str, made: list[PaymentMade]) -> list[Problem]:
    """What is wrong with a warrant's number; made: payments that have it already."""
    if not _REFERENCE.fullmatch(reference):
        return [
            Problem(
                sentence(
                    "The warrant or payment number is missing, too long, or has other signs "
                    "than letters, digits, spaces, dots, slashes and hyphens."
                ),
                sentence("Write the number that stands on the warrant."),
            )
        ]
    if made:
        one = made[0]
        return [
            Problem(
                sentence(
                    "This warrant or payment number stands on a payment of {on} on statement "
                    "{statement} already.",
                    on=one.on,
                    statement=one.statement,
                ),
                sentence("Write this payment's own number."),
            )
        ]
    return []


def _amount_problems(statement: Statement, found: Payable, amount: int) -> list[Problem]:
    code = statement.currency
    if 0 < amount <= found.amount:
        return []
    if found.amount == 0:
        held = sum(found.disputed.values())
        in_dispute = money_text(held, code, code=True)
        why = sentence(" {amount} of it is disputed.", amount=in_dispute) if held else ""
        return [
            Problem(
                sentence(
                    "Nothing more can be paid on statement {number} now.{why}",
                    number=statement.number,
                    why=why,
                ),
                sentence("Look at the payments on record, and at the disputes."),
            )
        ]
    return [
        Problem(
            sentence(
                "{amount} is not above 0 and at most {amount_2}, which can still be paid on "
                "statement {number}.",
                amount=money_text(amount, code, code=True),
                amount_2=money_text(found.amount, code, code=True),
                number=statement.number,
            ),
            sentence("Correct the amount."),
        )
    ]


def _beyond_budget(
    folder: DealFolder, statement: Statement, on: date, amount: int, found: Payable
) -> list[Problem]:
    """Why not all of an amount is appropriated on the day, where the rest would not be enough."""
    missing = not_appropriated(folder, statement, on)
    if amount <= found.amount - sum(lacking for _, lacking, _ in missing):
        return []
    return [problem for _, _, problem in missing]


def _minor(payment: PaymentMade, currency: str) -> int:
    return int(payment.amount * 10 ** CURRENCY_DIGITS[currency])


def _append(folder: DealFolder, payment: PaymentMade) -> None:
    """Add a line to the file; refuses a file whose form it cannot continue."""
    path = folder.root / FILE
    text = read_bytes(path).decode("utf-8") if path.is_file() else "payments:\n"
    line = (
        f"  - {{statement: {payment.statement}, on: {payment.on}, "
        f'amount: "{exact_text(payment.amount)}", reference: "{payment.reference}"}}\n'
    )
    content = (text if text.endswith("\n") else f"{text}\n") + line
    before = folder.paid()
    try:
        after = read_as(PaymentsFile, content.encode(), file=str(path)).payments
    except Refusal:
        after = ()
    if after != (*before, payment):
        raise Refusal(
            Problem(
                sentence("{file} is written in a form that no line can be added to.", file=FILE),
                sentence(
                    "Write its list with two spaces and a hyphen, then add:{line}",
                    line=line.rstrip(),
                ),
                Place(str(path)),
            )
        )
    write_whole(path, content.encode())
