"""The app of initiatives."""

from __future__ import annotations

from django.apps import AppConfig


class InitiativesConfig(AppConfig):
    """Initiatives and their deals."""

    name = "payforsuccess.web.initiatives"
    label = "initiatives"
