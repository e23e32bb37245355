"""Homes, leaving, corrections, and how to reach someone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payforsuccess.governance.roles.cases import Case
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.people.actions import (
    correct_day,
    keep_contact_details,
    leave,
    move_in,
    move_out,
)
from payforsuccess.web.people.caseload import address
from payforsuccess.web.people.forms import (
    CorrectForm,
    ExitForm,
    MoveInForm,
    MoveOutForm,
    ReachForm,
)
from payforsuccess.web.people.models import CORRECTABLE, Enrolment, Placement
from payforsuccess.web.people.views.doing import Said, do
from payforsuccess.web.people.views.finding import own_enrolment
from payforsuccess.web.people.words import FIELDS, Text
from payforsuccess.web.ui import cells

OWN = Case(is_own=True)


@needs("record-services")
def moved_in(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """A home begins."""
    row = own_enrolment(access, code)
    return do(
        request,
        MoveInForm(request.POST or None, initial={"on": access.on, "leased_on": access.on}),
        lambda said: move_in(by=access, enrolment=row, on=said["on"], leased_on=said["leased_on"]),
        heading=_("Moved in"),
        lead=row.participant.full_name,
        done=_("The home is recorded."),
        back=address("one", access, code),
        more={"row": row},
    )


@needs("record-services")
def moved_out(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """The open home ends; 404 for someone who never had one."""
    row = own_enrolment(access, code)
    homes = list(row.placements.all())
    if not homes:
        raise Http404
    home = next((home for home in homes if home.moved_out_on is None), homes[-1])
    if home.moved_out_on is not None:
        said = _("Moving out is recorded already, on %(day)s. Correct the day if it is wrong.")
        messages.info(request, said % {"day": cells.day_words(home.moved_out_on)})
        return redirect(address("one", access, code))
    return do(
        request,
        MoveOutForm(request.POST or None, initial={"on": access.on}),
        lambda said: move_out(by=access, placement=home, on=said["on"], to=said["to"]),
        heading=_("Moved out"),
        lead=row.participant.full_name,
        done=_("The day of moving out is recorded."),
        back=address("one", access, code),
        more={"row": row},
    )


@needs("record-services")
def left(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """Someone leaves the programme or has died: asked once more before it is recorded."""
    row = own_enrolment(access, code)
    back = address("one", access, code)
    if row.exited_on is not None:
        again = _("It is recorded already that the person left. Correct the day if it is wrong.")
        messages.info(request, again)
        return redirect(back)
    form = ExitForm(request.POST or None, initial={"on": access.on})
    if request.method == "POST" and form.is_valid() and "confirmed" not in request.POST:
        return _asked_again(request, row, form, back)
    return do(
        request,
        form,
        lambda said: leave(by=access, enrolment=row, on=said["on"], kind=said["kind"]),
        heading=_("Left the programme"),
        lead=row.participant.full_name,
        submit=_("Look it over"),
        done=_("It is recorded that the person left."),
        back=back,
        more={"row": row},
    )


def _asked_again(request: HttpRequest, row: Enrolment, form: ExitForm, back: str) -> HttpResponse:
    said = form.cleaned_data
    again = ExitForm(request.POST)
    for each in again.fields.values():
        each.widget = forms.HiddenInput()
    home = next((home for home in row.placements.all() if home.moved_out_on is None), None)
    ends = home is not None and said["kind"] != "good"
    context: dict[str, Any] = {
        "heading": _("Left the programme"),
        "lead": row.participant.full_name,
        "facts": [
            (_("Left on"), said["on"]),
            (_("How"), dict(form.fields["kind"].choices)[said["kind"]]),  # type: ignore[attr-defined]
            (_("The home ends too"), ends),
        ],
        "warning": _("The person leaves your caseload. A wrong day can still be corrected."),
        "form": again,
        "submit": _("Yes, record it"),
        "cancel": back,
    }
    return render(request, "ui/confirm.html", context)


@needs("record-services")
def corrected(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """A day that was recorded wrongly; the log keeps both days and the reason."""
    row = own_enrolment(access, code)
    days = _days_of(row)
    names = [(name, words) for name, (_row, _field, words) in days.items()]

    def act(said: Said) -> None:
        target, field, _words = days[said["which"]]
        correct_day(by=access, row=target, field=field, on=said["on"], reason=said["reason"])

    return do(
        request,
        CorrectForm(request.POST or None, days=names),
        act,
        heading=_("Correct a wrong day"),
        lead=row.participant.full_name,
        submit=_("Correct it"),
        done=_("The day is corrected. The log keeps the old one and the reason."),
        back=address("one", access, code),
        more={"row": row},
    )


def _days_of(row: Enrolment) -> dict[str, tuple[Enrolment | Placement, str, Text]]:
    """The days that can be corrected, each with its row; a day that is not there may be added."""
    found: dict[str, tuple[Enrolment | Placement, str, Text]] = {}
    for field in CORRECTABLE["Enrolment"]:
        if field == "enrolled_on" or getattr(row, field) is not None:
            found[field] = (row, field, _said(field, getattr(row, field)))
    for home in row.placements.all():
        for field in CORRECTABLE["Placement"]:
            words = f"{_said(field, getattr(home, field))} ({cells.day_words(home.moved_in_on)})"
            if field == "moved_in_on":
                words = _said(field, home.moved_in_on)
            found[f"{home.public_id}-{field}"] = (home, field, words)
    return found


def _said(field: str, on: date | None) -> str:
    return f"{FIELDS[field]}: {cells.day_words(on) if on else _('not recorded')}"


@needs("see-contact-details", case=OWN)
def reached(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """How to reach someone: behind the wall."""
    row = own_enrolment(access, code)
    details = getattr(row.participant, "contact_details", None)
    names = ("telephone", "address", "unit")
    return do(
        request,
        ReachForm(
            request.POST or None, initial={name: getattr(details, name, "") for name in names}
        ),
        lambda said: keep_contact_details(by=access, participant=row.participant, **said),
        heading=_("How to reach the person"),
        lead=row.participant.full_name,
        submit=_("Save"),
        done=_("It is kept. The log says that it changed, and not to what."),
        back=address("one", access, code),
        more={"row": row},
    )
