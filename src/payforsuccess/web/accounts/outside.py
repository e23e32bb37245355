"""Accounts of outside identity providers: tied to accounts that were made for them, no others."""

from __future__ import annotations

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest

from payforsuccess.web.accounts.models import User
from payforsuccess.web.accounts.queries import memberships_today


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
            sociallogin.user.username,
            sociallogin.user.email,
            sociallogin.account.uid,
            organisation=sociallogin.provider.app.settings.get("organisation", ""),
        )
        if user is not None:
            sociallogin.connect(request, user)


def account_for(*names: str | None, organisation: str = "") -> User | None:
    """The open account under one of the names that signs in through a provider alone.

    Where the provider speaks for one organisation, none of those who work for another: a provider
    could name anybody.
    """
    for name in filter(None, names):
        user = User.objects.filter(username__iexact=name, is_active=True).first()
        if user is None or user.has_usable_password():
            continue
        if not organisation or any(
            member.organisation.name == organisation for member in memberships_today(user)
        ):
            return user
    return None
