"""Complaints, incidents and safety reports: reported by many, followed to their end (R121)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import report_harm, settle_harm, tell_of_harm
from payforsuccess.web.people.caseload import address
from payforsuccess.web.people.forms import HarmForm, SettleForm, ToldForm
from payforsuccess.web.people.models import HarmReport
from payforsuccess.web.people.queries import known_sites
from payforsuccess.web.people.shown import HarmShown
from payforsuccess.web.people.views.doing import Said, do
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table


@needs("report-harm", "see-harm-log")
def harm(request: HttpRequest, access: Access) -> HttpResponse:
    """The log for those who see it; for others the way to report, and their own reports."""
    sees = bool(access.may("see-harm-log"))
    every = HarmReport.objects.filter(initiative=access.initiative)
    rows = every if sees else every.filter(reported_by=access.user)
    found = [HarmShown(row, access.on) for row in rows]
    open_ = [each for each in found if not each.found.is_settled]
    late = [each for each in open_ if each.is_late]
    context = {
        "table": _table(access, found, sees),
        "first": next(iter(late or open_), None),
        "stops": [each for each in open_ if each.found.is_stop],
        "sees": sees,
        "may_report": bool(access.may("report-harm")),
        "report": address("report-harm", access),
    }
    return render(request, "people/harm.html", context)


def _table(access: Access, found: list[HarmShown], sees: bool) -> Table:
    def named(each: HarmShown) -> object:
        number = each.report.number
        url = address("harm-one", access, each.report.public_id)
        return cells.link(number, url) if sees else number

    return Table(
        caption=_("Reports, the latest first"),
        columns=(
            Column(_("Number")),
            Column(_("Kind")),
            Column(_("Reported")),
            Column(_("Payor told")),
            Column(_("Group told")),
            Column(_("State")),
        ),
        rows=[
            Row(
                (
                    named(each),
                    each.report.get_kind_display(),
                    each.report.reported_on,
                    each.report.payor_told_on,
                    each.report.group_told_on,
                    cells.status(each.state),
                ),
                is_urgent=each.is_late or each.found.is_stop,
            )
            for each in found
        ],
        empty=_("Nothing was reported."),
    )


@needs("report-harm")
def report(request: HttpRequest, access: Access) -> HttpResponse:
    """Report harm: anyone who works here, and whoever speaks for participants."""

    def act(said: Said) -> None:
        report_harm(
            by=access,
            kind=said["kind"],
            on=said["on"],
            says=said["says"],
            site=said["site"],
            stops_service=said["stops_service"] == "yes",
        )

    return do(
        request,
        HarmForm(
            request.POST or None,
            sites=[(site, site) for site in known_sites(access)],
            initial={"on": access.on},
        ),
        act,
        heading=_("Report harm, an incident or a complaint"),
        lead=_("The payor and the participant group are told within 2 days."),
        submit=_("Report it"),
        done=_("It is reported. The payor and the participant group are told within 2 days."),
        back=address("harm", access),
        more={"crumb": _("Complaints, incidents and safety")},
    )


@needs("see-harm-log")
def one(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """One report: what happened, who was told, and how it was settled."""
    found = HarmReport.objects.filter(initiative=access.initiative, public_id=code).first()
    if found is None:
        raise Http404
    shown = HarmShown(found, access.on)
    may_act = bool(access.may("report-harm")) and not shown.found.is_settled
    more = {
        "shown": shown,
        "report": found,
        "may_act": may_act,
        "is_told": not shown.found.untold,
        "list": address("harm", access),
    }
    template, start = "people/harm_one.html", {"on": access.on}
    if not may_act:
        return render(request, template, more)
    if shown.found.untold:
        return do(
            request,
            ToldForm(request.POST or None, initial=start),
            lambda said: tell_of_harm(by=access, report=found, whom=said["whom"], on=said["on"]),
            heading=found.number,
            done=_("The day is recorded."),
            back=address("harm-one", access, code),
            template=template,
            submit=_("Record who was told"),
            more=more,
        )
    return do(
        request,
        SettleForm(request.POST or None, initial=start),
        lambda said: settle_harm(by=access, report=found, on=said["on"], settled=said["settled"]),
        heading=found.number,
        done=_("It is settled. A stop ends with it."),
        back=address("harm", access),
        template=template,
        submit=_("Settle it"),
        more=more,
    )
