"""The payment lines of a deal as a table: the outcome each pays for, in words, and its limit."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.phrases import money, named
from payforsuccess.payments.words import sentences_of
from payforsuccess.reports.document import Block, paragraph
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.table import Cell, Column, Row, Table, cell


def payment_lines(deal: Deal, notes: NoteBook) -> Iterator[Block]:
    """Every line with the outcome it pays for (R24); its clause stands in a note."""
    mark = notes.note(
        "deal", f"The deal file “{deal.deal}”: its payment terms.", checksum=deal.terms_fingerprint
    )
    rows: list[Row] = []
    for term in deal.payments:
        clause = notes.note(
            f"term {term.name}",
            f"The payment line {named(term.name)} of the deal file.",
            clause=term.clause,
            checksum=deal.terms_fingerprint,
        )
        outcomes = [f"{named(name)}: {deal.outcomes[name].says}" for name in term.outcomes_read()]
        most = "no limit of its own" if term.ceiling is None else money(term.ceiling, deal.currency)
        rows.append(
            (
                cell(named(term.name)),
                cell("; ".join(outcomes)),
                # The clause comes last among the sentences and stands in the note.
                cell(" ".join(sentences_of(term, deal)[:-1])),
                Cell((f"{most} ", clause)),
            )
        )
    yield paragraph("Every payment line names the outcome it pays for ", mark, ".")
    yield Table(
        f"Payment lines of “{deal.deal}”",
        tuple(map(Column, ("Line", "Outcome it pays for", "What is paid", "At most"))),
        tuple(rows),
    )
    if deal.ceiling is not None:
        most = money(deal.ceiling, deal.currency)
        yield paragraph(f"All lines together never pay more than {most} ", mark, ".")
