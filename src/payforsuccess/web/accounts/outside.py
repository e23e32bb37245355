"""Accounts of outside identity providers: tied to accounts that were made for them, no others."""

from __future__ import annotations

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from payforsuccess.web.accounts.models import User


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Nobody signs up; who has an account for an outside provider alone is tied to it once."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the outside account to the one of its name, where that has no password of its own.

        An account with a password is never taken over by a name that a provider says.
        """
        if sociallogin.is_existing:
            return
        user = account_for(
            sociallogin.user.username, sociallogin.user.email, sociallogin.account.uid
        )
        if user is not None:
            sociallogin.connect(request, user)


def account_for(*names: str | None) -> User | None:
    """The open account under one of the names that signs in through a provider alone."""
    for name in filter(None, names):
        user = User.objects.filter(username__iexact=name, is_active=True).first()
        if user is not None and not user.has_usable_password():
            return user
    return None
