"""The deal of the made-up county, with days that put its sixth quarter around today."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.runs.folder import open_folder
from payforsuccess.units.calendar import add_months
from payforsuccess.web.demo.beside import write_beside

QUARTERS_BEFORE = 5
CONTRACT = "sha256:" + "5e" * 32
"""No contract of this checksum exists; the deal's name says that all of it is made up."""
CERTIFIED_BY = (("Casey Brook", "Example County"), ("Harper Lake", "Example Homes"))


def first_day(today: date) -> date:
    """The first day of the deal: five whole quarters before the quarter of today."""
    quarter = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    return add_months(quarter, -3 * QUARTERS_BEFORE)


def write_deal(folder: Path, *, today: date) -> Deal:
    """The deal file in a folder, certified by two made-up people, and what lies beside it."""
    start = first_day(today)
    signed = start - timedelta(30)
    days = {
        "start": start,
        "end": add_months(start, 60) - timedelta(1),
        "signed": signed,
        "after": add_months(start, 78) - timedelta(1),
        "through": today - timedelta(1),
    }
    text = files("payforsuccess.web.demo").joinpath("deal.yaml").read_text("utf-8")
    for name, day in days.items():
        text = text.replace(f"<{name}>", day.isoformat())
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "deal.yaml"
    contract = f'contract: "{CONTRACT}", signed_on: {signed}'
    file.write_text(text.replace("<executed>", f"{{{contract}}}"), "utf-8")
    terms = open_folder(folder).history().latest.terms_fingerprint
    by = ", ".join(
        f'{{name: {name}, party: {party}, on: {signed}, terms: "{terms}"}}'
        for name, party in CERTIFIED_BY
    )
    file.write_text(text.replace("<executed>", f"{{{contract}, certified_by: [{by}]}}"), "utf-8")
    write_beside(folder, start=start, today=today)
    return open_folder(folder).history().latest
