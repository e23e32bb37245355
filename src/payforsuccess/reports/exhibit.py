"""The contract in plain words, to be attached to it as an exhibit."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.section import Section
from payforsuccess.reports.document import Block, Document, Heading, ItemList, Paragraph, paragraph
from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.notices import FOR_COUNSEL, deal_notices
from payforsuccess.reports.numbers import day_text


def exhibit_document(deal: Deal, sections: Sequence[Section]) -> Document:
    """The sentences of `sections`, each of them numbered as a lawyer can cite it.

    They come from the rules that compute payments, so the exhibit cannot say other than what is
    paid. The contract prevails, and the document says so.
    """
    blocks: list[Block] = [
        paragraph(
            "This exhibit says in plain words what the contract provides. Its sentences are made "
            "from the same rules that compute payments. Where the contract says something else, "
            "the contract prevails and the file behind this exhibit is wrong."
        ),
        Paragraph(("Checksum of the file behind it: ", Exactly(deal.fingerprint))),
    ]
    for number, section in enumerate(sections, start=1):
        blocks.append(Heading(2, f"{number}. {section.title}"))
        for at, entry in enumerate(section.entries, start=1):
            if entry.heading:
                blocks.append(Heading(3, f"{number}.{at} {entry.heading}"))
            blocks.append(ItemList(tuple((each,) for each in entry.sentences), is_numbered=True))
    return Document(
        title=f"{deal.deal}: the contract in plain words",
        language="en",
        subtitle=f"Exhibit; version in force from {day_text(deal.in_force_from)}",
        notices=(
            FOR_COUNSEL,
            *deal_notices(deal.standing, is_certified=deal.is_certified),
        ),
        blocks=tuple(blocks),
    )
