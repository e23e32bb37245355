"""The report of a run: all its parts, the way back, and nothing where there are no facts."""

from __future__ import annotations

from itertools import pairwise

import pytest

from payforsuccess.reports import Document, Figure, Heading, write_html
from payforsuccess.reports.run import run_document
from payforsuccess.reports.run_facts import DataUsed, SignificanceTest
from tests.rooms.reports.page import Page
from tests.rooms.reports.statements import an_estimate, mark, run_facts

NOTHING = {
    "data": (),
    "flow": None,
    "outcomes": (),
    "estimates": (),
    "determinations": (),
    "deal_in_words": (),
    "curves": (),
    "statement": None,
    "findings": (),
    "notices": (),
}


def sections(document: Document) -> list[str]:
    return [
        block.text for block in document.blocks if isinstance(block, Heading) and block.level == 2
    ]


@pytest.fixture(scope="module")
def page() -> Page:
    return Page(write_html(run_document(run_facts())))


def test_the_report_goes_from_records_to_statement_and_back():
    assert sections(run_document(run_facts())) == [
        "What was found",
        "The records",
        "The participants",
        "Outcomes and effect",
        "What the deal pays",
        "Success-payment statement 3",
        "Findings",
        "How to do this again",
    ]


def test_a_part_without_facts_is_left_out():
    document = run_document(run_facts(**NOTHING))

    assert sections(document) == ["What was found", "How to do this again"]
    assert document.notes == ()
    assert [notice.title for notice in document.notices] == [
        "Not certified",
        "Illustrative payment terms",
    ]


def test_notices_of_deal_statement_and_data_are_all_said(page):
    said = [one.text for one in page.elements if one.attributes.get("class") == "title"]

    assert said == ["Not certified", "Illustrative payment terms", "Draft", "Nominal dates"]


def test_the_effect_comes_with_interval_people_date_and_note(page):
    figure = next(one for one in page.all("div") if one.text.startswith("Fewer arrested"))

    assert figure.text.startswith(
        "Fewer arrested within 52 weeks 8.33 percentage points 95% interval 0.04 to 16.63; "
        "432 people; as of week 52[1]"
    )


def test_the_planned_test_comes_first_and_the_others_as_sensitivity(page):
    rows = [one.text for one in page.all("tr") if "sensitivity" in one.text or "plan" in one.text]

    assert rows == [
        "Pearson, without correction named in the plan 0.0498",
        "Fisher, exact sensitivity 0.063",
    ]


def test_source_licence_and_rows_of_the_records_are_named(page):
    assert "Releases and arrests Rossi, Berk and Lenihan 1980 MIT not stated 432" in [
        one.text for one in page.all("tr")
    ]


def test_who_determined_the_results_is_named(page):
    assert "Determination 2: A. Analyst for Urban Institute (evaluator), 1 August 2017" in (
        page.one("main").text
    )


def test_each_input_and_output_is_shown_with_its_fingerprint(page):
    rows = [one.text for one in page.all("tr")]

    assert f"feed feeds/a.csv {mark('1')}" in rows
    assert f"results results.json {mark('b')}" in rows


def test_figures_are_flow_arms_and_curve_in_the_order_of_the_story():
    figures = [block for block in run_document(run_facts()).blocks if isinstance(block, Figure)]

    assert [figure.caption for figure in figures] == [
        "Participants",
        "Arrests by arm",
        "What the jail line pays",
    ]


def test_ids_are_unique_and_every_internal_link_resolves(page):
    assert len(set(page.ids)) == len(page.ids)
    for one in page.all("a", "use"):
        target = one.attributes["href"]
        assert not target.startswith("#") or target[1:] in page.ids


def test_headings_never_skip_a_level(page):
    levels = [int(one.name[1]) for one in page.all("h1", "h2", "h3", "h4")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_same_run_gives_the_same_bytes():
    assert write_html(run_document(run_facts())) == write_html(run_document(run_facts()))


@pytest.mark.parametrize(
    "build",
    [
        lambda: an_estimate(low=9.0),
        lambda: an_estimate(people=0),
        lambda: an_estimate(as_of=""),
        lambda: an_estimate(tests=(SignificanceTest("Fisher", 0.06),)),
        lambda: SignificanceTest("Fisher", 1.1),
        lambda: DataUsed("Arrests", "", "MIT", 1, mark("1")),
        lambda: DataUsed("Arrests", "A book", "", 1, mark("1")),
        lambda: run_facts(says=""),
        lambda: run_facts(run=""),
    ],
)
def test_facts_that_cannot_be_or_lack_their_date_or_source_are_refused(build):
    with pytest.raises(ValueError):
        build()
