"""A planned look before the end: outcomes by arm, for those alone whom the plan names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.evaluation import Look
from payforsuccess.deal.results import Result
from payforsuccess.deal.study import LookRelease
from payforsuccess.deal.words.phrases import listed
from payforsuccess.errors import Finding, Problem, Refusal, sentence
from payforsuccess.payments.history import DealHistory
from payforsuccess.runs.data.ingest import Tell, after_the_data, ingest_feeds, keep_quiet
from payforsuccess.runs.files import json_bytes, locked, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.evaluate import evaluate_plans
from payforsuccess.runs.measure.people import people_records
from payforsuccess.runs.run.estimate_lines import estimate_lines
from payforsuccess.runs.study.kept import add_look, looks_folder, read_looks
from payforsuccess.runs.study.look_decision import decide_look
from payforsuccess.runs.study.look_people import as_at_look, looks_named
from payforsuccess.runs.study.look_refused import (
    look_problems,
    reader_problems,
    writing_problems,
)
from payforsuccess.runs.study.standing import PlanSeal, refuse_changed
from payforsuccess.runs.study.told import seal_findings
from payforsuccess.units import grouped


@dataclass(frozen=True, repr=False)
class Looked:
    """What the named readers may see at a look, and what the plan's bounds say to it.

    told: a sentence for each plan. results: provisional, where the plan pays at the look.
    """

    look: str
    on: date
    reader: str
    estimates: tuple[Estimate, ...]
    told: tuple[str, ...]
    results: tuple[Result, ...]
    releases: tuple[LookRelease, ...]
    findings: tuple[Finding, ...]
    file: Path | None = None

    def __str__(self) -> str:
        lines = [
            f"Look {self.look}, of {self.on}, for {self.reader}",
            "Outcomes by arm before the end. Nobody but the evaluator and the monitoring board may "
            "see them: do not pass this on.",
            *estimate_lines(self.estimates),
            "What the plan says to it",
            *(f"  {each}" for each in self.told),
        ]
        if self.results:
            lines.append("Results, provisional until they are determined")
        lines += [
            f"  {each.outcome} ({each.slot[1]}): {grouped(each.value)}" for each in self.results
        ]
        lines += ["Findings", *(f"  {each}" for each in self.findings)] if self.findings else []
        numbers = listed([str(each.number) for each in self.releases])
        lines.append(f"Put on record as release {numbers}, {self.releases[-1].fingerprint}")
        return "\n".join([*lines, *([f"Kept in {self.file}"] if self.file is not None else [])])

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs: the same."""
        return {
            "look": self.look,
            "reader": self.reader,
            "estimates": [each.as_plain() for each in self.estimates],
            "told": list(self.told),
            "results": [each.as_plain() for each in self.results],
            "releases": [each.as_plain() for each in self.releases],
            "findings": [str(each) for each in self.findings],
        }


def look(
    path: DealPath,
    name: str,
    *,
    reader: str,
    by: str,
    on: date,
    today: date,
    as_of: date | None = None,
    to: Path | None = None,
    tell: Tell = keep_quiet,
) -> Looked:
    """Estimate, at a planned look, every plan that has it, and put on record who reads it.

    People count whose window is over by the day of the look. Only the plan's own estimate and test
    are made; its variations and other outcomes wait for the end. to: keeps the provisional results
    of a look on which a payment rests.

    Refuses a look that no sealed plan has, one before its day, and every reader but the evaluator
    and the monitoring board that each of these plans names. Refuses windows that the data have not
    yet seen to their end, and a look after one that stopped the study.
    """
    folder = open_folder(path)
    history = folder.history()
    deal = history.latest
    looks = looks_named(deal, name)
    seals = refuse_changed(folder, history)
    problems = [
        *writing_problems(reader=reader, by=by, on=on, today=today),
        *look_problems(deal, name, looks, seals, on=on),
        *reader_problems(deal, looks, reader, on=on),
    ]
    if to is not None and looks and not any(each.pays for each in looks.values()):
        problems.append(
            Problem(
                sentence(
                    "No payment rests on the look {name}, so it gives no results to keep.",
                    name=name,
                ),
                sentence("Leave --to out."),
            )
        )
    if problems:
        raise Refusal(problems)
    with locked(looks_folder(folder)):
        found = _look(folder, history, name, looks, seals, reader, by, on, as_of, tell)
    if to is None:
        return found
    results = [each.as_plain() for each in found.results]
    write_whole(to, json_bytes({"format": 1, "results": results}))
    return replace(found, file=to)


def _look(
    folder: DealFolder,
    history: DealHistory,
    name: str,
    looks: Mapping[str, Look],
    seals: Mapping[str, PlanSeal],
    reader: str,
    by: str,
    on: date,
    as_of: date | None,
    tell: Tell,
) -> Looked:
    from payforsuccess.store import open_engine

    deal = history.latest
    before = read_looks(folder)
    day = as_of if as_of is not None else after_the_data(deal)
    snapshots = folder.out / "snapshots"
    ingested = ingest_feeds(deal, folder.root, snapshots=snapshots, as_of=day, tell=tell)
    with open_engine(vault=ingested.vault) as store:
        people = people_records(deal, ingested, store=store, folder=folder, tell=tell)
        evaluated = evaluate_plans(
            as_at_look(deal, looks),
            ingested.snapshot,
            store=store,
            records=people.records,
            names=looks,
        )
    found = {each.estimate.plan: each for each in evaluated.plans}
    rows = {plan: found[plan].rows for plan in looks}
    told, releases, results = [], list(before), []
    findings = [*evaluated.findings, *seal_findings(deal, seals, rows)]
    for plan, each in looks.items():
        one = found[plan]
        decided = decide_look(deal.evaluation[plan], each, one, before)
        releases.append(
            LookRelease(
                format=1,
                number=len(releases) + 1,
                plan=plan,
                plan_fingerprint=seals[plan].fingerprint,
                look=each.name,
                reader=reader,
                by=by,
                on=on,
                estimate=one.estimate.fingerprint,
                people=decided.people,
                information=decided.information,
                statistic=decided.statistic,
                stops=decided.stops,
                previous=releases[-1].fingerprint if releases else None,
            )
        )
        told.append(f"{plan}: {decided.says}")
        where = deal.place_of("evaluation", plan)
        findings += [Finding("look", text, where) for text in decided.known]
        results += list(one.results) if each.pays else []
    for release in releases[len(before) :]:
        add_look(folder, release)
    return Looked(
        name,
        max(each.on for each in looks.values()),
        reader,
        tuple(found[plan].estimate for plan in looks),
        tuple(told),
        tuple(results),
        tuple(releases[len(before) :]),
        tuple(dict.fromkeys(findings)),
    )
