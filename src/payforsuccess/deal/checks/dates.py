"""Days that fit together: the deal's life, its periods, points, cohorts and excused stretches."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from payforsuccess.deal.checks.walk import values_in
from payforsuccess.deal.contract import Excused
from payforsuccess.deal.deal import FORMAT, Deal
from payforsuccess.deal.fields import Duration
from payforsuccess.errors import Problem

LONGEST_DEAL_IN_YEARS = 100
FIRST_YEAR, LAST_YEAR = 1900, 9000
MOST_DAYS_TO_PAY = 3_650


def check_dates(deal: Deal) -> Iterator[Problem]:
    """The deal's first and last day, points that no period holds, cohorts, excused stretches."""
    if deal.format != FORMAT:
        yield Problem(
            f"Format {deal.format} is not one this version knows.",
            f"Write `format: {FORMAT}`.",
            deal.place_of("format"),
        )
    life = [*_life(deal), *_too_long(deal)]
    yield from life
    if life:
        return  # periods cannot be counted before the deal's own days are right
    yield from _in_force(deal)
    yield from _points(deal)
    yield from _cohorts(deal)
    yield from _excused(deal)
    yield from _parties(deal)
    if deal.finality.final_on < deal.ends_on:
        yield Problem(
            f"Corrections end on {deal.finality.final_on}, before the deal does on {deal.ends_on}.",
            "Let `final_on` be the last day of the deal or later.",
            deal.place_of("finality", "final_on"),
        )


def _life(deal: Deal) -> Iterator[Problem]:
    if deal.in_force_from > deal.ends_on:
        yield Problem(
            f"The deal would be in force from {deal.in_force_from}, after its last day, "
            f"{deal.ends_on}.",
            "Correct one of the two days.",
            deal.place_of("in_force_from"),
        )
    if deal.periods.from_ > deal.ends_on:
        yield Problem(
            f"The first period starts on {deal.periods.from_}, after the last day of the deal, "
            f"{deal.ends_on}.",
            "Correct one of the two days.",
            deal.place_of("periods", "from"),
        )
    elif deal.ends_on.year - deal.periods.from_.year > LONGEST_DEAL_IN_YEARS:
        yield Problem(
            f"The deal would run for more than {LONGEST_DEAL_IN_YEARS} years.",
            "Correct `ends_on` or the first day of the first period.",
            deal.place_of("ends_on"),
        )
    elif deal.ends_on.year > LAST_YEAR:
        yield Problem(
            f"The year {deal.ends_on.year} is too far away.",
            "Correct `ends_on`.",
            deal.place_of("ends_on"),
        )
    elif deal.periods.from_.year < FIRST_YEAR:
        yield Problem(
            f"The first period would be in the year {deal.periods.from_.year}.",
            "Correct the first day of the first period.",
            deal.place_of("periods", "from"),
        )


def _too_long(deal: Deal) -> Iterator[Problem]:
    """Lengths of time beyond every calendar; most likely a slip of the pen."""
    for found in values_in(deal):
        value = found.value
        if isinstance(value, Duration) and (
            value.months > LONGEST_DEAL_IN_YEARS * 12 or value.days > LONGEST_DEAL_IN_YEARS * 366
        ):
            yield Problem(
                f"{value} is longer than {LONGEST_DEAL_IN_YEARS} years.",
                "Write a shorter length of time.",
                deal.place_of(*found.path),
            )
    if deal.pays_within_days.days > MOST_DAYS_TO_PAY:
        yield Problem(
            f"A payment would fall due only after {deal.pays_within_days.days:,} days.",
            f"Write at most {MOST_DAYS_TO_PAY:,} days.",
            deal.place_of("pays_within_days", "days"),
        )


def _in_force(deal: Deal) -> Iterator[Problem]:
    starts = {period.start for period in deal.schedule.all()}
    before_the_first = deal.amendment is None and deal.in_force_from <= deal.periods.from_
    if before_the_first or deal.in_force_from in starts:
        return
    holding = deal.schedule.holding(deal.in_force_from)
    if holding is None:
        do = f"The first period starts on {deal.periods.from_}."
    else:
        do = f"Write {holding.start}, or {holding.end} if the next period is meant."
    yield Problem(
        f"{deal.in_force_from} is not the first day of a period, and a period is always computed "
        "under one version of the deal.",
        do,
        deal.place_of("in_force_from"),
    )


def _points(deal: Deal) -> Iterator[Problem]:
    for number, term in enumerate(deal.payments):
        for at, point in enumerate(term.points):
            if deal.schedule.holding(point.determined_by) is None:
                last = deal.schedule.all()[-1].last_day
                yield Problem(
                    f"No payment period holds {point.determined_by}, so the point "
                    f"`{point.name}` would never be paid.",
                    f"The periods run from {deal.periods.from_} to {last}; correct the day, or "
                    "let the deal end later.",
                    deal.place_of("payments", number, "points", at, "determined_by"),
                )


def _cohorts(deal: Deal) -> Iterator[Problem]:
    cohorts = deal.people.cohorts
    for number, cohort in enumerate(cohorts):
        if cohort.to < cohort.from_:
            yield Problem(
                f"The cohort {cohort.name} ends before it starts.",
                "Swap the two days.",
                deal.place_of("people", "cohorts", number, "to"),
            )
    for one, other in combinations(cohorts, 2):
        if one.from_ <= other.to and other.from_ <= one.to:
            yield Problem(
                f"The cohorts {one.name} and {other.name} share days, so a person could belong "
                "to both.",
                "Let one end before the other starts.",
                deal.place_of("people", "cohorts", cohorts.index(other), "from"),
            )


def _excused(deal: Deal) -> Iterator[Problem]:
    for number, excused in enumerate(deal.excused):
        for key, day in (("from", excused.from_), ("to", excused.to)):
            if not deal.periods.from_ <= day <= deal.ends_on:
                yield Problem(
                    f"{day} lies outside the deal, which runs from {deal.periods.from_} to "
                    f"{deal.ends_on}.",
                    "Keep the excused stretch within the deal.",
                    deal.place_of("excused", number, key),
                )
    resets = [(n, e) for n, e in enumerate(deal.excused) if e.effect == "baseline-reset"]
    for (_, one), (number, other) in combinations(resets, 2):
        if one.from_ <= other.to and other.from_ <= one.to and _share_outcome(one, other):
            yield Problem(
                "Two baselines are stated for the same days and outcome.",
                "Let one stretch end before the other starts.",
                deal.place_of("excused", number, "from"),
            )


def _share_outcome(one: Excused, other: Excused) -> bool:
    if not one.outcomes or not other.outcomes:
        return True
    return bool(set(one.outcomes) & set(other.outcomes))


def _parties(deal: Deal) -> Iterator[Problem]:
    for number, party in enumerate(deal.parties):
        if party.since is not None and party.until is not None and party.until < party.since:
            yield Problem(
                f"{party.name} would leave before it joined.",
                "Swap `since` and `until`.",
                deal.place_of("parties", number, "until"),
            )
