"""The coordinator's status report, from `initiative.yaml`."""

from __future__ import annotations

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.governance.cadence import cadence_of_reports
from payforsuccess.reports import Document
from payforsuccess.reports.status_report import StatusFacts, status_report
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.initiative.files import FILE, open_initiative


def document(asked: Asked) -> Document:
    """The last report written by the day, or that of the number, counted from the first.

    Refuses an initiative without a coordinator or without a report by then.
    """
    opened = open_initiative(asked.path, on=asked.on)
    initiative = opened.facts.initiative
    place = Place(str(opened.folder.root / FILE))
    coordinator = initiative.coordinator
    cadence = cadence_of_reports(initiative, on=asked.on)
    if coordinator is None or cadence is None:
        raise Refusal(
            Problem("The initiative names no coordinator.", "Write it under `coordinator`.", place)
        )
    reports = sorted(
        (each for each in coordinator.reports if each.on <= asked.on), key=lambda each: each.on
    )
    at = len(reports) if asked.number is None else asked.number
    if not 1 <= at <= len(reports):
        raise Refusal(
            Problem(
                "There is no report of the coordinator by this day."
                if not reports
                else f"There is no report {at}: {len(reports)} are written by this day.",
                "Write it under `coordinator.reports`, with progress, challenges and decisions.",
                place,
            )
        )
    return status_report(
        StatusFacts(
            initiative,
            coordinator,
            reports[at - 1],
            cadence,
            asked.on,
            opened.folder.inputs(FILE),
        )
    )
