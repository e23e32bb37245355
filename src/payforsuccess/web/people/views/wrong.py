"""A holder's record that is wrong: reported, told, answered (R141)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import (
    answer_wrong_record,
    report_wrong_record,
    tell_holder,
)
from payforsuccess.web.people.caseload import address
from payforsuccess.web.people.forms import AnswerForm, DayForm, WrongRecordForm
from payforsuccess.web.people.open_matters import open_records, waiting_wrong
from payforsuccess.web.people.shown import WrongShown
from payforsuccess.web.people.views.doing import do
from payforsuccess.web.people.views.finding import own_enrolment
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table

OWN = Case(is_own=True)


@needs("see-own-caseload", "load-feeds", case=OWN)
def every(request: HttpRequest, access: Access) -> HttpResponse:
    """The open reports with their clocks: a case manager's, a site's, or the data desk's all.

    The data desk reads no name and no words of the report: whose it is, its case manager says.
    """
    found = open_records(access)
    sees = bool(access.may("see-own-caseload", OWN))
    waits = next((text for text, _url, _label in waiting_wrong(access)), "")
    context = {
        "next": waits or _("Nothing: no report of a wrong record is open."),
        "table": Table(
            caption=_("Open reports, what is due first first"),
            columns=(
                Column(_("Person") if sees else _("Report")),
                Column(_("Which record")),
                Column(_("Case manager")),
                Column(_("Found")),
                Column(_("What is next")),
                Column(_("By when")),
            ),
            rows=[
                Row(
                    (
                        _named(access, each) if sees else each.report.public_id,
                        each.report.feed,
                        each.report.enrolment.case_manager.full_name,
                        each.report.found_on,
                        each.turn,
                        cells.status("overdue") + cells.day(each.clock.due)
                        if each.clock.days_late
                        else each.clock.due,
                    ),
                    is_urgent=bool(each.clock.days_late),
                )
                for each in found
            ],
            empty=_("None."),
        ),
    }
    return render(request, "people/wrong_records.html", context)


def _named(access: Access, each: WrongShown) -> object:
    row = each.report.enrolment
    url = address("wrong-one", access, row.public_id, each.report.public_id)
    return cells.link(row.participant.full_name, url)


@needs("record-services")
def report(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Say what a record has wrong; its holder is told within two days."""
    row = own_enrolment(access, code)
    feeds = [
        (source.feed, f"{source.feed}: {source.says}") for source in access.initiative.deal.data
    ]
    other = ("other", _("Another record, such as of a landlord or a benefit"))
    return do(
        request,
        WrongRecordForm(request.POST or None, feeds=[*feeds, other]),
        lambda said: report_wrong_record(by=access, enrolment=row, on=access.on, **said),
        heading=_("Report a wrong record"),
        lead=_("The holder is told within 2 days and answers within 30."),
        done=_("It is reported. Tell the holder next."),
        back=address("one", access, code),
        more={"row": row},
    )


@needs("record-services")
def one(request: HttpRequest, access: Access, code: str, item: str) -> HttpResponse:
    """The next step of a report: the holder was told, or has answered."""
    row = own_enrolment(access, code)
    found = row.wrong_records.filter(public_id=item, answered_on=None).first()
    if found is None:
        raise Http404
    back = address("one", access, code)
    if found.told_on is None:
        return do(
            request,
            DayForm(request.POST or None, initial={"on": access.on}),
            lambda said: tell_holder(by=access, report=found, on=said["on"]),
            heading=_("The holder was told"),
            lead=_("Give the holder its own number of the record. Never send a note."),
            submit=_("Record the day"),
            done=_("The holder has 30 days to answer."),
            back=back,
            more={"row": row},
        )
    return do(
        request,
        AnswerForm(request.POST or None, initial={"on": access.on}),
        lambda said: answer_wrong_record(
            by=access, report=found, on=said["on"], came_to=said["came_to"]
        ),
        heading=_("The holder answered"),
        lead=row.participant.full_name,
        submit=_("Record the answer"),
        done=_("The report is closed."),
        back=back,
        more={"row": row},
    )
