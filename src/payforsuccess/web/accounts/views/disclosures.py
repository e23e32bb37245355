"""Disclosures to law enforcement: the data desk asks, Counsel decides, the data desk hands over."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.actions import ask_disclosure, decide_disclosure, make_disclosure
from payforsuccess.web.accounts.actions.disclosures import ASKING
from payforsuccess.web.accounts.forms import DecisionForm, DisclosureForm
from payforsuccess.web.accounts.models import Disclosure
from payforsuccess.web.accounts.queries import disclosures_in
from payforsuccess.web.accounts.views.members import address, refused
from payforsuccess.web.ui.cells import Tone, link, status
from payforsuccess.web.ui.tables import Column, Row, Table

TONES: dict[str, Tone] = {
    "asked": "waiting",
    "approved": "info",
    "refused": "unknown",
    "made": "good",
}


@needs("disclose-to-law-enforcement", "approve-disclosure", case=ASKING)
def disclosures(request: HttpRequest, access: Access) -> HttpResponse:
    """All of them, the newest first, with whose turn it is."""
    decides = bool(access.may("approve-disclosure"))
    found = list(disclosures_in(access)[:200])
    turn = "asked" if decides else "approved"
    rows = [
        Row(
            (
                link(each.public_id, address("disclosure", access, each.public_id)),
                each.agency,
                each.legal_basis,
                each.asked_at,
                _state(each),
            ),
            is_urgent=each.state == turn,
        )
        for each in found
    ]
    table = Table(
        caption=_("Disclosures to law enforcement, the newest first"),
        columns=(
            Column(_("Code")),
            Column(_("Agency")),
            Column(_("Legal basis")),
            Column(_("Asked")),
            Column(_("State")),
        ),
        rows=rows,
        empty=_("Nothing was disclosed, and nothing was asked for."),
        is_caption_hidden=True,
    )
    context = {
        "table": table,
        "decides": decides,
        "waiting": sum(each.state == turn for each in found),
        "ask": address("ask", access),
    }
    return render(request, "accounts/disclosures.html", context)


@needs("disclose-to-law-enforcement", case=ASKING)
def ask(request: HttpRequest, access: Access) -> HttpResponse:
    """The data desk puts what law enforcement asks for before Counsel."""
    form = DisclosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if _is_known(access, form.cleaned_data["participant"]):
            made = ask_disclosure(by=access, **form.cleaned_data)
            messages.success(request, _("Counsel has been asked. Disclose nothing before."))
            return redirect(address("disclosure", access, made.public_id))
        form.add_error("participant", _("There is nobody of this code here."))
    context = {
        "form": form,
        "heading": _("Ask for a disclosure to law enforcement"),
        "links": {"members": address("disclosures", access)},
        "up": _("Disclosures"),
    }
    return render(request, "accounts/form.html", context)


@needs("disclose-to-law-enforcement", "approve-disclosure", case=ASKING)
def disclosure(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """One of them: Counsel decides once; what is approved is handed over and marked so."""
    found = disclosures_in(access).filter(public_id=code).first()
    if found is None:
        raise Http404
    decides = bool(access.may("approve-disclosure")) and found.state == "asked"
    makes = not access.may("approve-disclosure") and found.state == "approved"
    form: forms.Form | None = None
    if decides:
        form = DecisionForm(request.POST or None)
    elif makes:
        form = forms.Form(request.POST or None)
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            if decides:
                said = form.cleaned_data
                approves = said["decision"] == "approve"
                decide_disclosure(
                    by=access, disclosure=found, approves=approves, reason=said["reason"]
                )
            else:
                make_disclosure(by=access, disclosure=found)
        except Refusal as refusal:
            refused(form, refusal)
        else:
            messages.success(request, _("It is on record."))
            return redirect(address("disclosure", access, code))
    context = {
        "facts": [
            (_("State"), _state(found)),
            (_("Agency"), found.agency),
            (_("Code of the person"), found.participant),
            (_("Which records"), found.what),
            (_("Legal basis"), found.legal_basis),
            (_("Asked by"), found.asked_by.full_name),
            (_("Asked"), found.asked_at),
            (_("Decided by"), found.decided_by and found.decided_by.full_name),
            (_("Why"), found.reason),
            (_("Made"), found.made_at),
        ],
        "form": form,
        "decides": decides,
        "makes": makes,
        "list": address("disclosures", access),
    }
    return render(request, "accounts/disclosure.html", context)


def _state(disclosure: Disclosure) -> object:
    return status(word=disclosure.get_state_display(), tone=TONES[disclosure.state])


def _is_known(access: Access, code: str) -> bool:
    from payforsuccess.web.people.models import Participant

    return Participant.objects.filter(initiative=access.initiative, public_id=code).exists()
