"""Whether people stand in the records in the arms that the sealed lottery drew for them."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import EvaluationPlan, Randomised
from payforsuccess.errors import Place, Refusal
from payforsuccess.runs.measure.cohort import CohortRecords


def refuse_not_as_drawn(
    deal: Deal, plan: EvaluationPlan, rows: pa.Table, records: CohortRecords, where: Place
) -> None:
    """Refuse an arm in the records that the sealed list did not give; without a list, nothing.

    The list names people as the feed of the enrolments does. Everyone is analysed in the arm that
    was drawn: who crossed over stays in it, and who was never drawn belongs to none.
    """
    if records.drawn is None or not isinstance(plan, Randomised) or plan.lottery is None:
        return
    from payforsuccess.evaluation.lottery.checks import check_enrolled
    from payforsuccess.evaluation.lottery.listed import arms_of

    mine = rows.filter(pc.is_in(rows["arm"], pa.array([plan.arms.treated, plan.arms.control])))
    found = dict(zip(mine["person"].to_pylist(), mine["arm"].to_pylist(), strict=True))
    outside = [key for each in records.drawn.outside for key in records.drawn.keys_of(each)]
    listed = [*arms_of(records.drawn), *outside]
    keys = _keys_in_records(deal, _feeds_of(mine), listed, records)
    problems = check_enrolled(found, records.drawn, keys=keys).problems(where)
    if problems:
        raise Refusal(problems)


def with_blocks(
    deal: Deal, plan: EvaluationPlan, rows: pa.Table, records: CohortRecords
) -> pa.Table:
    """The rows with the block or round in which each person was drawn, where the list tells it.

    As they are without a sealed list, where people were drawn one by one, and where blocks of
    several sizes are still sealed. Missing of whom the list does not know.
    """
    from payforsuccess.evaluation.designs.sample import BLOCK, BLOCK_PLACES, BLOCK_TREATED
    from payforsuccess.evaluation.lottery.placed import drawn_in
    from payforsuccess.evaluation.lottery.terms import terms_of

    if records.drawn is None or not isinstance(plan, Randomised) or plan.lottery is None:
        return rows
    if not (plan.lottery.block_sizes or plan.lottery.draws == "as-places-open"):
        return rows
    found = drawn_in(records.drawn, terms_of(deal.evaluation))
    if found is None:
        return rows
    keys = _keys_in_records(deal, _feeds_of(rows), list(found), records)
    by_person = {keys.get(key, key): block for key, block in found.items()}
    told = [by_person.get(person) for person in rows["person"].to_pylist()]
    for name, values in (
        (BLOCK, [None if one is None else one.number for one in told]),
        (BLOCK_PLACES, [None if one is None else one.places for one in told]),
        (BLOCK_TREATED, [None if one is None else one.treated for one in told]),
    ):
        rows = rows.append_column(name, pa.array(values, pa.int64()))
    return rows


def _feeds_of(rows: pa.Table) -> list[str]:
    return sorted({source.split(":")[0].split("/")[0] for source in rows["source"].to_pylist()})


def _keys_in_records(
    deal: Deal, feeds: list[str], listed: list[str], records: CohortRecords
) -> dict[str, str]:
    """The person in the records of each key in the list, for those who are there."""
    store = records.store
    members = store.run(records.members)
    person_of = dict(zip(members["record"].to_pylist(), members["person"].to_pylist(), strict=True))
    keys = {key: person_of[key] for key in listed if key in person_of}
    for source in deal.data:
        if source.feed in feeds and source.agreement is not None:
            known = store.keys.known_keys(source.numbers_of, pa.array(listed, pa.string()))
            for key, record in zip(listed, known.to_pylist(), strict=True):
                if record in person_of:
                    keys[key] = person_of[record]
    return keys
