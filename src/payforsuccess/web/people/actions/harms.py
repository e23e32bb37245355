"""Complaints, incidents and safety reports: reported, told of within two days, settled (R121)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import record
from payforsuccess.web.people.days import refuse_ahead, refuse_before
from payforsuccess.web.people.models import HarmReport


@action
def report_harm(
    *, by: Access, kind: str, on: date, says: str, stops_service: bool, site: str = ""
) -> HarmReport:
    """A new entry of the harm log. A stop holds from this moment, until it is settled."""
    by.require("report-harm")
    refuse_ahead(by, on)
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
    """The payor or the participant group was told, on a day."""
    by.require("report-harm")
    by.require("see-harm-log")
    refuse_ahead(by, on)
    refuse_before(report.reported_on, on, sentence("was harmed, as the report says"))
    if whom == "payor":
        report.payor_told_on = on
    else:
        report.group_told_on = on
    report.save()
    record(by.actor("see-harm-log"), "harm.told", report, after={"whom": whom, "on": on})
    return report


@action
def settle_harm(*, by: Access, report: HarmReport, on: date, settled: str) -> HarmReport:
    """It is settled, and a stop ends with it; Refusal before the two were told."""
    by.require("report-harm")
    by.require("see-harm-log")
    refuse_ahead(by, on)
    refuse_before(report.reported_on, on, sentence("was harmed, as the report says"))
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
