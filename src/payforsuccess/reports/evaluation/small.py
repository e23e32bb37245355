"""Which numbers of few people a report may not say, and all that would tell them.

A count from 1 to the threshold is hidden, with others where they would tell it. So is all that is
computed from a hidden count: a share of 216 people tells how many they were.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from payforsuccess.deal.estimates import Estimate
from payforsuccess.disclosure import HIDDEN, Facts, Release, suppress
from payforsuccess.reports.evaluation.counts import facts_of_plans, prefixes_of
from payforsuccess.reports.evaluation.facts import PlanShown
from payforsuccess.reports.numbers import Number

_WHOLE = re.compile(r"(?<![\w.,−-])\d[\d,]*(?![\w%]|[.,]\d)")


@dataclass(frozen=True)
class Numbers:
    """The counts of one plan, as they may be said; the names of its cells start with `prefix`."""

    estimate: Estimate
    facts: Facts
    release: Release | None
    threshold: int | None
    prefix: str = ""

    def has(self, name: str) -> bool:
        """Whether there is such a count."""
        return self.prefix + name in self.facts.cells

    def count(self, name: str) -> str:
        """The count, or that it is hidden; `not recorded` where there is none."""
        if not self.has(name):
            return "not recorded"
        if self.release is None:
            return f"{self.facts.cells[self.prefix + name].value:,}"
        return self.release.text_of(self.prefix + name)

    def value(self, name: str) -> int | None:
        """The count, where there is one that may be said."""
        return self.facts.cells[self.prefix + name].value if self.is_said(name) else None

    def is_said(self, *names: str) -> bool:
        """Whether all these counts are there and may be said."""
        return all(
            self.has(name) and (self.release is None or self.prefix + name in self.release.shown)
            for name in names
        )

    def hides(self, count: Number) -> bool:
        """Whether a count that hangs together with no other is hidden."""
        return self.threshold is not None and 1 <= count <= self.threshold

    @property
    def says_outcomes(self) -> bool:
        """Whether means and all that is computed of outcomes may be said."""
        if self.threshold is None:
            return True
        names = [f"{name}/{arm.arm}" for arm in self.estimate.arms for name in ("with", "without")]
        return not any(arm.rests_on <= self.threshold for arm in self.estimate.arms) and (
            not self.estimate.is_share or self.is_said(*names)
        )

    @property
    def says_take_up(self) -> bool:
        """Whether shares of who took part may be said."""
        take_up = self.estimate.take_up
        if self.threshold is None or take_up is None:
            return True
        names = [f"took_part/{arm.arm}" for arm in self.estimate.arms]
        if not self.is_said(*(name for name in names if self.has(name))):
            return False
        shares = (take_up.treated_share, take_up.control_share)
        # Where the records count no one, the shares of those assigned tell as much.
        return not any(
            self.hides(round(share * arm.assigned)) or self.hides(round((1 - share) * arm.assigned))
            for share, arm in zip(shares, self.estimate.arms, strict=False)
        )

    @property
    def says_lost(self) -> bool:
        """Whether shares of people without a known outcome may be said."""
        return self.is_said(*(f"lost/{arm.arm}" for arm in self.estimate.arms))

    @property
    def says_linked(self) -> bool:
        """Whether shares of people found in records may be said."""
        return self.is_said(*(f"linked/{arm.arm}" for arm in self.estimate.arms))

    def says_trait(self, *means: Fraction | None) -> bool:
        """Whether the means of a fact by arm may be said: shares of few people may not."""
        if self.threshold is None:
            return True
        known = [mean for mean in means if mean is not None]
        if any(arm.assigned <= self.threshold for arm in self.estimate.arms):
            return False
        if not all(0 <= mean <= 1 for mean in known):
            return True
        people = min((arm.assigned for arm in self.estimate.arms), default=0)
        return all(min(mean, 1 - mean) * people > self.threshold for mean in known)

    def says_compared(self, *means: Fraction) -> bool:
        """Whether the means of a fact among those compared may be said."""
        if self.threshold is None:
            return True
        people = min((arm.rests_on for arm in self.estimate.arms), default=0)
        if people <= self.threshold:
            return False
        if not all(0 <= mean <= 1 for mean in means):
            return True
        return all(min(mean, 1 - mean) * people > self.threshold for mean in means)

    def says_words(self, text: str) -> bool:
        """Whether a sentence names no count that would be hidden."""
        return self.threshold is None or not names_small_count(text, self.threshold)


def names_small_count(text: str, threshold: int) -> bool:
    """Whether a sentence has a whole number from 1 to the threshold, which may be of people."""
    found = (int(number.replace(",", "")) for number in _WHOLE.findall(text))
    return any(1 <= number <= threshold for number in found)


def numbers_of(
    plans: Sequence[PlanShown], *, threshold: int | None, release: Release | None = None
) -> tuple[Numbers, ...]:
    """The counts of each plan, hidden so that the plans together tell no small one.

    threshold: the largest count that is hidden; None hides nothing. release: what may be said of
    `facts_of_plans`, where it was chosen before, beside what readers hold already.
    """
    facts = facts_of_plans(plans, threshold=threshold or 0)
    if threshold is not None and release is None:
        release = suppress(facts, threshold=threshold)
    return tuple(
        Numbers(plan.shown.estimate, facts, release, threshold, prefix)
        for plan, prefix in zip(plans, prefixes_of(plans), strict=True)
    )


__all__ = ["HIDDEN", "Numbers", "names_small_count", "numbers_of"]
