"""A definition to an Ibis expression to SQL, one file a kind, each with a plain reference."""

from __future__ import annotations

from payforsuccess.measures.arms import (
    ArmCount,
    arm_counts,
    compile_by_arm,
    reference_arm_counts,
)
from payforsuccess.measures.computable import check_computable, check_transfers
from payforsuccess.measures.event_absent import compile_event_absent, reference_event_absent
from payforsuccess.measures.event_count import compile_event_count, reference_event_count
from payforsuccess.measures.excused import NOTHING_EXCUSED, Excused, Stretch
from payforsuccess.measures.kinds import COMPILERS, EARNED, REFERENCES, REFERENCES_EARNED
from payforsuccess.measures.mean_difference import mean_difference
from payforsuccess.measures.parts import (
    Earned,
    EarnedByPerson,
    Part,
    compile_parts,
    reference_parts,
)
from payforsuccess.measures.percent_reduction import percent_reduction
from payforsuccess.measures.person_rows import (
    compile_by_period,
    compile_parts_by_period,
    compile_parts_ledger,
    compile_person_rows,
    compile_with_period,
)
from payforsuccess.measures.seen import Seen
from payforsuccess.measures.tables import (
    BEFORE_THE_RECORDS,
    CUSTODY,
    DEATH,
    KNOWN,
    MOVE,
    NOT_YET_OBSERVED,
    TRANSFER,
    EnrolmentRow,
    EventRow,
    PersonResult,
    PlainRecords,
    SourceRow,
    SpellRow,
    Tables,
    TraitRow,
)

__all__ = [
    "BEFORE_THE_RECORDS",
    "COMPILERS",
    "CUSTODY",
    "DEATH",
    "EARNED",
    "KNOWN",
    "MOVE",
    "NOTHING_EXCUSED",
    "NOT_YET_OBSERVED",
    "REFERENCES",
    "REFERENCES_EARNED",
    "TRANSFER",
    "ArmCount",
    "Earned",
    "EarnedByPerson",
    "EnrolmentRow",
    "EventRow",
    "Excused",
    "Part",
    "PersonResult",
    "PlainRecords",
    "Seen",
    "SourceRow",
    "SpellRow",
    "Stretch",
    "Tables",
    "TraitRow",
    "arm_counts",
    "check_computable",
    "check_transfers",
    "compile_by_arm",
    "compile_by_period",
    "compile_event_absent",
    "compile_event_count",
    "compile_parts",
    "compile_parts_by_period",
    "compile_parts_ledger",
    "compile_person_rows",
    "compile_with_period",
    "mean_difference",
    "percent_reduction",
    "reference_arm_counts",
    "reference_event_absent",
    "reference_event_count",
    "reference_parts",
]
