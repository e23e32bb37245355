"""The studies of a deal planned: their power, and how likely they are paid for rightly."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from payforsuccess.deal.assumptions import Case
from payforsuccess.deal.reading import read_value
from payforsuccess.deal.value import ValueFile
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.finance.study.plan import STUDIES, StudyPlan, plan_study
from payforsuccess.reports.forecast_tables import Lines
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.study_plan.page import study_document
from payforsuccess.reports.study_plan.tables import by_size_lines, size_lines, truth_lines
from payforsuccess.reports.study_plan.words import (
    assumed_lines,
    effect_text,
    likely_mistakes,
    needed_text,
    other_findings,
)
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.files import json_bytes, read_bytes
from payforsuccess.runs.finance.files import Financed, open_financed
from payforsuccess.runs.finance.recorded import keep
from payforsuccess.runs.finance.target import VALUE_FILE
from payforsuccess.runs.finance.words import findings_plain
from payforsuccess.runs.folder import DealPath
from payforsuccess.runs.plan.plain import study_plain
from payforsuccess.trail import RunInput, fingerprint_bytes

SEED = 1
Count = Callable[[str, int, int], None]


@dataclass(frozen=True, repr=False)
class Planned:
    """The studies that were planned, in words; amounts in minor units."""

    deal: str
    standing: str
    firmness: str
    currency: str
    case: Case
    seed: int
    studies: int
    plans: tuple[StudyPlan, ...]
    findings: tuple[Finding, ...]
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        lines = [
            f"{self.deal}: studies planned around the {self.case} case, in {self.currency}",
            f"The terms are {self.standing}; what is assumed is {self.firmness}.",
            f"{self.studies:,} studies at each true effect, seed {self.seed}; ± is the error of "
            "drawing them.",
        ]
        for plan in self.plans:
            lines += ["", *_study_lines(plan, self.case)]
        lines += ["", "Findings", *(f"  {finding}" for finding in self.findings)]
        lines += ["", *(f"Kept  {path}" for path in self.written)]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units, chances and effects as decimal texts, with errors."""
        return {
            "deal": self.deal,
            "standing": self.standing,
            "assumptions": self.firmness,
            "currency": self.currency,
            "case": self.case,
            "seed": self.seed,
            "studies": self.studies,
            "plans": [study_plain(plan) for plan in self.plans],
            "findings": findings_plain(self.findings),
        }


def plan(
    path: DealPath,
    *,
    assumptions: Path | None = None,
    case: Case = "base",
    studies: int = STUDIES,
    seed: int = SEED,
    to: Path | None = None,
    count: Count = lambda task, done, of: None,
) -> Planned:
    """Every study that the deal plans and the assumptions describe.

    Where `value.yaml` lies beside the deal, break-even goes by what payors can take out of their
    budgets. The same seed gives the same draws. Kept under `out/plan/`; with `to`, also as a page.
    Refuses a deal without plans, a plan that an outcome rests on and of which nothing is assumed,
    and fewer than two studies.
    """
    if to is not None:
        check_endings([to])
    if studies < 2:
        raise Refusal(Problem("Fewer than 2 studies have no spread.", "Ask for 1,000 or more."))
    financed = open_financed(path, assumptions=assumptions, with_known=False)
    value, read = _value_of(financed)
    plans = tuple(_plans(financed, case, studies, seed, value, count))
    deal = financed.deal
    told = Planned(
        deal=deal.deal,
        standing=deal.standing,
        firmness=firmness_text(financed.assumptions),
        currency=deal.currency,
        case=case,
        seed=seed,
        studies=studies,
        plans=plans,
        findings=tuple(_findings(plans)),
    )
    settings = (("case", case), ("seed", str(seed)), ("studies", str(studies)))
    files = {"plan.json": json_bytes(told.as_plain())}
    written = keep(financed, "plan", files, settings=settings, also=read)
    if to is not None:
        page = study_document(
            deal, financed.assumptions, plans, case=case, studies=studies, seed=seed
        )
        written = (*written, *write_document(page, [to]))
    return replace(told, written=written)


def _value_of(financed: Financed) -> tuple[ValueFile | None, tuple[RunInput, ...]]:
    """What outcomes are worth, where `value.yaml` lies beside the deal, and that it was read."""
    path = financed.folder.root / VALUE_FILE
    if not path.is_file():
        return None, ()
    content = read_bytes(path)
    file = read_value(content, financed.deal, file=str(path))
    return file, (RunInput(VALUE_FILE, VALUE_FILE, fingerprint_bytes(content)),)


def _plans(
    financed: Financed,
    case: Case,
    studies: int,
    seed: int,
    value: ValueFile | None,
    count: Count,
) -> Iterator[StudyPlan]:
    deal, assumptions = financed.deal, financed.assumptions
    resting = [
        (outcome.estimate, name)
        for name, outcome in deal.outcomes.items()
        if outcome.estimate is not None
    ]
    if not resting:
        raise Refusal(
            Problem(
                "No outcome of the deal rests on an estimate, so there is no study to plan.",
                "Give an outcome an `estimate`, the name of a plan under `evaluation`.",
                deal.place_of("outcomes"),
            )
        )
    problems = [
        Problem(
            f"Nothing is assumed for the study of the plan `{name}`.",
            "Add it under `studies`: people, and what is found without the programme; the how-to "
            "“Plan a study” shows one.",
            assumptions.place_of("studies"),
        )
        for name in dict.fromkeys(plan for plan, _ in resting)
        if name not in assumptions.studies
    ]
    if problems:
        raise Refusal(problems)
    for name, outcome in resting:
        yield plan_study(
            financed.history,
            assumptions,
            name,
            outcome,
            case=case,
            studies=studies,
            seed=seed,
            value=value,
            progress=lambda done, of: count("drawing studies", done, of),
        )


def _findings(plans: tuple[StudyPlan, ...]) -> Iterator[Finding]:
    for plan in plans:
        for said in likely_mistakes(plan):
            yield Finding("payment", said)
        for said in other_findings(plan):
            yield Finding("study", said)


def _study_lines(plan: StudyPlan, case: Case) -> Iterator[str]:
    yield f"Study {plan.name}, of {plan.outcome}"
    yield from _indented(in_columns(assumed_lines(plan, case)))
    yield ""
    yield f"What it can show of the target, {effect_text(plan, plan.target)}"
    yield from _table(size_lines(plan))
    yield f"  For {plan.power:.0%} power at the target {needed_text(plan)}"
    paying = plan.paying
    if paying is None:
        return
    yield ""
    yield f"What is paid on it by {', '.join(paying.setting.terms_read)}"
    yield from _table(truth_lines(plan, paying))
    if plan.break_even is not None:
        yield f"  Break-even: {plan.break_even.says}."
    yield ""
    yield "Mistakes by the size of the study"
    yield from _table(by_size_lines(plan, paying))


def _table(rows: Lines) -> list[str]:
    return _indented(in_columns(rows, right=range(1, len(rows[0]))))


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" for line in lines]
