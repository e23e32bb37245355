"""All themes, and every condition by name."""

from __future__ import annotations

from payforsuccess.governance.conditions import (
    backbone,
    evaluator,
    leadership,
    mandate,
    meetings,
    money,
    names,
    partnership,
    readiness,
    steps,
    team,
)
from payforsuccess.governance.conditions.condition import Condition, Theme

THEMES: tuple[Theme, ...] = (
    names.THEME,
    mandate.THEME,
    readiness.THEME,
    leadership.THEME,
    steps.THEME,
    team.THEME,
    meetings.THEME,
    partnership.THEME,
    backbone.THEME,
    evaluator.THEME,
    money.THEME,
)
CONDITIONS: dict[str, Condition] = {
    condition.name: condition for theme in THEMES for condition in theme.conditions
}
