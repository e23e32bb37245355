"""The page of participants' rights, in English or Spanish."""

from __future__ import annotations

from payforsuccess.reports import Document
from payforsuccess.reports.rights import RightsFacts, rights_page
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.documents.of_deal import deal_in_force


def document(asked: Asked) -> Document:
    """The page of the version in force on the day, in the language asked for."""
    deal = deal_in_force(asked.path, on=asked.on)
    return rights_page(RightsFacts(deal, asked.on, asked.language))
