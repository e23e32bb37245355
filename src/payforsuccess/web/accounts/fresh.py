"""A fresh sign-in before what moves money or takes data out."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

View = Callable[..., HttpResponse]


def freshly_signed_in(view: View) -> View:
    """A page for whoever gave a password, a second factor or an outside sign-in minutes ago.

    Others are asked to and come back to the page; what they had entered is not carried out behind
    it. Someone who signs in through an outside provider alone has nothing to give here, and signs
    in there anew. It goes under `needs`, so that nobody is asked on a page that is not theirs.
    """

    @wraps(view)
    def page(request: HttpRequest, *args: Any, **rest: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *args, **rest)
        name = "account_reauthenticate"
        if not (request.user.has_usable_password() or is_mfa_enabled(request.user)):  # type: ignore[union-attr]
            logout(request)
            name = "account_login"
        return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': request.path})}")

    return page


def is_fresh(request: HttpRequest) -> bool:
    """Whether the session's newest proof of who it is was given in the last minutes."""
    records = get_authentication_records(request, request.user)
    newest = max((record["at"] for record in records), default=0.0)
    return bool(time.time() - newest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
