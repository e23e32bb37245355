"""Signing in through django-allauth, told to the log."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from payforsuccess.web.accounts.actions.own import change_password
from payforsuccess.web.accounts.middleware import SHOWN
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.actions import SYSTEM, Actor, Subject, record


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the office that keeps them: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def respond_user_inactive(self, request: HttpRequest, user: User) -> HttpResponse:
        """Back to the page of signing in: the account of someone who left is shut."""
        messages.error(request, _("This account is shut. Ask whoever manages accounts."))
        return redirect("account_login")


def address_of(request: HttpRequest) -> str:
    """The address that signs in, by which failures are counted: the proxy's caller, not the proxy.

    Else a stranger's failures behind the same proxy would lock everybody out. Empty where nobody
    called: a sign-in that a program makes.
    """
    if "REMOTE_ADDR" not in request.META:
        return ""
    return str(get_adapter(request).get_client_ip(request))


def account_of(request: HttpRequest, credentials: Mapping[str, str] | None = None) -> str:
    """A mark of the name that signs in, by which failures are counted.

    In capitals it is the same account. What was typed may be a password, so a mark of it is kept
    that only who has the site's key can make again.
    """
    given = credentials or {"username": request.POST.get("login", "")}
    return _mark(str(given.get("username") or ""))


def _mark(name: str) -> str:
    return salted_hmac("failures to sign in", name.strip().casefold()).hexdigest()


def _actor(user: User | None) -> Actor:
    return Actor(user.public_id, user.full_name) if user else SYSTEM


@receiver(user_logged_in)
def signed_in(user: User, **_: object) -> None:
    """Someone signed in."""
    record(_actor(user), "account.signed-in", user)


@receiver(user_logged_out)
def signed_out(user: User | None, **_: object) -> None:
    """Someone signed out."""
    if user is not None:
        record(_actor(user), "account.signed-out", user)


@receiver(user_login_failed)
def failed(**_: object) -> None:
    """A sign-in failed; the name that was typed may be a password and is not kept."""
    record(SYSTEM, "account.sign-in-failed")


@receiver(user_locked_out)
def locked_out(request: HttpRequest, **_: object) -> None:
    """Too many failures; the account is named where there is one, and never what was typed."""
    user = User.objects.filter(username__iexact=request.POST.get("login", "").strip()).first()
    record(SYSTEM, "account.locked-out", user or Subject("user"))


@receiver(password_changed)
def chose_password(user: User, **_: object) -> None:
    """Someone chose a password of their own."""
    change_password(by=_actor(user), user=user)


@receiver(authenticator_added)
def added_factor(user: User, **_: object) -> None:
    """A second step of signing in is there from now on."""
    record(_actor(user), "account.second-factor-added", user)


@receiver(authenticator_removed)
def removed_factor(request: HttpRequest, user: User, **_: object) -> None:
    """A second step is gone; whoever needs one is asked for it with the next page."""
    request.session.pop(SHOWN, None)
    record(_actor(user), "account.second-factor-removed", user)
