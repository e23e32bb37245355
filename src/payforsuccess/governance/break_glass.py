"""Opening a record in an emergency: for how long, and until when someone must have looked at it.

Who may is a rule of roles: `may(roles, "open-in-emergency", case)`, where the case says whether the
person supervises, and what the emergency is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

LASTS = timedelta(minutes=60)
"""Long enough for a night call, too short to work through a caseload."""
LOOKED_AT_WITHIN = timedelta(days=2)
"""By when Counsel says whether there was an emergency."""


@dataclass(frozen=True)
class Emergency:
    """One opening: when, and when Counsel looked at it, if so. Both in the same zone."""

    opened_at: datetime
    looked_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        """The first instant at which the record is closed again."""
        return self.opened_at + LASTS

    def is_open(self, at: datetime) -> bool:
        """Whether the record may be seen at an instant: from the opening to before its end."""
        return self.opened_at <= at < self.ends_at

    def is_overdue(self, at: datetime) -> bool:
        """Whether nobody looked at it in time."""
        return self.looked_at is None and at >= self.opened_at + LOOKED_AT_WITHIN
