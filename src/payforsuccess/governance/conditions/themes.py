"""All themes, and every condition by name."""

from __future__ import annotations

from payforsuccess.governance.conditions import mandate
from payforsuccess.governance.conditions.condition import Condition, Theme

THEMES: tuple[Theme, ...] = (mandate.THEME,)
CONDITIONS: dict[str, Condition] = {
    condition.name: condition for theme in THEMES for condition in theme.conditions
}
