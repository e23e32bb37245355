"""The first page after signing in, and one's own sign-ins."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.queries import memberships_today
from payforsuccess.web.audit.queries import own_sign_ins
from payforsuccess.web.audit.words import told
from payforsuccess.web.initiatives.portfolio import portfolio_table
from payforsuccess.web.ui.tables import Column, Table


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The person's initiatives, how each stands; straight to the only one where there is one."""
    memberships = list(memberships_today(request.user))  # type: ignore[arg-type]
    slugs = list(dict.fromkeys(m.initiative.slug for m in memberships))
    if len(slugs) == 1:
        return redirect("initiatives:start", initiative=slugs[0])
    table = portfolio_table(request.user, memberships, timezone.localdate())  # type: ignore[arg-type]
    return render(request, "initiatives/portfolio.html", {"table": table, "slugs": slugs})


@login_required
def history(request: HttpRequest) -> HttpResponse:
    """When one's own account was used, so that a sign-in that was not one's own is noticed."""
    user = request.user
    events = own_sign_ins(user)[:50]  # type: ignore[arg-type]
    table = Table(
        caption=_("Your newest sign-ins"),
        columns=(Column(_("When")), Column(_("What"))),
        rows=[(event.at, told(event.verb)) for event in events],
        empty=_("Nothing is on record yet."),
        is_caption_hidden=True,
    )
    return render(request, "accounts/history.html", {"table": table})
