"""How long ago each leader was last spoken with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.governance.initiative.initiative import Initiative


@dataclass(frozen=True)
class Contact:
    """A leader on a day. last_on and days are None where no contact is on file."""

    leader: str
    organisation: str
    last_on: date | None
    days: int | None
    is_overdue: bool


def contacts(initiative: Initiative, *, on: date) -> tuple[Contact, ...]:
    """Days since the last contact with every leader (R52), the longest first.

    A leader is who was ever contacted, who has committed, and who can commit a payor. The limit is
    the initiative's `engagement_days`; on the limit itself it is not yet passed. An initiative that
    ended has none.
    """
    if initiative.stage_on(on) in ("stopped", "archived"):
        return ()
    payors = set(initiative.payor_names)
    leaders: dict[str, str] = {}
    for member in initiative.members:
        if member.decides and member.organisation in payors and member.is_there(on=on):
            leaders.setdefault(member.name, member.organisation)
    for commitment in initiative.commitments:
        if commitment.on <= on:
            leaders.setdefault(commitment.leader, commitment.organisation)
    last: dict[str, date] = {}
    for engagement in initiative.engagements:
        if engagement.on <= on:
            leaders.setdefault(engagement.with_, engagement.organisation)
            last[engagement.with_] = max(engagement.on, last.get(engagement.with_, engagement.on))
    limit = initiative.engagement_days
    found = [_contact(leader, of, last.get(leader), on, limit) for leader, of in leaders.items()]
    return tuple(sorted(found, key=lambda each: -(each.days if each.days is not None else 10**6)))


def _contact(leader: str, organisation: str, last_on: date | None, on: date, limit: int) -> Contact:
    days = (on - last_on).days if last_on is not None else None
    return Contact(leader, organisation, last_on, days, days is None or days > limit)
