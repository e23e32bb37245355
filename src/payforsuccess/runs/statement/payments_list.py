"""A list of payments out of the paying office's books, as a file or as lines that someone typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

from payforsuccess.deal.reconciliation import ListedPayment, PaymentsList
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.payments.reconciled import known, same_number
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.table_file import TableRow, read_table
from payforsuccess.trail import fingerprint_bytes
from payforsuccess.units import minor_written

REQUIRED = ("number", "date", "amount")
OPTIONAL = ("vendor",)
ALSO_CALLED = {
    "warrant": "number",
    "warrant number": "number",
    "payment number": "number",
    "check number": "number",
    "reference": "number",
    "payment date": "date",
    "warrant date": "date",
    "issue date": "date",
    "on": "date",
    "payment amount": "amount",
    "warrant amount": "amount",
    "payee": "vendor",
    "vendor name": "vendor",
    "vendor number": "vendor",
}
"""What books call the columns."""
MOST_ROWS = 20_000
LONGEST = 200
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00:00)?", re.ASCII)
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


def read_payments_list(
    path: Path,
    *,
    currency: str,
    through: date,
    since: date | None = None,
    vendors: Collection[str] = (),
    numbers: Collection[str] = (),
) -> PaymentsList:
    """The list of a CSV or XLSX file; refuses one that is faulty anywhere, with row and reason.

    Columns are number, date, amount and, if there, vendor; others are passed over. Amounts are
    taken back with a minus or in parentheses. since: the first day of which it tells, that of its
    first payment if left out. Rows of vendors that are not among `vendors` are counted and left
    out, unless their number is one of `numbers`: they are of someone else, and nobody's business
    here. Without `vendors` all are kept.
    """
    problems: list[Problem] = []
    rows = read_table(
        path,
        REQUIRED,
        sheet="payments",
        problems=problems,
        optional=OPTIONAL,
        also_called=ALSO_CALLED,
        passes_over_others=True,
        may_be_empty=True,
    )
    if len(rows) > MOST_ROWS:
        raise Refusal(
            Problem(
                sentence("The list has more than {most:,} rows.", most=MOST_ROWS),
                sentence("Take the payments to this deal's vendors alone."),
                Place(str(path)),
            )
        )
    ours, wanted = known(vendors), {same_number(each) for each in numbers}
    kept: list[ListedPayment] = []
    left_out = 0
    for row in rows:
        found = _payment(row, currency, problems)
        if found is None:
            continue
        is_ours = not ours or found.vendor is None or bool(known([found.vendor]) & ours)
        if is_ours or same_number(found.number) in wanted:
            kept.append(found)
        else:
            left_out += 1
    first = since or min([*(each.on for each in kept), through])
    problems += _of_other_days(kept, first, through, path)
    if problems:
        raise Refusal(problems)
    return PaymentsList(
        since=first,
        through=through,
        currency=currency,
        content=fingerprint_bytes(read_bytes(path)),
        left_out=left_out,
        rows=tuple(kept),
    )


def _payment(row: TableRow, currency: str, problems: list[Problem]) -> ListedPayment | None:
    """The payment of a row; None, and what is wrong, where it is none."""
    if not all(row[name] for name in REQUIRED):
        return None  # told already
    on, minor = day_in(row["date"]), minor_in(row["amount"], currency)
    faults = []
    if on is None:
        faults.append(
            Problem(
                sentence("`date` is no day."),
                sentence("Write it as 2028-02-01 or 2/1/2028."),
                row.place,
            )
        )
    if minor is None:
        faults.append(
            Problem(
                sentence("`amount` is no amount in whole cents."),
                sentence("Write it as 1,250.00."),
                row.place,
            )
        )
    if max(len(row["number"]), len(row["vendor"])) > LONGEST:
        faults.append(
            Problem(
                sentence("A cell is longer than {most} signs.", most=LONGEST),
                sentence("Look for quotes."),
                row.place,
            )
        )
    problems += faults
    if on is None or minor is None or faults:
        return None
    return ListedPayment(
        row=row.place.line or 1,
        number=row["number"],
        on=on,
        amount=minor,
        vendor=row["vendor"] or None,
    )


def day_in(text: str) -> date | None:
    """A day written 2028-02-01 or 2/1/2028; None for anything else."""
    iso, american = _ISO.fullmatch(text), _US.fullmatch(text)
    if iso:
        year, month, day = iso.groups()
    elif american:
        month, day, year = american.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def minor_in(text: str, currency: str) -> int | None:
    """An amount of the books in minor units; below 0 with a minus or in parentheses."""
    bare = text.replace("$", "").replace(currency, "").strip()
    is_back = bare.startswith("(") and bare.endswith(")")
    if is_back:
        bare = bare[1:-1].strip()
    try:
        minor = minor_written(bare, currency)
    except ValueError:
        return None
    return -minor if is_back else minor


def _of_other_days(
    kept: Sequence[ListedPayment], since: date, through: date, path: Path
) -> list[Problem]:
    if through < since:
        return [
            Problem(
                sentence(
                    "The list would tell of the days from {since} to {through}.",
                    since=since,
                    through=through,
                ),
                sentence("Turn the days round."),
                Place(str(path)),
            )
        ]
    return [
        Problem(
            sentence(
                "The payment is of {on}, and the list tells of {since} to {through}.",
                on=each.on,
                since=since,
                through=through,
            ),
            sentence("Correct the days of the list, or the payment's."),
            Place(str(path), each.row),
        )
        for each in kept
        if not since <= each.on <= through
    ]
