"""What must be said of a deal wherever its data go."""

from __future__ import annotations

from collections.abc import Mapping, Set

from payforsuccess.deal.deal import Deal
from payforsuccess.reports.notices import deal_notices

_MARKS = {
    "published-terms": "published terms, not the contract",
    "illustrative": "made-up terms, agreed by nobody",
    "template": "terms of a template, agreed by nobody",
    "practice": "practice terms, owed by nobody",
}


def standing_of(deal: Deal) -> str:
    """One or two sentences about terms that are no signed contract; empty for those that are."""
    notices = deal_notices(deal.standing, is_certified=True)
    return " ".join(f"{notice.title}. {notice.says}" for notice in notices)


def mark_of(deal: Deal) -> str:
    """The standing in a few words, to stand beside a name; empty where terms are a contract's."""
    return "" if deal.standing == "contract" else _MARKS[deal.standing]


def marked(part: Mapping[str, object], deal: Deal) -> dict[str, object]:
    """A part of an open file in which no name stands without the standing of the terms.

    Every party and the deal itself carry it in brackets, and every note begins with it: rows that
    are copied out of the file still say that, for one, a share is made up. A contract's stay as
    they are.
    """
    mark = mark_of(deal)
    if not mark:
        return dict(part)
    names = {deal.deal, *(party.name for party in deal.parties)}
    return {key: _marked(key, value, names, mark) for key, value in part.items()}


def _marked(key: str, value: object, names: Set[str], mark: str) -> object:
    match value:
        case Mapping() if key == "name":  # INDIGO's way to write a value
            return {each: _marked("name", one, names, mark) for each, one in value.items()}
        case Mapping():
            return {each: _marked(each, one, names, mark) for each, one in value.items()}
        case list():
            return [_marked(key, one, names, mark) for one in value]
        case str() if key in ("name", "title") and value in names:
            return f"{value} [{mark}]"
        case str() if key == "notes":
            return f"[{mark}] {value}"
        case _:
            return value
