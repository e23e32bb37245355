"""The app of investors."""

from __future__ import annotations

from django.apps import AppConfig


class InvestorConfig(AppConfig):
    """Capital, and the investors' pack."""

    name = "payforsuccess.web.investor"
    label = "investor"
