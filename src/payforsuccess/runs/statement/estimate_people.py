"""The people whose results made an estimate, of both arms, measured again for an auditor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import TwoArmBase
from payforsuccess.errors import Refusal
from payforsuccess.runs.data.certificates import what_destroyed
from payforsuccess.runs.data.release import refuse_release
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.record import RECORD, read_record
from payforsuccess.runs.statement.estimate_behind import EstimateBehind

if TYPE_CHECKING:
    from payforsuccess.runs.measure.evaluate import Evaluated, EvaluatedPlan


@dataclass(frozen=True)
class EstimatePerson:
    """One person's result in one plan: the arm, what was counted from when to when, and sources."""

    plan: str
    arm: str
    person: str
    status: str
    quantity: str
    start_on: str
    last_day: str
    source: str

    @property
    def sources(self) -> tuple[str, ...]:
        """The source rows, each once."""
        return tuple(dict.fromkeys(part for part in self.source.split(";") if part))


@dataclass(frozen=True)
class EstimatePeople:
    """The people behind the estimates of a statement, and whether these came out again.

    remade: of each plan, whether the same records give the same estimate, digit by digit. missing:
    a sentence for each thing that kept people out.
    """

    people: tuple[EstimatePerson, ...] = ()
    remade: tuple[tuple[str, bool], ...] = ()
    missing: tuple[str, ...] = ()


def estimate_people(
    folder: DealFolder, deal: Deal, behind: Sequence[EstimateBehind]
) -> EstimatePeople:
    """The people of every plan behind the results, from the snapshots of the runs that made them.

    None where a snapshot is gone or was destroyed, or where an agreement keeps rows by person in:
    `missing` says which. Their keys are those of the ledger of people.
    """
    people: list[EstimatePerson] = []
    remade: list[tuple[str, bool]] = []
    missing: list[str] = []
    for home in dict.fromkeys(one.run for one in behind if one.run is not None):
        mine = [one for one in behind if one.run == home]
        try:
            evaluated = _evaluated(folder, deal, home, [one.plan for one in mine])
            found = [row for plan in evaluated.plans for row in _rows(deal, plan)]
            _refuse_kept_in(deal, found)
        except Refusal as refusal:
            missing += [problem.what for problem in refusal.problems]
            continue
        except FileNotFoundError:
            missing.append(f"The snapshot behind {home.name} is not here any more.")
            continue
        people += found
        kept = {each.plan: each.fingerprint for one in mine for each in one.estimates}
        again = {each.plan: each.fingerprint for each in evaluated.estimates}
        remade += [(name, again.get(name) == mark) for name, mark in kept.items()]
    return EstimatePeople(
        tuple(dict.fromkeys(people)), tuple(remade), tuple(dict.fromkeys(missing))
    )


def _evaluated(folder: DealFolder, deal: Deal, run: Path, plans: Iterable[str]) -> Evaluated:
    """The plans estimated once more from the run's own snapshot."""
    from payforsuccess.runs.measure.evaluate import evaluate_plans
    from payforsuccess.runs.measure.people import records_of_snapshot
    from payforsuccess.store import open_store, open_vault, read_snapshot

    inputs = {item.name: item.fingerprint for item in read_record(run / RECORD).inputs}
    snapshot = inputs.get("snapshot", "")
    home = folder.out / "snapshots" / snapshot.removeprefix("sha256:")
    if not snapshot or not home.is_dir():
        raise FileNotFoundError(home)
    orders = what_destroyed(folder, snapshot)
    if orders:
        raise Refusal(orders)
    with open_store(vault=open_vault(folder.vault)) as store:
        kept = read_snapshot(home, store=store)
        records = records_of_snapshot(deal, kept, store=store, folder=folder).records
        return evaluate_plans(deal, kept, store=store, records=records, names=plans)


def _rows(deal: Deal, plan: EvaluatedPlan) -> Iterator[EstimatePerson]:
    """The plan's people; where two arms are compared, those of either."""
    name = plan.estimate.plan
    stated = deal.evaluation[name]
    arms = (stated.arms.treated, stated.arms.control) if isinstance(stated, TwoArmBase) else None
    for row in plan.rows.to_pylist():
        if arms is None or row["arm"] in arms:
            yield EstimatePerson(
                name,
                str(row["arm"] or ""),
                str(row["person"]),
                str(row["status"]),
                "" if row["quantity"] is None else str(row["quantity"]),
                str(row["start_on"] or ""),
                str(row["last_day"] or ""),
                str(row["source"] or ""),
            )


def _refuse_kept_in(deal: Deal, people: Sequence[EstimatePerson]) -> None:
    """Refuse rows of feeds whose agreement keeps rows by person in; all, where one names none."""
    named = {source.rpartition(":")[0].partition("/")[0] for p in people for source in p.sources}
    all_named = all(person.sources for person in people)
    asked = [
        source.feed
        for source in deal.data
        if source.agreement is not None and (not all_named or source.feed in named)
    ]
    if asked:
        refuse_release(deal, kind="person-rows", feeds=asked)
