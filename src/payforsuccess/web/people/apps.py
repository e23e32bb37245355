"""The app of people."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Participants and services."""

    name = "payforsuccess.web.people"
    label = "people"
