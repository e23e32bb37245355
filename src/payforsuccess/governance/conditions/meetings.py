"""Whether partners stay engaged: meetings missed in a row (R89)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.errors import Finding
from payforsuccess.governance.attendance import attendance
from payforsuccess.governance.conditions.condition import Theme
from payforsuccess.governance.facts import Facts


def _findings(facts: Facts) -> Iterator[Finding]:
    initiative = facts.initiative
    for each in attendance(initiative, on=facts.on):
        if each.is_over_limit:
            yield Finding(
                "attendance",
                f"For {each.body.chair}, chair of {each.body.title}: {each.party} missed the last "
                f"{each.in_a_row} meetings, and may miss {each.body.missed_at_most}.",
                initiative.place_of("meetings"),
            )


THEME = Theme("meetings", findings=_findings)
