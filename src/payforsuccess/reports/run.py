"""The report of a run: from the records that were read to the statement, with the way back."""

from __future__ import annotations

from payforsuccess.reports.charts import participant_flow, payment_curve
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigures,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.evaluation.in_run import (
    beside_blocks,
    estimate_blocks,
    estimate_figure,
    estimate_note,
    flow_of,
)
from payforsuccess.reports.evaluation.telling import Notes
from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.note import Note, Notice
from payforsuccess.reports.notices import SMALL_NUMBERS, deal_notices, statement_notices
from payforsuccess.reports.numbers import day_text
from payforsuccess.reports.run_facts import RunFacts
from payforsuccess.reports.run_tables import (
    attrition_table,
    data_table,
    made_table,
    read_table,
)
from payforsuccess.reports.statement import assumed, key_figures, statement_part
from payforsuccess.reports.table import Cell, Column, Table, cell

# More effects than this are a table's work, not large figures.
MOST_EFFECTS_LARGE = 2


def run_document(facts: RunFacts) -> Document:
    """The run as one document in English: data, people, outcomes, effect, payment, statement.

    A section without facts is left out. Every estimate and every amount carries a note with the
    run, the clause, the fingerprint of what it rests on, and the steps.
    """
    statement_blocks, statement_notes = _statement(facts)
    beside = Notes(facts.run)
    blocks: list[Block] = [
        *_key_figures(facts),
        Heading(2, "What was found", "found"),
        paragraph(facts.says),
        *_data(facts),
        *_people(facts),
        *_measures(facts),
        *_outcomes(facts, beside),
        *_payment(facts),
        *statement_blocks,
        *_at_risk(facts),
        *_findings(facts),
        *_again(facts),
    ]
    estimate_notes = (
        estimate_note(shown, at, run=facts.run) for at, shown in enumerate(facts.estimates)
    )
    notes: tuple[Note, ...] = (*estimate_notes, *beside.kept.values(), *statement_notes)
    return Document(
        title=facts.deal,
        language="en",
        subtitle=f"Report of a run, with data as of {day_text(facts.as_of)}",
        notices=_notices(facts),
        blocks=tuple(blocks),
        notes=notes,
    )


def _notices(facts: RunFacts) -> tuple[Notice, ...]:
    if facts.statement is not None:
        own = statement_notices(facts.statement, is_issued=facts.is_issued)
    else:
        own = deal_notices(facts.standing, is_certified=facts.is_certified)
    # Records under an agreement are of people who are not to be told from a small count.
    kept_in = any(shown.source.agreement is not None for shown in facts.data)
    return tuple(dict.fromkeys((*own, *facts.notices, *((SMALL_NUMBERS,) if kept_in else ()))))


def _key_figures(facts: RunFacts) -> tuple[Block, ...]:
    effects = facts.estimates[:MOST_EFFECTS_LARGE]
    shown = tuple(estimate_figure(effect, at) for at, effect in enumerate(effects))
    if facts.statement is not None:
        shown += key_figures(facts.statement).figures[:1]
    return (KeyFigures(shown),) if shown else ()


def _data(facts: RunFacts) -> list[Block]:
    if not facts.data:
        return []
    return [Heading(2, "The records", "records"), data_table(facts)]


def _people(facts: RunFacts) -> list[Block]:
    """One flow for each set of people; plans that share their people share the picture."""
    flows = dict.fromkeys(flow_of(shown) for shown in facts.estimates)
    figures = [participant_flow(flow) for flow in flows if flow is not None]
    return [Heading(2, "The participants", "participants"), *figures] if figures else []


def _measures(facts: RunFacts) -> list[Block]:
    """Each measure in words, and who left its count at which rule."""
    if not facts.attrition:
        return []
    blocks: list[Block] = [Heading(2, "What was measured", "measures")]
    for shown in facts.attrition:
        blocks.append(Heading(3, shown.title))
        if shown.says:
            blocks.append(ItemList(tuple((sentence,) for sentence in shown.says)))
        blocks.append(attrition_table(shown))
    return blocks


def _outcomes(facts: RunFacts, notes: Notes) -> list[Block]:
    if not (facts.estimates or facts.determinations):
        return []
    blocks: list[Block] = [Heading(2, "Outcomes and effect", "outcomes")]
    for at, shown in enumerate(facts.estimates):
        blocks += (*estimate_blocks(shown, at), *beside_blocks(shown, at, notes))
    if facts.determinations:
        blocks.append(Heading(3, "Who determined the results"))
        blocks.append(
            ItemList(
                tuple(
                    (
                        f"Determination {signed.number} of {day_text(signed.on)}, by "
                        f"{signed.party} as {signed.role}; signed by {signed.signed_by}: ",
                        Exactly(signed.fingerprint),
                    )
                    for signed in facts.determinations
                )
            )
        )
    return blocks


def _payment(facts: RunFacts) -> list[Block]:
    if not (facts.deal_in_words or facts.curves or facts.assumptions):
        return []
    blocks: list[Block] = [Heading(2, "What the deal pays", "payment")]
    if facts.deal_in_words:
        blocks.append(ItemList(tuple((sentence,) for sentence in facts.deal_in_words)))
    blocks += [payment_curve(curve) for curve in facts.curves]
    return [*blocks, *assumed(facts.assumptions, level=3)]


def _statement(facts: RunFacts) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    if facts.statement is None:
        return (), ()
    part = statement_part(facts.statement, level=3, run=facts.run)
    title = f"Success-payment statement {facts.statement.number}"
    return (Heading(2, title, "statement"), *part.blocks), part.notes


def _at_risk(facts: RunFacts) -> list[Block]:
    if not facts.at_risk:
        return []
    return [
        Heading(2, "Dollars at risk in matching", "dollars-at-risk"),
        paragraph(
            "What would be due if people had been matched otherwise. It is no part of the "
            "statement, and reviewers of matches do not see it."
        ),
        ItemList(tuple((sentence,) for sentence in facts.at_risk)),
    ]


def _findings(facts: RunFacts) -> list[Block]:
    if not facts.findings:
        return []
    rows = dict.fromkeys(
        (
            cell(finding.topic),
            cell(finding.what),
            Cell((Exactly(finding.where.field),)) if finding.where.field else cell("the deal"),
        )
        for finding in facts.findings
    )
    columns = (Column("Topic"), Column("What a careful reader should know"), Column("Where"))
    table = Table("Findings of this run", columns, tuple(rows))
    return [Heading(2, "Findings", "findings"), table]


def _again(facts: RunFacts) -> list[Block]:
    record = facts.record
    settings = [Particular(name, (value,)) for name, value in record.settings if value]
    libraries = ", ".join(f"{name} {version}" for name, version in record.library_versions)
    particulars = Particulars(
        (
            Particular("Run", (Exactly(facts.run),)),
            Particular("Deal file", (Exactly(record.deal_fingerprint),)),
            Particular("Version of the program", (record.code_version,)),
            *((Particular("Libraries", (libraries,)),) if libraries else ()),
            *settings,
        )
    )
    return [
        Heading(2, "How to do this again", "again"),
        paragraph(
            "Run again on the same inputs, the same program gives the same results. A checksum "
            "is a short text that changes when the content changes."
        ),
        particulars,
        *read_table(record),
        *made_table(record),
    ]
