"""The versions of a deal in time: which one governs a period or a cohort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.units import Period, Periods


@dataclass(frozen=True)
class DealHistory:
    """Every version in the order in which they come into force."""

    versions: tuple[Deal, ...]

    @property
    def latest(self) -> Deal:
        """The version in force last."""
        return self.versions[-1]

    def in_force(self, on: date) -> Deal:
        """The version in force on a day; the first one before any is."""
        reached = [each for each in self.versions if each.in_force_from <= on]
        return reached[-1] if reached else self.versions[0]

    @property
    def schedule(self) -> Periods:
        """The payment periods, up to the last day the latest version names."""
        return self.latest.schedule

    def governing(self, period: Period, *, cohort: str = "") -> Deal:
        """The version that governs a period, or people of a cohort in it.

        A version governs periods that start on or after its first day; one that says `governs:
        cohort` governs instead the people of cohorts that start on or after it.
        """
        chosen = self.versions[0]
        for version in self.versions[1:]:
            by_cohort = version.amendment is not None and version.amendment.governs == "cohort"
            if by_cohort and cohort:
                starts = {c.name: c.from_ for c in version.people.cohorts}
                start = starts.get(cohort)
                reaches = start is not None and version.in_force_from <= start
            elif by_cohort:
                reaches = False
            else:
                reaches = version.in_force_from <= period.start
            if reaches:
                chosen = version
        return chosen

    def by_cohort(self, period: Period) -> tuple[Deal, ...]:
        """The versions in force by the period that govern people by their cohort."""
        return tuple(
            version
            for version in self.versions[1:]
            if version.amendment is not None
            and version.amendment.governs == "cohort"
            and version.in_force_from <= period.start
        )


def put_in_order(versions: Sequence[Deal]) -> DealHistory:
    """The history of all versions; refuses two of one date, or versions that disagree on basics."""
    ordered = tuple(sorted(versions, key=lambda deal: deal.in_force_from))
    problems: list[Problem] = []
    first = ordered[0]
    if first.amendment is not None:
        problems.append(
            Problem(
                sentence("The first version of the deal says that it is an amendment."),
                sentence("Put the original deal file beside it, or take `amendment` away."),
                first.place_of("amendment"),
            )
        )
    if first.in_force_from > first.periods.from_:
        problems.append(
            Problem(
                sentence("The deal is in force only after its first payment period has begun."),
                sentence("Let `in_force_from` be on or before the first day of the first period."),
                first.place_of("in_force_from"),
            )
        )
    for before, after in pairwise(ordered):
        problems += _differences(before, after)
    if problems:
        raise Refusal(problems)
    return DealHistory(ordered)


LIMITS = (
    "conditions",
    "ceiling",
    "ceiling_each_period",
    "carry_until",
    "ceiling_each_cohort",
    "floor_each_period",
    "payors",
)


def _limits_for_cohorts(before: Deal, after: Deal) -> list[Problem]:
    """Limits that an amendment for some cohorts changes: they bound a whole line or deal."""
    if after.amendment is None or after.amendment.governs != "cohort":
        return []
    changed: list[tuple[str, FieldPath]] = [
        (name, (name,))
        for name in ("ceiling", "ceilings", "payors")
        if getattr(before, name) != getattr(after, name)
    ]
    old = {term.name: term for term in before.payments}
    for number, term in enumerate(after.payments):
        known = old.get(term.name)
        changed += [
            (f"{name} of {term.name}", ("payments", number, name))
            for name in LIMITS
            if known is not None and getattr(known, name) != getattr(term, name)
        ]
    return [
        Problem(
            sentence(
                "The amendment governs some cohorts, and it changes a limit on all of them: "
                "{said}.",
                said=said,
            ),
            sentence("Keep the limit, or let the amendment govern periods."),
            after.place_of(*path),
        )
        for said, path in changed
    ]


def _differences(before: Deal, after: Deal) -> list[Problem]:
    problems: list[Problem] = []

    def problem(what: str, do: str, *path: str | int) -> None:
        place: Place = after.place_of(*path)
        problems.append(Problem(what, do, place))

    if after.in_force_from == before.in_force_from:
        problem(
            sentence(
                "Two versions of the deal are in force from {in_force_from}.",
                in_force_from=after.in_force_from,
            ),
            sentence("Give the amendment the first day of a later period."),
            "in_force_from",
        )
    problems += _limits_for_cohorts(before, after)
    if after.amendment is None:
        problem(
            sentence("A later version of the deal does not say what it amends."),
            sentence("Add `amendment` with its number, what it touches and the consents."),
            "in_force_from",
        )
    if after.currency != before.currency:
        problem(
            sentence("An amendment cannot change the currency."),
            sentence("Keep the currency."),
            "currency",
        )
    if after.periods != before.periods:
        problem(
            sentence(
                "An amendment cannot change where the payment periods begin or how long they are."
            ),
            sentence("Keep `periods`; end the deal and start another if they must change."),
            "periods",
        )
    for name, outcome in after.outcomes.items():
        old = before.outcomes.get(name)
        if old is not None and (old.tick, old.unit) != (outcome.tick, outcome.unit):
            problem(
                sentence(
                    "The unit or smallest step of `{name}` differs from the version before.",
                    name=name,
                ),
                sentence("Define a new outcome under another name."),
                "outcomes",
                name,
            )
    kinds = {term.name: term.kind for term in before.payments}
    for number, term in enumerate(after.payments):
        if kinds.get(term.name, term.kind) != term.kind:
            problem(
                sentence("The payment term `{name}` was of another kind before.", name=term.name),
                sentence("Give the new term a new name; names carry what was paid before."),
                "payments",
                number,
            )
    return problems
