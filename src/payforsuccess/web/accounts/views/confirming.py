"""The roles that wait for Counsel, and Counsel's word on each."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payforsuccess.errors import Refusal
from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.accounts.actions import confirm_role
from payforsuccess.web.accounts.fresh import freshly_signed_in
from payforsuccess.web.accounts.queries import SOMEBODY_GAVE_IT, waiting_in
from payforsuccess.web.accounts.views.members import address, refused, role_words
from payforsuccess.web.ui.cells import link
from payforsuccess.web.ui.tables import Column, Table


@needs("confirm-roles", case=SOMEBODY_GAVE_IT)
def roles(request: HttpRequest, access: Access) -> HttpResponse:
    """Every role that was given and holds only once Counsel confirms it."""
    found = list(waiting_in(access)[:200])
    rows = [
        (
            link(each.user.full_name, address("confirm", access, each.public_id)),
            role_words(each),
            each.organisation.name,
            each.given_by and each.given_by.full_name,
            each.from_on,
        )
        for each in found
    ]
    table = Table(
        caption=_("Roles that wait for Counsel"),
        columns=(
            Column(_("Person")),
            Column(_("Role")),
            Column(_("Organisation")),
            Column(_("Who gave it")),
            Column(_("From")),
        ),
        rows=rows,
        empty=_("No role waits."),
        is_caption_hidden=True,
    )
    return render(request, "accounts/roles.html", {"table": table, "waiting": len(found)})


@needs("confirm-roles", case=SOMEBODY_GAVE_IT)
@freshly_signed_in
def confirm(request: HttpRequest, access: Access, code: str) -> HttpResponse:
    """One role: it takes effect once Counsel knows that the person is who it says."""
    member = waiting_in(access).filter(public_id=code).first()
    if member is None:
        raise Http404
    form = forms.Form(request.POST or None)
    if request.method == "POST":
        try:
            confirm_role(by=access, member=member)
        except Refusal as refusal:
            form.is_valid()
            refused(form, refusal)
        else:
            messages.success(request, _("The role is confirmed, and holds from now on."))
            return redirect(address("roles", access))
    context = {
        "heading": _("Confirm a role of %(name)s") % {"name": member.user.full_name},
        "lead": _("Ask the organisation first, by a number that you know: is it they, and for it?"),
        "warning": _("If it is wrong, do not confirm it: let whoever gave the role end it."),
        "facts": [
            (_("Role"), role_words(member)),
            (_("Organisation"), member.organisation.name),
            (_("Name to sign in with"), member.user.username),
            (_("Who gave it"), member.given_by and member.given_by.full_name),
            (_("From"), member.from_on),
        ],
        "form": form,
        "submit": _("Confirm the role"),
        "cancel": address("roles", access),
    }
    return render(request, "ui/confirm.html", context)
