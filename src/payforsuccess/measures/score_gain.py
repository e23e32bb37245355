"""Score gain: the last score in a person's window less the last one up to its start, or unknown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from payforsuccess.deal.measures import ScoreGain
from payforsuccess.measures.counting import with_found
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.rounding import DECIMAL, as_literal, compile_rounded, rounded
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.sources import source_of, with_sources
from payforsuccess.measures.tables import (
    COLUMNS,
    KNOWN,
    NO_SCORE,
    PersonResult,
    PlainRecords,
    Tables,
    TraitRow,
)
from payforsuccess.measures.watching import (
    WatchedPerson,
    compile_watched,
    reference_watched,
    status_of,
)
from payforsuccess.measures.windows import length_after, reference_length_after

_DIGITS = 18  # of a row's number, so that numbers sort as texts do


def compile_score_gain(
    measure: ScoreGain, tables: Tables, *, seen: Seen, excused: Excused = NOTHING_EXCUSED
) -> ir.Table:
    """One row an enrolment of the population: see `PersonResult` for the columns.

    The score before is the last one up to and on the window's first day; the score after is the
    last one on a later day, up to and on the day of an ending, and not on an excused day that is
    not counted. Of two on one day the later row of the later feed holds. Without both the gain is
    unknown. Time in custody that stops the clock makes the window longer and hides no score.
    """
    watched = compile_watched(measure, tables, seen=seen, excused=excused)
    scores = _scores(measure, tables, seen)
    before = _last(watched, scores, _is_before(measure, watched, scores), "before")
    later = [scores.on > watched.start_on, scores.on < watched.closes_on]
    for stretch in excused.not_counted:
        later.append((scores.on < stretch.start) | (scores.on >= stretch.end))
    after = _last(watched, scores, later, "after")
    both = before.outer_join(after, "enrolment").select(
        enrolment=before.enrolment.coalesce(after.enrolment),
        gain=(after.after - before.before).cast(DECIMAL),
        row_before=before.row_before,
        row_after=after.row_after,
    )
    people = with_found(watched, both.mutate(event_sources=ibis.null("string")))
    rows = with_sources(people.source, people.row_before, people.row_after)
    people = people.mutate(source=rows)
    censored = (people.rule == "censor").fill_null(False)
    failed = (people.rule == "fail").fill_null(False)
    without = people.gain.isnull() & ~failed
    quantity: ir.Value
    if measure.at_least is None:
        quantity = compile_rounded(people.gain, measure.rounding).cast(DECIMAL)
    else:
        is_enough = (people.gain >= as_literal(measure.at_least)) & ~failed
        quantity = is_enough.fill_null(False).cast("int64")
    quantity = ibis.ifelse(
        ~people.is_seen | censored | without, ibis.null(quantity.type()), quantity
    )
    status = status_of(people, unknown=censored)
    status = ibis.ifelse((status == KNOWN) & without, ibis.literal(NO_SCORE), status)
    return people.mutate(quantity=quantity, status=status).select(*COLUMNS).order_by("enrolment")


def _scores(measure: ScoreGain, tables: Tables, seen: Seen) -> ir.Table:
    """The scores of all people: person, on, value, source, and `place`, a text that sorts them."""
    traits = seen.rows(tables.traits)
    traits = traits.filter(
        traits.trait == measure.score, traits.as_of.notnull(), traits.value.notnull()
    )
    row = traits.row.cast("string").lpad(_DIGITS, "0")
    return traits.select(
        person="person",
        on="as_of",
        value="value",
        source=source_of(traits),
        place=traits.as_of.cast("string") + traits.feed + "/" + traits.file.fill_null("") + row,
    )


def _is_before(measure: ScoreGain, watched: ir.Table, scores: ir.Table) -> list[ir.BooleanValue]:
    conditions = [scores.on <= watched.start_on]
    if measure.taken_within is not None:
        conditions.append(length_after(scores.on, measure.taken_within) >= watched.start_on)
    return conditions


def _last(
    watched: ir.Table, scores: ir.Table, conditions: Iterable[ir.BooleanValue], name: str
) -> ir.Table:
    """The last of the scores that fit: enrolment, the score under `name`, and its row."""
    fitting = watched.inner_join(scores, [watched.person == scores.person, *conditions])
    return fitting.group_by("enrolment").aggregate(
        **{
            name: fitting.value.argmax(fitting.place),
            f"row_{name}": fitting.source.argmax(fitting.place),
        }
    )


def reference_score_gain(
    measure: ScoreGain,
    records: PlainRecords,
    *,
    seen: Seen,
    excused: Excused = NOTHING_EXCUSED,
) -> list[PersonResult]:
    """The same by sets of days, in plain Python."""
    results = []
    for person in reference_watched(measure, records, seen=seen, excused=excused):
        before, after = _both(measure, person, records, seen, excused)
        quantity: int | Decimal | None = None
        if not person.is_seen:
            status = person.unseen
        elif person.rule == "censor":
            status = str(person.ending)
        elif person.rule == "fail":
            quantity, status = 0, KNOWN
        elif before is None or after is None:
            status = NO_SCORE
        else:
            gain = _value(after) - _value(before)
            status = KNOWN
            quantity = (
                rounded(gain, measure.rounding)
                if measure.at_least is None
                else int(gain >= measure.at_least)
            )
        rows = [(row.as_of or date.min, row.source) for row in (before, after) if row is not None]
        results.append(person.result(quantity, status, rows))
    return results


def _both(
    measure: ScoreGain,
    person: WatchedPerson,
    records: PlainRecords,
    seen: Seen,
    excused: Excused,
) -> tuple[TraitRow | None, TraitRow | None]:
    """The scores before and after, each the last that fits."""
    start_on = person.days[0]
    before, after = [], []
    for row in records.traits:
        if row.trait != measure.score or row.person != person.enrolment.person:
            continue
        if row.as_of is None or row.value is None or not seen.through_of(row.feed):
            continue
        if row.as_of <= start_on:
            within = measure.taken_within
            if within is None or reference_length_after(row.as_of, within) >= start_on:
                before.append(row)
        elif row.as_of < person.closes_on and not any(
            stretch.start <= row.as_of < stretch.end for stretch in excused.not_counted
        ):
            after.append(row)
    return max(before, key=_place, default=None), max(after, key=_place, default=None)


def _place(row: TraitRow) -> str:
    return f"{row.as_of}{row.feed}/{row.file or ''}{row.row:0{_DIGITS}d}"


def _value(row: TraitRow) -> Fraction:
    return Fraction(row.value or 0)
