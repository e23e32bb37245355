"""The app of accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organisations and memberships."""

    name = "payforsuccess.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Hear of every sign-in, in each process from its start."""
        from payforsuccess.web.accounts import sign_in  # noqa: F401
