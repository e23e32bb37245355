"""The supervisor's view of a site, handing over, and the provider's totals."""

from __future__ import annotations

from collections import defaultdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from payforsuccess.errors import Refusal
from payforsuccess.governance.roles.cases import Case
from payforsuccess.governance.roles.may import No
from payforsuccess.web.accounts.access import Access, Refused, needs
from payforsuccess.web.accounts.models import User
from payforsuccess.web.fields import public_ids
from payforsuccess.web.people.actions import hand_over
from payforsuccess.web.people.caseload import Someone, address, caseload_of
from payforsuccess.web.people.forms import HandOverForm
from payforsuccess.web.people.queries import case_managers, sites_of, visible_to
from payforsuccess.web.people.totals import totals
from payforsuccess.web.people.views.finding import tell_problems
from payforsuccess.web.ui import cells
from payforsuccess.web.ui.tables import Column, Row, Table

OWN = Case(is_own=True)


@needs("see-own-caseload", case=OWN)
def site(request: HttpRequest, access: Access) -> HttpResponse:
    """All caseloads of the site, with whoever has gone quiet by worker."""
    sites = sites_of(access)
    if not sites:
        raise Refused(
            No("These are the caseloads of a whole site.", "The supervisor of the site can.")
        )
    by_worker: dict[User, list[Someone]] = defaultdict(list)
    for one in caseload_of(access):
        by_worker[one.enrolment.case_manager].append(one)
    rows = sorted(by_worker.items(), key=lambda pair: -sum(one.is_quiet for one in pair[1]))
    most = rows[0] if rows else None
    context = {
        "sites": sorted(sites),
        "as_of": access.on,
        "table": _workers(access, rows),
        "next": _first(most),
        "hand_over": address("hand-over", access),
        "today": address("today", access),
        "harm": address("harm", access),
    }
    return render(request, "people/site.html", context)


def _first(most: tuple[User, list[Someone]] | None) -> str:
    if most is None or not any(one.is_quiet for one in most[1]):
        return _("Nobody has gone quiet. Ask each worker what stands in the way of the next check.")
    count = sum(one.is_quiet for one in most[1])
    said = ngettext(
        "Talk with %(name)s: %(count)s person has gone quiet.",
        "Talk with %(name)s: %(count)s people have gone quiet.",
        count,
    )
    return said % {"name": most[0].full_name, "count": count}


def _workers(access: Access, rows: list[tuple[User, list[Someone]]]) -> Table:
    return Table(
        caption=_("Caseloads by worker, whoever has most people gone quiet first"),
        columns=(
            Column(_("Worker")),
            Column(_("People"), is_number=True),
            Column(_("Gone quiet"), is_number=True),
            Column(_("Follow-ups overdue"), is_number=True),
            Column(_("Checks due"), is_number=True),
            Column(_("Data missing"), is_number=True),
        ),
        rows=[
            Row(
                (
                    cells.link(worker.full_name, _from(access, worker)),
                    len(people),
                    sum(one.is_quiet for one in people),
                    sum(len(one.overdue) for one in people),
                    sum(one.check_due is not None for one in people),
                    sum(bool(one.gaps) for one in people),
                )
            )
            for worker, people in rows
        ],
        empty=_("Nobody is enrolled at this site."),
    )


def _from(access: Access, worker: User) -> str:
    return f"{address('hand-over', access)}?from={worker.public_id}"


@needs("record-services")
def handing_over(request: HttpRequest, access: Access) -> HttpResponse:
    """Give a caseload, or chosen people of it, to another case manager."""
    asked = request.GET.get("from", "") or access.user.public_id
    found = visible_to(access).filter(
        exited_on=None, case_manager__public_id__in=public_ids([asked])
    )
    rows = list(found.select_related("participant", "case_manager"))
    rows.sort(key=lambda row: row.participant.family_name.casefold())
    managers = case_managers(access).exclude(public_id__in=public_ids([asked]))
    form = HandOverForm(request.POST or None, managers=managers)
    chosen = set(request.POST.getlist("who"))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            count = hand_over(
                by=access,
                enrolments=[row for row in rows if row.public_id in chosen],
                to=said["to"],
                with_follow_ups=said["with_follow_ups"],
            )
        except Refusal as refusal:
            tell_problems(request, refusal)
        else:
            done = ngettext(
                "%(count)s person is now with %(name)s.",
                "%(count)s people are now with %(name)s.",
                count,
            )
            said_so = done % {"count": count, "name": said["to"].full_name}
            messages.success(request, said_so)
            return redirect(address("today", access))
    context = {
        "rows": rows,
        "chosen": chosen if request.method == "POST" else {row.public_id for row in rows},
        "site": address("site", access) if sites_of(access) else "",
        "worker": rows[0].case_manager.full_name if rows else access.user.full_name,
        "form": form,
        "today": address("today", access),
    }
    return render(request, "people/hand_over.html", context)


@needs("see-totals")
def numbers(request: HttpRequest, access: Access) -> HttpResponse:
    """The provider's sites beside each other, counts of 1 to 10 hidden (R96)."""
    if "provider" not in access.employer_holds:
        raise Refused(No("These are totals of a provider’s own sites.", "Its people can."))
    found = totals(access)
    context = {
        "table": found.table,
        "as_of": found.on,
        "today": address("today", access) if access.may("see-own-caseload", OWN) else "",
        "is_empty": not found.has_people,
    }
    return render(request, "people/numbers.html", context)
