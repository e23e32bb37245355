"""All themes, and every condition by name."""

from __future__ import annotations

from payforsuccess.governance.conditions import (
    agreements,
    authority,
    backbone,
    capacity,
    change,
    choosing,
    data_access,
    disputes,
    ethics,
    evaluator,
    feedback,
    handover,
    later,
    leadership,
    mandate,
    meetings,
    money,
    names,
    open_meetings,
    outcomes,
    partnership,
    readiness,
    steps,
    team,
    voice,
)
from payforsuccess.governance.conditions.condition import Condition, Theme

THEMES: tuple[Theme, ...] = (
    names.THEME,
    mandate.THEME,
    readiness.THEME,
    choosing.THEME,
    leadership.THEME,
    steps.THEME,
    team.THEME,
    meetings.THEME,
    partnership.THEME,
    backbone.THEME,
    evaluator.THEME,
    money.THEME,
    outcomes.THEME,
    authority.THEME,
    agreements.THEME,
    data_access.THEME,
    capacity.THEME,
    change.THEME,
    ethics.THEME,
    open_meetings.THEME,
    voice.THEME,
    disputes.THEME,
    later.THEME,
    handover.THEME,
    feedback.THEME,
)
CONDITIONS: dict[str, Condition] = {
    condition.name: condition for theme in THEMES for condition in theme.conditions
}
