"""The report of a run: all its parts, the way back, and nothing where there are no facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from payforsuccess.deal.data import DataSource
from payforsuccess.errors import Finding, Place
from payforsuccess.reports import Document, Figure, Heading, write_html
from payforsuccess.reports.html_notes import in_order
from payforsuccess.reports.run import run_document
from payforsuccess.reports.run_facts import DataUsed, EstimateShown
from tests.rooms.reports.page import Page
from tests.rooms.reports.statements import (
    a_payable,
    an_arm,
    an_effect,
    an_estimate,
    data_used,
    estimate_shown,
    mark,
    run_facts,
)

NO_ATTRITION = {"overall": "0", "difference": "0", "reading": "low under both"}
NOTHING = {
    "data": (),
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


def test_a_report_on_records_under_an_agreement_is_for_those_who_may_see_small_numbers() -> None:
    """Public records, as those of the page above, are anyone's to count."""
    agreement = {
        "kind": "dsa",
        "parties": ["County", "Sheriff"],
        "purpose": "evaluation",
        "permitted_columns": ["booking"],
        "regime": "none",
        "signed_on": "2015-01-01",
        "expires_on": "2019-12-31",
    }
    public = data_used()
    plain = public.source.model_dump(mode="json", exclude_none=True, exclude={"public"})
    kept_in = DataSource.model_validate({**plain, "agreement": agreement})
    facts = run_facts(data=(public, replace(public, source=kept_in)))

    titles = [notice.title for notice in run_document(facts).notices]

    assert titles.count("For those who may see small numbers") == 1
    assert "For those who may see small numbers" not in [
        notice.title for notice in run_document(run_facts()).notices
    ]


def test_files_of_one_feed_are_told_apart_and_a_feed_in_one_file_is_not_named_by_it() -> None:
    public = data_used()
    other = public.source.model_copy(update={"feed": "jail", "says": "Bookings"})
    several = tuple(
        replace(public, source=other, file=f"feeds/jail/{name}.csv") for name in ("one", "two")
    )
    page = write_html(run_document(run_facts(data=(replace(public, file="rossi.csv"), *several))))
    text = page.decode()
    assert text.count("Bookings") == 1
    assert "one.csv" in text and "two.csv" in text
    assert "rossi.csv" not in text.split("How to do this again")[0]


def test_notices_of_deal_statement_and_data_are_all_said(page):
    said = [one.text for one in page.elements if one.attributes.get("class") == "title"]

    assert said == ["Not certified", "Illustrative payment terms", "Draft", "Practice run"]


def test_the_effect_comes_with_interval_people_date_and_note(page):
    figure = next(one for one in page.all("div") if one.text.startswith("Arrests: "))

    assert figure.text.startswith(
        "Arrests: percent reduction 27.27 percent "
        "95% interval 0.5 to 47; outcome known for 216 of 218 in aid and 216 of 218 in control; "
        "as of 30 June 2017[1]"
    )


def test_the_note_of_the_effect_starts_from_the_counts():
    document = run_document(run_facts())
    note = next(one for one in document.notes if one.key == "estimate-0")

    assert [(step.says, step.gives) for step in in_order(note.steps[0])] == [
        ("aid: 48 / 216", "22.2%"),
        ("control: 66 / 216", "30.6%"),
        ("Percent reduction, delta-method interval", "27.27 percent"),
    ]
    assert (note.run, note.evidence) == ("run-2017-08-15", mark("8"))


def test_what_payments_read_is_shown_without_loss(page):
    assert "27.2727 (300/11): the plan pays on the point estimate" in page.one("main").text


def test_the_planned_test_comes_first_and_the_others_are_only_shown(page):
    rows = [one.text for one in page.all("tr") if "shown" in one.text or "plan" in one.text]

    assert rows == [
        "Pearson chi-squared, without correction named in the plan 3.84 0.0498",
        "Fisher, exact only shown none 0.063",
    ]


def test_other_forms_balance_attrition_and_notes_are_shown(page):
    text = page.one("main").text

    for said in (
        "Difference between the arms −8.33 percentage point −16.63 to −0.04",
        "age 24.954 24.241 0.117 not known 0.05 to 0.25",
        "0.9% of all people; treated less control: 0 percentage points",
        "The interval comes near to no effect.",
    ):
        assert said in text


def test_the_plan_is_said_in_the_words_of_the_deal(page):
    assert "The share of men arrested within 52 weeks" in page.one("main").text


def test_what_the_deal_file_assumes_is_said():
    facts = run_facts(assumptions=("Prices are made up.",))
    text = Page(write_html(run_document(facts))).one("main").text

    assert "What the deal file assumes Prices are made up." in text


def test_plans_that_share_their_people_share_one_flow():
    facts = run_facts(estimates=(estimate_shown(), estimate_shown(payable="25")))
    captions = [block.caption for block in run_document(facts).blocks if isinstance(block, Figure)]

    assert captions.count("Participants from assignment to analysis") == 1


def test_arms_without_an_interval_are_told_in_words():
    arms = (an_arm("aid", 48, interval=None), an_arm("control", 66))
    facts = run_facts(estimates=(estimate_shown(arms=arms, effect=an_effect(interval=None)),))
    text = Page(write_html(run_document(facts))).one("main").text

    assert "aid: 48 / 216 = 22.2%" in text


def test_source_licence_and_rows_of_the_records_are_named(page):
    assert ("Releases and arrests Maryland: Rossi, Berk and Lenihan 1980 MIT 30 June 2017 432") in [
        one.text for one in page.all("tr")
    ]


def test_records_under_an_agreement_name_it_with_its_law_and_its_end():
    source = data_used().source.model_dump(by_alias=True) | {
        "public": None,
        "agreement": {
            "kind": "dsa",
            "parties": ("County", "Evaluator"),
            "purpose": "evaluation",
            "permitted_columns": ("week",),
            "regime": "42 CFR Part 2",
            "signed_on": "2016-01-01",
            "expires_on": "2020-12-31",
        },
    }
    used = DataUsed(DataSource.model_validate(source), rows=1, fingerprint=mark("1"))
    text = Page(write_html(run_document(run_facts(data=(used,))))).one("main").text

    assert "Data sharing agreement under 42 CFR Part 2, until 31 December 2020" in text


def test_who_determined_the_results_is_named(page):
    assert (
        "Determination 2 of 1 August 2017, by Urban Institute as evaluator; signed by A. Analyst:"
        in page.one("main").text
    )


def test_a_finding_is_shown_once_with_the_field_it_is_about():
    cliff = Finding("cliff", "It jumps.", Place("/home/someone/deal.yaml", 4, 1, "payments[0]"))
    facts = run_facts(findings=(cliff, cliff, Finding("records", "None is missing.")))
    rows = [one.text for one in Page(write_html(run_document(facts))).all("tr")]

    assert rows.count("cliff It jumps. payments[0]") == 1
    assert "records None is missing. the deal" in rows
    assert not [row for row in rows if "someone" in row]


def test_no_attrition_is_said_in_words():
    facts = run_facts(estimates=(estimate_shown(attrition=NO_ATTRITION),))

    assert "every outcome is known" in Page(write_html(run_document(facts))).one("main").text


def test_each_input_and_output_is_shown_with_its_fingerprint(page):
    rows = [one.text for one in page.all("tr")]

    assert f"feed feeds/a.csv {mark('1')}" in rows
    assert f"results results.json {mark('b')}" in rows


def test_figures_are_flow_arms_and_curve_in_the_order_of_the_story():
    """R84: outcomes by arm with intervals, and the flow with its attrition."""
    figures = [block for block in run_document(run_facts()).blocks if isinstance(block, Figure)]

    assert [figure.caption for figure in figures] == [
        "Participants from assignment to analysis",
        "Arrests by arm, with 95% intervals",
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
        lambda: EstimateShown(an_estimate(), a_payable(), "", date(2017, 6, 30)),
        lambda: DataUsed(data_used().source, -1, mark("1")),
        lambda: DataUsed(data_used().source, 1, ""),
        lambda: run_facts(says=""),
        lambda: run_facts(run=""),
    ],
)
def test_facts_that_cannot_be_or_lack_their_date_or_source_are_refused(build):
    with pytest.raises(ValueError):
        build()
