"""Agency files to canonical rows: one folder a feed, agreements enforced, faults named by row."""

from __future__ import annotations

from payforsuccess.records.agreement import check_use, permitted_columns
from payforsuccess.records.feed import Feed, FeedColumn, FeedFile, FeedLayout, Reference, Rule
from payforsuccess.records.ingest import FeedRead, Ingest, ingesting
from payforsuccess.records.layouts import LAYOUTS
from payforsuccess.records.loading import LoadedFeed
from payforsuccess.records.reading import FeedFiles, read_feed
from payforsuccess.records.release import check_release

__all__ = [
    "LAYOUTS",
    "Feed",
    "FeedColumn",
    "FeedFile",
    "FeedFiles",
    "FeedLayout",
    "FeedRead",
    "Ingest",
    "LoadedFeed",
    "Reference",
    "Rule",
    "check_release",
    "check_use",
    "ingesting",
    "permitted_columns",
    "read_feed",
]
