"""What must be said of a deal wherever its data go."""

from __future__ import annotations

from payforsuccess.deal.deal import Deal
from payforsuccess.reports.notices import deal_notices


def standing_of(deal: Deal) -> str:
    """One or two sentences about terms that are no signed contract; empty for those that are."""
    notices = deal_notices(deal.standing, is_certified=True)
    return " ".join(f"{notice.title}. {notice.says}" for notice in notices)
