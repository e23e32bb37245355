"""Which numbers of few people a report may not say, and all that would tell them.

A count from 1 to the threshold is hidden, with others where they would tell it. So is all that is
computed from a hidden count: a share of 216 people tells how many they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from payforsuccess.deal.estimates import ArmOutcome, Estimate
from payforsuccess.disclosure import (
    HIDDEN,
    Cell,
    Facts,
    Multiple,
    Release,
    Sum,
    difference,
    joined,
    suppress,
)
from payforsuccess.measures.attrition import ARM, FEED, NOT_ENROLLED, NOT_STARTED, SITE, START_DAY
from payforsuccess.reports.evaluation.facts import STAGES, PlanShown
from payforsuccess.reports.numbers import Number

BEFORE = (ARM, SITE, FEED, NOT_ENROLLED, NOT_STARTED, START_DAY)
"""Rules of a measure by which an enrolment is not of the plan's people at all."""
RECORDS, ELSEWHERE = "records", "elsewhere"
PARTS = ("linked", "took_part", "deaths", "moves")
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
        return not any(arm.known <= self.threshold for arm in self.estimate.arms) and (
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

    def says_words(self, text: str) -> bool:
        """Whether a sentence names no count that would be hidden."""
        return self.threshold is None or not names_small_count(text, self.threshold)


def names_small_count(text: str, threshold: int) -> bool:
    """Whether a sentence has a whole number from 1 to the threshold, which may be of people."""
    found = (int(number.replace(",", "")) for number in _WHOLE.findall(text))
    return any(1 <= number <= threshold for number in found)


def numbers_of(plans: Sequence[PlanShown], *, threshold: int | None) -> tuple[Numbers, ...]:
    """The counts of each plan, hidden so that the plans together tell no small one.

    threshold: the largest count that is hidden; None hides nothing.
    """
    prefixes = [f"{at}: " for at in range(len(plans))]
    own = [
        joined(_facts(plan, prefix, threshold or 0))
        for plan, prefix in zip(plans, prefixes, strict=True)
    ]
    facts = joined([*own, *_between(plans, prefixes, joined(own), threshold or 0)])
    release = None if threshold is None else suppress(facts, threshold=threshold)
    return tuple(
        Numbers(plan.shown.estimate, facts, release, threshold, prefix)
        for plan, prefix in zip(plans, prefixes, strict=True)
    )


def _facts(plan: PlanShown, prefix: str, threshold: int) -> Iterator[Facts]:
    estimate = plan.shown.estimate
    lost_by_arm = {
        flow.arm: {each.status: each.people for each in flow.not_known} for flow in estimate.flow
    }
    statuses = sorted({status for lost in lost_by_arm.values() for status in lost})
    for arm in estimate.arms:
        counts = _counts(plan, arm)
        at = {name: f"{prefix}{name}/{arm.arm}" for name in (*counts, "lost")}
        lost = arm.assigned - arm.known
        people = Facts(
            {at[name]: Cell(value) for name, value in counts.items()} | {at["lost"]: Cell(lost)},
            sums=(Sum(at["assigned"], (at["analysed"], at["lost"])),),
            first=frozenset({at["analysed"]}),
        )
        yield people
        mine = lost_by_arm.get(arm.arm, {})
        why = {f"{prefix}lost/{status}/{arm.arm}": mine.get(status, 0) for status in statuses}
        if sum(why.values()) == lost and why:
            cells = {name: Cell(value) for name, value in why.items()}
            yield Facts({**cells, at["lost"]: Cell(lost)}, sums=(Sum(at["lost"], tuple(why)),))
            people = joined([people, Facts(cells)])
        for name in PARTS:
            if name in counts:
                yield difference(people, at["assigned"], at[name], is_within=True)
        for name, status in (("deaths", "death"), ("moves", "move")):
            if name in counts and f"{prefix}lost/{status}/{arm.arm}" in why:
                yield _tied(people, at[name], f"{prefix}lost/{status}/{arm.arm}")
        chain = [at[name] for name in counts if name not in ("deaths", "moves")]
        yield from _close(people, chain, threshold)
        if estimate.is_share:
            yield _happened(prefix, arm.arm, int(arm.total), arm.known)
    if len(estimate.arms) > 1:
        yield from _totals(plan, prefix, lost_by_arm, statuses)
    yield from _records(plan, prefix)


def _counts(plan: PlanShown, arm: ArmOutcome) -> dict[str, int]:
    label = arm.arm
    counts = {"assigned": arm.assigned, "analysed": arm.known}
    if arm.took_part is not None:
        counts["took_part"] = arm.took_part
    for flow in plan.shown.estimate.flow:
        if flow.arm == label:
            found = {name: getattr(flow, name) for name in PARTS}
            counts |= {name: value for name, value in found.items() if value is not None}
    for came in plan.came_in:
        if came.arm == label:
            found = {name: getattr(came, name) for name in STAGES}
            counts |= {name: value for name, value in found.items() if value is not None}
    return counts


def _close(facts: Facts, names: Sequence[str], threshold: int) -> Iterator[Facts]:
    """What lies between two counts of few people's difference must not be worked out either."""
    for one, other in combinations(names, 2):
        yield from _near(facts, one, other, threshold)


def _near(facts: Facts, one: str, other: str, threshold: int) -> Iterator[Facts]:
    first, second = facts.cells[one].value, facts.cells[other].value
    if first == second:
        yield _tied(facts, one, other)
    elif 1 <= abs(first - second) <= threshold < min(first, second):
        yield difference(facts, one, other)


def _tied(facts: Facts, one: str, other: str) -> Facts:
    """Two counts of the same people are shown together or not at all."""
    cells = {name: facts.cells[name] for name in (one, other)}
    if cells[one].value != cells[other].value:
        return difference(facts, one, other, is_within=True)
    return Facts(cells, multiples=(Multiple(of=one, is_=other, times=Fraction(1)),))


def _happened(prefix: str, arm: str, happened: int, known: int) -> Facts:
    """Who had the outcome and who did not; no one and everyone say as much as a few."""
    yes, no = f"{prefix}with/{arm}", f"{prefix}without/{arm}"
    analysed = f"{prefix}analysed/{arm}"
    return Facts(
        {
            yes: Cell(happened, zero_tells=True),
            no: Cell(known - happened, zero_tells=True),
            analysed: Cell(known),
        },
        sums=(Sum(analysed, (yes, no)),),
    )


def _totals(
    plan: PlanShown, prefix: str, lost: dict[str, dict[str, int]], statuses: Sequence[str]
) -> Iterator[Facts]:
    """Each stage of all arms together, where it is counted in all of them."""
    by_arm = {}
    for arm in plan.shown.estimate.arms:
        counts = _counts(plan, arm)
        mine = {f"lost/{status}": lost.get(arm.arm, {}).get(status, 0) for status in statuses}
        by_arm[arm.arm] = {**counts, "lost": arm.assigned - arm.known, **mine}
    for name in dict.fromkeys(name for counts in by_arm.values() for name in counts):
        if all(name in counts for counts in by_arm.values()):
            cells = {f"{prefix}{name}/{arm}": Cell(counts[name]) for arm, counts in by_arm.items()}
            whole = f"{prefix}{name}"
            total = Cell(sum(cell.value for cell in cells.values()))
            yield Facts({**cells, whole: total}, sums=(Sum(whole, tuple(cells)),))


def _records(plan: PlanShown, prefix: str) -> Iterator[Facts]:
    """Everyone in the records, and why some are not the plan's people."""
    excluded = excluded_of(plan)
    if excluded is None:
        return
    cells = {f"{prefix}{ELSEWHERE}/{why}": Cell(people) for why, people in excluded.items()}
    arms = {f"{prefix}assigned/{arm.arm}": Cell(arm.assigned) for arm in plan.shown.estimate.arms}
    whole = f"{prefix}{RECORDS}"
    total = sum(cell.value for cell in (*cells.values(), *arms.values()))
    yield Facts({**cells, **arms, whole: Cell(total)}, sums=(Sum(whole, (*cells, *arms)),))


def excluded_of(plan: PlanShown) -> dict[str, int] | None:
    """Enrolments that are not of the plan's people, by why; None where the counts do not meet."""
    if not plan.attrition:
        return None
    everyone = plan.attrition[0]
    excluded = {rule: people for rule, people in everyone.left if rule in BEFORE}
    assigned = sum(arm.assigned for arm in plan.shown.estimate.arms)
    rest = everyone.enrolled - sum(excluded.values()) - assigned
    if rest < 0:
        return None
    return excluded | ({"other-arm": rest} if rest else {})


def _between(
    plans: Sequence[PlanShown], prefixes: Sequence[str], facts: Facts, threshold: int
) -> Iterator[Facts]:
    """Counts of one arm under two plans: who is in one alone must not be told either."""
    for (one, first), (other, second) in combinations(zip(plans, prefixes, strict=True), 2):
        shared = {arm.arm for arm in one.shown.estimate.arms} & {
            arm.arm for arm in other.shown.estimate.arms
        }
        for arm in sorted(shared):
            for name in ("assigned", "analysed", "lost"):
                at = f"{first}{name}/{arm}", f"{second}{name}/{arm}"
                yield from _near(facts, *at, threshold)


__all__ = ["HIDDEN", "Numbers", "excluded_of", "names_small_count", "numbers_of"]
