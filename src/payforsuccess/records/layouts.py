"""The layouts this version can read, by name. A new feed adds its folder and one line here."""

from __future__ import annotations

from payforsuccess.records.layout import FeedLayout
from payforsuccess.records.reentry_experiment.layout import LAYOUT as REENTRY_EXPERIMENT

LAYOUTS: dict[str, FeedLayout] = {layout.name: layout for layout in (REENTRY_EXPERIMENT,)}
