"""What became of every referral: how far it came, in how many days, and where it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.tables import EnrolmentRow, PlainRecords, Tables

STAGES = ("eligible", "accepted", "enrolled", "housed")
"""What follows on a referral, in order; each is counted in days from the referral."""
STANDINGS = ("exited", "active", "declined", "waiting", "not_drawn")
"""Where a referral stands; in sound records each stands in one place."""
NO_SOURCE = "not recorded"


@dataclass(frozen=True)
class Referral:
    """One referral: who sent it, its site, the days to each stage reached, and where it stands.

    Standings are 1 or 0. Records that contradict themselves, such as declined and enrolled, give
    two; the sum of standings is then above the number of referrals, and the flow does not close.
    """

    enrolment: str
    source: str
    site: str | None
    eligible: int | None
    accepted: int | None
    enrolled: int | None
    housed: int | None
    exited: int
    active: int
    declined: int
    waiting: int
    not_drawn: int


def compile_referrals(
    tables: Tables, *, on: date, state: str | None, offered: Collection[str] = ()
) -> ir.Table:
    """One row a referral up to the day `on`: see `Referral`. What happens later is not counted yet.

    state: the stay that counts as housed, from the first day in it on or after the referral, for
    who is enrolled; None
    where the deal has none. offered: the arms that are offered the programme; whoever is assigned
    to another arm, and is neither enrolled nor declined, was not drawn. A person referred twice has
    two referrals, and a stay counts for both.
    """
    day = ibis.literal(on)
    rows = tables.enrolments.filter(tables.enrolments.referred_on <= day)
    known = {
        name: (rows[name] <= day).ifelse(rows[name], ibis.null("date"))
        for name in ("eligible_on", "accepted_on", "declined_on", "enrolled_on", "exited_on")
    }
    people = rows.select(
        "enrolment", "person", "referred_on", "referred_by", "site", "arm", **known
    )
    with_home = people.mutate(housed_on=ibis.null("date"))
    if state is not None:
        stays = tables.spells.filter(
            tables.spells.state == state, tables.spells.start_on <= day
        ).select("start_on", "end_on", of="person")
        joined = people.inner_join(
            stays,
            [
                people.person == stays.of,
                stays.end_on.isnull() | (stays.end_on > people.referred_on),
            ],
        )
        first = joined.group_by("enrolment").aggregate(
            housed_on=ibis.greatest(joined.start_on, joined.referred_on).min()
        )
        found = people.left_join(first.rename(of="enrolment"), people.enrolment == first.enrolment)
        # A home found without the programme is no stage of its flow.
        with_home = found.select(
            *people.columns,
            housed_on=found.enrolled_on.notnull().ifelse(found.housed_on, ibis.null("date")),
        )
    return _standing(with_home, offered)


def _standing(people: ir.Table, offered: Collection[str]) -> ir.Table:
    days = {
        stage: (people[f"{stage}_on"].delta(people.referred_on, unit="day")).cast("int64")
        for stage in STAGES
    }
    exited, declined = people.exited_on.notnull(), people.declined_on.notnull()
    active = people.enrolled_on.notnull() & ~exited
    is_open = ~exited & ~active & ~declined
    elsewhere = (
        people.arm.notnull() & ~people.arm.isin(sorted(offered)) if offered else ibis.literal(False)
    )
    standings = {
        "exited": exited,
        "active": active,
        "declined": declined,
        "waiting": is_open & ~elsewhere,
        "not_drawn": is_open & elsewhere,
    }
    return people.select(
        "enrolment",
        "site",
        source=people.referred_by.fill_null(NO_SOURCE),
        **days,
        **{name: holds.cast("int64") for name, holds in standings.items()},
    ).select(*(field.name for field in fields(Referral)))


def compile_flow(referrals: ir.Table) -> ir.Table:
    """The referrals that are alike counted together: their columns but the key, and `referrals`."""
    alike = [name for name in referrals.columns if name != "enrolment"]
    return referrals.group_by(alike).aggregate(referrals=referrals.count()).order_by(alike)


def reference_referrals(
    records: PlainRecords, *, on: date, state: str | None, offered: Collection[str] = ()
) -> list[Referral]:
    """The same from plain rows, by enrolment."""
    found = [
        _reference(row, records, on=on, state=state, offered=offered)
        for row in records.enrolments
        if row.referred_on is not None and row.referred_on <= on
    ]
    return sorted(found, key=lambda referral: referral.enrolment)


def _reference(
    row: EnrolmentRow,
    records: PlainRecords,
    *,
    on: date,
    state: str | None,
    offered: Collection[str],
) -> Referral:
    referred = row.referred_on
    assert referred is not None

    def days(day: date | None) -> int | None:
        return None if day is None or day > on else (day - referred).days

    homes = [
        max(stay.start_on, referred)
        for stay in records.spells
        if stay.person == row.person
        and stay.state == state
        and (stay.end_on is None or stay.end_on > referred)
    ]
    has_exited = days(row.exited_on) is not None
    has_declined = days(row.declined_on) is not None
    is_active = days(row.enrolled_on) is not None and not has_exited
    is_open = not (has_exited or has_declined or is_active)
    elsewhere = bool(offered) and row.arm is not None and row.arm not in offered
    return Referral(
        row.enrolment,
        row.referred_by or NO_SOURCE,
        row.site,
        days(row.eligible_on),
        days(row.accepted_on),
        days(row.enrolled_on),
        None if days(row.enrolled_on) is None else days(min(homes, default=None)),
        int(has_exited),
        int(is_active),
        int(has_declined),
        int(is_open and not elsewhere),
        int(is_open and elsewhere),
    )


@dataclass(frozen=True)
class Flow:
    """Referrals of one source, of one site or of all: counts, and median days by stage reached.

    A median is the day by which half of those who reached the stage had reached it: of an even
    number the lower of the two in the middle, so that it is a day that someone waited.
    """

    referred: int
    reached: Mapping[str, int]
    median_days: Mapping[str, int | None]
    standing: Mapping[str, int]

    @property
    def apart(self) -> int:
        """By how much the standings together differ from the referrals: 0 where the flow closes."""
        return sum(self.standing.values()) - self.referred


def flow_of(alike: Iterable[Mapping[str, object]]) -> Flow:
    """The flow of the rows of `compile_flow`, all together."""
    referred = 0
    days: dict[str, Counter[int]] = {stage: Counter() for stage in STAGES}
    standing = dict.fromkeys(STANDINGS, 0)
    for row in alike:
        count = int(str(row["referrals"]))
        referred += count
        for stage in STAGES:
            if row[stage] is not None:
                days[stage][int(str(row[stage]))] += count
        for name in STANDINGS:
            standing[name] += count * int(str(row[name]))
    reached = {stage: counts.total() for stage, counts in days.items()}
    medians = {stage: lower_median(counts) for stage, counts in days.items()}
    return Flow(referred, reached, medians, standing)


def lower_median(counts: Mapping[int, int]) -> int | None:
    """The middle of the numbers, each given with how often it occurs; the lower of two middles."""
    half = -(-sum(counts.values()) // 2)
    so_far = 0
    for number in sorted(counts):
        so_far += counts[number]
        if so_far >= half > 0:
            return number
    return None
