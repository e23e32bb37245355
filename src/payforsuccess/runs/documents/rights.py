"""The page of participants' rights, in English or Spanish."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.data import DataSource
from payforsuccess.deal.deal import Deal
from payforsuccess.reports import Document
from payforsuccess.reports.rights import RightsFacts, rights_page
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.documents.of_deal import deal_in_force


def document(asked: Asked) -> Document:
    """The page of the version in force on the day, in the language asked for."""
    deal = deal_in_force(asked.path, on=asked.on)
    return rights_page(rights_facts(deal, on=asked.on, language=asked.language))


def rights_facts(deal: Deal, *, on: date, language: str) -> RightsFacts:
    """What the page is made from: the deal, and every column that its agreements let be read."""
    return RightsFacts(deal, on, language, {each.feed: _columns(each) for each in deal.data})


def _columns(source: DataSource) -> tuple[str, ...]:
    """The columns that are read: those the agreement lists, and of other feeds the layout's own.

    Of public data all are read, and a victim-service provider's agreement may list what is left
    unread all the same; only then are the layouts loaded, which need the packages of `analysis`.
    """
    if source.agreement is not None and not source.is_victim_service:
        listed = source.agreement.permitted_columns
        return tuple(dict.fromkeys(each.rpartition(".")[2] for each in listed))
    from payforsuccess.records.agreement import permitted_columns
    from payforsuccess.records.layouts import LAYOUTS

    layout = LAYOUTS.get(source.layout)
    files = () if layout is None else layout.files
    return tuple(column.name for file in files for column in permitted_columns(source, file))
