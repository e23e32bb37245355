"""All of it: from the feeds of a deal to a statement in which every dollar explains itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import payforsuccess
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate, PayableEstimate
from payforsuccess.deal.results import Results, Statement
from payforsuccess.errors import Finding
from payforsuccess.payments.ledger import ledger
from payforsuccess.payments.measured_anew import Differs
from payforsuccess.payments.people import PeopleList
from payforsuccess.payments.statement import Made
from payforsuccess.runs.data.ingest import Ingested, after_the_data, ingest_feeds
from payforsuccess.runs.files import folder_at_once, json_bytes
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.measure.evaluate import Evaluated, evaluate_plans
from payforsuccess.runs.measure.measure import Measured, measure_outcomes
from payforsuccess.runs.measure.people import PeopleRecords, people_records
from payforsuccess.runs.measure.people_csv import PEOPLE_FILE, people_csv
from payforsuccess.runs.record import RECORD, library_versions, machine_text, record_bytes
from payforsuccess.runs.run.drafting import (
    Drafting,
    is_practice,
    last_days,
    last_period,
    person_rows,
)
from payforsuccess.runs.run.estimate_lines import estimate_lines, payable_lines
from payforsuccess.runs.run.found_otherwise import findings_of
from payforsuccess.runs.run.outputs import files_of_run, inputs_of_run
from payforsuccess.runs.statement.ledger_csv import ledger_csv
from payforsuccess.runs.statement.show import statement_text
from payforsuccess.runs.study.after_looks import allowed_for_looks
from payforsuccess.runs.study.standing import refuse_changed
from payforsuccess.store import Store, open_engine
from payforsuccess.trail import RunOutput, RunRecord, fingerprint, fingerprint_bytes

if TYPE_CHECKING:
    from payforsuccess.runs.link.report import LinkReport
    from payforsuccess.runs.run.risk_in_words import DollarsAtRisk

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Run:
    """One run: where its files lie, what it found, and its record."""

    name: str
    folder: Path
    statement: Statement
    estimates: tuple[Estimate, ...]
    findings: tuple[Finding, ...]
    record: RunRecord
    is_practice: bool
    anew: tuple[Differs, ...] = ()
    at_risk: DollarsAtRisk | None = None
    payable: tuple[PayableEstimate, ...] = ()

    @property
    def report(self) -> Path:
        """The report, one self-contained page."""
        return self.folder / "report.html"

    def __str__(self) -> str:
        heading = "Practice statement" if self.is_practice else "Draft statement"
        out = [
            *estimate_lines(self.estimates),
            *payable_lines(self.payable),
            "",
            statement_text(self.statement, heading=heading),
        ]
        out += ["", str(self.at_risk)] if self.at_risk is not None else []
        out += ["", "Findings"] if self.findings else []
        out += [f"  {finding}" for finding in self.findings]
        out += ["", f"Report  {self.report}", f"Run     {self.folder}"]
        return "\n".join(out)

    __repr__ = __str__


def run(
    path: DealPath,
    *,
    as_of: date | None = None,
    period: int | None = None,
    tell: Tell = lambda _: None,
) -> Run:
    """Ingest, snapshot, measure, evaluate, determine, pay and report, in one go.

    Writes everything to a folder of its own under `out/runs/`, named by what went in: the same
    inputs give the same run. A deal that is not a contract is run for practice: its results are
    put down as determined, signed by no one and labelled so. For a contract only determinations
    on record count, and results nobody signed stay provisional; so do those that are now found
    otherwise than they were signed, which a finding names. `as_of` is the day after the data
    end unless given; `period` the last one that ends, or has a result, by then. In a run for
    practice a result of a measurement point whose windows were over by its last day counts as
    determined on that day, though the run is made later.
    """
    folder = open_folder(path)
    history = folder.history()
    deal = history.latest
    refuse_changed(folder, history)
    on = as_of if as_of is not None else after_the_data(deal)
    snapshots = folder.out / "snapshots"
    started_at = datetime.now(UTC).isoformat(timespec="seconds")
    tell("reading the feeds")
    ingested = ingest_feeds(deal, folder.root, snapshots=snapshots, as_of=on, tell=tell)
    drafting = Drafting(folder, history, on)
    with open_engine(vault=ingested.vault, rows=ingested.snapshot.rows) as store:
        people = people_records(deal, ingested, store=store, folder=folder, tell=tell)
        measured, evaluated = _results(deal, ingested, people, store, tell)
        evaluated, after = allowed_for_looks(
            folder, deal, evaluated, snapshot=ingested.snapshot.fingerprint
        )
        found = Results(results=(*measured.results, *evaluated.results))
        behind = [(one.results, one.rows) for one in measured.outcomes]
        behind += [(plan.results, plan.rows) for plan in evaluated.plans]
        drafting = replace(drafting, seen=last_days(behind))
        determinations = drafting.determinations(found)
        chosen = last_period(deal, found, determinations, on=on) if period is None else period
        tell(f"making the statement for period {chosen}")
        rows = person_rows(measured.person_rows)
        drafting = replace(drafting, anew=drafting.found_otherwise(found, rows))
        made = drafting.statement(found, rows, period=chosen)
        linked = _link_report(people, ingested)
        at_risk = None
        if linked is not None:
            tell("paying under other matches")
            at_risk = _at_risk(drafting, linked, people, measured, evaluated, made)
    settings = (("as of", on.isoformat()), ("period", str(chosen)))
    inputs = inputs_of_run(folder, ingested, linked)
    went_in = [[item.name, item.fingerprint] for item in inputs]
    name = f"run-{fingerprint([*went_in, *map(list, settings)])[7:19]}"
    record = RunRecord(
        kind="run",
        deal_fingerprint=deal.terms_fingerprint,
        code_version=payforsuccess.__version__,
        library_versions=library_versions(),
        settings=settings,
        inputs=inputs,
        outputs=(),
        started_at=started_at,
        machine=machine_text(),
    )
    found_out = (*ingested.findings, *(linked.findings if linked is not None else ()))
    findings = tuple(dict.fromkeys((*found_out, *measured.findings, *evaluated.findings, *after)))
    findings += findings_of(drafting.anew)
    tell("writing the report")
    files = files_of_run(
        history,
        ingested,
        measured,
        evaluated,
        determinations,
        made,
        record,
        name,
        on,
        findings,
        at_risk,
    )
    if linked is not None:
        files["links.json"] = json_bytes(linked.as_plain())
    if at_risk is not None:
        files["dollars-at-risk.json"] = json_bytes(at_risk.as_plain())
    if rows:
        listed = PeopleList(rows)
        lines = tuple(ledger(made.statement, made.replay, listed))
        files["ledger.csv"] = ledger_csv(lines, listed.keys).encode()
        files[PEOPLE_FILE] = people_csv(rows).encode()
    outputs = tuple(
        RunOutput(file, file, fingerprint_bytes(content)) for file, content in files.items()
    )
    record = replace(record, outputs=outputs)
    target = folder.out / "runs" / name
    # A run of this name has the same inputs: replace it whole (it may be of an older program).
    if target.exists():
        shutil.rmtree(target)
    with folder_at_once(target) as filling:
        for file, content in files.items():
            (filling / file).write_bytes(content)
            (filling / file).chmod(0o600)
        (filling / RECORD).write_bytes(record_bytes(record))
    return Run(
        name,
        target,
        made.statement,
        evaluated.estimates,
        findings,
        record,
        is_practice(deal),
        drafting.anew,
        at_risk,
        tuple(plan.payable for plan in evaluated.plans if plan.results),
    )


def _at_risk(
    drafting: Drafting,
    linked: LinkReport,
    people: PeopleRecords,
    measured: Measured,
    evaluated: Evaluated,
    made: Made,
) -> DollarsAtRisk | None:
    """What the statement would come to under other matches: the same facts, other results."""
    from payforsuccess.runs.run.dollars_at_risk import FoundResults
    from payforsuccess.runs.run.risk_of_run import risk_of_run

    def due(other: FoundResults) -> int:
        period = made.statement.period
        return drafting.statement(other.results, other.rows, period=period).statement.total

    return risk_of_run(
        drafting.deal,
        drafting.folder,
        links=linked.fingerprint,
        records=people.records,
        measured=measured,
        evaluated=evaluated,
        due_now=made.statement.total,
        due=due,
    )


def _results(
    deal: Deal, ingested: Ingested, people: PeopleRecords, store: Store, tell: Tell
) -> tuple[Measured, Evaluated]:
    snapshot, records = ingested.snapshot, people.records
    tell("measuring outcomes")
    measured = measure_outcomes(deal, snapshot, store=store, records=records, tell=tell)
    tell("estimating effects")
    evaluated = evaluate_plans(deal, snapshot, store=store, records=records, tell=tell)
    return measured, evaluated


def _link_report(people: PeopleRecords, ingested: Ingested) -> LinkReport | None:
    if people.linked is None:
        return None
    from payforsuccess.runs.link.report import link_report

    return link_report(people.linked, ingested.snapshot.fingerprint)
