"""Which function computes which kind; a new kind adds its file and its lines here."""

from __future__ import annotations

from collections.abc import Callable

import ibis.expr.types as ir

from payforsuccess.deal.measures import EventAbsent, EventCount, MeasureBase
from payforsuccess.measures.event_absent import compile_event_absent, reference_event_absent
from payforsuccess.measures.event_count import compile_event_count, reference_event_count
from payforsuccess.measures.tables import PersonResult

COMPILERS: dict[type[MeasureBase], Callable[..., ir.Table]] = {
    EventAbsent: compile_event_absent,
    EventCount: compile_event_count,
}
"""How each kind that is computed becomes rows of people:
`compile(measure, tables, *, seen, excused=NOTHING_EXCUSED)`."""

REFERENCES: dict[type[MeasureBase], Callable[..., list[PersonResult]]] = {
    EventAbsent: reference_event_absent,
    EventCount: reference_event_count,
}
"""The plain-Python reference of each, which must agree:
`reference(measure, records, *, seen, excused=NOTHING_EXCUSED)`."""
