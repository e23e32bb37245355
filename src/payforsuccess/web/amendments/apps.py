"""The app of amendments."""

from __future__ import annotations

from django.apps import AppConfig


class AmendmentsConfig(AppConfig):
    """Amendments and the consents to them."""

    name = "payforsuccess.web.amendments"
    label = "amendments"
