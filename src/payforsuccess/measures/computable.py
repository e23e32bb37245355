"""Whether this version can compute a measure; what it cannot is refused, never passed over."""

from __future__ import annotations

from payforsuccess.deal.measures import COMPUTED_KINDS, Measure, MeasureBase
from payforsuccess.errors import Place, Problem
from payforsuccess.measures.kinds import EARNED
from payforsuccess.measures.tables import TRANSFER

NO_PLACE = Place()


def check_computable(measure: Measure, *, where: Place = NO_PLACE) -> tuple[Problem, ...]:
    """Every reason why this version cannot compute the measure; none when it can."""
    problems = []
    if measure.kind not in COMPUTED_KINDS:
        problems.append(
            Problem(
                f"A measure of the kind {measure.kind} can be stated, but this version does not "
                "compute it.",
                f"Give its results by hand, or use one of: {', '.join(COMPUTED_KINDS)}.",
                _at(where, "kind"),
            )
        )
    if not isinstance(measure, MeasureBase):
        of = getattr(measure, "of", None)
        return (*problems, *(check_computable(of, where=_at(where, "of")) if of else ()))
    if measure.earned == "as-it-happens" and type(measure) not in EARNED:
        problems.append(
            Problem(
                f"A measure of the kind {measure.kind} is known only when its window is over, in "
                "this version.",
                "Leave `earned` out, or write when-the-window-ends.",
                _at(where, "earned"),
            )
        )
    return tuple(problems)


def check_transfers(
    measure: MeasureBase, *, transfers: int, where: Place = NO_PLACE
) -> tuple[Problem, ...]:
    """A problem when the records hold transfers and the measure has no rule for them."""
    if measure.on_transfer is not None or not transfers:
        return ()
    return (
        Problem(
            f"The records hold {transfers:,} of the kind {TRANSFER}, and the measure does not say "
            "what they do to the result.",
            "State `on_transfer`: censor, fail, succeed or stop-the-clock.",
            _at(where, "on_transfer"),
        ),
    )


def _at(where: Place, key: str) -> Place:
    return Place(where.file, where.line, where.column, f"{where.field}.{key}".lstrip("."))
