"""Payments on record held against the paying office's own books: what agrees, and what does not.

Both sides are put together by warrant or payment number: capitals and spaces do not count, anything
else does, for a guess would hide a slip. A number may stand on several rows of the books, one a
fund, and on several payments here; sums are compared. Of each day the newest list that tells of it
speaks, so that a corrected list takes the place of the first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from payforsuccess.deal.reconciliation import (
    Explained,
    ListedPayment,
    PaymentsList,
    ReconciliationRecord,
)
from payforsuccess.deal.results import PaymentMade
from payforsuccess.trail import fingerprint
from payforsuccess.units import to_minor

Standing = Literal[
    "matched",
    "missing",
    "different-amount",
    "another-vendor",
    "another-day",
    "no-number",
    "unknown",
    "not-listed-yet",
]
"""missing: on record here, not in the books. unknown: in the books, not on record here."""
CLOSES: tuple[Standing, ...] = ("matched", "not-listed-yet")


@dataclass(frozen=True)
class HeldAgainst:
    """One number: what is on record here, what the books say, in minor units, and how they stand.

    here, there: None where the side has nothing. statements: those that it pays. code: names the
    difference, made of all that it says. perhaps: a number of the other side with the same amount.
    explained: why the difference stands, where someone said so.
    """

    number: str
    standing: Standing
    statements: tuple[int, ...] = ()
    here: int | None = None
    here_on: date | None = None
    there: int | None = None
    there_on: date | None = None
    vendor: str = ""
    perhaps: str = ""
    explained: ReconciliationRecord | None = None

    @property
    def code(self) -> str:
        """Twelve signs that name the difference; another amount or day makes it another one."""
        said = [self.number, self.standing, list(self.statements), self.here, str(self.here_on)]
        said += [self.there, str(self.there_on), self.vendor]
        return fingerprint(said).removeprefix("sha256:")[:12]

    @property
    def is_open(self) -> bool:
        """Whether it neither agrees nor was explained."""
        return self.standing not in CLOSES and self.explained is None


@dataclass(frozen=True)
class Reconciled:
    """All numbers, those that do not close first.

    here, there: what all that was held against the books adds up to on each side.
    """

    lines: tuple[HeldAgainst, ...]
    through: date | None

    @property
    def here(self) -> int:
        """What is on record here, without what no list tells of yet."""
        return sum(each.here or 0 for each in self.lines if each.standing != "not-listed-yet")

    @property
    def there(self) -> int:
        """What the books say was paid."""
        return sum(each.there or 0 for each in self.lines)

    @property
    def open(self) -> tuple[HeldAgainst, ...]:
        """The differences that nobody has explained."""
        return tuple(each for each in self.lines if each.is_open)

    @property
    def explained(self) -> int:
        """What explained differences come to: on record here less what the books say."""
        return sum(_apart(each) for each in self.lines if each.explained is not None)

    @property
    def not_explained(self) -> int:
        """What open differences come to: here - there = explained + not explained."""
        return sum(_apart(each) for each in self.open)

    @property
    def closes(self) -> bool:
        """Whether a list came and no difference is open."""
        return self.through is not None and not self.open


def reconciled(
    paid: Sequence[PaymentMade],
    records: Sequence[ReconciliationRecord],
    *,
    currency: str,
    vendors: Collection[str] = (),
) -> Reconciled:
    """Every payment on record held against the lists that came.

    vendors: the names or numbers under which the books pay this deal; any where there are none.
    """
    lists = [record.listed for record in records if record.listed is not None]
    there = _by_number(_speaking(lists))
    here: dict[str, list[PaymentMade]] = {}
    lines = []
    for payment in numbered(paid, records):
        if payment.reference is None:
            lines.append(_unnumbered(payment, lists, currency))
        else:
            here.setdefault(same_number(payment.reference), []).append(payment)
    for number in here.keys() | there.keys():
        lines.append(
            _held(here.get(number, []), there.get(number, []), lists, currency, known(vendors))
        )
    explained = {r.explained.difference: r for r in records if r.explained is not None}
    told = [replace(each, explained=explained.get(each.code)) for each in _hinted(lines)]
    return Reconciled(
        tuple(sorted(told, key=_in_order)), max((each.through for each in lists), default=None)
    )


def numbered(
    paid: Sequence[PaymentMade], records: Sequence[ReconciliationRecord]
) -> tuple[PaymentMade, ...]:
    """The payments under the numbers that count: the last correction of each, else its own.

    What is on record stays as it was written, and balances go by that.
    """
    numbers = {
        record.corrected.payment: record.corrected.number
        for record in records
        if record.corrected is not None
    }
    return tuple(
        each.model_copy(update={"reference": numbers.get(payment_code(each), each.reference)})
        for each in paid
    )


def payment_code(payment: PaymentMade) -> str:
    """The checksum of a payment as it is on record, by which a correction names it."""
    return fingerprint(payment.as_plain())


def same_number(number: str) -> str:
    """What spellings of one number share: its signs, without capitals and spaces."""
    return "".join(number.split()).casefold()


def known(vendors: Collection[str]) -> frozenset[str]:
    """Vendors as they are compared: without capitals, and with single spaces."""
    return frozenset(" ".join(each.split()).casefold() for each in vendors)


def difference_of(found: Reconciled, code: str) -> HeldAgainst | None:
    """The line of a code, where it is a difference."""
    return next(
        (each for each in found.lines if each.code == code and each.standing not in CLOSES), None
    )


def explanation_of(line: HeldAgainst, reason: str) -> Explained:
    """What goes on record of a difference that is explained."""
    return Explained(difference=line.code, number=line.number or None, reason=reason)


def _speaking(lists: Sequence[PaymentsList]) -> list[ListedPayment]:
    """Of each day, the rows of the newest list that tells of it."""
    return [
        row
        for at, one in enumerate(lists)
        for row in one.rows
        if not any(later.since <= row.on <= later.through for later in lists[at + 1 :])
    ]


def _by_number(rows: Sequence[ListedPayment]) -> dict[str, list[ListedPayment]]:
    found: dict[str, list[ListedPayment]] = {}
    for row in rows:
        found.setdefault(same_number(row.number), []).append(row)
    return found


def _unnumbered(payment: PaymentMade, lists: Sequence[PaymentsList], currency: str) -> HeldAgainst:
    standing: Standing = "no-number" if _is_listed(payment.on, lists) else "not-listed-yet"
    return HeldAgainst("", standing, (payment.statement,), _minor(payment, currency), payment.on)


def _held(
    here: Sequence[PaymentMade],
    there: Sequence[ListedPayment],
    lists: Sequence[PaymentsList],
    currency: str,
    vendors: frozenset[str],
) -> HeldAgainst:
    ours = HeldAgainst(
        (here[0].reference or "") if here else there[0].number,
        "matched",
        tuple(sorted({each.statement for each in here})),
        sum(_minor(each, currency) for each in here) if here else None,
        min((each.on for each in here), default=None),
        sum(each.amount for each in there) if there else None,
        min((each.on for each in there), default=None),
        "; ".join(dict.fromkeys(each.vendor for each in there if each.vendor)),
    )
    return replace(ours, standing=_standing(ours, here, there, lists, vendors))


def _standing(
    found: HeldAgainst,
    here: Sequence[PaymentMade],
    there: Sequence[ListedPayment],
    lists: Sequence[PaymentsList],
    vendors: frozenset[str],
) -> Standing:
    if not here:
        return "unknown"
    if not there:
        listed = any(_is_listed(each.on, lists) for each in here)
        return "missing" if listed else "not-listed-yet"
    if found.here != found.there:
        return "different-amount"
    if vendors and any(each.vendor and not known([each.vendor]) & vendors for each in there):
        return "another-vendor"
    if {each.on for each in here} != {each.on for each in there}:
        return "another-day"
    return "matched"


def _is_listed(on: date, lists: Sequence[PaymentsList]) -> bool:
    return any(each.since <= on <= each.through for each in lists)


def _hinted(lines: Sequence[HeldAgainst]) -> list[HeldAgainst]:
    """Each missing and unknown number with the only one of the other side of the same amount."""
    missing = _only_of(lines, ("missing", "no-number"))
    unknown = _only_of(lines, ("unknown",))
    hinted = []
    for each in lines:
        other = None
        if each.standing in ("missing", "no-number") and missing.get(each.here) is each:
            other = unknown.get(each.here)
        elif each.standing == "unknown" and unknown.get(each.there) is each:
            other = missing.get(each.there)
        hinted.append(replace(each, perhaps=other.number) if other is not None else each)
    return hinted


def _only_of(
    lines: Sequence[HeldAgainst], standings: Sequence[Standing]
) -> Mapping[int | None, HeldAgainst]:
    """By amount, the line of these standings, where one alone has the amount."""
    found: dict[int | None, list[HeldAgainst]] = {}
    for each in lines:
        if each.standing in standings:
            amount = each.there if each.here is None else each.here
            found.setdefault(amount, []).append(each)
    return {amount: alike[0] for amount, alike in found.items() if len(alike) == 1}


def _apart(line: HeldAgainst) -> int:
    return (line.here or 0) - (line.there or 0)


def _minor(payment: PaymentMade, currency: str) -> int:
    """Paid is above 0, recovered below."""
    minor = to_minor(payment.amount, currency)
    return minor if payment.kind == "paid" else -minor


def _in_order(line: HeldAgainst) -> tuple[bool, bool, date, str]:
    """What is open first, then what was explained, then by day."""
    on = line.here_on or line.there_on or date.min
    return (not line.is_open, line.standing in CLOSES, on, line.number)
