"""What stands of seals beside an estimate: whether there is one, and what its day rests on.

A day is the signer's word; the day on which the record was written is this machine's. A seal that
was published shows more than either.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.study import Seal
from payforsuccess.deal.words.phrases import counted
from payforsuccess.errors import Finding, Refusal
from payforsuccess.records import LAYOUTS
from payforsuccess.records.written import find_files
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.study.standing import PlanSeal


def seal_findings(
    deal: Deal, seals: Mapping[str, PlanSeal], people: Mapping[str, pa.Table]
) -> Iterator[Finding]:
    """For each plan: that no seal of it is on record, or whose outcomes could be known at its seal.

    people: the rows of each plan, by its name. Nothing is said of a plan that was sealed on the day
    it says, before the first window was over.
    """
    for name, rows in people.items():
        seal = seals.get(name)
        where = deal.place_of("evaluation", name)
        if seal is None:
            yield Finding("seal", _unsealed(deal, name), where)
            continue
        at = seal.written_on or seal.on
        over = pc.sum(pc.less(rows["last_day"], pa.scalar(at, pa.date32()))).as_py() or 0
        if not over and at == seal.on:
            continue
        said = f"The plan {name} was sealed on {seal.on} by {seal.who}"
        said += f", and the record of it was written on {at}" if at != seal.on else ""
        if over:
            said += (
                f"; by then {over:,} of {counted(rows.num_rows, 'window')} were over, so that "
                "nothing here shows that the plan was fixed before outcomes were known"
            )
        yield Finding("seal", f"{said}. Hold it against the seal that was published.", where)


def day_of_seal_findings(seal: Seal) -> Iterator[Finding]:
    """What a new seal does not show by itself: that its day is true, and that nobody had looked."""
    if seal.written_on is not None and seal.written_on != seal.on:
        yield Finding(
            "seal",
            f"It is signed for {seal.on} and written on {seal.written_on}; both days stand in the "
            "record, and wherever the plan is used both are told.",
        )
    if seal.records_through is not None:
        yield Finding(
            "seal",
            f"Records complete through {seal.records_through} lie beside it: the seal does not "
            "show that nobody had looked at them.",
        )


def records_through(folder: DealFolder, deal: Deal) -> date | None:
    """The latest day that records which lie in the deal's folder cover; None without any."""
    days = [
        source.complete_through
        for source in deal.data
        if source.complete_through is not None and _is_there(folder, deal, source.feed)
    ]
    return max(days, default=None)


def _is_there(folder: DealFolder, deal: Deal, feed: str) -> bool:
    source = next(each for each in deal.data if each.feed == feed)
    layout = LAYOUTS.get(source.layout)
    if layout is None:
        return False
    try:
        return any(found.path.exists() for found in find_files(source, layout, folder.root))
    except Refusal:
        return False


def _unsealed(deal: Deal, name: str) -> str:
    plan = deal.evaluation[name]
    has: Iterable[str] = ("looks",) if plan.looks else ()
    if getattr(plan, "seed_fingerprint", None) is not None:
        has = (*has, "a sealed lottery")
    although = f", although it has {' and '.join(has)}" if has else ""
    return (
        f"No seal of the plan {name} is on record{although}: nothing here shows that it was fixed "
        "before results were known. If it was sealed, hold it against the seal that was published."
    )
