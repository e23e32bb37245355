"""The schedule of a data agreement: why, what, under which law, for how long, for whom."""

from __future__ import annotations

from payforsuccess.deal.agreements import Agreement
from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.inline import Exactly
from payforsuccess.reports.notices import FOR_COUNSEL, deal_notices
from payforsuccess.reports.numbers import day_text, listed
from payforsuccess.reports.request_facts import ColumnAside, FeedAsked, FileAsked, RequestFacts
from payforsuccess.reports.request_status import standing_text
from payforsuccess.reports.run_tables import AGREEMENT_NAMES
from payforsuccess.reports.table import Column, Table, cell

SENSITIVITY_WORDS = {
    "public": "public",
    "personal": "about one person",
    "protected": "protected",
    "identifier": "says who someone is",
}
_BASES = {
    "statute": "a statute",
    "consent": "each person's consent",
    "agreement": "this agreement",
    "court-order": "a court's order",
}
_RELEASES = {
    "nothing": "nothing leaves",
    "totals": "totals, with small numbers hidden",
    "person-rows": "rows of people under random keys",
}


def schedule_document(facts: RequestFacts, asked: FeedAsked) -> Document:
    """The schedule as the parties would sign it, with what it permits too much and too little."""
    agreement = asked.agreement
    blocks: list[Block] = [
        Heading(2, "Parties and purpose", "purpose"),
        _parties(facts, asked, agreement),
        Heading(2, "What the law asks", "law"),
        _law(asked, agreement),
        Heading(2, "Records and columns", "columns"),
    ]
    blocks += [_columns(file, agreement.regime) for file in asked.files] or [
        paragraph("Nothing that the draft permits is needed by the deal.")
    ]
    blocks += _asides(asked)
    blocks += [Heading(2, "Keeping and destroying", "keeping"), _keeping(asked, agreement)]
    blocks += _signatures(agreement)
    return Document(
        title=f"Schedule to the data agreement: {asked.source.feed}",
        language="en",
        subtitle=f"{facts.deal}, as of {day_text(facts.as_of)}",
        notices=(FOR_COUNSEL, *deal_notices(facts.standing, is_certified=facts.is_certified)),
        blocks=tuple(blocks),
    )


def _parties(facts: RequestFacts, asked: FeedAsked, agreement: Agreement) -> Particulars:
    source = asked.source
    access = facts.access(source.feed)
    holders = [
        holder.name + (f" from {day_text(holder.from_)}" if holder.from_ is not None else "")
        for holder in source.held_by
    ]
    return Particulars(
        (
            Particular("Kind of agreement", (AGREEMENT_NAMES[agreement.kind],)),
            Particular("Parties", (listed(list(agreement.parties)),)),
            Particular("Holder of the records", (access.holder or "no one on this day",)),
            *((Particular("Holders over time", (listed(holders),)),) if len(holders) > 1 else ()),
            Particular("Purpose", (agreement.purpose,)),
            Particular("What the deal relies on it for", (source.says,)),
            Particular("Status", (standing_text(access),)),
            Particular(
                "Signed on",
                ("not signed" if agreement.signed_on is None else day_text(agreement.signed_on),),
            ),
            Particular("Last day it holds", (day_text(agreement.expires_on),)),
            Particular(
                "New extract",
                ("once" if source.refreshed == "once" else f"each {source.refreshed}",),
            ),
        )
    )


def _law(asked: FeedAsked, agreement: Agreement) -> Particulars:
    basis = _BASES[agreement.legal_basis]
    if agreement.consents:
        basis += f", as recorded in the feed {agreement.consents}"
    recipients = agreement.recipients or agreement.parties
    return Particulars(
        (
            Particular("Law", (agreement.regime,)),
            Particular("Legal basis", (basis,)),
            Particular("Who may receive what is made of them", (listed(list(recipients)),)),
            Particular("What may leave", (_RELEASES[agreement.releases],)),
            Particular("Matching with other records", (_matching(asked, agreement),)),
        )
    )


def _matching(asked: FeedAsked, agreement: Agreement) -> str:
    if asked.source.is_victim_service:
        return "never, hashed or not: a victim-service provider holds them"
    if not agreement.may_be_linked:
        return "not permitted"
    if not asked.linked_with:
        return "none"
    with_ = listed(list(asked.linked_with))
    if asked.match_method == "keyed-hash":
        return f"with {with_}, by keyed filters; identifiers stay with the holder"
    return f"with {with_}, by identifiers that nothing else sees"


def _columns(file: FileAsked, law: str) -> Table:
    """law: the one of the whole agreement, which is not said again in each row."""
    return Table(
        caption=f"{file.path}: {file.says}",
        columns=(
            Column("Column"),
            Column("What it says"),
            Column("Sensitivity"),
            Column("Law"),
            Column("Needed for"),
        ),
        rows=tuple(
            (
                cell(column.name),
                cell(column.says),
                cell(SENSITIVITY_WORDS[column.sensitivity]),
                cell(column.law if column.law != law else "as above"),
                cell("; ".join(column.reasons)),
            )
            for column in file.columns
        ),
    )


def _asides(asked: FeedAsked) -> list[Block]:
    blocks: list[Block] = []
    needed = tuple(column for column in asked.lacking if column.is_needed)
    useful = tuple(column for column in asked.lacking if not column.is_needed)
    for title, lead, columns in (
        (
            "Needed and not permitted",
            "The extract cannot be read without these columns. Add them.",
            needed,
        ),
        (
            "Used if permitted",
            "The deal can do without these columns, and would use them.",
            useful,
        ),
        (
            "Permitted and not needed",
            "No more than is needed is asked for. Take these columns out.",
            asked.unasked,
        ),
    ):
        if columns:
            blocks += [Heading(3, title), paragraph(lead), _aside(columns)]
    return blocks


def _aside(columns: tuple[ColumnAside, ...]) -> ItemList:
    return ItemList(
        tuple((Exactly(column.name), f": {'; '.join(column.reasons)}") for column in columns)
    )


def _keeping(asked: FeedAsked, agreement: Agreement) -> Particulars:
    until = agreement.retained_until
    keys = asked.keys_destroyed_on
    said = [
        Particular(
            "Records destroyed by",
            ("not stated: agree on a day" if until is None else day_text(until),),
        ),
        Particular(
            "How",
            (
                "they are encrypted under a key of this agreement; the key is destroyed, and a "
                "certificate says when",
            ),
        ),
    ]
    if keys is not None:
        said.append(Particular("Keys that stand for people destroyed on", (day_text(keys),)))
    said += [
        Particular("Order not to destroy", (f"{hold.ordered_by}: {hold.reference}",))
        for hold in asked.holds
    ]
    return Particulars(tuple(said))


def _signatures(agreement: Agreement) -> list[Block]:
    if agreement.signed_on is not None:
        return []
    lines = tuple((f"{party}: name, day, signature",) for party in agreement.parties)
    return [Heading(2, "To be signed by", "signatures"), ItemList(lines)]
