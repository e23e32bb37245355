"""What of a deal's statements may be shown to everyone: amounts and results without small groups.

A count from 1 to the threshold tells of few people, and so does a change by so few, an amount that
rests on it, and a total from which the amount could be worked out. All of them are left out, and
each is listed with its reason. The rule is the plainest that holds: it hides rather more than it
must, and never less.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Line, PaymentMade, Statement
from payforsuccess.disclosure import LEAST_THRESHOLD
from payforsuccess.errors import sentence
from payforsuccess.reports.open_data.small_results import OpenResult, SmallResults
from payforsuccess.units import from_minor


@dataclass(frozen=True)
class Redaction:
    """Something that is not shown, and why."""

    what: str
    because: str


@dataclass(frozen=True)
class OpenLine:
    """A statement's line; the amount, and each payor's part, None where not shown."""

    statement: int
    term: str
    period: int
    kind: str
    clause: str
    amount: int | None
    payors: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class OpenStatement:
    """An issued statement; the total None where not shown.

    checksum: empty from the first statement on of which anything is not shown. Each is computed
    over the one before, so that whoever knows all but a small number could try every value of it
    against a checksum.
    """

    number: int
    period: int
    period_start: date
    period_end: date
    as_of: date
    due_on: date | None
    total: int | None
    checksum: str
    lines: tuple[OpenLine, ...]
    results: tuple[OpenResult, ...]


@dataclass(frozen=True)
class OpenPayment:
    """Money that moved on a statement, in whole currency units; None where not shown."""

    statement: int
    on: date
    kind: str
    amount: Fraction | None
    reference: str


@dataclass(frozen=True)
class Opened:
    """A deal with all that may be shown of what was stated and paid, on a day.

    total_paid: paid less recovered; None where nothing was stated yet, or a part is not shown.
    """

    deal: Deal
    on: date
    statements: tuple[OpenStatement, ...]
    payments: tuple[OpenPayment, ...]
    total_paid: Fraction | None
    redactions: tuple[Redaction, ...]

    @property
    def results(self) -> tuple[OpenResult, ...]:
        """The results of all statements, each where it was first stated or changed."""
        return tuple(result for statement in self.statements for result in statement.results)


_ALWAYS = (
    Redaction(sentence("Rows of people behind results"), sentence("They are about single people.")),
    Redaction(
        sentence("Parts of results by group"),
        sentence("Groups can be small; `pfs equity` shows what may be."),
    ),
)


def opened(
    deal: Deal, statements: Sequence[Statement], payments: Sequence[PaymentMade], *, on: date
) -> Opened:
    """What may be shown; `deal` is the version in force, the statements are the issued ones."""
    threshold = max(
        [LEAST_THRESHOLD, *(one.disclosure_threshold for one in deal.outcomes.values())]
    )
    small = SmallResults(deal, threshold=threshold)
    kept_back: set[str] = set()
    is_open = True
    shown: list[OpenStatement] = []
    redactions = list(_ALWAYS)
    for statement in statements:
        results = small.results_of(statement)
        lines = []
        for line in statement.lines:
            is_hidden = _is_hidden(line, deal, small, kept_back)
            if is_hidden:
                kept_back.add(line.term)
            lines.append(_line(statement.number, line, is_hidden=is_hidden))
        is_whole = all(line.amount is not None for line in lines)
        is_open = is_open and is_whole and all(one.value is not None for one in results)
        one = _statement(statement, lines, results, is_whole=is_whole, is_open=is_open)
        shown.append(one)
        redactions += _redactions(one, threshold)
    told = _told_payments(statements, shown, payments)
    paid = tuple(_payment(one, is_shown=one.statement in told) for one in payments)
    if any(one.amount is None for one in paid):
        redactions.append(
            Redaction(
                sentence("The total paid to date"),
                sentence("What is not shown could be worked out from it."),
            )
        )
    total = _total(paid) if shown else None
    return Opened(deal, on, tuple(shown), paid, total, tuple(redactions))


def _is_hidden(line: Line, deal: Deal, small: SmallResults, kept_back: set[str]) -> bool:
    """Whether an amount tells of few people, or of an earlier amount that does."""
    found = [term for term in deal.payments if term.name == line.term]
    if not found:  # a term of an earlier version: what it reads is no longer stated
        return bool(small.touched) or line.term in kept_back
    term = found[0]
    of_period = term.reads == "period" and line.kind == "line"
    if small.tells(term.outcomes_read(), period=line.period, of_period=of_period):
        return True
    if line.term in kept_back and not of_period:
        return True
    # What is left under a ceiling, or net of another line, is told by what came before.
    is_rest = bool(line.cut or line.carried or line.held or line.bound_by or term.net_of)
    return is_rest and bool(kept_back)


def _line(number: int, line: Line, *, is_hidden: bool) -> OpenLine:
    return OpenLine(
        statement=number,
        term=line.term,
        period=line.period,
        kind=line.kind,
        clause=line.clause,
        amount=None if is_hidden else line.amount,
        payors=() if is_hidden else tuple((part.payor, part.amount) for part in line.payors),
    )


def _statement(
    statement: Statement,
    lines: list[OpenLine],
    results: tuple[OpenResult, ...],
    *,
    is_whole: bool,
    is_open: bool,
) -> OpenStatement:
    return OpenStatement(
        number=statement.number,
        period=statement.period,
        period_start=statement.period_start,
        period_end=statement.period_end,
        as_of=statement.as_of,
        due_on=statement.due_on,
        total=statement.total if is_whole else None,
        checksum=statement.fingerprint if is_open else "",
        lines=tuple(lines),
        results=results,
    )


def _payment(payment: PaymentMade, *, is_shown: bool) -> OpenPayment:
    return OpenPayment(
        statement=payment.statement,
        on=payment.on,
        kind=payment.kind,
        amount=payment.amount if is_shown else None,
        reference=payment.reference or "",
    )


def _told_payments(
    statements: Sequence[Statement],
    shown: Sequence[OpenStatement],
    payments: Sequence[PaymentMade],
) -> set[int]:
    """The statements of which the payments are shown.

    Once a total was left out, a later payment that is not the total of its own statement may hold
    a credit for it, and is left out too.
    """
    told: set[int] = set()
    is_open = True
    for statement, one in zip(statements, shown, strict=True):
        is_open = is_open and one.total is not None
        moved = [payment for payment in payments if payment.statement == one.number]
        whole = from_minor(statement.total, statement.currency)
        plain = all(payment.kind == "paid" for payment in moved)
        if is_open or (
            one.total is not None
            and plain
            and sum((payment.amount for payment in moved), Fraction(0)) == whole
        ):
            told.add(one.number)
    return told


def _total(payments: Iterable[OpenPayment]) -> Fraction | None:
    """Paid less recovered; None where a part of it is not shown."""
    total = Fraction(0)
    for payment in payments:
        if payment.amount is None:
            return None
        total += payment.amount if payment.kind == "paid" else -payment.amount
    return total


def _redactions(statement: OpenStatement, threshold: int) -> list[Redaction]:
    where = sentence("of statement {number}", number=statement.number)
    found = [
        Redaction(
            sentence(
                "The result “{outcome}” ({slot}) {where}",
                outcome=result.outcome,
                slot=result.slot,
                where=where,
            ),
            sentence(
                "It tells of {threshold} people or fewer, or lets such a number be worked out.",
                threshold=threshold,
            ),
        )
        for result in statement.results
        if result.value is None
    ]
    found += [
        Redaction(
            sentence(
                "The amount of “{term}” for period {period} {where}",
                term=line.term,
                period=line.period,
                where=where,
            ),
            sentence("A result that is not shown could be worked out from it."),
        )
        for line in statement.lines
        if line.amount is None
    ]
    if not statement.checksum:
        found.append(
            Redaction(
                sentence("The checksum {where}", where=where),
                sentence("Small numbers could be tried against it until one fits."),
            )
        )
    if statement.total is None:
        found.append(
            Redaction(
                sentence("The total {where}, and what was paid on it", where=where),
                sentence("An amount that is not shown could be worked out from it."),
            )
        )
    return found
