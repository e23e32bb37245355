"""What an evaluation sees of the records, one row an enrolment; and the same without any key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from payforsuccess.measures.happenings import compile_events
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import COLUMNS, DEATH, MOVE, Tables

if TYPE_CHECKING:
    import pyarrow as pa

LABEL = ":label"
"""Behind a fact's name: the column of its words."""
OF_ENROLMENTS = ("site", "stratum")
"""Facts that the enrolment itself tells, where no fact about people has the name."""
ENDED_AS = {DEATH: "died", MOVE: "moved"}
ASSIGNED_ON = "assigned_on"


@dataclass(frozen=True)
class Told:
    """What the rows tell beside arm, quantity and status; each only where the records can.

    facts: about people, by name. seen: how far the measure's feeds reach. endings: which of death
    and move some feed of the measure reports. taking_part: person and enrolled_on of those whom
    the programme enrolled, where enrolment says that someone took part. links: person and score,
    the weakest link between records of one person, where people were matched. before: rows of the
    measure of the time before. times: rows of `compile_times`.
    """

    facts: Sequence[str] = ()
    seen: Seen | None = None
    endings: Sequence[str] = ()
    taking_part: ir.Table | None = None
    links: ir.Table | None = None
    before: ir.Table | None = None
    times: ir.Table | None = None


def compile_evaluation_rows(results: ir.Table, tables: Tables, told: Told) -> ir.Table:
    """The results, all columns, with a column more for each thing told, in order of enrolments.

    A fact that changes is taken as it was last known up to the window's first day; one never known
    is missing. Each fact has two columns: `name`, its number, and `name:label`, its words. Died
    and moved are of the window, its last day included. Who took part was enrolled by the
    programme: in the enrolment that was assigned, or in another on its first day or later.
    """
    own = tables.enrolments.select(
        of="enrolment",
        site="site",
        stratum="stratum",
        assigned_on=ASSIGNED_ON,
        enrolled_on="enrolled_on",
        known_on=tables.enrolments.assigned_on.coalesce(tables.enrolments.referred_on),
    )
    rows = results.select(*COLUMNS)
    rows = rows.left_join(own, rows.enrolment == own.of).drop("of")
    if told.taking_part is not None:
        rows = _with_part(rows, told.taking_part)
    for kind in told.endings:
        assert told.seen is not None
        rows = _with_mark(rows, compile_events(tables, told.seen, kinds=[kind]), ENDED_AS[kind])
    if told.links is not None:
        links = told.links.select(linked_person="person", score="score")
        rows = rows.left_join(links, rows.person == links.linked_person)
        rows = rows.mutate(linked=rows.linked_person.notnull()).drop("linked_person")
    if told.before is not None:
        before = told.before.select(of="enrolment", before="quantity")
        rows = rows.left_join(before, rows.enrolment == before.of).drop("of")
    if told.times is not None:
        times = told.times.select(of="enrolment", days="days", ended="ended")
        rows = rows.left_join(times, rows.enrolment == times.of).drop("of")
    facts = [name for name in told.facts if name not in OF_ENROLMENTS]
    if facts:
        rows = _with_facts(rows, tables, facts)
    rows = rows.drop(
        "enrolled_on", "known_on", *(name for name in OF_ENROLMENTS if name not in told.facts)
    )
    return rows.order_by("enrolment").alias("evaluation_rows")


def _with_part(rows: ir.Table, taking_part: ir.Table) -> ir.Table:
    last = taking_part.group_by("person").aggregate(last=taking_part.enrolled_on.max())
    last = last.select(of="person", last="last")
    rows = rows.left_join(last, rows.person == last.of).drop("of")
    elsewhere = (rows.last >= rows.known_on.coalesce(rows.start_on)).fill_null(False)
    return rows.mutate(took_part=rows.enrolled_on.notnull() | elsewhere).drop("last")


def _with_mark(rows: ir.Table, events: ir.Table, name: str) -> ir.Table:
    inside = rows.inner_join(
        events,
        [
            rows.person == events.person,
            events.on >= rows.start_on,
            events.on <= rows.last_day,
        ],
    )
    marked = inside.select(of="enrolment").distinct()
    rows = rows.left_join(marked, rows.enrolment == marked.of)
    return rows.mutate(**{name: rows.of.notnull()}).drop("of")


def _with_facts(rows: ir.Table, tables: Tables, facts: Sequence[str]) -> ir.Table:
    """Each fact as last known; of two rows of one day that with the smaller number, then word."""
    known = tables.traits.filter(tables.traits.trait.isin(list(facts)))
    known = known.filter(known.value.notnull() | known.label.notnull())
    known = known.select("trait", "as_of", "value", "label", of="person")
    joined = rows.select("enrolment", "person", "start_on").inner_join(
        known, [rows.person == known.of]
    )
    joined = joined.filter(joined.as_of.isnull() | (joined.as_of <= joined.start_on))
    latest_first = ibis.window(
        group_by=["enrolment", "trait"],
        order_by=[
            ibis.desc(joined.as_of.fill_null(ibis.date("0001-01-01"))),
            joined.value,
            joined.label,
        ],
    )
    last = joined.mutate(place=ibis.row_number().over(latest_first))
    last = last.filter(last.place == 0)
    columns = {}
    for name in facts:
        columns[name] = last.value.max(where=last.trait == name)
        columns[name + LABEL] = last.label.max(where=last.trait == name)
    wide = last.group_by("enrolment").aggregate(**columns)
    found = rows.left_join(wide, "enrolment")
    return found.select(*rows.columns, *columns)


def without_keys(rows: pa.Table, people: pa.Array, *, has_arms: bool) -> pa.Table:
    """The rows as an evaluation sees them: no key, no row of a file, each person by a number.

    people: the keys of everyone in any plan of the run, each once; a person's number is the place
    there. has_arms: leave out who is in no arm. Words of a fact that has none for anyone are left
    out, and the number of one that has only words stays, missing.
    """
    import pyarrow.compute as pc

    if has_arms:
        rows = rows.filter(pc.is_valid(rows["arm"]))
    numbers = pc.index_in(rows["person"].combine_chunks(), value_set=people).cast("int64")
    wordless = [
        name
        for name in rows.column_names
        if name.endswith(LABEL) and rows[name].null_count == rows.num_rows
    ]
    hidden = ["enrolment", "person", "last_day", "source", ASSIGNED_ON, *wordless]
    kept = [name for name in rows.column_names if name not in hidden]
    first = [name for name in ("arm", "quantity", "status") if name in kept]
    others = [name for name in kept if name not in first]
    return rows.select([*first, *others]).append_column("person", numbers)
