"""Staff hours by phase and lever: what implementing took against what contracting took (R102)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import get_args

from payforsuccess.governance.initiative.change import Hours, Lever


@dataclass(frozen=True)
class EffortOn:
    """The hours spent on one lever, before and after signing."""

    lever: Lever
    contracting: Fraction
    implementation: Fraction


@dataclass(frozen=True)
class Effort:
    """Hours by lever and in all. ratio: hours of implementing for one of contracting, if any."""

    levers: tuple[EffortOn, ...]
    contracting: Fraction
    implementation: Fraction
    ratio: Fraction | None


def effort(hours: Sequence[Hours], *, on: date) -> Effort:
    """All hours logged by the day."""
    known = [each for each in hours if each.on <= on]

    def spent(phase: str, lever: str | None = None) -> Fraction:
        return sum(
            (
                each.hours
                for each in known
                if each.phase == phase and (lever is None or each.lever == lever)
            ),
            Fraction(0),
        )

    contracting, implementation = spent("contracting"), spent("implementation")
    return Effort(
        tuple(
            EffortOn(lever, spent("contracting", lever), spent("implementation", lever))
            for lever in get_args(Lever)
        ),
        contracting,
        implementation,
        implementation / contracting if contracting else None,
    )
