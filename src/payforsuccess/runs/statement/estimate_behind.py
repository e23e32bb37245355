"""From a result that rests on an estimate to the plan, the estimate and how payments came to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.results import Result, ResultUsed
from payforsuccess.errors import Refusal
from payforsuccess.reports.evaluation.names import ESTIMANDS
from payforsuccess.reports.statement_effects import effect_sentences
from payforsuccess.runs.files import read_json
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.run.estimate_lines import estimate_lines, payable_line
from payforsuccess.runs.statement.run_behind import run_behind


@dataclass(frozen=True)
class EstimateBehind:
    """The estimate behind one result: its plan in words, and the records of the run that made it.

    payable: what payments read, where a run keeps it under the result's evidence. estimates: those
    it is made of, each as the payable value names it. files: their names in the run's folder.
    """

    outcome: str
    slot: str
    plan: str
    says: str
    estimand: str
    result: Result
    payable: PayableEstimate | None = None
    estimates: tuple[Estimate, ...] = ()
    run: Path | None = None
    files: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Plan, estimand, value, interval, p-value, fall-back and weights, and the checksums."""
        out = [
            f"{self.outcome} ({self.slot})",
            f"  Plan      {self.plan}: {self.says}",
            f"  Estimand  {self.estimand}",
        ]
        out += [f"  {line}" for line in estimate_lines(self.estimates)]
        if self.payable is not None:
            out.append(f"  {payable_line(self.payable)}")
        out += [f"  {sentence}" for sentence in effect_sentences(self.result, minus="-")]
        if self.result.evidence is not None:
            out.append(f"  Evidence  {self.result.evidence}")
        out += [
            f"    estimate of {found.plan} {found.fingerprint}, from people's results "
            f"{found.evidence}"
            for found in self.estimates
        ]
        if self.run is not None:
            out.append(f"  Kept in   {self.run.name}: {', '.join(self.files)}")
        else:
            out.append("  No run here keeps the estimate; the determination signs for it.")
        return out


def estimates_behind(
    folder: DealFolder, deal: Deal, results: Sequence[ResultUsed], *, run: Path | None = None
) -> tuple[EstimateBehind, ...]:
    """The estimate behind each result of an outcome that rests on one.

    run: the folder of the run that made the results, where it is known; else it is looked for
    behind their determinations. Only records whose fingerprint is the one that the result, or the
    payable value, names are taken: a file that was changed since is as if it were not there.
    """
    found = []
    for used in results:
        outcome = deal.outcomes.get(used.outcome)
        name = None if outcome is None else outcome.estimate
        if name is None or used.result is None or name not in deal.evaluation:
            continue
        plan = deal.evaluation[name]
        home = run if run is not None else _run_of(folder, used)
        payable = None if home is None else _payable(home, name, used.result)
        kept: list[Estimate] = []
        if home is not None and payable is not None:
            of = [(part.plan, part.estimate) for part in payable.parts]
            kept = [e for plan_name, mark in of if (e := _estimate(home, plan_name, mark))]
        files = [f"payable-{name}.json", *(f"estimate-{each.plan}.json" for each in kept)]
        found.append(
            EstimateBehind(
                used.outcome,
                used.slot,
                name,
                plan.says,
                ESTIMANDS[plan.estimand],
                used.result,
                payable,
                tuple(kept),
                home if payable is not None else None,
                tuple(files) if payable is not None else (),
            )
        )
    return tuple(found)


def _run_of(folder: DealFolder, used: ResultUsed) -> Path | None:
    """The run whose results the determination signed, or whose estimate it took up."""
    signed = [each for each in folder.determinations() if each.number == used.determination]
    behind = run_behind(folder, signed)
    return None if behind is None else behind[0]


def _payable(home: Path, plan: str, result: Result) -> PayableEstimate | None:
    try:
        read = PayableEstimate.model_validate(read_json(home / f"payable-{plan}.json"))
    except (Refusal, ValueError):
        return None
    return read if read.fingerprint == result.evidence else None


def _estimate(home: Path, plan: str, mark: str) -> Estimate | None:
    try:
        read = Estimate.model_validate(read_json(home / f"estimate-{plan}.json"))
    except (Refusal, ValueError):
        return None
    return read if read.fingerprint == mark else None
