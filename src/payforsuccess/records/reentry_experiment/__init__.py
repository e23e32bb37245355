"""The public research file of the Maryland re-entry experiment: one row a man, weeks, no dates."""

from __future__ import annotations

from payforsuccess.records.reentry_experiment.clean import NOMINAL_RELEASE_ON, clean
from payforsuccess.records.reentry_experiment.layout import LAYOUT

__all__ = ["LAYOUT", "NOMINAL_RELEASE_ON", "clean"]
