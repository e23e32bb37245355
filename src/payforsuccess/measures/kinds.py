"""Which function computes which kind; a new kind adds its file and its lines here."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from payforsuccess.deal.measures import (
    CertifiedUnits,
    DaysInState,
    EventAbsent,
    EventCount,
    HeldWithoutBreak,
    MeasureBase,
    MilestoneReached,
    MoneySum,
    QuartersWithEarnings,
    ScoreGain,
)
from payforsuccess.measures.certified_units import (
    compile_certified_units,
    compile_units_earned,
    reference_certified_units,
    reference_units_earned,
)
from payforsuccess.measures.days_in_state import (
    compile_days_earned,
    compile_days_in_state,
    reference_days_earned,
    reference_days_in_state,
)
from payforsuccess.measures.event_absent import compile_event_absent, reference_event_absent
from payforsuccess.measures.event_count import (
    compile_event_count,
    compile_events_earned,
    reference_event_count,
    reference_events_earned,
)
from payforsuccess.measures.held_without_break import (
    compile_held_earned,
    compile_held_without_break,
    reference_held_earned,
    reference_held_without_break,
)
from payforsuccess.measures.lazily import ir
from payforsuccess.measures.milestone_reached import (
    compile_milestone_earned,
    compile_milestone_reached,
    reference_milestone_earned,
    reference_milestone_reached,
)
from payforsuccess.measures.money_sum import (
    compile_money_sum,
    compile_sums_earned,
    reference_money_sum,
    reference_sums_earned,
)
from payforsuccess.measures.parts import Earned, EarnedByPerson
from payforsuccess.measures.quarters_with_earnings import (
    compile_quarters_with_earnings,
    reference_quarters_with_earnings,
)
from payforsuccess.measures.score_gain import compile_score_gain, reference_score_gain
from payforsuccess.measures.tables import PersonResult

COMPILERS: dict[type[MeasureBase], Callable[..., ir.Table]] = {
    CertifiedUnits: compile_certified_units,
    DaysInState: compile_days_in_state,
    EventAbsent: compile_event_absent,
    EventCount: compile_event_count,
    HeldWithoutBreak: compile_held_without_break,
    MilestoneReached: compile_milestone_reached,
    MoneySum: compile_money_sum,
    QuartersWithEarnings: compile_quarters_with_earnings,
    ScoreGain: compile_score_gain,
}
"""How each kind that is computed becomes rows of people:
`compile(measure, tables, *, seen, excused=NOTHING_EXCUSED)`."""

REFERENCES: dict[type[MeasureBase], Callable[..., list[PersonResult]]] = {
    CertifiedUnits: reference_certified_units,
    DaysInState: reference_days_in_state,
    EventAbsent: reference_event_absent,
    EventCount: reference_event_count,
    HeldWithoutBreak: reference_held_without_break,
    MilestoneReached: reference_milestone_reached,
    MoneySum: reference_money_sum,
    QuartersWithEarnings: reference_quarters_with_earnings,
    ScoreGain: reference_score_gain,
}
"""The plain-Python reference of each, which must agree:
`reference(measure, records, *, seen, excused=NOTHING_EXCUSED)`."""

EARNED: dict[type[MeasureBase], Callable[..., Earned]] = {
    CertifiedUnits: compile_units_earned,
    DaysInState: compile_days_earned,
    EventCount: compile_events_earned,
    HeldWithoutBreak: compile_held_earned,
    MilestoneReached: compile_milestone_earned,
    MoneySum: compile_sums_earned,
}
"""When each kind's quantity is earned, for the kinds that can be `earned: as-it-happens`:
`compile(measure, tables, *, seen, excused=NOTHING_EXCUSED)`, to be split by `compile_parts`."""

REFERENCES_EARNED: dict[type[MeasureBase], Callable[..., Iterable[EarnedByPerson]]] = {
    CertifiedUnits: reference_units_earned,
    DaysInState: reference_days_earned,
    EventCount: reference_events_earned,
    HeldWithoutBreak: reference_held_earned,
    MilestoneReached: reference_milestone_earned,
    MoneySum: reference_sums_earned,
}
"""The plain-Python reference of each, for `reference_parts`."""
