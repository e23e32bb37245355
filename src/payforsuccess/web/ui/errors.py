"""The pages of what went wrong: each says what happened and what to do, and nothing else."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read; nor is it here, since its host may be a false one."""
    return HttpResponse(render_to_string("400.html"), status=400)


def refused(request: HttpRequest, exception: PermissionDenied | None = None) -> HttpResponse:
    """403: the person may not do it."""
    return render(request, "403.html", status=403)


def not_signed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form did not come from a page of ours, or the page was open for too long.

    `CSRF_FAILURE_VIEW = "payforsuccess.web.ui.errors.not_signed"`; the reason is for the log only.
    A page's own script gets a sentence and 401: what was typed stays where it is.
    """
    if request.headers.get("HX-Request"):
        said = _("Not kept: this page was open for too long. Copy what you wrote, then reload it.")
        return HttpResponse(said, status=401, content_type="text/plain; charset=utf-8")
    return render(request, "403_csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: there is no such page, or not for this person."""
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Nothing is looked up, since what failed may be the database."""
    return HttpResponse(render_to_string("500.html"), status=500)
