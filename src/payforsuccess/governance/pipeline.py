"""Which initiatives come first."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from payforsuccess.governance.initiative.initiative import Initiative


def is_priority(initiative: Initiative, *, on: date) -> bool:
    """Whether a motion puts it first on the day; until an authority has removed that."""
    priority = initiative.priority
    if priority is None or (priority.set_on is not None and priority.set_on > on):
        return False
    return priority.removed_on is None or priority.removed_on > on


def in_pipeline_order(initiatives: Iterable[Initiative], *, on: date) -> tuple[Initiative, ...]:
    """Those with a priority first (R28), then by the day they were put on file, then by name."""
    return tuple(sorted(initiatives, key=lambda each: place_in_pipeline(each, on=on)))


def place_in_pipeline(initiative: Initiative, *, on: date) -> tuple[bool, date, str]:
    """What initiatives are sorted by."""
    return not is_priority(initiative, on=on), initiative.started_on, initiative.initiative
