"""What goes into a run and what it writes: each file by its name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

from payforsuccess.deal.results import Determination
from payforsuccess.errors import Finding
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.statement import Made
from payforsuccess.runs.data.ingest import Ingested
from payforsuccess.runs.files import json_bytes, read_bytes
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.measure.attrition import attrition_plain
from payforsuccess.runs.measure.evaluate import Evaluated
from payforsuccess.runs.measure.measure import Measured
from payforsuccess.trail import RunInput, RunRecord, canonical_bytes, fingerprint_bytes

if TYPE_CHECKING:
    from payforsuccess.runs.link.report import LinkReport
    from payforsuccess.runs.run.risk_in_words import DollarsAtRisk


def inputs_of_run(
    folder: DealFolder, ingested: Ingested, linked: LinkReport | None
) -> tuple[RunInput, ...]:
    """Everything a run depends on, with its fingerprint."""
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


def files_of_run(
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
    for found in evaluated.plans:
        name_of_plan = found.estimate.plan
        files[f"estimate-{name_of_plan}.json"] = canonical_bytes(found.estimate.as_plain())
        files[f"payable-{name_of_plan}.json"] = canonical_bytes(found.payable.as_plain())
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
