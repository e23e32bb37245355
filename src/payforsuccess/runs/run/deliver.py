"""The single steps from agency records to results, for those who do not want all of `run`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.results import Result
from payforsuccess.deal.tables import TABLES
from payforsuccess.errors import Finding, Problem, Refusal, sentence
from payforsuccess.measures.attrition import Attrition
from payforsuccess.runs.data.ingest import Ingested, Tell, after_the_data, ingest_feeds, keep_quiet
from payforsuccess.runs.files import json_bytes, write_whole
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.evaluate import evaluate_plans
from payforsuccess.runs.measure.measure import measure_outcomes
from payforsuccess.runs.measure.people import people_records
from payforsuccess.runs.run.estimate_lines import estimate_lines, payable_lines
from payforsuccess.runs.study.after_looks import allowed_for_looks
from payforsuccess.runs.study.standing import refuse_changed
from payforsuccess.units import grouped

_TABLES = {"spells": "stays", "traits": "facts about people"}
"""Tables whose names are not everyone's words."""
_ALWAYS_SHOWN = tuple(table.name for table in TABLES)


@dataclass(frozen=True, repr=False)
class Snapshotted:
    """The snapshot of a deal's records: each feed that was read, and the rows it became."""

    snapshot: str
    feeds: tuple[tuple[str, str], ...]
    tables: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]
    quality: Path | None = None

    def __str__(self) -> str:
        lines = [f"Snapshot {self.snapshot}"]
        lines += [f"  feed {feed}, from {file}" for feed, file in self.feeds]
        for name, rows in self.tables:
            said = _TABLES.get(name, name)
            lines.append(f"  {said}: {rows:,} row{'' if rows == 1 else 's'}")
        if self.quality is not None:
            lines.append(f"Quality of the data  {self.quality}")
        return "\n".join([*lines, *_finding_lines(self.findings)])

    __repr__ = __str__


@dataclass(frozen=True, repr=False)
class Found:
    """Results that records gave, provisional until someone signs them; `file` if they were kept.

    attrition: by outcome or plan, who left its count at which rule, everyone first, then each arm.
    reports: files that the evaluator's report was written to. payable: of each estimate, the value
    that payments read of it, and how it came to that.
    """

    results: tuple[Result, ...]
    estimates: tuple[Estimate, ...]
    findings: tuple[Finding, ...]
    file: Path | None = None
    attrition: tuple[tuple[str, tuple[Attrition, ...]], ...] = ()
    reports: tuple[Path, ...] = ()
    payable: tuple[PayableEstimate, ...] = ()

    def __str__(self) -> str:
        lines = [*estimate_lines(self.estimates), *payable_lines(self.payable)]
        lines += ["Results, provisional until they are determined"]
        for result in self.results:
            people = "" if result.people is None else f", {result.people:,} people"
            lines.append(f"  {result.outcome} ({result.slot[1]}): {_shown(result.value)}{people}")
        if not self.results:
            lines.append("  none yet: no window has been seen to its end")
        if self.attrition:
            lines.append("People")
            lines += [f"  {name}: {counts[0]}" for name, counts in self.attrition]
        lines += _finding_lines(self.findings)
        lines += [f"Report  {path}" for path in self.reports]
        return "\n".join([*lines, *([f"Kept in {self.file}"] if self.file is not None else [])])

    __repr__ = __str__


def ingest(
    path: DealPath,
    *,
    as_of: date | None = None,
    purpose: str | None = None,
    accept_changes: Sequence[str] = (),
    tell: Tell = keep_quiet,
) -> Snapshotted:
    """Read the feeds of a deal under their agreements and keep the rows as a snapshot.

    `as_of` is the day on which agreements must hold: the day after the data end unless given.
    `purpose` is checked against each agreement where given; feeds in `accept_changes` may look
    otherwise than at their last load. The data-quality report is written under `out/quality/`.
    """
    folder = open_folder(path)
    deal = folder.history().latest
    ingested = ingest_feeds(
        deal,
        folder.root,
        snapshots=folder.out / "snapshots",
        as_of=as_of if as_of is not None else after_the_data(deal),
        purpose=purpose,
        accept_changes=accept_changes,
        with_quality=True,
        tell=tell,
    )
    return Snapshotted(
        snapshot=ingested.snapshot.fingerprint,
        feeds=tuple((read.feed, read.file) for read in ingested.reads),
        tables=tuple(
            (table.name, table.rows)
            for table in ingested.snapshot.tables
            if table.rows or table.name in _ALWAYS_SHOWN
        ),
        findings=ingested.findings,
        quality=ingested.quality,
    )


def measure(
    path: DealPath, *, as_of: date | None = None, to: Path | None = None, tell: Tell = keep_quiet
) -> Found:
    """What each measured outcome came to, period by period; with `to`, kept as a results file."""
    from payforsuccess.store import open_engine

    folder = open_folder(path)
    deal = folder.history().latest
    if all(outcome.measure is None for outcome in deal.outcomes.values()):
        raise Refusal(
            Problem(
                sentence(
                    "No outcome of the deal states a measure, so there is nothing to measure."
                ),
                sentence("Give an outcome a `measure`, or estimate the effects of the plans."),
                deal.place_of("outcomes"),
            )
        )
    ingested = _ingested(folder, deal, as_of, tell)
    with open_engine(vault=ingested.vault) as store:
        people = people_records(deal, ingested, store=store, folder=folder, tell=tell)
        measured = measure_outcomes(
            deal, ingested.snapshot, store=store, records=people.records, tell=tell
        )
    findings = (*ingested.findings, *people.findings, *measured.findings)
    attrition = tuple((one.outcome, one.attrition) for one in measured.outcomes if one.attrition)
    return _kept(Found(measured.results, (), findings, attrition=attrition), to)


def evaluate(
    path: DealPath,
    *,
    as_of: date | None = None,
    to: Path | None = None,
    report: Sequence[Path] = (),
    small_numbers: bool = False,
    release: bool = False,
    tell: Tell = keep_quiet,
) -> Found:
    """The estimate of every plan that an outcome rests on; with `to`, kept as a results file.

    `report` are files for the evaluator's report, each by its name HTML, PDF or DOCX. Small
    numbers are hidden in it unless it is for those who may see them (`small_numbers`), also beside
    whatever was given out of the deal before. `release` records the report as given out, which
    every agreement must allow; one with small numbers cannot be.
    """
    from payforsuccess.runs.document_file import check_endings
    from payforsuccess.runs.evaluate.report import Reporting, refuse_unfit, write_report
    from payforsuccess.store import open_engine

    check_endings(report)
    folder = open_folder(path)
    history = folder.history()
    deal = history.latest
    if release:
        refuse_unfit(deal, report, small_numbers=small_numbers)
    if all(outcome.estimate is None for outcome in deal.outcomes.values()):
        raise Refusal(
            Problem(
                sentence("No outcome of the deal rests on an evaluation plan."),
                sentence("Name a plan under an outcome's `estimate`, or measure the outcomes."),
                deal.place_of("outcomes"),
            )
        )
    seals = refuse_changed(folder, history)
    ingested = _ingested(folder, deal, as_of, tell)
    with open_engine(vault=ingested.vault) as store:
        people = people_records(deal, ingested, store=store, folder=folder, tell=tell)
        evaluated = evaluate_plans(
            deal, ingested.snapshot, store=store, records=people.records, tell=tell
        )
        evaluated, after = allowed_for_looks(
            folder, deal, evaluated, snapshot=ingested.snapshot.fingerprint
        )
        on = as_of if as_of is not None else after_the_data(deal)
        reporting = Reporting(deal, folder, ingested, people, on)
        came_in = reporting.came_in(evaluated, store) if report else ()
    findings = (
        *ingested.findings,
        *people.findings,
        *evaluated.findings,
        *after,
    )
    attrition = tuple((plan.estimate.plan, plan.attrition) for plan in evaluated.plans)
    written: tuple[Path, ...] = ()
    if report:
        tell("writing the report")
        written = write_report(
            reporting,
            evaluated,
            came_in,
            findings,
            to=report,
            small_numbers=small_numbers,
            release=release,
            seals=seals,
        )
    found = Found(
        evaluated.results,
        evaluated.estimates,
        findings,
        attrition=attrition,
        reports=written,
        payable=tuple(plan.payable for plan in evaluated.plans),
    )
    return _kept(found, to)


def _ingested(folder: DealFolder, deal: Deal, as_of: date | None, tell: Tell) -> Ingested:
    on = as_of if as_of is not None else after_the_data(deal)
    snapshots = folder.out / "snapshots"
    return ingest_feeds(deal, folder.root, snapshots=snapshots, as_of=on, tell=tell)


def _kept(found: Found, to: Path | None) -> Found:
    if to is None:
        return found
    results = [result.as_plain() for result in found.results]
    write_whole(to, json_bytes({"format": 1, "results": results}))
    return replace(found, file=to)


def _shown(value: Fraction) -> str:
    """The value as it is kept, and about how much that is where the digits do not end."""
    text = grouped(value)
    return f"{text}, about {float(value):,.2f}" if "/" in text else text


def _finding_lines(findings: tuple[Finding, ...]) -> list[str]:
    unique = tuple(dict.fromkeys(findings))
    return ["Findings", *(f"  {finding}" for finding in unique)] if unique else []
