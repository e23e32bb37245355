"""What every document about an initiative says of its standing."""

from __future__ import annotations

from payforsuccess.deal.deal import Standing
from payforsuccess.reports.note import Notice

_BY_STANDING = {
    "published-terms": Notice(
        "From published sources",
        "What stands here was read from public sources. What they do not say is left open.",
    ),
    "illustrative": Notice(
        "Illustrative", "People, decisions and days were made up to show the method."
    ),
    "template": Notice("Template", "No one has filled this in."),
    "practice": Notice("Practice", "People, decisions and days were made up for practice."),
}


def initiative_notices(standing: Standing) -> tuple[Notice, ...]:
    """What must be said of an initiative of this standing; a real one needs no notice."""
    return () if standing == "contract" else (_BY_STANDING[standing],)
