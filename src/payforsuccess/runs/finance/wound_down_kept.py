"""The early end of a deal as it is kept: a page, numbers, who is still served, and the record."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from payforsuccess.reports import write_html
from payforsuccess.reports.wind_down import WindDownFacts, wind_down_document
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.finance.capital_file import FILE as CAPITAL
from payforsuccess.runs.finance.files import FILE as ASSUMPTIONS
from payforsuccess.runs.finance.recorded import Settings, deal_inputs, keep_run, read_input
from payforsuccess.runs.finance.services import InService
from payforsuccess.runs.finance.wound_down import Rows, WoundDown
from payforsuccess.runs.folder import DealFolder
from payforsuccess.trail import RunInput

KIND = "wind-down"
RESULTS = "results"
IN_SERVICE = "people in service"
"""What a record calls the results and the list that were read."""
CONTINUING = "private/continuing-services.csv"


def _with_cuts(rows: Rows) -> Rows:
    """The rows of what is due, with a word where nothing was cut."""
    *parts, total = rows
    cut = "cut" if any(row[2] for row in parts) else "not cut"
    return [*((*row[:2], row[2] or "not cut") for row in parts), (*total[:2], cut)]


def _page(found: WoundDown, *, is_made_up: bool) -> bytes:
    facts = WindDownFacts(
        found.deal,
        found.on,
        found.called,
        is_made_up,
        statements=[("statement", "standing", "amount"), *found.statement_rows()],
        due=[("", "amount", "asked, where cut"), *_with_cuts(found.due_rows())],
        limits=found.due.limits,
        moves=[("from and to", "amount", "as"), *found.move_rows()],
        tranches=found.tranche_rows(),
        records=[("feed", "held by", "what", "by when", "under"), *found.record_rows()],
        served=found.served_lines(),
        findings=tuple(each.what for each in found.findings),
    )
    return write_html(wind_down_document(facts))


def inputs_of(
    folder: DealFolder, *, results: Path | None, people: Path | None
) -> tuple[RunInput, ...]:
    """All that was read, the list of people by its fingerprint alone."""
    root = folder.root
    named: list[tuple[str, Path | None]] = [
        (CAPITAL, root / CAPITAL),
        (ASSUMPTIONS, root / ASSUMPTIONS if people is None else None),
        ("payments.yaml", root / "payments.yaml"),
        (RESULTS, results or root / "results.yaml"),
        ("rows by person", folder.people_file()),
        (IN_SERVICE, people),
    ]
    return (
        *deal_inputs(folder, root=root),
        *(
            RunInput(f"determination {each.number}", "", each.fingerprint)
            for each in folder.determinations()
        ),
        *(
            RunInput(f"statement {each.number}", "", each.fingerprint)
            for each in folder.statements()
        ),
        *(
            read_input(name, file, root)
            for name, file in named
            if file is not None and file.is_file()
        ),
    )


def kept(
    found: WoundDown,
    folder: DealFolder,
    listed: InService | None,
    *,
    is_made_up: bool,
    inputs: tuple[RunInput, ...],
    settings: Settings,
) -> WoundDown:
    """The end as it is told, its page, its numbers and its record written.

    The list of people still served goes into a folder that its owner alone can open.
    """
    files = {
        "wind-down.html": _page(found, is_made_up=is_made_up),
        "wind-down.json": json_bytes(found.as_plain()),
    }
    if listed is not None:
        files[CONTINUING] = listed.file()
    written = keep_run(
        folder.out,
        KIND,
        files,
        terms=found.deal,
        inputs=inputs,
        settings=settings,
        private=(CONTINUING,),
    )
    return replace(found, written=written)
