"""Complaints, incidents and safety reports: reported, told of within two days, settled (R121)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import hold, record
from payforsuccess.web.people.days import refuse_ahead, refuse_before
from payforsuccess.web.people.holding import held
from payforsuccess.web.people.models import HarmReport


@action
def report_harm(
    *, by: Access, kind: str, on: date, says: str, stops_service: bool, site: str = ""
) -> HarmReport:
    """A new entry of the harm log. A stop holds from this moment, until it is settled."""
    by.require("report-harm")
    refuse_ahead(by, on)
    hold()  # the next number is nobody else's
    last = HarmReport.objects.filter(initiative=by.initiative).order_by("-pk").first()
    number = int(last.number.removeprefix("H-")) + 1 if last else 1
    report = HarmReport(
        initiative=by.initiative,
        number=f"H-{number:03}",
        kind=kind,
        reported_on=on,
        says=says,
        site=site,
        stops_service=stops_service,
        reported_by=by.user,
    )
    report.full_clean()
    report.save()
    record(
        by.actor("report-harm"),
        "harm.reported",
        report,
        after={"kind": kind, "on": on, "stop": stops_service},
    )
    return report


@action
def tell_of_harm(
    *, by: Access, report: HarmReport, whom: Literal["payor", "group"], on: date
) -> HarmReport:
    """The payor or the participant group was told, on a day; Refusal of a second day."""
    by.require("report-harm")
    by.require("see-harm-log")
    _refuse_day(by, held(report), on)
    field = "payor_told_on" if whom == "payor" else "group_told_on"
    known = getattr(report, field)
    if known is not None:
        raise Refusal(
            Problem(
                sentence("It is recorded already that they were told, on {on}.", on=known),
                sentence("Record whom else you told, or settle the report."),
            )
        )
    setattr(report, field, on)
    report.save()
    record(by.actor("see-harm-log"), "harm.told", report, after={"whom": whom, "on": on})
    return report


@action
def settle_harm(*, by: Access, report: HarmReport, on: date, settled: str) -> HarmReport:
    """It is settled, and a stop ends with it; Refusal before the two were told, and of a second."""
    by.require("report-harm")
    by.require("see-harm-log")
    _refuse_day(by, held(report), on)
    if report.settled_on is not None:
        raise Refusal(
            Problem(
                sentence("The report was settled on {on}.", on=report.settled_on),
                sentence("Report anew what happened since."),
            )
        )
    if report.payor_told_on is None or report.group_told_on is None:
        raise Refusal(
            Problem(
                sentence("The payor and the participant group have not both been told."),
                sentence("Tell them and record the day, then settle it."),
            )
        )
    report.settled_on, report.settled = on, settled
    report.save()
    record(by.actor("see-harm-log"), "harm.settled", report, after={"on": on})
    return report


def _refuse_day(by: Access, report: HarmReport, on: date) -> None:
    """Refusal of a day ahead, or before the report."""
    refuse_ahead(by, on)
    refuse_before(report.reported_on, on, sentence("was harmed, as the report says"))
