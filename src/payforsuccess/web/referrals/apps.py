"""The app of referrals."""

from __future__ import annotations

from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    """Referrals."""

    name = "payforsuccess.web.referrals"
    label = "referrals"
