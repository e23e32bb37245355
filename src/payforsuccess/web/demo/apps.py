"""The app of the made-up county: its commands are there in the mode `demo` and in tests alone."""

from __future__ import annotations

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The made-up county."""

    name = "payforsuccess.web.demo"
    label = "demo"
