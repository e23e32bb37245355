"""The log on a page: search it, and have its chain checked."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from payforsuccess.web.accounts.access import Access, needs
from payforsuccess.web.audit.queries import check_chain, visible_to


@needs("see-audit-log")
def log(request: HttpRequest, access: Access) -> HttpResponse:
    """The newest first; by account, by what was done, by what it was done to."""
    events = visible_to(access).order_by("-number")
    for field in ("by", "verb", "subject"):
        if wanted := request.GET.get(field, "").strip():
            events = events.filter(**{field: wanted})
    page = Paginator(events, 50).get_page(request.GET.get("page"))
    chain = check_chain() if "check" in request.GET else None
    return render(request, "audit/log.html", {"page": page, "chain": chain})
