"""From the rows of a measure of people to the one value of a measurement point."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.measures import PersonMeasure, ShareOfCohort
from payforsuccess.deal.results import Result
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding
from payforsuccess.measures import KNOWN, NOT_YET_OBSERVED, compile_by_period
from payforsuccess.measures.lazily import ibis, ir
from payforsuccess.measures.share_of_cohort import compile_reached, share_of_cohort
from payforsuccess.runs.data.slots import slot_of_effect
from payforsuccess.runs.measure.counting import Counting, Counts, refuse_finer
from payforsuccess.store import rows_fingerprint


@dataclass(frozen=True)
class PointCounting(Counting):
    """One result for the outcome's one measurement point: everyone of the measure's population.

    Who belongs to the point's cohort is the population's to say. There is no result while some
    window is not yet seen to its end. The ledger by person goes by periods and has no rows of it.
    Refuses an outcome read at several points.
    """

    measure: PersonMeasure | ShareOfCohort

    @cached_property
    def _by_status(self) -> ir.Table:
        taken = self.people.table
        if isinstance(self.measure, ShareOfCohort):
            taken = compile_reached(self.measure, taken)
        return compile_by_period(taken.mutate(period=ibis.literal(1)))

    def _counts(self, rows: pa.Table) -> Counts:
        if not isinstance(self.measure, ShareOfCohort):
            refuse_finer(self.deal, self.name, self.outcome, rows)
        last_day = pc.max(rows.column("last_day")).as_py()
        slot = slot_of_effect(self.deal, self.name, last_day=last_day)
        where = self.deal.place_of("outcomes", self.name)
        statuses = {
            row["status"]: (row["people"], Fraction(row["total"]))
            for row in self.store.run(self._by_status).to_pylist()
        }
        if NOT_YET_OBSERVED in statuses:
            waiting = counted(statuses[NOT_YET_OBSERVED][0], "window")
            says = f"{self.name}: {waiting} not yet seen to the end, so the point has no result."
            return Counts((), (), (Finding("not-yet-observed", says, where),))
        known, value = statuses.get(KNOWN, (0, Fraction(0)))
        unknown = sum(people for people, _ in statuses.values()) - known
        findings: tuple[Finding, ...] = ()
        if unknown:
            says = (
                f"{self.name}: {counted(unknown, 'person')} without a result by the measure's "
                "rules; neither for nor against."
            )
            findings = (Finding("unknown", says, where),)
        if isinstance(self.measure, ShareOfCohort):
            if not known:
                says = f"{self.name}: no one has a known result, so there is no share."
                return Counts((), (), (*findings, Finding("unknown", says, where)))
            value = share_of_cohort(int(value), known, unit=self.outcome.unit)
        result = Result.model_validate(
            {
                **slot,
                "outcome": self.name,
                "value": value,
                "people": known,
                "evidence": rows_fingerprint(rows),
            }
        )
        return Counts((result,), (), findings)
