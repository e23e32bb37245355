"""The app of the audit log."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The audit log."""

    name = "payforsuccess.web.audit"
    label = "audit"
