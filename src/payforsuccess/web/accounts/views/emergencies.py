"""Opening a record in an emergency, and Counsel's look at each opening."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.governance.break_glass import LASTS, Emergency
from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.actions import look_at_opening, open_in_emergency, search_in_vain
from payforsuccess.web.accounts.forms import EmergencyForm, LookForm
from payforsuccess.web.accounts.models import Opening
from payforsuccess.web.accounts.queries import openings_in
from payforsuccess.web.accounts.views.members import address, refused
from payforsuccess.web.fields import blind_index
from payforsuccess.web.ui.cells import link, status
from payforsuccess.web.ui.tables import Column, Row, Table

FOR_THE_PAGE = Case(is_supervisor=True, emergency="to be said on it")


@needs("open-in-emergency", case=FOR_THE_PAGE)
def emergency(request: HttpRequest, access: Access) -> HttpResponse:
    """A supervisor names the person and the emergency; the record is open for an hour."""
    access.require("open-in-emergency", replace(FOR_THE_PAGE, is_supervisor=access.supervises))
    form = EmergencyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        found = _enrolled(access, said["family_name"], said["given_name"], said["born"])
        if found is None:
            search_in_vain(by=access, reason=said["reason"])
            form.add_error(None, _("Nobody of this name and date of birth is enrolled here."))
        else:
            person, enrolment = found
            open_in_emergency(by=access, participant=person, reason=said["reason"])
            messages.warning(
                request,
                _("The record is open to you for %(n)d minutes. Counsel has been told.")
                % {"n": LASTS.total_seconds() // 60},
            )
            return redirect(reverse("people:one", args=[access.initiative.slug, enrolment]))
    context = {"form": form, "cancel": reverse("initiatives:start", args=[access.initiative.slug])}
    return render(request, "accounts/emergency.html", context)


@needs("approve-disclosure", "open-in-emergency", case=FOR_THE_PAGE)
def openings(request: HttpRequest, access: Access) -> HttpResponse:
    """Every opening for Counsel, one's own for a supervisor; those nobody looked at first."""
    now = timezone.now()
    judges = bool(access.may("approve-disclosure"))
    found = sorted(openings_in(access)[:200], key=lambda each: each.looked_at is not None)
    rows = [
        Row(
            (
                link(each.public_id, address("opening", access, each.public_id))
                if judges
                else each.public_id,
                each.by.full_name,
                each.opened_at,
                _state(each, Emergency(each.opened_at, each.looked_at).is_overdue(now)),
            ),
            is_urgent=Emergency(each.opened_at, each.looked_at).is_overdue(now),
        )
        for each in found
    ]
    table = Table(
        caption=_("Records opened in an emergency"),
        columns=(Column(_("Opening")), Column(_("Who")), Column(_("When")), Column(_("State"))),
        rows=rows,
        empty=_("Nobody opened a record in an emergency."),
        is_caption_hidden=True,
    )
    waiting = sum(each.looked_at is None for each in found)
    context = {"table": table, "waiting": waiting, "judges": judges}
    return render(request, "accounts/openings.html", context)


@needs("approve-disclosure")
def opening(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """One opening with its reason; Counsel says whether there was an emergency."""
    found = openings_in(access).filter(public_id=code).first()
    if found is None:
        raise Http404
    form = LookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            was_right = form.cleaned_data["was_right"] == "yes"
            look_at_opening(by=access, opening=found, was_right=was_right)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("Your judgement is on record."))
            return redirect(address("openings", access))
    context = {
        "facts": [
            (_("Who"), found.by.full_name),
            (_("When"), found.opened_at),
            (_("Code of the person"), found.participant),
            (_("What the emergency was"), found.reason),
            (_("State"), _state(found, False)),
            (_("Who judged it"), found.looked_by and found.looked_by.full_name),
        ],
        "form": None if found.looked_at else form,
        "cancel": address("openings", access),
    }
    return render(request, "accounts/opening.html", context)


def _state(opening: Opening, is_overdue: bool) -> object:
    if opening.looked_at is None:
        word = _("Nobody looked at it in two days") if is_overdue else _("Waits for Counsel")
        return status(word=word, tone="bad" if is_overdue else "waiting")
    if opening.was_right:
        return status(word=_("An emergency"), tone="good")
    return status(word=_("No emergency"), tone="bad")


def _enrolled(access: Access, family: str, given: str, born: date) -> tuple[str, str] | None:
    """The codes of the person and of the newest enrolment; the exact name and day are needed."""
    from payforsuccess.web.people.models import Enrolment

    mark = blind_index(family, given, born.isoformat())
    found = (
        Enrolment.objects.filter(initiative=access.initiative, participant__name_mark=mark)
        .order_by("-pk")
        .values_list("participant__public_id", "public_id")
    )
    return found.first()
