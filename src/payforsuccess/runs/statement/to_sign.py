"""What a determination signs: the values found, those asked for, those not yet signed."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.results import Determination, Result, Results, SignedRows
from payforsuccess.errors import Problem, Refusal, sentence
from payforsuccess.payments.book import signed_rows
from payforsuccess.payments.people import People


def with_people(found: Results | None, rows: People | None, deal: Deal) -> Results | None:
    """The results file's values, and the totals of rows by person where it has none."""
    if rows is None:
        return found
    given = found.results if found is not None else ()
    known = {(result.outcome, result.period) for result in given}
    totals: list[Result] = []
    for outcome, period in rows.slots:
        if (outcome, period) in known or outcome not in deal.outcomes:
            continue
        tick = deal.outcomes[outcome].tick
        column = rows.quantities(outcome, period, tick=tick)
        totals.append(
            Result(
                outcome=outcome,
                period=period,
                value=rows.total(column) * tick,
                people=sum(1 for quantity in column if quantity),
                evidence=rows.fingerprint(outcome, period),
            )
        )
    return Results(results=(*given, *totals)) if given or totals else None


def chosen_of(found: Results, only: Sequence[str]) -> tuple[Result, ...]:
    """The results of the outcomes asked for, all where none is; refuses names without a result."""
    if not only:
        return found.results
    chosen = tuple(result for result in found.results if result.outcome in only)
    missing = [name for name in only if name not in {r.outcome for r in found.results}]
    if missing:
        raise Refusal(
            Problem(
                sentence(
                    "The results file has no result for {missing}.", missing=", ".join(missing)
                ),
                sentence("Check the names of the outcomes."),
            )
        )
    return chosen


def not_yet_signed(
    chosen: tuple[Result, ...],
    rows: People | None,
    earlier: Sequence[Determination],
    supersedes: int | None,
) -> tuple[Result, ...]:
    """Without what a standing determination says already.

    So a results file or rows by person can grow from period to period.
    """
    gone = {record.supersedes for record in earlier} | {supersedes}
    said = {
        result.slot: (result, signed_rows(result, record))
        for record in earlier
        if record.number not in gone
        for result in record.results
    }
    new = tuple(
        result
        for result in chosen
        if result.slot not in said or not _says_the_same(result, rows, *said[result.slot])
    )
    if chosen and not new:
        raise Refusal(
            Problem(
                sentence("Every one of these results is determined already."),
                sentence(
                    "There is nothing to sign; to replace one, change it and supersede its "
                    "determination."
                ),
            )
        )
    return new


def _says_the_same(
    result: Result, rows: People | None, signed: Result, rows_signed: str | None
) -> bool:
    """Whether a result is what was signed, and rests on the same rows by person.

    The evidence of a run is of all periods together, so it grows with each; where the rows of the
    one period can be compared, or nobody counted in it, they decide.
    """
    own = result.model_copy(update={"is_approximate": False})
    if rows is None or result.period is None:
        return own == signed
    at = (result.outcome, result.period)
    found = rows.fingerprint(*at) if rows.has(*at) else None
    if found != rows_signed:
        return False
    if found is not None or not result.value:
        own = own.model_copy(update={"evidence": signed.evidence})
    return own == signed


def rows_behind(chosen: Sequence[Result], rows: People | None) -> tuple[SignedRows, ...]:
    """The rows by person that stand behind the chosen results, so that they are signed too."""
    slots = dict.fromkeys((r.outcome, r.period) for r in sorted(chosen, key=lambda r: r.slot))
    return tuple(
        SignedRows(outcome=outcome, period=period, fingerprint=rows.fingerprint(outcome, period))
        for outcome, period in slots
        if rows is not None and period is not None and rows.has(outcome, period)
    )
