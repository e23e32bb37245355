"""A department's programme and funding lines from a file, labelled and added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.errors import Problem, Refusal
from payforsuccess.reports.programmes import programmes_document
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.table_file import TableRow, read_table
from payforsuccess.selection.programmes import (
    LedgerTotal,
    Line,
    ProgrammeTotals,
    check_lines,
    totals_of,
)
from payforsuccess.units import exact, money_text, to_minor

LINES = ("department", "programme", "area", "fund", "fiscal_year", "label", "amount")
LEDGER = ("department", "fiscal_year", "amount")


@dataclass(frozen=True, repr=False)
class Programmes:
    """The lines of a file added up, in words; amounts in minor units of the currency."""

    file: str
    currency: str
    lines: tuple[Line, ...]
    totals: ProgrammeTotals
    problems: tuple[Problem, ...]
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        totals = self.totals
        out = [f"{len(self.lines)} programme lines of {self.file}, in {self.currency}"]
        for title, groups in (
            ("Department", totals.by_department),
            ("Policy area", totals.by_area),
            ("Fiscal year", totals.by_year),
        ):
            rows: list[tuple[str, ...]] = [(title, "preventive", "remedial", "in all")]
            rows += [
                (name, *(self._money(n) for n in (one.preventive, one.remedial, one.total)))
                for name, one in (*groups.items(), ("In all", totals.whole))
            ]
            out += ["", *in_columns(rows, right=(1, 2, 3))]
        if totals.against_ledger:
            rows = [("Against the ledger", "year", "lines", "ledger", "difference")]
            rows += [
                (
                    one.department,
                    str(one.fiscal_year),
                    self._money(one.lines),
                    "none" if one.ledger is None else self._money(one.ledger),
                    "-" if one.difference is None else self._money(one.difference),
                )
                for one in totals.against_ledger
            ]
            out += ["", *in_columns(rows, right=(2, 3, 4))]
            out.append("They agree." if totals.closes else "THEY DO NOT AGREE.")
        else:
            out += ["", "No ledger was given, so nothing shows that these are all the lines."]
        return "\n".join([*out, *(f"Written  {path}" for path in self.written)])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Whole minor units throughout."""
        return {
            "file": self.file,
            "currency": self.currency,
            "lines": len(self.lines),
            "whole": self.totals.whole,
            "by_department": self.totals.by_department,
            "by_area": self.totals.by_area,
            "by_year": self.totals.by_year,
            "against_ledger": [
                {**vars(one), "difference": one.difference} for one in self.totals.against_ledger
            ],
            "closes": self.totals.closes if self.totals.against_ledger else None,
            "problems": self.problems,
            "written": self.written,
        }

    def _money(self, amount: int) -> str:
        return money_text(amount, self.currency)


def programmes(
    path: str | Path,
    *,
    ledger: Path | None = None,
    currency: str = "USD",
    to: Sequence[Path] = (),
) -> Programmes:
    """Programme lines by label, department, policy area and year, against the ledger (R1, R151).

    path: CSV or XLSX with the columns of `LINES`. ledger: the same with those of `LEDGER`. A line
    without a label, in no known area or given twice is refused, all together; lines that do not
    equal the ledger are among the `problems` of what comes back.
    """
    check_endings(to)
    problems: list[Problem] = []
    rows = read_table(Path(path), LINES, sheet="programmes", problems=problems)
    lines = tuple(
        Line(
            row["department"],
            row["programme"],
            row["area"],
            row["fund"],
            row.whole("fiscal_year", problems),
            row["label"],
            _amount(row, currency, problems),
            row.place,
        )
        for row in rows
    )
    told = read_table(ledger, LEDGER, sheet="ledger", problems=problems) if ledger else ()
    ledgers = tuple(
        LedgerTotal(
            row["department"],
            row.whole("fiscal_year", problems),
            _amount(row, currency, problems),
            row.place,
        )
        for row in told
    )
    problems += check_lines(lines)
    if problems:
        raise Refusal(problems)
    totals = totals_of(lines, ledgers)
    document = programmes_document(Path(path).name, currency, totals)
    return Programmes(
        Path(path).name,
        currency,
        lines,
        totals,
        tuple(_differences(totals, currency)),
        write_document(document, to) if to else (),
    )


def _amount(row: TableRow, currency: str, problems: list[Problem]) -> int:
    """The amount in minor units; a problem where it is none, or not whole in them."""
    try:
        return to_minor(exact(row["amount"].replace(",", "")), currency)
    except ValueError:
        problems.append(
            Problem(
                f"`amount` is not an amount in {currency}.",
                "Write digits with a point for decimals, such as 1200.50.",
                row.place,
            )
        )
        return 0


def _differences(totals: ProgrammeTotals, currency: str) -> list[Problem]:
    found = []
    for one in totals.against_ledger:
        if one.difference == 0:
            continue
        what = (
            f"the ledger has no line for it, and the programmes come to "
            f"{money_text(one.lines, currency)}"
            if one.ledger is None
            else f"its lines come to {money_text(one.lines, currency)}, its ledger to "
            f"{money_text(one.ledger, currency)}"
        )
        found.append(
            Problem(
                f"{one.department}, {one.fiscal_year}: {what}.",
                "Add the lines that are missing, or correct the amounts.",
            )
        )
    return found
