"""Each estimate of a run: effect with interval, tests, balance of the arms, and its note."""

from __future__ import annotations

from payforsuccess.reports.document import Block, Heading, KeyFigure, Particular, Particulars
from payforsuccess.reports.inline import NoteReference
from payforsuccess.reports.note import Note
from payforsuccess.reports.numbers import decimal_text, p_value_text
from payforsuccess.reports.run_facts import EstimateShown, RunFacts
from payforsuccess.reports.table import Column, Table, cell

# More estimates than this are a table's work, not large figures.
MOST_LARGE = 2


def estimate_key(at: int) -> str:
    """The key of the note to the estimate at place `at`."""
    return f"estimate-{at}"


def estimate_figures(facts: RunFacts) -> tuple[KeyFigure, ...]:
    """The first effects as large figures, each with interval, people and date."""
    return tuple(
        KeyFigure(
            estimate.outcome,
            _effect(estimate),
            (
                f"{estimate.level} interval {_interval(estimate)}; {estimate.people:,} people; "
                f"as of {estimate.as_of}",
                NoteReference(estimate_key(at)),
            ),
        )
        for at, estimate in enumerate(facts.estimates[:MOST_LARGE])
    )


def estimate_blocks(estimate: EstimateShown, at: int) -> list[Block]:
    """One estimate: what it says, how it was made, its tests and the balance of the arms."""
    particulars = [
        Particular("Effect", (_effect(estimate), NoteReference(estimate_key(at)))),
        Particular(f"{estimate.level} interval", (_interval(estimate),)),
        Particular("People", (f"{estimate.people:,}, as of {estimate.as_of}",)),
        Particular("Estimated by", (estimate.estimator,)),
        Particular("Payments read", (estimate.pays_on,)),
    ]
    if estimate.attrition:
        particulars.append(Particular("Attrition", (estimate.attrition,)))
    blocks: list[Block] = [Heading(3, estimate.says), Particulars(tuple(particulars))]
    if estimate.tests:
        blocks.append(_tests(estimate))
    if estimate.balance:
        blocks.append(_balance(estimate))
    return blocks


def estimate_notes(facts: RunFacts) -> tuple[Note, ...]:
    """A note for each estimate: the run and the fingerprint of the rows it rests on."""
    return tuple(
        Note(
            key=estimate_key(at),
            says=f"{estimate.outcome}: {estimate.estimator}",
            run=facts.run,
            fingerprint=estimate.fingerprint,
        )
        for at, estimate in enumerate(facts.estimates)
    )


def _effect(estimate: EstimateShown) -> str:
    return f"{decimal_text(estimate.effect)} {estimate.unit}".strip()


def _interval(estimate: EstimateShown) -> str:
    return f"{decimal_text(estimate.low)} to {decimal_text(estimate.high)}"


def _tests(estimate: EstimateShown) -> Table:
    ordered = sorted(estimate.tests, key=lambda test: not test.is_planned)
    return Table(
        caption="Tests of no effect, two-sided",
        columns=(Column("Test"), Column("Standing"), Column("p-value", is_number=True)),
        rows=tuple(
            (
                cell(test.name),
                cell("named in the plan" if test.is_planned else "sensitivity"),
                cell(p_value_text(test.p_value)),
            )
            for test in ordered
        ),
    )


def _balance(estimate: EstimateShown) -> Table:
    return Table(
        caption="Traits before, by arm",
        columns=(
            Column("Trait"),
            Column("Treated, mean", is_number=True),
            Column("Control, mean", is_number=True),
            Column("Standardised difference", is_number=True),
        ),
        rows=tuple(
            (
                cell(row.trait),
                cell(decimal_text(row.treated)),
                cell(decimal_text(row.control)),
                cell(decimal_text(row.difference)),
            )
            for row in estimate.balance
        ),
    )
