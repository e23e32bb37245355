"""All of it: from the feeds of a deal to a statement in which every dollar explains itself."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import payforsuccess
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.estimates import Estimate
from payforsuccess.deal.results import Determination, Result, Results, Statement
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.ledger import ledger
from payforsuccess.payments.people import (
    PeopleList,
    PersonRow,
    people_fingerprint,
    rows_from_columns,
)
from payforsuccess.payments.statement import Facts, Made, make_statement
from payforsuccess.payments.too_near import too_near
from payforsuccess.runs.data.ingest import Ingested, after_the_data, ingest_feeds
from payforsuccess.runs.files import folder_at_once, json_bytes, read_bytes
from payforsuccess.runs.folder import DealFolder, DealPath, open_folder
from payforsuccess.runs.measure.attrition import attrition_plain
from payforsuccess.runs.measure.evaluate import Evaluated, evaluate_plans
from payforsuccess.runs.measure.measure import Measured, measure_outcomes
from payforsuccess.runs.measure.people import PeopleRecords, people_records
from payforsuccess.runs.measure.people_csv import PEOPLE_FILE, people_csv
from payforsuccess.runs.record import RECORD, library_versions, machine_text, record_bytes
from payforsuccess.runs.statement.ledger_csv import ledger_csv
from payforsuccess.runs.statement.show import statement_text
from payforsuccess.trail import (
    RunInput,
    RunOutput,
    RunRecord,
    canonical_bytes,
    fingerprint,
    fingerprint_bytes,
)
from payforsuccess.units import exact_text, round_exact

if TYPE_CHECKING:
    from payforsuccess.runs.link.report import LinkReport
    from payforsuccess.runs.run.dollars_at_risk import DollarsAtRisk

Tell = Callable[[str], None]
UNSIGNED = "no one; this is a practice run"


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
    at_risk: DollarsAtRisk | None = None

    @property
    def report(self) -> Path:
        """The report, one self-contained page."""
        return self.folder / "report.html"

    def __str__(self) -> str:
        heading = "Practice statement" if self.is_practice else "Draft statement"
        out = [
            *estimate_lines(self.estimates),
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
    on record count, and results nobody signed stay provisional. `as_of` is the day after the data
    end unless given; `period` the last one that ends, or has a result, by then.
    """
    folder = open_folder(path)
    history = folder.history()
    deal = history.latest
    on = as_of if as_of is not None else after_the_data(deal)
    snapshots = folder.out / "snapshots"
    started_at = datetime.now(UTC).isoformat(timespec="seconds")
    tell("reading the feeds")
    ingested = ingest_feeds(deal, folder.root, snapshots=snapshots, as_of=on, tell=tell)
    linked, measured, evaluated = _results(deal, folder, ingested, tell)
    found = Results(results=(*measured.results, *evaluated.results))
    determinations = _determinations(folder, deal, found, on)
    chosen = period if period is not None else _last_period(deal, found, determinations)
    tell(f"making the statement for period {chosen}")
    rows = rows_from_columns(
        {name: measured.person_rows.column(name).to_pylist() for name in _columns(measured)}
    )
    people = PeopleList(rows) if rows else None
    made = _statement(folder, history, found, determinations, rows, period=chosen, on=on)
    at_risk = None
    if linked is not None:
        tell("paying under other matches")
        at_risk = _at_risk(folder, history, ingested, linked, found, rows, made, on)
    settings = (("as of", on.isoformat()), ("period", str(chosen)))
    inputs = _inputs(folder, ingested, linked)
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
    findings = tuple(dict.fromkeys((*found_out, *measured.findings, *evaluated.findings)))
    tell("writing the report")
    files = _files(
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
    if people is not None:
        lines = tuple(ledger(made.statement, made.replay, people))
        files["ledger.csv"] = ledger_csv(lines, people.keys).encode()
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
        _is_practice(deal),
        at_risk,
    )


def _is_practice(deal: Deal) -> bool:
    return deal.standing != "contract"


def _statement(
    folder: DealFolder,
    history: DealHistory,
    found: Results,
    determinations: tuple[Determination, ...],
    rows: Sequence[PersonRow],
    *,
    period: int,
    on: date,
) -> Made:
    is_practice = _is_practice(history.latest)
    people = PeopleList(rows) if rows else None
    facts = Facts(
        history=history,
        results=None if is_practice else found,
        determinations=determinations,
        people=people,
        people_fingerprint=people_fingerprint(people) if people is not None else None,
        earlier=() if is_practice else folder.statements(),
        paid=folder.paid(),
    )
    return make_statement(facts, period=period, as_of=on, program=payforsuccess.__version__)


def _at_risk(
    folder: DealFolder,
    history: DealHistory,
    ingested: Ingested,
    linked: LinkReport,
    found: Results,
    rows: Sequence[PersonRow],
    made: Made,
    on: date,
) -> DollarsAtRisk | None:
    """What the statement would come to under other matches: the same facts, other results."""
    from payforsuccess.runs.run.dollars_at_risk import FoundResults
    from payforsuccess.runs.run.risk_of_run import risk_of_run

    def due(other: FoundResults) -> int:
        determinations = _determinations(folder, history.latest, other.results, on)
        period = made.statement.period
        return _statement(
            folder, history, other.results, determinations, other.rows, period=period, on=on
        ).statement.total

    return risk_of_run(
        history.latest,
        folder,
        ingested,
        links=linked.fingerprint,
        now=FoundResults(found, tuple(rows)),
        due_now=made.statement.total,
        due=due,
    )


def _results(
    deal: Deal, folder: DealFolder, ingested: Ingested, tell: Tell
) -> tuple[LinkReport | None, Measured, Evaluated]:
    from payforsuccess.store import open_engine

    with open_engine(vault=ingested.vault) as store:
        people = people_records(deal, ingested, store=store, folder=folder, tell=tell)
        tell("measuring outcomes")
        measured = measure_outcomes(
            deal, ingested.snapshot, store=store, records=people.records, tell=tell
        )
        tell("estimating effects")
        evaluated = evaluate_plans(
            deal, ingested.snapshot, store=store, records=people.records, tell=tell
        )
    return _link_report(people, ingested), measured, evaluated


def _link_report(people: PeopleRecords, ingested: Ingested) -> LinkReport | None:
    if people.linked is None:
        return None
    from payforsuccess.runs.link.report import link_report

    return link_report(people.linked, ingested.snapshot.fingerprint)


def _determinations(
    folder: DealFolder, deal: Deal, found: Results, on: date
) -> tuple[Determination, ...]:
    """Those on record; for a deal run for practice one that says nobody signed it."""
    if not _is_practice(deal):
        return folder.determinations()
    evaluators = [
        party.name for party in deal.parties if {"evaluator", "validator"} & set(party.roles)
    ]
    if not found.results:
        return ()
    return (
        Determination(
            format=1,
            number=1,
            party=evaluators[0] if evaluators else "no evaluator",
            role="evaluator",
            signed_by=UNSIGNED,
            on=on,
            results=tuple(_on_step(deal, result) for result in found.results),
            results_fingerprint=found.fingerprint,
        ),
    )


def _on_step(deal: Deal, result: Result) -> Result:
    """The value as a determination states it: in decimal digits, on the outcome's smallest step."""
    outcome = deal.outcomes[result.outcome]
    problems = too_near(result, outcome, deal)
    if problems:
        raise Refusal(problems)
    result = result.model_copy(update={"is_approximate": False})
    if outcome.rounding == "refuse":
        return result
    steps = round_exact(result.value / outcome.tick, outcome.rounding)
    return result.model_copy(update={"value": Fraction(steps) * outcome.tick})


def _last_period(deal: Deal, found: Results, determinations: Sequence[Determination]) -> int:
    """The last period with a result, or with a measurement point that has one."""
    numbers = [result.period for result in found.results if result.period is not None]
    points = {result.point for result in found.results if result.point is not None}
    for determination in determinations:
        numbers += [r.period for r in determination.results if r.period is not None]
        points |= {r.point for r in determination.results if r.point is not None}
    for term in deal.payments:
        for point in term.points:
            period = deal.schedule.holding(point.determined_by)
            if point.name in points and period is not None:
                numbers.append(period.number)
    if not numbers:
        raise Refusal(
            Problem(
                "The data gave no result yet: no window has been seen to its end.",
                "Wait until the feeds are complete through the last window.",
                deal.place_of("outcomes"),
            )
        )
    return max(numbers)


def _columns(measured: Measured) -> list[str]:
    return list(measured.person_rows.schema.names)


def _inputs(
    folder: DealFolder, ingested: Ingested, linked: LinkReport | None
) -> tuple[RunInput, ...]:
    deal_files = [folder.deal_file, *folder.amendment_files]
    inputs = [
        RunInput(
            f"deal file {path.name}",
            str(path.relative_to(folder.root)),
            fingerprint_bytes(read_bytes(path)),
        )
        for path in deal_files
    ]
    inputs += [
        RunInput(f"feed {read.feed}", read.file, read.fingerprint) for read in ingested.reads
    ]
    inputs.append(RunInput("snapshot", "", ingested.snapshot.fingerprint))
    if linked is not None:
        inputs.append(RunInput("links", "", linked.fingerprint))
    return tuple(inputs)


def _files(
    history: DealHistory,
    ingested: Ingested,
    measured: Measured,
    evaluated: Evaluated,
    determinations: Sequence[Determination],
    made: Made,
    record: RunRecord,
    name: str,
    on: date,
    findings: tuple[Finding, ...],
    at_risk: DollarsAtRisk | None,
) -> dict[str, bytes]:
    """Everything the run writes, by file name; the report last."""
    from payforsuccess.runs.run.report import run_report

    files = {
        "reads.json": json_bytes([asdict(read) for read in ingested.reads]),
        # A results file: `pfs determine` can sign it as it is.
        "results.json": json_bytes(
            {
                "format": 1,
                "results": [r.as_plain() for r in (*measured.results, *evaluated.results)],
            }
        ),
        "statement.json": json_bytes(
            {
                "statement": made.statement.as_plain(),
                "fingerprint": made.statement.fingerprint,
            }
        ),
    }
    files["attrition.json"] = json_bytes(attrition_plain(measured, evaluated))
    for estimate in evaluated.estimates:
        files[f"estimate-{estimate.plan}.json"] = canonical_bytes(estimate.as_plain())
    for outcome in measured.outcomes:
        files[f"outcome-{outcome.outcome}.sql"] = (outcome.sql.strip() + "\n").encode()
    for plan in evaluated.plans:
        files[f"plan-{plan.estimate.plan}.sql"] = (plan.sql.strip() + "\n").encode()
    files["report.html"] = run_report(
        history.latest,
        ingested=ingested,
        measured=measured,
        evaluated=evaluated,
        determinations=tuple(determinations),
        made=made,
        record=record,
        run=name,
        as_of=on,
        findings=findings,
        at_risk=() if at_risk is None else at_risk.sentences,
    )
    return files


def estimate_lines(estimates: Sequence[Estimate]) -> list[str]:
    """Each estimate in a few lines: the arms, the effect with its interval, the plan's test."""
    out: list[str] = []
    for estimate in estimates:
        out.append(f"Plan {estimate.plan} ({estimate.design}, {estimate.estimand.upper()})")
        for arm in estimate.arms:
            out.append(f"  {arm.arm} ({arm.role}): {arm.total:,} of {arm.known:,}")
        effect = estimate.effect
        out.append(f"  {effect.form}: {_short(effect.value)} {effect.unit}" + _interval(estimate))
        p_value = estimate.test.p_value
        out.append(f"  the plan's test ({estimate.test.test}): p = {_short(p_value, 4)}")
    return out


def _interval(estimate: Estimate) -> str:
    interval = estimate.effect.interval
    if interval is None:
        return ""
    low, high = interval
    return f" ({exact_text(estimate.confidence * 100)}% interval {_short(low)} to {_short(high)})"


def _short(number: Fraction, digits: int = 1) -> str:
    return f"{float(number):.{digits}f}"
