"""The app of jobs."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Long work in the background."""

    name = "payforsuccess.web.jobs"
    label = "jobs"
