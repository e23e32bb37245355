"""The feedback loop: actions on metrics that are off track (R85)."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.errors import Finding
from payforsuccess.governance.conditions.condition import Theme
from payforsuccess.governance.escalation import overdue_actions
from payforsuccess.governance.facts import Facts


def _findings(facts: Facts) -> Iterator[Finding]:
    yield from overdue_actions(facts.initiative, on=facts.on)


THEME = Theme("feedback", findings=_findings)
