"""A statement as a document: every amount with its clause and steps, every notice that is due."""

from __future__ import annotations

import pytest

from payforsuccess.deal.results import Balance
from payforsuccess.reports import Document, Note, Notice, Table, write_html
from payforsuccess.reports.inline import NoteReference, plain_text
from payforsuccess.reports.notices import deal_notices
from payforsuccess.reports.statement import statement_document
from tests.rooms.reports.page import Page
from tests.rooms.reports.statements import a_line, a_statement, mark


def titles(document: Document) -> list[str]:
    return [notice.title for notice in document.notices]


def table(document: Document, caption: str) -> Table:
    (found,) = [
        block
        for block in document.blocks
        if isinstance(block, Table) and block.caption.startswith(caption)
    ]
    return found


def words(found: Table) -> list[list[str]]:
    return [[plain_text(one.parts) for one in row] for row in (*found.rows, *found.footer)]


def note(document: Document, key: str) -> Note:
    return next(one for one in document.notes if one.key == key)


def test_the_lines_show_clause_entitlement_what_was_stated_and_the_amount():
    lines = table(statement_document(a_statement()), "Lines of statement 3, in USD")

    assert words(lines) == [
        ["Housing, period 3", "Schedule B, 2.1", "620,978.40", "0.00", "620,978.40"],
        [
            "Housing, period 2, correction",
            "Schedule B, 2.1",
            "500,000.00",
            "500,302.40",
            "−302.40",
        ],
        ["Total", "620,676.00"],
    ]


def test_every_amount_of_the_statement_refers_to_a_note():
    lines = table(statement_document(a_statement()), "Lines")

    for row in (*lines.rows, *lines.footer):
        assert any(isinstance(part, NoteReference) for part in row[-1].parts)


def test_each_line_has_a_note_with_its_clause_run_fingerprint_and_steps():
    document = statement_document(a_statement(), run="run-7")

    line = note(document, "line-0")
    assert (line.clause, line.run, line.fingerprint) == ("Schedule B, 2.1", "run-7", mark("b"))
    (step,) = line.steps
    assert (step.says, step.gives, step.clause) == (
        "41,070 days x 15.12 USD",
        "620,978.40 USD",
        "Schedule B, 2.1",
    )
    assert [below.gives for below in step.of] == ["41,070 days"]


def test_the_total_is_shown_as_a_sum_with_signs():
    (step,) = note(statement_document(a_statement()), "total").steps

    assert (step.says, step.gives) == ("620,978.40 − 302.40", "USD 620,676.00")


def test_a_result_shows_value_unit_people_standing_and_what_it_rests_on():
    document = statement_document(a_statement())

    assert words(table(document, "Results used, as of 15 August 2017")) == [
        ["Stable days", "period 3", "41,070", "day", "285", "determined"]
    ]
    result = note(document, "result-0")
    assert result.says == "Stable days, period 3: determined by determination 2"
    assert (result.fingerprint, result.evidence) == (mark("f"), mark("e"))


def test_results_stand_in_the_order_of_their_periods():
    (one,) = a_statement().results
    slots = ("period 10", "period 2", "point final")
    results = tuple(one.model_copy(update={"slot": slot}) for slot in slots)
    found = table(statement_document(a_statement(results=results)), "Results used")

    assert [row[1] for row in words(found)] == ["period 2", "period 10", "point final"]


def test_what_the_deal_file_assumes_is_said():
    document = statement_document(a_statement(), assumptions=("The fiscal year is July to June.",))

    assert "What the deal file assumes The fiscal year" in (
        Page(write_html(document)).one("main").text
    )


def test_payors_limits_balance_and_differences_left_are_shown():
    document = statement_document(a_statement())

    assert words(table(document, "Each payor's part"))[-1] == ["Total", "465,507.00", "155,169.00"]
    assert words(table(document, "What limits changed"))[0][1:3] == [
        "the ceiling of the line",
        "10.00",
    ]
    assert words(table(document, "Balance"))[3] == ["Owed", "620,676.00"]
    assert words(table(document, "Differences left"))[0] == [
        "Housing, period 1",
        "4.00",
        "below materiality",
    ]


def test_the_page_says_why_things_changed_what_was_refused_and_what_is_not_funded():
    text = Page(write_html(statement_document(a_statement()))).one("main").text

    for said in (
        "Housing, period 2, correction, USD −302.40: data were corrected: the jail feed now holds",
        "jail, period 3: the jail feed is complete only through 1 March 2017",
        "City, USD 5.00 above its ceiling",
        "due by 30 September 2017",
        mark("d"),
    ):
        assert said in text


def test_an_uncertified_illustrative_draft_says_so_on_every_page():
    document = statement_document(a_statement())

    assert titles(document) == ["Not certified", "Illustrative payment terms", "Draft"]


def test_an_issued_statement_of_a_certified_contract_has_no_notice():
    statement = a_statement(standing="contract", is_certified=True)

    assert statement_document(statement, is_issued=True).notices == ()


def test_provisional_results_and_further_notices_are_said():
    (result,) = a_statement().results
    provisional = result.model_copy(update={"standing": "provisional", "determination": None})
    statement = a_statement(results=(provisional,))
    document = statement_document(statement, notices=(Notice("Synthetic data", "Made up."),))

    assert titles(document)[-2:] == ["Provisional results", "Synthetic data"]
    assert note(document, "result-0").says.endswith("provisional, without a determination")


@pytest.mark.parametrize("standing", ["published-terms", "illustrative", "template", "practice"])
def test_every_standing_but_a_contract_is_said(standing):
    assert len(deal_notices(standing, is_certified=True)) == 1


def test_a_standing_without_a_notice_is_refused():
    with pytest.raises(ValueError, match="no notice"):
        deal_notices("hearsay", is_certified=True)


def test_a_statement_with_nothing_on_it_says_so():
    empty = a_statement(
        lines=(),
        results=(),
        not_corrected=(),
        refused=(),
        previous=None,
        due_on=None,
        total=0,
        balance=Balance(stated=0, paid=0, recovered=0, owed=0, open_credit=0, forgiven=0),
    )
    text = Page(write_html(statement_document(empty))).one("main").text

    for said in (
        "There are no lines.",
        "No result is due",
        "No payor owes",
        "Nothing was refused.",
    ):
        assert said in text


def test_many_payors_get_a_row_each():
    payors = tuple({"payor": f"Payor {at}", "amount": 100} for at in range(5))
    statement = a_statement(lines=(a_line(amount=500, entitled=500, payors=payors),), total=500)
    found = table(statement_document(statement), "Each payor's part")

    assert words(found)[0] == ["Payor 0", "Housing, period 3", "1.00"]
    assert words(found)[-1] == ["Payor 4", "all lines", "1.00"]


def test_money_that_flows_back_is_said_in_words():
    line = a_line(amount=-500, entitled=0, stated_before=500, payors=())
    statement = a_statement(
        lines=(line,),
        total=-500,
        balance=Balance(stated=0, paid=500, recovered=0, owed=0, open_credit=500, forgiven=0),
    )
    text = Page(write_html(statement_document(statement))).one("main").text

    assert "money flows back to the payors" in text
    assert "open credit 5.00" in text


def test_the_same_statement_gives_the_same_bytes():
    assert write_html(statement_document(a_statement())) == write_html(
        statement_document(a_statement())
    )


def test_a_hostile_name_in_a_deal_stays_text():
    hostile = "</style><script>alert(1)</script>"
    statement = a_statement(deal=hostile, lines=(a_line(because=hostile, clause=hostile),))

    assert b"<script" not in write_html(statement_document(statement))
