"""What may be shown of small groups: cells, what could be worked out from others, what is hidden.

Pure arithmetic: no file, no clock, no database.
"""

from __future__ import annotations

from payforsuccess.disclosure.cells import (
    LEAST_THRESHOLD,
    Cell,
    Facts,
    Multiple,
    Sum,
    joined,
)
from payforsuccess.disclosure.few import counts_people, tells_of_few
from payforsuccess.disclosure.over_time import OverTime, over_time
from payforsuccess.disclosure.suppress import HIDDEN, Release, suppress, suppress_next
from payforsuccess.disclosure.tables import (
    amounts,
    by_group,
    crossed,
    difference,
    rates,
)

__all__ = [
    "HIDDEN",
    "LEAST_THRESHOLD",
    "Cell",
    "Facts",
    "Multiple",
    "OverTime",
    "Release",
    "Sum",
    "amounts",
    "by_group",
    "counts_people",
    "crossed",
    "difference",
    "joined",
    "over_time",
    "rates",
    "suppress",
    "suppress_next",
    "tells_of_few",
]
