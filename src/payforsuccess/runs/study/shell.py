"""The sealed shell of a final report: the report itself, filled with people who do not exist.

It goes through the same writer as the real report, so that what was promised can be held against
what is delivered: table by table, in shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import payforsuccess
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.evaluation import EvaluationPlan
from payforsuccess.deal.study import Shell, ShellTable
from payforsuccess.deal.words import unit_of_measure, unit_of_plan
from payforsuccess.errors import Finding, Refusal
from payforsuccess.reports import Document, write_html
from payforsuccess.reports.document import Block, KeyFigure, KeyFigures
from payforsuccess.reports.evaluation.facts import EvaluationFacts, PlanShown
from payforsuccess.reports.evaluation.page import evaluation_document
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.note import Notice
from payforsuccess.reports.numbers import name_text
from payforsuccess.reports.run_facts import EstimateShown
from payforsuccess.reports.table import Table
from payforsuccess.trail import RunRecord, fingerprint, fingerprint_bytes

SEED = 1
SIMULATED = "SIMULATED"
MOST_DRAWS = 99
"""Draws of chance in a shell, where the plan names more: enough to show that they can be made."""


_DAY_OF_DATA = re.compile(r", data as of .*$")


@dataclass(frozen=True)
class ShellMade:
    """A plan's shell, as it is sealed and as it is shown; no shell where it cannot be computed.

    says: the made-up effect that it was drawn at.
    """

    name: str
    shell: Shell | None
    shown: PlanShown | None
    says: str
    findings: tuple[Finding, ...]


def make_shell(deal: Deal, name: str) -> ShellMade:
    """The report on one plan with simulated people, drawn from the plan alone.

    Where the plan cannot be computed by this version, there is none, and the findings say why.
    """
    plan = deal.evaluation[name]
    where = deal.place_of("evaluation", name)
    try:
        shown, says = _simulated(deal, name, plan)
    except Refusal as refusal:
        told = (
            f"The plan {name} is sealed without a shell: {problem.what} {problem.do}".strip()
            for problem in refusal.problems
        )
        return ShellMade(
            name, None, None, "", tuple(Finding("shell", each, where) for each in told)
        )
    made = ShellMade(name, None, shown, says, ())
    document = shell_document(deal, (made,))
    shell = Shell(
        document=fingerprint_bytes(write_html(document)), seed=SEED, tables=shapes_of(document)
    )
    return replace(made, shell=shell)


def shell_document(deal: Deal, made: Sequence[ShellMade]) -> Document:
    """The report on these plans, labelled as simulated at its head and at each table and figure."""
    plans = tuple(each.shown for each in made if each.shown is not None)
    document = evaluation_document(_facts(deal, plans))
    effects = "; ".join(f"{name_text(each.name)}: {each.says}" for each in made if each.shown)
    notice = Notice(
        SIMULATED,
        "Nobody was observed. Every number comes from people who do not exist, drawn from the plan "
        f"alone with seed {SEED}, at a made-up effect. {effects}. It shows what the final report "
        "will hold and that the plan can be computed, and forecasts nothing.",
    )
    return replace(
        document,
        title=f"{SIMULATED}: {document.title}",
        blocks=tuple(_labelled(block) for block in document.blocks),
        notices=(notice, *document.notices),
    )


def shapes_of(document: Document) -> tuple[ShellTable, ...]:
    """The tables and figures of a report in their order, without their numbers."""
    return tuple(_shapes(document.blocks))


def differences(sealed: Shell, document: Document) -> tuple[str, ...]:
    """How the report on one plan differs from its shell in shape, a sentence each."""
    now = {each.title: each for each in shapes_of(document)}
    was = {each.title: each for each in sealed.tables}
    told = [f"“{title}” is missing." for title in was if title not in now]
    told += [f"“{title}” was not in the shell." for title in now if title not in was]
    for title, shape in was.items():
        found = now.get(title)
        if found is None:
            continue
        if found.columns != shape.columns:
            told.append(f"“{title}” has other columns: {', '.join(found.columns)}.")
        elif found.rows != shape.rows:
            told.append(f"“{title}” has {found.rows} rows, and the shell {shape.rows}.")
    return tuple(told)


def _simulated(deal: Deal, name: str, plan: EvaluationPlan) -> tuple[PlanShown, str]:
    from payforsuccess.evaluation import check_estimable, estimate_effect, payable_of
    from payforsuccess.evaluation.designs.secondary import OtherOutcome
    from payforsuccess.evaluation.simulated import simulated_people

    where = deal.place_of("evaluation", name)
    problems = check_estimable(plan, where=where)
    if problems:
        raise Refusal(problems)
    people = simulated_people(plan, seed=SEED)
    lighter = plan.model_copy(update={"draws": min(plan.draws, MOST_DRAWS)} if plan.draws else {})
    currency = deal.currency
    estimate = estimate_effect(
        lighter,
        people.rows,
        name=name,
        evidence=fingerprint([SIMULATED, name, SEED]),
        unit=unit_of_plan(plan, currency),
        where=where,
        varied_rows={each.name: people.rows for each in plan.variations if each.window},
        secondary_rows={
            each.name: OtherOutcome(
                people.secondary[each.name], unit_of_measure(each.measure, currency)
            )
            for each in plan.secondary
        },
    )
    estimate = estimate.model_copy(update={"plan_fingerprint": fingerprint(plan.as_plain())})
    alone = lighter.model_copy(update={"pooling": (), "fallback": _without_others(plan)})
    payable = payable_of(alone, estimate)
    outcomes = tuple(
        name_text(outcome) for outcome, each in deal.outcomes.items() if each.estimate == name
    )
    shown = EstimateShown(estimate, payable, plan.says, deal.ends_on)
    return PlanShown(shown, plan, outcomes), people.says


def _without_others(plan: EvaluationPlan) -> tuple[object, ...]:
    """The fall-backs that need no other plan's people."""
    return tuple(rule for rule in plan.fallback if rule.then == "pay-nothing")


def _facts(deal: Deal, plans: tuple[PlanShown, ...]) -> EvaluationFacts:
    record = RunRecord(
        kind="shell",
        deal_fingerprint=deal.terms_fingerprint,
        code_version=payforsuccess.__version__,
        library_versions=(),
        settings=(("seed", str(SEED)),),
        inputs=(),
        outputs=(),
    )
    return EvaluationFacts(
        deal=deal.deal,
        standing=deal.standing,
        is_certified=deal.is_certified,
        as_of=deal.ends_on,
        run="shell",
        record=record,
        plans=plans,
        threshold=None,
    )


def _labelled(block: Block) -> Block:
    match block:
        case Table():
            return replace(block, caption=_label(block.caption))
        case Figure(table=Table() as table):
            inner = replace(table, caption=_label(table.caption))
            return replace(block, caption=_label(block.caption), table=inner)
        case Figure():
            return replace(block, caption=_label(block.caption))
        case KeyFigures():
            return KeyFigures(tuple(_marked(figure) for figure in block.figures))
        case _:
            return block


def _marked(figure: KeyFigure) -> KeyFigure:
    return replace(figure, label=_label(figure.label))


def _label(text: str) -> str:
    return f"{SIMULATED}: {text}"


def _shapes(blocks: Sequence[Block]) -> Iterator[ShellTable]:
    for block in blocks:
        if isinstance(block, Table):
            yield _shape(block.caption, block)
        elif isinstance(block, Figure):
            if block.table is None:
                yield ShellTable(title=_plain(block.caption), columns=("picture",), rows=0)
            else:
                yield _shape(block.caption, block.table)


def _shape(title: str, table: Table) -> ShellTable:
    columns = tuple(column.title for column in table.columns)
    return ShellTable(title=_plain(title), columns=columns, rows=len(table.rows))


def _plain(title: str) -> str:
    """The title without the label, and without the day of the data, which only the end tells."""
    return _DAY_OF_DATA.sub("", title.removeprefix(f"{SIMULATED}: "))
