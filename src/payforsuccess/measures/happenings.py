"""Rows of the records as every measure reads them: only of feeds that count, open stays ended."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.sources import source_of
from payforsuccess.measures.tables import Tables


def compile_events(tables: Tables, seen: Seen, *, kinds: Sequence[str]) -> ir.Table:
    """The events of these kinds: person, kind, on (the day), amount, source."""
    events = seen.rows(tables.events)
    events = events.filter(events.kind.isin(list(kinds)))
    return events.select(
        person="person", kind="kind", on="happened_on", amount="amount", source=source_of(events)
    )


def compile_stays(tables: Tables, seen: Seen, *, states: Sequence[str]) -> ir.Table:
    """The stays in these states: person, state, from_on, to_on (the first day after), source.

    A stay still open ends where its own feed's records end.
    """
    spells = seen.rows(tables.spells)
    spells = spells.filter(spells.state.isin(list(states)))
    stays = spells.select(
        person="person",
        state="state",
        from_on="start_on",
        to_on=spells.end_on.coalesce(seen.end(spells.feed)),
        source=source_of(spells),
    )
    return stays.filter(stays.to_on > stays.from_on)


def compile_runs(stays: ir.Table) -> ir.Table:
    """The stays merged where they touch or overlap: person, from_on, to_on; apart and in order."""
    earlier = ibis.window(
        group_by="person", order_by=["from_on", "to_on"], preceding=(None, 1), following=None
    )
    upto = ibis.window(
        group_by="person", order_by=["from_on", "to_on"], preceding=(None, 0), following=None
    )
    marked = stays.mutate(reached=stays.to_on.max().over(earlier))
    starts = (marked.reached.isnull() | (marked.from_on > marked.reached)).cast("int64")
    marked = marked.mutate(starts=starts)
    numbered = marked.mutate(run=marked.starts.sum().over(upto))
    runs = numbered.group_by("person", "run").aggregate(
        from_on=numbered.from_on.min(), to_on=numbered.to_on.max()
    )
    return runs.drop("run")
