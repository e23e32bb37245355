"""The evaluator's report as files: facts gathered for the reports room, and written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import payforsuccess
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.sections import sections_before_money
from payforsuccess.disclosure import LEAST_THRESHOLD
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.reports.evaluation.counts import facts_of_plans
from payforsuccess.reports.evaluation.facts import CameIn, EvaluationFacts, PlanShown
from payforsuccess.reports.evaluation.page import evaluation_document
from payforsuccess.reports.numbers import name_text
from payforsuccess.reports.run_facts import DataUsed, EstimateShown
from payforsuccess.runs.data.ingest import Ingested
from payforsuccess.runs.document_file import write_document
from payforsuccess.runs.evaluate.came_in import came_in_of
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.measure.evaluate import Evaluated, EvaluatedPlan
from payforsuccess.runs.measure.people import PeopleRecords
from payforsuccess.runs.measure.releases import (
    refuse_forbidden,
    register_of,
    releases_of,
    shown_beside,
    write_release,
)
from payforsuccess.runs.record import library_versions, machine_text
from payforsuccess.runs.study.fulfilled import with_shells
from payforsuccess.runs.study.standing import PlanSeal
from payforsuccess.store import Store
from payforsuccess.trail import RunInput, RunRecord, fingerprint, fingerprint_bytes

KIND = "evaluation"
_WHOM = "Whom it serves"


@dataclass(frozen=True)
class Reporting:
    """What a report is made of beside the estimates, while the store is open."""

    deal: Deal
    folder: DealFolder
    ingested: Ingested
    people: PeopleRecords
    as_of: date

    def came_in(self, evaluated: Evaluated, store: Store) -> tuple[tuple[CameIn, ...], ...]:
        """How the people of each plan came in; needs the store."""
        tables = self.people.records.tables
        return tuple(
            tuple(came_in_of(plan.rows, tables, _arms(plan), store)) for plan in evaluated.plans
        )


def write_report(
    reporting: Reporting,
    evaluated: Evaluated,
    came_in: Sequence[tuple[CameIn, ...]],
    findings: tuple[Finding, ...],
    *,
    to: Sequence[Path],
    small_numbers: bool,
    release: bool,
    seals: Mapping[str, PlanSeal],
) -> tuple[Path, ...]:
    """Write the report to each file, by its name HTML, PDF or DOCX.

    small_numbers: for those who may see them; else counts up to the deal's largest threshold, at
    least 10, are hidden, with all that would tell them, also beside whatever was given out of the
    deal before. release: record it as given out. seals: the plans' standing seals; the report says
    which of their shells it fulfils.
    """
    deal = reporting.deal
    threshold = max(
        [LEAST_THRESHOLD, *(outcome.disclosure_threshold for outcome in deal.outcomes.values())]
    )
    plans = tuple(
        _shown(reporting, plan, came) for plan, came in zip(evaluated.plans, came_in, strict=True)
    )
    given, number = None, None
    if not small_numbers:
        counts = facts_of_plans(plans, threshold=threshold)
        register = register_of(reporting.folder.out)
        given = shown_beside(releases_of(register), counts, threshold=threshold)
        if release:
            number = write_release(register, KIND, counts, given, as_of=reporting.as_of)
    record = _record(reporting)
    went_in = [[item.name, item.fingerprint] for item in record.inputs]
    sources = {source.feed: source for source in deal.data}
    facts = EvaluationFacts(
        deal=deal.deal,
        standing=deal.standing,
        is_certified=deal.is_certified,
        as_of=reporting.as_of,
        run=f"evaluation-{fingerprint([*went_in, *map(list, record.settings)])[7:19]}",
        record=record,
        plans=plans,
        whom=tuple(
            sentence
            for section in sections_before_money(deal)
            if section.title == _WHOM
            for entry in section.entries
            for sentence in entry.sentences
        ),
        data=tuple(
            DataUsed(sources[read.feed], read.rows, read.fingerprint, read.file)
            for read in reporting.ingested.reads
        ),
        findings=findings,
        threshold=None if small_numbers else threshold,
        given=given,
        release=number,
    )
    return write_document(with_shells(evaluation_document(facts), facts, seals), to)


def refuse_unfit(deal: Deal, report: Sequence[Path], *, small_numbers: bool) -> None:
    """Refuse to give out no report, small numbers, or totals that an agreement keeps in."""
    if not report or small_numbers:
        raise Refusal(
            Problem(
                "A report with small numbers is never given out."
                if small_numbers
                else "There is no report to give out.",
                "Leave --small-numbers out." if small_numbers else "Name a file with --report.",
            )
        )
    refuse_forbidden(deal)


def _shown(reporting: Reporting, plan: EvaluatedPlan, came_in: tuple[CameIn, ...]) -> PlanShown:
    deal, name = reporting.deal, plan.estimate.plan
    stated = deal.evaluation[name]
    return PlanShown(
        EstimateShown(plan.estimate, plan.payable, stated.says, reporting.as_of),
        stated,
        outcomes=tuple(
            name_text(outcome) for outcome, told in deal.outcomes.items() if told.estimate == name
        ),
        came_in=came_in,
        attrition=plan.attrition,
    )


def _record(reporting: Reporting) -> RunRecord:
    folder, ingested, linked = reporting.folder, reporting.ingested, reporting.people.linked
    return RunRecord(
        kind="evaluation",
        deal_fingerprint=reporting.deal.terms_fingerprint,
        code_version=payforsuccess.__version__,
        library_versions=library_versions(),
        settings=(("as of", reporting.as_of.isoformat()),),
        inputs=(
            *(
                RunInput(f"deal file {path.name}", path.name, fingerprint_bytes(read_bytes(path)))
                for path in (folder.deal_file, *folder.amendment_files)
            ),
            *(
                RunInput(f"feed {read.feed}", read.file, read.fingerprint)
                for read in ingested.reads
            ),
            RunInput("snapshot", "", ingested.snapshot.fingerprint),
            *((RunInput("links", "", linked.fingerprint),) if linked is not None else ()),
        ),
        outputs=(),
        machine=machine_text(),
    )


def _arms(plan: EvaluatedPlan) -> tuple[str, ...]:
    return tuple(arm.arm for arm in plan.estimate.arms)
