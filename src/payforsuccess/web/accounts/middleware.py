"""What holds for every page of someone signed in."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from payforsuccess.governance.roles.roles import ROLES
from payforsuccess.governance.roles.second_factor import needs_second_factor
from payforsuccess.web.accounts.models import User
from payforsuccess.web.accounts.queries import memberships_today

Next = Callable[[HttpRequest], HttpResponse]
OPEN = ("/sign-in/", "/language/", "/static/")
"""Pages that must answer before an account is complete: they are where it is completed."""
POLL = "PFS-Poll"
"""The header of what a page asks for by itself."""
SHOWN = "second_factor_shown"
"""In the session: that a second factor was found, so that not every page asks for it again."""


def private_pages(get_response: Next) -> Next:
    """Let no browser and no proxy keep a page of someone signed in.

    On a shared desk, the button back after signing out must not show the page again.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def renew_session(get_response: Next) -> Next:
    """Let each page that someone opens begin the half hour of the session anew.

    What an open page asks for by itself, such as how far a job is, says so in a header. It leaves
    the session as it was: nobody may sit there any more.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        session = request.session
        if POLL in request.headers:
            session.modified = False  # writing it would renew it
        elif session.accessed and not session.is_empty():
            session.modified = True
        return response

    return middleware


def hand_over(get_response: Next) -> Next:
    """Lead on to another site by a page, and not by the answer to a form.

    Our pages let forms go to ourselves alone, and Chromium holds to that along every redirect: the
    sign-in of an organisation, and whatever that leads on to, would be blocked without a word.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        to = urlsplit(response.get("Location", ""))
        if request.method != "POST" or to.netloc in ("", request.get_host()):
            return response
        page = render(request, "account/leaving.html", {"to": to.geturl(), "site": to.hostname})
        page.cookies = response.cookies
        return page

    return middleware


def complete_account(get_response: Next) -> Next:
    """Nobody works with a password that someone else chose, or without the second factor due."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if not isinstance(user, User) or request.path.startswith(OPEN):
            return get_response(request)
        if user.is_password_temporary:
            messages.info(request, _("Choose a password of your own before you go on."))
            return redirect("account_change_password")
        if settings.IS_SECOND_FACTOR_REQUIRED and not has_second_factor(request, user):
            messages.info(
                request,
                _("Your role sees people or moves money, and needs a second step of signing in."),
            )
            return redirect("mfa_activate_totp")
        return get_response(request)

    return middleware


def has_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether what the person's roles need is there; an outside provider asks for its own."""
    if request.session.get(SHOWN):
        return True
    roles = [ROLES[member.role] for member in memberships_today(user)]
    came_from_outside = any(
        record.get("method") == "socialaccount"
        for record in get_authentication_records(request, user)
    )
    is_there = came_from_outside or not needs_second_factor(roles) or is_mfa_enabled(user)
    if is_there and (came_from_outside or is_mfa_enabled(user)):
        request.session[SHOWN] = True
    return is_there
