"""The pages of a request: what is asked, what rests on it, how far it is, that it is a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from payforsuccess.deal.access import access_on, critical_path
from payforsuccess.reports import Document, Heading, write_html
from payforsuccess.reports.request_facts import (
    ColumnAside,
    ColumnAsked,
    FeedAsked,
    FileAsked,
    RequestFacts,
)
from payforsuccess.reports.request_schedule import schedule_document
from payforsuccess.reports.request_specification import specification_document
from payforsuccess.reports.request_status import status_document
from tests.lib.asked import ENROLMENTS, JAIL, a_deal_to_ask_for
from tests.rooms.reports.page import Page

DAY = date(2026, 2, 1)

COLUMN = ColumnAsked(
    name="BOOK_DT",
    column="booked_at",
    kind="day, written as 07/31/2026 for 31 July 2026",
    says="the day of booking",
    sensitivity="personal",
    law="state criminal record law",
    values=(),
    unknown=(),
    limits="",
    may_be_empty=False,
    reasons=("outcome jail_days (jailed)",),
)
CODED = replace(
    COLUMN, name="TYPE", column="release_type", values=("A", "P"), unknown=("U",), may_be_empty=True
)
FILE = FileAsked(
    name="bookings",
    path="BKG.csv",
    says="one row a booking into jail",
    columns=(COLUMN, CODED),
    key=("BOOK_NO",),
    rules=("nobody is released before they are booked",),
    may_be_left_out=False,
)


def facts(**changes: Any) -> RequestFacts:
    """The facts of a request of the small deal, with what is asked of the jail changed."""
    deal = a_deal_to_ask_for(data=[ENROLMENTS, {**JAIL, **changes.pop("jail", {})}])
    asked = FeedAsked(
        source=deal.data[1],
        layout="jail-bookings",
        says="Bookings into a county jail.",
        files=(FILE,),
        unasked=(),
        lacking=(),
        linked_with=("anchor",),
        match_method="names",
    )
    return RequestFacts(
        deal=deal.deal,
        standing=deal.standing,
        is_certified=False,
        as_of=DAY,
        accesses=tuple(access_on(source, DAY) for source in deal.data),
        waiting=critical_path(deal, DAY),
        feeds=(replace(asked, **changes),),
    )


def words(document: Document) -> str:
    """All words of the page, which is read strictly."""
    page = Page(write_html(document))
    return " ".join(element.text for element in page.elements if element.name == "body")


def sections(document: Document) -> list[str]:
    return [
        block.text for block in document.blocks if isinstance(block, Heading) and block.level == 2
    ]


def specification(**changes: Any) -> str:
    known = facts(**changes)
    return words(specification_document(known, known.feeds[0]))


def schedule(**changes: Any) -> str:
    known = facts(**changes)
    return words(schedule_document(known, known.feeds[0]))


@pytest.mark.parametrize("page", [specification, schedule, lambda: words(status_document(facts()))])
def test_every_page_says_that_it_is_a_draft_for_counsel_and_what_the_deal_is(page: Any) -> None:
    said = page()

    assert "Counsel for each party must review it" in said
    assert "Not certified" in said
    assert "A small deal" in said


def test_the_status_goes_from_the_feeds_to_what_waits_to_what_took_how_long() -> None:
    assert sections(status_document(facts())) == [
        "Where each feed stands",
        "The critical path",
        "How long it took before",
    ]


def test_the_status_names_holder_law_agreement_status_and_days() -> None:
    said = words(status_document(facts()))

    assert (
        "jail Alder Sheriff state criminal record law Data sharing agreement "
        "asked for, not signed 1 November 2025 92" in said
    )
    assert "anchor: 122 days from the request to the first extract" in said
    assert "Outcome jail_days waits for jail (asked for, not signed, 92 days since" in said


def test_a_feed_that_can_be_used_keeps_nothing_waiting() -> None:
    signed = {**JAIL["agreement"], "signed_on": "2025-12-01"}

    said = words(
        status_document(facts(jail={"agreement": signed, "first_received_on": "2026-01-10"}))
    )

    assert "2 of 2" in said
    assert "Nothing waits" in said


def test_public_data_need_no_agreement() -> None:
    public = {"agreement": None, "public": {"licence": "MIT", "source": "A book"}}

    assert "none: public public not stated not known" in words(
        status_document(replace(facts(jail=public), feeds=()))
    )


def test_what_a_draft_lacks_stands_on_the_status_and_in_the_schedule() -> None:
    lacking = (
        ColumnAside("bookings.booking_id", ("telling rows apart",), is_needed=True),
        ColumnAside("bookings.ssn", ("matching people with other feeds",)),
    )

    status = words(status_document(facts(lacking=lacking)))

    assert "jail lacks bookings.booking_id, needed for telling rows apart." in status
    assert "bookings.ssn" not in status
    assert "Used if permitted" in schedule(lacking=lacking)


def test_what_is_permitted_and_not_needed_is_to_be_taken_out() -> None:
    unasked = (ColumnAside("bookings.facility", ("nothing in the deal rests on it",)),)

    assert "Permitted and not needed" in schedule(unasked=unasked)
    assert "bookings.facility" not in specification(unasked=unasked)


def test_the_specification_says_how_each_column_is_written() -> None:
    said = specification()

    assert "BOOK_DT the day of booking day, written as 07/31/2026 for 31 July 2026 no" in said
    assert "one of A, P; if not known U" in said
    assert "No two rows have the same BOOK_NO." in said
    assert "Nobody is released before they are booked." in said


def test_the_specification_says_what_becomes_of_faulty_rows() -> None:
    assert "One row that breaks a rule stops the whole extract" in specification()
    assert "if more than 2 percent are" in specification(
        source=facts(jail={"refused_at_most": "2%"}).feeds[0].source
    )


def test_identifiers_are_said_to_be_used_for_matching_alone_or_to_stay() -> None:
    assert "used only to match people with anchor" in specification()
    assert "Identifiers stay with you" in specification(match_method="keyed-hash")
    assert "identifiers" not in specification(linked_with=(), match_method="").lower()


def test_the_schedule_says_in_each_row_only_a_law_of_its_own() -> None:
    stricter = replace(COLUMN, name="DX", law="42 CFR Part 2")
    said = schedule(files=(replace(FILE, columns=(COLUMN, stricter)),))

    assert "about one person as above outcome jail_days" in said
    assert "about one person 42 CFR Part 2 outcome jail_days" in said


def test_a_draft_has_lines_to_sign_and_a_signed_agreement_none() -> None:
    signed = {**JAIL["agreement"], "signed_on": "2025-12-01"}

    assert "To be signed by" in schedule()
    assert "To be signed by" not in schedule(
        source=facts(jail={"agreement": signed}).feeds[0].source
    )
