"""Effects on whether something happens to a person, in percentage points and not as `0.11 people`.

The unit of the measure decides, never the data: it is person for what either happened to someone
or did not, so that an effect cannot change its unit with its people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TypeVar

from payforsuccess.deal.estimates import Effect, EventTime
from payforsuccess.deal.evaluation import EffectForm
from payforsuccess.evaluation.designs.compared import Compared

YES_OR_NO = "person"
POINTS = "percentage point"
OF_PEOPLE = ("difference", "change")
"""Forms that are in the measure's own unit; ratios and reductions have none."""

_Stated = TypeVar("_Stated", Effect, EventTime)


def in_points(effects: Mapping[EffectForm, Effect], *, unit: str) -> Mapping[EffectForm, Effect]:
    """Effects on a share of people, 100 times as large and in percentage points.

    unit: the measure's. Effects already in another unit (points, days, ratios) stay as they are.
    """
    if unit != YES_OR_NO:
        return effects
    return {
        form: _hundredfold(effect).model_copy(update={"unit": POINTS})
        if form in OF_PEOPLE and effect.unit == unit
        else effect
        for form, effect in effects.items()
    }


def with_points(found: Compared, *, unit: str) -> Compared:
    """The same for all that a formula found, its effects by period among it.

    What tests rest on (`found`) stays a share: no test knows of units.
    """
    if unit != YES_OR_NO:
        return found
    return replace(
        found,
        effects=in_points(found.effects, unit=unit),
        event_times=tuple(_hundredfold(each) for each in found.event_times),
    )


def _hundredfold(stated: _Stated) -> _Stated:
    error, interval = stated.standard_error, stated.interval
    return stated.model_copy(
        update={
            "value": 100 * stated.value,
            "standard_error": None if error is None else 100 * error,
            "interval": None if interval is None else _ends(interval),
        }
    )


def _ends(interval: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    low, high = interval
    return 100 * low, 100 * high
