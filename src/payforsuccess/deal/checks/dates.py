"""Days that fit together: the deal's life, its periods, points, cohorts and excused stretches."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from payforsuccess.deal.checks.walk import values_in
from payforsuccess.deal.contract import Excused
from payforsuccess.deal.deal import FORMAT, Deal
from payforsuccess.deal.fields import Duration
from payforsuccess.errors import Problem, sentence

LONGEST_DEAL_IN_YEARS = 100
FIRST_YEAR, LAST_YEAR = 1900, 9000
MOST_DAYS_TO_PAY = 3_650


def check_dates(deal: Deal) -> Iterator[Problem]:
    """The deal's first and last day, points that no period holds, cohorts, excused stretches."""
    if deal.format != FORMAT:
        yield Problem(
            sentence("Format {format} is not one this version knows.", format=deal.format),
            sentence("Write `format: {format}`.", format=FORMAT),
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
            sentence(
                "Corrections end on {final_on}, before the deal does on {ends_on}.",
                final_on=deal.finality.final_on,
                ends_on=deal.ends_on,
            ),
            sentence("Let `final_on` be the last day of the deal or later."),
            deal.place_of("finality", "final_on"),
        )


def _life(deal: Deal) -> Iterator[Problem]:
    if deal.in_force_from > deal.ends_on:
        yield Problem(
            sentence(
                "The deal would be in force from {in_force_from}, after its last day, {ends_on}.",
                in_force_from=deal.in_force_from,
                ends_on=deal.ends_on,
            ),
            sentence("Correct one of the two days."),
            deal.place_of("in_force_from"),
        )
    if deal.periods.from_ > deal.ends_on:
        yield Problem(
            sentence(
                "The first period starts on {from_}, after the last day of the deal, {ends_on}.",
                from_=deal.periods.from_,
                ends_on=deal.ends_on,
            ),
            sentence("Correct one of the two days."),
            deal.place_of("periods", "from"),
        )
    elif deal.ends_on.year - deal.periods.from_.year > LONGEST_DEAL_IN_YEARS:
        yield Problem(
            sentence(
                "The deal would run for more than {longest_deal_in_years} years.",
                longest_deal_in_years=LONGEST_DEAL_IN_YEARS,
            ),
            sentence("Correct `ends_on` or the first day of the first period."),
            deal.place_of("ends_on"),
        )
    elif deal.ends_on.year > LAST_YEAR:
        yield Problem(
            sentence("The year {year} is too far away.", year=deal.ends_on.year),
            sentence("Correct `ends_on`."),
            deal.place_of("ends_on"),
        )
    elif deal.periods.from_.year < FIRST_YEAR:
        yield Problem(
            sentence("The first period would be in the year {year}.", year=deal.periods.from_.year),
            sentence("Correct the first day of the first period."),
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
                sentence(
                    "{value} is longer than {longest_deal_in_years} years.",
                    value=str(value),
                    longest_deal_in_years=LONGEST_DEAL_IN_YEARS,
                ),
                sentence("Write a shorter length of time."),
                deal.place_of(*found.path),
            )
    if deal.pays_within_days.days > MOST_DAYS_TO_PAY:
        yield Problem(
            sentence(
                "A payment would fall due only after {days:,} days.",
                days=deal.pays_within_days.days,
            ),
            sentence("Write at most {most_days_to_pay:,} days.", most_days_to_pay=MOST_DAYS_TO_PAY),
            deal.place_of("pays_within_days", "days"),
        )


def _in_force(deal: Deal) -> Iterator[Problem]:
    starts = {period.start for period in deal.schedule.all()}
    before_the_first = deal.amendment is None and deal.in_force_from <= deal.periods.from_
    if before_the_first or deal.in_force_from in starts:
        return
    holding = deal.schedule.holding(deal.in_force_from)
    if holding is None:
        do = sentence("The first period starts on {from_}.", from_=deal.periods.from_)
    else:
        do = sentence(
            "Write {start}, or {end} if the next period is meant.",
            start=holding.start,
            end=holding.end,
        )
    yield Problem(
        sentence(
            "{in_force_from} is not the first day of a period, and a period is always computed "
            "under one version of the deal.",
            in_force_from=deal.in_force_from,
        ),
        do,
        deal.place_of("in_force_from"),
    )


def _points(deal: Deal) -> Iterator[Problem]:
    for number, term in enumerate(deal.payments):
        for at, point in enumerate(term.points):
            if deal.schedule.holding(point.determined_by) is None:
                last = deal.schedule.all()[-1].last_day
                yield Problem(
                    sentence(
                        "No payment period holds {determined_by}, so the point `{name}` would "
                        "never be paid.",
                        determined_by=point.determined_by,
                        name=point.name,
                    ),
                    sentence(
                        "The periods run from {from_} to {last}; correct the day, or let the deal "
                        "end later.",
                        from_=deal.periods.from_,
                        last=last,
                    ),
                    deal.place_of("payments", number, "points", at, "determined_by"),
                )


def _cohorts(deal: Deal) -> Iterator[Problem]:
    cohorts = deal.people.cohorts
    for number, cohort in enumerate(cohorts):
        if cohort.to < cohort.from_:
            yield Problem(
                sentence("The cohort {name} ends before it starts.", name=cohort.name),
                sentence("Swap the two days."),
                deal.place_of("people", "cohorts", number, "to"),
            )
    for one, other in combinations(cohorts, 2):
        if one.from_ <= other.to and other.from_ <= one.to:
            yield Problem(
                sentence(
                    "The cohorts {name} and {name_2} share days, so a person could belong to both.",
                    name=one.name,
                    name_2=other.name,
                ),
                sentence("Let one end before the other starts."),
                deal.place_of("people", "cohorts", cohorts.index(other), "from"),
            )


def _excused(deal: Deal) -> Iterator[Problem]:
    for number, excused in enumerate(deal.excused):
        for key, day in (("from", excused.from_), ("to", excused.to)):
            if not deal.periods.from_ <= day <= deal.ends_on:
                yield Problem(
                    sentence(
                        "{day} lies outside the deal, which runs from {from_} to {ends_on}.",
                        day=day,
                        from_=deal.periods.from_,
                        ends_on=deal.ends_on,
                    ),
                    sentence("Keep the excused stretch within the deal."),
                    deal.place_of("excused", number, key),
                )
    resets = [(n, e) for n, e in enumerate(deal.excused) if e.effect == "baseline-reset"]
    for (_, one), (number, other) in combinations(resets, 2):
        if one.from_ <= other.to and other.from_ <= one.to and _share_outcome(one, other):
            yield Problem(
                sentence("Two baselines are stated for the same days and outcome."),
                sentence("Let one stretch end before the other starts."),
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
                sentence("{name} would leave before it joined.", name=party.name),
                sentence("Swap `since` and `until`."),
                deal.place_of("parties", number, "until"),
            )
