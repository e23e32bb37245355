"""Days in a state: how many days (or months, quarters) a person's window holds, or unknown."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from payforsuccess.deal.measures import DaysInState
from payforsuccess.deal.tables import CUSTODY_STATES
from payforsuccess.measures.clock import stops_in_custody
from payforsuccess.measures.counting import with_found
from payforsuccess.measures.days import (
    compile_cut,
    compile_disjoint,
    compile_inside,
    compile_marked,
    compile_marked_always,
    compile_stay_sources,
)
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.happenings import compile_stays
from payforsuccess.measures.held_without_break import stays_inside
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.parts import NEVER, Earned, EarnedByPerson, compile_all_rows
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    PersonResult,
    PlainRecords,
    Tables,
)
from payforsuccess.measures.watching import (
    WatchedPerson,
    compile_watched,
    reference_watched,
    status_of,
)
from payforsuccess.measures.windows import day_after, length_after, reference_length_after
from payforsuccess.units import add_months

MONTHS = {"month": 1, "quarter": 3}


def compile_days_in_state(
    measure: DaysInState, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    A window not seen to its end, or ended by something that censors, is unknown, whatever it held
    so far; an ending that succeeds or stops the clock leaves what came up to and on its day.
    """
    watched = compile_stayers(measure, tables, seen=seen, excused=excused)
    units = compile_units(measure, watched, tables, seen=seen, excused=excused)
    counted = units.group_by("enrolment").aggregate(units=units.quantity.sum().cast("int64"))
    sources = compile_stay_sources(watched, compile_stays(tables, seen, states=_states(measure)))
    found = sources.left_join(counted, "enrolment").select("enrolment", "units", "stay_sources")
    people = with_found(watched, found, sources="stay_sources")
    censored = (people.rule == "censor").fill_null(False)
    quantity = ibis.ifelse(~people.is_seen | censored, ibis.null("int64"), people.units)
    status = status_of(people, unknown=censored)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def compile_stayers(
    measure: DaysInState, tables: Tables, *, seen: Seen, excused: Excused
) -> ir.Table:
    """The watched people, with `until`: the first day that does not count any more."""
    watched = compile_watched(measure, tables, seen=seen, excused=excused, of_days=True)
    return watched.mutate(until=watched.closes_on).alias("people")


def compile_units(
    measure: DaysInState, people: ir.Table, tables: Tables, *, seen: Seen, excused: Excused
) -> ir.Table:
    """Units by the days on which they are earned: enrolment, from_on, to_on, quantity.

    For days, each row is a stretch of them, and its quantity how many; a row whose two days are
    one stands for days earned together, such as those before a qualifier was met. For months and
    quarters, each is a row on its last day.
    """
    cut = _cut(measure, people, tables, seen=seen, excused=excused)
    counts = (cut.held > 0) & (cut.less == 0) & (cut.excused == 0) & (cut.stopped == 0)
    rows = cut.filter(counts, cut.ends > cut.begins)
    if measure.after_holding is not None:
        met = _qualified(measure, cut)
        rows = rows.inner_join(met, "enrolment")
    else:
        rows = rows.mutate(met=ibis.literal(-1, "int32"))
    if measure.counts_from == "qualification":
        rows = rows.mutate(begins=ibis.greatest(rows.begins, rows.met + 1))
        rows = rows.filter(rows.ends > rows.begins)
        rows = rows.mutate(met=ibis.literal(-1, "int32"))
    if measure.unit != "day":
        return _whole_months(measure, people, rows, excused)
    later = rows.mutate(begins=ibis.greatest(rows.begins, rows.met))
    later = later.filter(later.ends > later.begins)
    units = later.select(
        "enrolment",
        from_on=day_after(later.start_on, later.begins),
        to_on=day_after(later.start_on, later.ends),
        quantity=later.ends - later.begins,
    )
    if measure.counts_from != "start":
        return units
    before = rows.filter(rows.begins < rows.met)
    met_on = day_after(before.start_on, before.met)
    earlier = before.select(
        "enrolment",
        from_on=met_on,
        to_on=met_on,
        quantity=ibis.least(before.ends, before.met) - before.begins,
    )
    return units.union(earlier)


def compile_days_earned(
    measure: DaysInState, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> Earned:
    """When each day, month or quarter is earned, whether or not the window is over."""
    people = compile_stayers(measure, tables, seen=seen, excused=excused)
    units = compile_units(measure, people, tables, seen=seen, excused=excused)
    stays = compile_inside(people, compile_stays(tables, seen, states=_states(measure)))
    to_on = stays.to_on if _stands_alone(measure) else ibis.literal(NEVER)
    rows = stays.select("enrolment", "from_on", "source", to_on=to_on)
    return Earned(people, units, compile_all_rows(measure, people, rows, tables, seen))


def _stands_alone(measure: DaysInState) -> bool:
    """Whether a day rests on nothing but the stays of that day."""
    return measure.unit == "day" and measure.after_holding is None


def _states(measure: DaysInState) -> list[str]:
    return [measure.state, *([measure.less] if measure.less else [])]


def _cut(
    measure: DaysInState, people: ir.Table, tables: Tables, *, seen: Seen, excused: Excused
) -> ir.Table:
    held = compile_marked(people, compile_stays(tables, seen, states=[measure.state]), "held")
    marked = [held]
    if measure.less is not None:
        less = compile_stays(tables, seen, states=[measure.less])
        marked.append(compile_marked(people, less, "less"))
    if excused.not_counted:
        marked.append(compile_marked_always(people, excused.not_counted, "excused"))
    if stops_in_custody(measure):
        custody = compile_stays(tables, seen, states=CUSTODY_STATES)
        marked.append(compile_marked(people, custody, "stopped"))
    return compile_disjoint(held) if len(marked) == 1 else compile_cut(marked)


def _qualified(measure: DaysInState, cut: ir.Table) -> ir.Table:
    """For each enrolment that meets the qualifier: enrolment, met (the number of the last day).

    Excused days and days on which the clock stood are passed over.
    """
    assert measure.after_holding is not None
    counts = (cut.held > 0) & (cut.excused == 0) & (cut.stopped == 0) & (cut.ends > cut.begins)
    rows = cut.filter(counts)
    rows = rows.mutate(first=rows.begins - rows.skipped_before)
    rows = rows.mutate(after=rows.first + rows.ends - rows.begins)
    order = ibis.window(group_by="enrolment", order_by="begins")
    upto = ibis.window(group_by="enrolment", order_by="begins", preceding=(None, 0), following=None)
    rows = rows.mutate(gap=rows.first - rows.after.lag().over(order).coalesce(rows.first))
    rows = rows.mutate(run=(rows.gap > 0).cast("int32").sum().over(upto).cast("int32"))
    of_run = ibis.window(
        group_by=["enrolment", "run"], order_by="begins", preceding=(None, 0), following=None
    )
    rows = rows.mutate(since=rows.first.min().over(of_run), day=rows.begins.min().over(of_run))
    since_on = day_after(rows.start_on, rows.day)
    needed = length_after(since_on, measure.after_holding).delta(since_on, unit="day")
    rows = rows.mutate(last=rows.since + needed - 1)
    rows = rows.filter(rows.after > rows.last)
    rows = rows.mutate(met=rows.begins + ibis.greatest(rows.last - rows.first, 0))
    return rows.group_by("enrolment").aggregate(met=rows.met.min())


def _whole_months(
    measure: DaysInState, people: ir.Table, rows: ir.Table, excused: Excused
) -> ir.Table:
    """Months (or quarters) all of whose days are in the rows, which are apart and in order.

    On the axis of the days on which the clock ran, so that a month that custody interrupts goes on
    after it.
    """
    rows = rows.mutate(first=rows.begins - rows.stopped_before)
    rows = rows.mutate(after=rows.first + rows.ends - rows.begins)
    order = ibis.window(group_by="enrolment", order_by="begins")
    upto = ibis.window(group_by="enrolment", order_by="begins", preceding=(None, 0), following=None)
    rows = rows.mutate(apart=rows.first != rows.after.lag().over(order).coalesce(-1))
    rows = rows.mutate(run=rows.apart.cast("int32").sum().over(upto).cast("int32"))
    of_run = ibis.window(group_by=["enrolment", "run"])
    rows = rows.mutate(run_first=rows.first.min().over(of_run)).drop("start_on", "run", "apart")
    every = MONTHS[measure.unit]
    months = people.select(
        "enrolment",
        "start_on",
        days=people.until.delta(people.start_on, unit="day"),
        number=ibis.range(0, _most_months(measure, excused) // every).unnest(),
    )
    months = months.mutate(
        month_first=_month(months, months.number, every),
        month_after=_month(months, months.number + 1, every),
    )
    months = months.filter(months.month_after <= months.days)
    # the row that holds a month's last day says which day of the calendar that is
    whole = months.inner_join(
        rows,
        [
            months.enrolment == rows.enrolment,
            rows.run_first <= months.month_first,
            rows.first < months.month_after,
            rows.after >= months.month_after,
        ],
    )
    number = whole.begins + whole.month_after - 1 - whole.first
    on = day_after(whole.start_on, ibis.greatest(number, whole.met))
    return whole.select("enrolment", from_on=on, to_on=on, quantity=ibis.literal(1, "int64"))


def _most_months(measure: DaysInState, excused: Excused) -> int:
    """How many months a window can hold at most, with the days by which it is extended."""
    months = measure.window.months or measure.window.days // 28
    more = sum((stretch.end - stretch.start).days for stretch in excused.extends)
    return months + -(-more // 28)


def _month(months: ir.Table, number: ir.IntegerValue, every: int) -> ir.IntegerValue:
    """The number of the day on which a month begins, counted from the window's first day."""
    begins = (months.start_on.cast("timestamp") + (number * every).as_interval("M")).date()
    return begins.delta(months.start_on, unit="day")


def reference_days_in_state(
    measure: DaysInState,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> list[PersonResult]:
    """The same by sets of days, in plain Python."""
    results = []
    for person, units in reference_units(measure, records, seen=seen, excused=excused):
        quantity: int | None
        if not person.is_seen:
            quantity, status = None, person.unseen
        elif person.rule == "censor":
            quantity, status = None, str(person.ending)
        else:
            quantity, status = len(units), KNOWN
        stays = stays_inside(records, person, seen, person.closes_on, *_states(measure))
        dated = [(row.start_on, row.source) for row in stays]
        results.append(person.result(quantity, status, dated))
    return results


def reference_units(
    measure: DaysInState, records: PlainRecords, *, seen: Seen, excused: Excused
) -> Iterator[tuple[WatchedPerson, list[date]]]:
    """Each watched person with the day on which each unit is earned, in order."""
    for person in reference_watched(measure, records, seen=seen, excused=excused, of_days=True):
        key = person.enrolment.person
        state = set(records.days_of(key, seen, measure.state))
        less = set(records.days_of(key, seen, measure.less)) if measure.less else set()
        counted = (state - less) & person.open_days
        met = date.min
        if measure.after_holding is not None:
            found = _first_held(measure, person, state)
            if found is None:
                counted = set()
            elif measure.counts_from == "qualification":
                counted = {day for day in counted if day > found}
            else:
                met = found
        units = list(counted) if measure.unit == "day" else _months(measure, person, counted)
        yield person, sorted(max(day, met) for day in units)


def reference_days_earned(
    measure: DaysInState,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> Iterator[EarnedByPerson]:
    """What `compile_days_earned` says."""
    for person, units in reference_units(measure, records, seen=seen, excused=excused):
        rows = [
            (row.start_on, seen.end_of_stay(row) if _stands_alone(measure) else NEVER, row.source)
            for row in stays_inside(records, person, seen, person.closes_on, *_states(measure))
        ]
        yield EarnedByPerson(person, units, rows)


def _first_held(measure: DaysInState, person: WatchedPerson, state: set[date]) -> date | None:
    """The day by which the state was held long enough; None if it was not."""
    assert measure.after_holding is not None
    passed_over = person.stopped | person.uncounted
    days = [day for day in person.days if day < person.closes_on and day not in passed_over]
    run: list[date] = []
    for day in days:
        run = [*run, day] if day in state else []
        if (
            run
            and len(run) >= (reference_length_after(run[0], measure.after_holding) - run[0]).days
        ):
            return day
    return None


def _months(measure: DaysInState, person: WatchedPerson, counted: set[date]) -> list[date]:
    """The last day of each month or quarter all of whose days count."""
    start, every = person.days[0], MONTHS[measure.unit]
    axis = [day for day in person.days if day < person.closes_on and day not in person.stopped]
    last_days = []
    for number in range(len(axis) // 28 + 1):
        first, after = ((add_months(start, at * every) - start).days for at in (number, number + 1))
        month = axis[first:after]
        if len(month) == after - first and counted.issuperset(month):
            last_days.append(month[-1])
    return last_days
