"""Analyses that are in no plan: shown as exploratory, with no result that could be determined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import Field

from payforsuccess.deal.checks import check_deal
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.fields import Name, Text, WholeFromOne
from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.runs.data.ingest import Tell, after_the_data, ingest_feeds, keep_quiet
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.measure.evaluate import evaluate_plans
from payforsuccess.runs.measure.people import people_records
from payforsuccess.runs.run.estimate_lines import estimate_lines
from payforsuccess.runs.study.standing import refuse_changed


class ExploratoryFile(WholeFile):
    """Plans that are in no deal, each written as under `evaluation`."""

    format: WholeFromOne = Field(description="The format of the file; this version writes 1.")
    asks: Text = Field(description="What is asked, and why it was not asked before.")
    exploratory: dict[Name, EvaluationPlan] = Field(description="The analyses, by name.")


@dataclass(frozen=True, repr=False)
class Explored:
    """What exploratory analyses found. There is no result in it, and no payable value."""

    asks: str
    estimates: tuple[Estimate, ...]
    findings: tuple[Finding, ...]

    def __str__(self) -> str:
        lines = [
            "EXPLORATORY: in no plan that was agreed before. No payment rests on it, it gives no "
            "result, and nobody can determine it.",
            self.asks,
            *estimate_lines(self.estimates),
        ]
        lines += ["Findings", *(f"  {each}" for each in self.findings)] if self.findings else []
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs: the same, labelled."""
        return {
            "is_exploratory": True,
            "asks": self.asks,
            "estimates": [each.as_plain() for each in self.estimates],
            "findings": [str(each) for each in self.findings],
        }


def explore(
    path: DealPath, file: Path, *, as_of: date | None = None, tell: Tell = keep_quiet
) -> Explored:
    """The analyses of a file, on the deal's records and after the deal's own plans are computed.

    So no outcome by arm shows before the windows of the agreed plans are over. Refuses a file whose
    names are those of agreed plans, what the deal could not state either, and whatever `evaluate`
    refuses.
    """
    from payforsuccess.store import open_engine

    folder = open_folder(path)
    history = folder.history()
    deal = history.latest
    refuse_changed(folder, history)
    asked = _read(file, deal)
    other = deal.model_copy(update={"evaluation": {**deal.evaluation, **asked.exploratory}})
    day = as_of if as_of is not None else after_the_data(deal)
    snapshots = folder.out / "snapshots"
    ingested = ingest_feeds(deal, folder.root, snapshots=snapshots, as_of=day, tell=tell)
    with open_engine(vault=ingested.vault) as store:
        people = people_records(other, ingested, store=store, folder=folder, tell=tell)
        evaluate_plans(deal, ingested.snapshot, store=store, records=people.records)
        evaluated = evaluate_plans(
            other,
            ingested.snapshot,
            store=store,
            records=people.records,
            names=tuple(asked.exploratory),
        )
    found = tuple(each for each in evaluated.plans if each.estimate.plan in asked.exploratory)
    findings = tuple(finding for each in found for finding in each.findings)
    return Explored(asked.asks, tuple(each.estimate for each in found), findings)


def _read(file: Path, deal: Deal) -> ExploratoryFile:
    def problems(found: ExploratoryFile) -> list[Problem]:
        told = [
            Problem(
                f"The deal has a plan called {name}.",
                "Give the analysis a name of its own.",
                found.place_of("exploratory", name),
            )
            for name in found.exploratory
            if name in deal.evaluation
        ]
        both = {**deal.evaluation, **found.exploratory}
        known = set(check_deal(deal))
        told += [
            Problem(each.what, each.do, found.place_of("exploratory"))
            for each in check_deal(deal.model_copy(update={"evaluation": both}))
            if each not in known
        ]
        return told

    found = read_whole(ExploratoryFile, read_bytes(file), file=str(file), check=problems)
    if not found.exploratory:
        raise Refusal(Problem("The file asks for no analysis.", "State one under `exploratory`."))
    return found
