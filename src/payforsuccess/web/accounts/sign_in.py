"""Signing in through django-allauth, told to the log."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.actions import SYSTEM, Actor, record


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the office that keeps them: nobody signs up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False


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
