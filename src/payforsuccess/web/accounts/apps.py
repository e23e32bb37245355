"""The app of accounts."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People, organisations and memberships."""

    name = "payforsuccess.web.accounts"
    label = "accounts"
