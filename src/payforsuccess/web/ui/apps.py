"""The Django app of what every page shares."""

from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, static files and template tags; no models and no pages of its own."""

    name = "payforsuccess.web.ui"
    label = "ui"
    verbose_name = "Shared pages"
