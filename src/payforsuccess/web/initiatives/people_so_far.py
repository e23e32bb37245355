"""How many people were referred, enrolled and housed, as a reader may see them.

Hiding small counts in the whole flow of referrals takes seconds, and what may be shown changes once
a month: it is kept in the deal's folder for as long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from payforsuccess.governance.referral_flow import Stage
from payforsuccess.runs.files import json_bytes, read_json, write_whole
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.referrals.flowing import flowing

COUNTED: tuple[Stage, ...] = ("referred", "enrolled", "housed")


@dataclass(frozen=True)
class PeopleSoFar:
    """Counts by stage on a day; None where a count is hidden."""

    as_of: date
    reached: Mapping[Stage, int | None]


def people_so_far(initiative: Initiative, *, sees_small: bool, today: date) -> PeopleSoFar:
    """Today's for whoever may see small counts; for others the state at the end of last month."""
    if sees_small:
        return _counted(initiative, sees_small=True, today=today)
    month = today.replace(day=1) - timedelta(days=1)
    name = f"people-{initiative.public_id}-{month}.json"
    file = initiative.path / "out" / "overview" / name
    if file.is_file():
        return PeopleSoFar(month, cast("dict[Stage, int | None]", read_json(file)))
    found = _counted(initiative, sees_small=False, today=today)
    write_whole(file, json_bytes(dict(found.reached)))
    return found


def _counted(initiative: Initiative, *, sees_small: bool, today: date) -> PeopleSoFar:
    found = flowing(initiative, sees_small=sees_small, today=today)
    everyone = found.flows[-1]
    return PeopleSoFar(found.as_of, {stage: found.text(stage, everyone) for stage in COUNTED})
