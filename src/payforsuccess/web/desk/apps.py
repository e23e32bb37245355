"""The app of the data desk."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The data desk."""

    name = "payforsuccess.web.desk"
    label = "desk"
