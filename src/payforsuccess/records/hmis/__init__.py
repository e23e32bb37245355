"""A homeless management information system's export in HUD's CSV format."""

from __future__ import annotations

from payforsuccess.records.hmis.clean import clean
from payforsuccess.records.hmis.layout import LAYOUT

__all__ = ["LAYOUT", "clean"]
