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
from payforsuccess.disclosure.possible import can_be_worked_out, other_values
from payforsuccess.disclosure.suppress import HIDDEN, Release, suppress, suppress_next
from payforsuccess.disclosure.tables import (
    amounts,
    by_group,
    crossed,
    difference,
    over_time,
    rates,
)

__all__ = [
    "HIDDEN",
    "LEAST_THRESHOLD",
    "Cell",
    "Facts",
    "Multiple",
    "Release",
    "Sum",
    "amounts",
    "by_group",
    "can_be_worked_out",
    "crossed",
    "difference",
    "joined",
    "other_values",
    "over_time",
    "rates",
    "suppress",
    "suppress_next",
]
