"""The app of payments."""

from __future__ import annotations

from django.apps import AppConfig


class PaymentsConfig(AppConfig):
    """The payment cycle."""

    name = "payforsuccess.web.payments"
    label = "web_payments"
