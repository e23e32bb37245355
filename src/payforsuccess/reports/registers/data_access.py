"""Access to data: holder, law, agreement, days from request to first file, critical path (R95)."""

from __future__ import annotations

from payforsuccess.deal.access import access_on
from payforsuccess.governance.conditions.data_access import path_on, told_of
from payforsuccess.governance.critical_path import SourceOnItsWay
from payforsuccess.governance.facts import Facts
from payforsuccess.reports.document import Block, Document, Heading, paragraph
from payforsuccess.reports.numbers import counted
from payforsuccess.reports.registers.page import day_or, register_page, rows_or, words
from payforsuccess.reports.request_status import standing_text


def data_access_entries(facts: Facts) -> tuple[SourceOnItsWay, ...]:
    """Every source as it stands on the day; none where sources wait for each other."""
    path = path_on(facts)
    return path.sources if path is not None else ()


def data_access_document(facts: Facts) -> Document:
    """The critical path, then every source."""
    path = path_on(facts)
    if path is None:
        said = "Sources wait for each other, so no path can be told; `pfs gate` names them."
    elif not path.sources:
        said = "No source of data is on file."
    else:
        said = told_of(path) or "The first file of every source is there."
    return register_page(
        facts,
        "Access to data",
        (
            Heading(2, "The critical path", "critical-path"),
            paragraph(said),
            Heading(2, "Sources", "sources"),
            rows_or(
                "Each source from the request to its first file",
                ("Source", "Holder", "Law", "Agreement needed", "Standing", "Days", "First file"),
                (
                    (
                        each.access.source,
                        each.access.holder,
                        each.access.regime,
                        each.access.agreement_needed,
                        words(each.access.status),
                        _days(each),
                        _first_file(each),
                    )
                    for each in data_access_entries(facts)
                ),
                empty="None.",
            ),
            *_of_the_deal(facts),
        ),
    )


def _of_the_deal(facts: Facts) -> tuple[Block, ...]:
    """The feeds of the deal, which states for itself how far each is."""
    if facts.deal is None or not facts.deal.data:
        return ()
    found = [access_on(source, facts.on) for source in facts.deal.data]
    return (
        Heading(2, "Feeds of the deal", "feeds"),
        rows_or(
            "Each feed as the deal states it",
            ("Feed", "Holder", "Standing"),
            ((each.source.feed, each.holder or "not known", standing_text(each)) for each in found),
            empty="None.",
        ),
    )


def _days(source: SourceOnItsWay) -> str:
    if source.days is None:
        return "not asked for"
    until = "" if source.is_here else " so far"
    late = f", {source.days_late:,} more than expected" if source.days_late else ""
    return f"{counted(source.days, 'day')}{until}{late}"


def _first_file(source: SourceOnItsWay) -> str:
    if source.is_here:
        return day_or(source.access.first_file_on)
    if source.expected_on is None:
        return "cannot be told"
    return f"not before {day_or(source.expected_on)}"
