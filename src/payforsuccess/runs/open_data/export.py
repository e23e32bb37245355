"""A deal in an open format: INDIGO record, Open Contracting release, CSV or Parquet tables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.indigo import INDIGO_VERSION, json_schema, read_indigo
from payforsuccess.deal.results import PaymentMade
from payforsuccess.errors import Finding, Place, Problem, Refusal
from payforsuccess.reports.open_data import (
    Opened,
    Redaction,
    deal_tables,
    exact_json,
    indigo_file,
    ocds_package,
    opened,
)
from payforsuccess.reports.open_data.indigo_words import slug
from payforsuccess.reports.open_data.standing import standing_of
from payforsuccess.runs.files import write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.open_data.table_files import write_tables
from payforsuccess.units import CURRENCY_DIGITS

Form = Literal["indigo", "ocds", "csv", "parquet"]
_PROJECT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)


@dataclass(frozen=True)
class Exported:
    """The files written, what is not shown and why, and what a reader should know."""

    form: Form
    paths: tuple[Path, ...]
    redactions: tuple[Redaction, ...]
    findings: tuple[Finding, ...] = ()

    def __str__(self) -> str:
        lines = [f"Written: {path}" for path in self.paths]
        if self.redactions:
            lines += ["", "Not shown"]
            lines += [f"- {one.what}. {one.because}" for one in self.redactions]
        if self.findings:
            lines += ["", *(one.what for one in self.findings)]
        return "\n".join(lines)

    __repr__ = __str__


def export(path: DealPath, form: Form, *, to: Path, on: date, id_: str | None = None) -> Exported:
    """Write a deal, with its issued statements and the payments made, in an open format.

    to: a file for `indigo` and `ocds`, a folder for `csv` and `parquet`. on: the day for which it
    is made, which says where the deal stands; only statements of up to that day are in it. id_:
    the project's id in INDIGO, or the `ocid` of the contracting process; without one, an id of our
    own that says so. Nothing about any person leaves; small results, the amounts that rest on them
    and totals that would tell them are left out. Refuses a place that cannot be written.
    """
    if form not in get_args(Form):
        raise Refusal(
            Problem(
                f"“{form[:20]}” is no open format.", f"Use one of: {', '.join(get_args(Form))}."
            )
        )
    if id_ is not None and not _PROJECT_ID.fullmatch(id_):
        raise Refusal(
            Problem("This is no id.", "Use letters, digits, points and dashes, up to 80 of them.")
        )
    folder = open_folder(path)
    versions = [one for one in folder.history().versions if one.in_force_from <= on]
    deal = versions[-1] if versions else folder.history().versions[0]
    statements = [one for one in folder.statements() if one.as_of <= on]
    numbers = {one.number for one in statements}
    payments = [one for one in _paid(folder, deal) if one.on <= on and one.statement in numbers]
    shown = opened(deal, statements, payments, on=on)
    if form in ("csv", "parquet"):
        paths = write_tables(
            deal_tables(shown),
            to,
            form="csv" if form == "csv" else "parquet",
            name=slug(deal.deal),
            title=deal.deal,
            says=" ".join(text for text in (standing_of(deal), deal.says) if text),
        )
        return Exported(form, paths, shown.redactions)
    if to.is_dir():
        raise Refusal(Problem("This is a folder.", "Name a file.", Place(str(to))))
    if form == "ocds":
        write_whole(to, exact_json(ocds_package(shown, ocid=id_)).encode())
        return Exported(form, (to,), shown.redactions, _unregistered(id_))
    return Exported(form, _indigo(shown, to, id_), shown.redactions, _local(id_))


def _paid(folder: DealFolder, deal: Deal) -> tuple[PaymentMade, ...]:
    """The payments made; refuses amounts that no money is paid in."""
    payments = folder.paid()
    problems = [
        Problem(
            f"This is no amount that can be paid in {deal.currency}.",
            "Correct it to an amount above 0 in whole minor units, such as 620978.40.",
            Place(str(folder.root / "payments.yaml"), field=f"payments[{at}].amount"),
        )
        for at, one in enumerate(payments)
        if one.amount <= 0 or (one.amount * 10 ** CURRENCY_DIGITS[deal.currency]).denominator != 1
    ]
    if problems:
        raise Refusal(problems)
    return payments


def _indigo(shown: Opened, to: Path, id_: str | None) -> tuple[Path, ...]:
    """The record, checked as it would be when read; its schema lies beside it."""
    project_id = id_ or f"local-{slug(shown.deal.deal)}"
    content = exact_json(indigo_file(shown, id_=project_id)).encode()
    read_indigo(content, file=str(to))
    schema = to.with_name(f"indigo-{INDIGO_VERSION}.schema.json")
    write_whole(to, content)
    write_whole(schema, exact_json(json_schema()).encode())
    return (to, schema)


def _local(id_: str | None) -> tuple[Finding, ...]:
    if id_ is not None:
        return ()
    return (
        Finding(
            "id",
            "The Government Outcomes Lab gives each project its id; until it has one the record "
            "carries a local id. Give the project's own with --id.",
        ),
    )


def _unregistered(id_: str | None) -> tuple[Finding, ...]:
    if id_ is not None:
        return ()
    return (
        Finding(
            "id",
            "An ocid begins with the prefix that the Open Contracting Partnership gave to the "
            "publisher; until then the release says that it is not registered. Give yours with "
            "--id.",
        ),
    )
