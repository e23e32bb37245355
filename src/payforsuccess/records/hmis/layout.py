"""A HUD HMIS CSV export of FY2024 or FY2026 as one layout."""

from __future__ import annotations

from payforsuccess.records.feed import FeedLayout
from payforsuccess.records.hmis.clean import clean
from payforsuccess.records.hmis.files import (
    CLIENT,
    CURRENT_LIVING_SITUATION,
    ENROLLMENT,
    EXIT,
    EXPORT,
    HEALTH_AND_DV,
    PROJECT,
    SERVICES,
)

LAYOUT = FeedLayout(
    name="hmis",
    says="A homeless management information system's export in HUD's CSV format, FY2024 or FY2026.",
    files=(
        EXPORT,
        CLIENT,
        PROJECT,
        ENROLLMENT,
        EXIT,
        SERVICES,
        CURRENT_LIVING_SITUATION,
        HEALTH_AND_DV,
    ),
    reports=(
        "housed",
        "sheltered",
        "unsheltered",
        "move-in",
        "exit-permanent",
        "exit-jail",
        "bed-night",
        "outreach-contact",
        "financial-assistance",
    ),
    clean=clean,
    notes=(
        "A stay in a night-by-night shelter holds every night from its first bed night to its "
        "last, as HUD counts it, unless 90 nights without one lie between.",
        "A day unsheltered is a day on which a worker met the person; there were others.",
    ),
)
