"""The first page after signing in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.web.accounts.queries import memberships_today


@login_required
def home(request: HttpRequest) -> HttpResponse:
    """The person's initiatives; straight to the only one where there is one."""
    memberships = list(memberships_today(request.user))  # type: ignore[arg-type]
    slugs = list(dict.fromkeys(m.initiative.slug for m in memberships))
    if len(slugs) == 1:
        return redirect("initiatives:start", initiative=slugs[0])
    rows = [(m, ROLES[m.role].title) for m in memberships]
    return render(request, "accounts/home.html", {"rows": rows})
