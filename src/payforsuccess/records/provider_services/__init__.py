"""A provider's own records of services and assessments."""

from __future__ import annotations

from payforsuccess.records.provider_services.clean import clean
from payforsuccess.records.provider_services.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
