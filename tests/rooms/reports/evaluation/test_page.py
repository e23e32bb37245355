"""The evaluator's report: its parts, the way back, and what payments read kept apart (R84)."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from payforsuccess.reports import Document, Figure, Heading, Table, write_html
from payforsuccess.reports.evaluation.page import evaluation_document
from payforsuccess.reports.html_notes import in_order
from tests.lib.accessible import check_files
from tests.rooms.reports.evaluation.told import (
    evaluation_facts,
    matched,
    named,
    one_armed,
    over_periods,
    plan_shown,
    with_curve,
    with_take_up,
)
from tests.rooms.reports.page import Page

DESIGNS = {
    "randomised": plan_shown,
    "took-part": with_take_up,
    "duration": with_curve,
    "matched": matched,
    "one-armed": one_armed,
    "periods": over_periods,
}


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def tables(document: Document) -> dict[str, Table]:
    own = [block for block in document.blocks if isinstance(block, Table)]
    own += [
        block.table
        for block in document.blocks
        if isinstance(block, Figure) and block.table is not None
    ]
    return {table.caption: table for table in own}


def words(document: Document) -> str:
    return Page(write_html(document)).one("main").text


def test_the_report_goes_from_the_plan_over_people_and_effect_to_the_payment():
    document = evaluation_document(evaluation_facts(with_take_up(), threshold=None))

    assert headings(document) == [
        "What was asked and found",
        "Whom it is about",
        "The records",
        "Arrests: the evaluation",
        "The participants",
        "Whose outcome is not known",
        "The people before the programme",
        "Taking part and crossing over",
        "The effect",
        "Several outcomes",
        "Tests, and looked at otherwise",
        "What a careful reader should know",
        "The payment calculation",
        "Arrests",
        "How to do this again",
        "What it rests on",
    ]


@pytest.mark.parametrize("design", DESIGNS)
def test_every_design_is_written_in_every_form_for_everyone_to_read(design: str):
    document = evaluation_document(evaluation_facts(DESIGNS[design]()))

    assert "The payment calculation" in check_files(document)


@pytest.mark.parametrize("threshold", [None, 10])
def test_every_number_of_a_table_leads_to_its_computation(threshold: int | None):
    """R84: a report goes back from each number to the run, and for those who may see small numbers
    to the estimate and the evidence."""
    plans = with_take_up(), named(with_curve(), "first"), named(matched(), "pool")
    facts = evaluation_facts(*plans, threshold=threshold)
    document = evaluation_document(facts)

    from payforsuccess.reports.inline import NoteReference

    for caption, table in tables(document).items():
        if caption.startswith(("Arrests:", "First:", "Pool:")) and "effects on" not in caption:
            for row in table.rows:
                assert any(
                    isinstance(part, NoteReference) for cell in row for part in cell.parts
                ), (caption, row)
    for note in document.notes:
        assert note.run == "evaluation-0123456789ab"
        assert note.fingerprint.startswith("sha256:") == (threshold is None)
        assert note.evidence.startswith("sha256:") == (threshold is None)


def test_the_note_of_the_effect_starts_from_the_counts():
    document = evaluation_document(evaluation_facts(threshold=None))
    note = next(note for note in document.notes if note.key == "effect-0")

    assert [(step.says, step.gives) for step in in_order(note.steps[0])] == [
        ("aid: 48 / 216", "22.2%"),
        ("control: 66 / 216", "30.6%"),
        ("Percent reduction, delta-method interval", "27.27 percent"),
    ]


def test_what_payments_read_stands_apart_from_the_effect():
    """R3 and R10: the headline is the effect; fall-backs, weights and decision come after it."""
    rule = "With fewer than 200 known outcomes in an arm, nothing is paid."
    payable = {
        "value": "0",
        "because": f"The fall-back rule holds: {rule}",
        "facts": ({"rule": rule, "found": "150", "limit": "200", "holds": "true"},),
    }
    document = evaluation_document(evaluation_facts(plan_shown(payable=payable), threshold=None))
    text = words(document)
    before, after = text.split("The payment calculation", 1)[0], text.rsplit("Kept apart", 1)[1]

    assert "27.27 percent" in before
    assert rule not in before
    assert "5. The value that payments read 0" in after
    assert "150 people" in after and "200 people" in after
    assert f"set off: {rule}" in after


def test_a_plan_that_only_another_one_reads_pays_nothing_by_itself():
    pooled = replace(named(plan_shown(), "change"), outcomes=())
    document = evaluation_document(evaluation_facts(plan_shown(), pooled))
    after = headings(document)[headings(document).index("The payment calculation") :]

    assert after == [
        "The payment calculation",
        "Arrests",
        "How to do this again",
        "What it rests on",
    ]
    assert "Change: the evaluation" in headings(document)


def test_pooled_estimates_stand_with_their_weights():
    parts = (
        {"plan": "arrests", "weight": "0.8", "value": "30", "estimate": "sha256:" + "1" * 64},
        {"plan": "change", "weight": "0.2", "value": "20", "estimate": "sha256:" + "2" * 64},
    )
    payable = {
        "value": "28",
        "parts": parts,
        "draws": 999,
        "seed": 4,
        "standard_error": "12.3456",
    }
    document = evaluation_document(evaluation_facts(plan_shown(payable=payable), threshold=None))

    table = tables(document)["Arrests: the estimates it is made of"]
    assert [cell.parts[0] for cell in table.rows[1]][:3] == ["Change", "20%", "20"]
    assert "80% of Arrests and 20% of Change" in words(document)
    assert "999 draws, seed 4" in words(document)
    assert "Standard error before the decision 12.35" in words(document)


def test_the_effect_on_those_who_took_part_stands_with_what_it_rests_on():
    text = words(evaluation_document(evaluation_facts(with_take_up(), threshold=None)))

    assert "Took part in the treated arm 68.2%" in text
    assert "Took part in the control arm (crossed over) 13.6%" in text
    assert "F statistic of the first stage 151.2" in text
    assert "Mean without the programme of those whom the draw moved 31.0%" in text
    assert "Effect on those who took part −13.5 percentage points" in text


def test_variations_and_other_tests_are_called_exploratory():
    document = evaluation_document(evaluation_facts(with_take_up(), threshold=None))
    rows = tables(document)["Arrests: exploratory variations"].rows
    tests = tables(document)["Arrests: tests of no effect, two-sided"].rows

    assert rows[1][0].parts == ("Half year: A window of 26 weeks.",)
    assert rows[2][1].parts[0] == "not computed: it did not settle"
    assert [row[1].parts[0] for row in tests] == ["named in the plan", "exploratory"]


def test_other_outcomes_stand_with_p_values_by_themselves_and_adjusted():
    test = with_take_up().shown.estimate.test
    assert test is not None
    adjusted = test.model_copy(update={"adjusted_p_value": Fraction("0.0961")}).as_plain()
    facts = evaluation_facts(with_take_up(test=adjusted), threshold=None)
    document = evaluation_document(facts)
    own, row = tables(document)["Arrests: effects on other outcomes"].rows
    (first, *_) = tables(document)["Arrests: tests of no effect, two-sided"].rows

    assert own[0].parts[0] == "The plan's own: difference between the arms"
    assert own[5].parts[0] == "0.096"
    assert first[3].parts[0].endswith("; adjusted 0.096")
    assert [cell.parts[0] for cell in row] == [
        "Jail days: Days in jail in the year.",
        "−6.5 days",
        "2.5",
        "0.5 to 47",
        "0.012",
        "0.024",
    ]


def test_a_class_of_attrition_says_that_the_grid_is_to_be_checked():
    text = words(evaluation_document(evaluation_facts(with_take_up(), threshold=None)))

    assert "to be checked against the handbook" in text


def test_a_curve_stands_with_the_people_still_watched():
    document = evaluation_document(evaluation_facts(with_curve(), threshold=None))
    table = tables(document)["Share still without the event by day, with people still watched"]

    assert [cell.parts[0] for cell in table.rows[-1]] == [
        "181",
        "79.5% (79.5% to 100.0%)",
        "159",
        "79.5% (79.5% to 100.0%)",
        "159",
    ]


def test_the_pool_stands_with_who_was_used_and_how_much_it_weighs():
    document = evaluation_document(evaluation_facts(matched(), threshold=None))
    text = words(document)

    for said in (
        "People in the pool 1,600",
        "Of them used 181",
        "Served, left without a match 4",
        "Effective number of comparison people 151.7",
        "Largest share of all weight 2.0%",
        "the match was made from records without any outcome",
    ):
        assert said in text
    balance = tables(document)["Arrests: the people before the programme, by arm"]
    assert "After weighting" in [column.title for column in balance.columns]


def test_a_match_shows_the_people_compared_and_not_everyone_known():
    page = evaluation_document(evaluation_facts(matched(), threshold=None))
    text, hiding = (
        words(page),
        words(evaluation_document(evaluation_facts(matched(), threshold=10))),
    )
    (compared,) = [t for title, t in tables(page).items() if "the people compared" in title]
    (effect,) = [t for title, t in tables(page).items() if title.startswith("Arrests: effect")]

    assert "aid: 24.0%, weighted, of 196 people compared" in text
    assert "control: 29.0%, weighted, of 181 people compared" in text
    assert "420 / 1,600" not in text
    assert effect.rows[0][1].parts == ("377",)
    assert [each.parts[0] for each in compared.rows[0]] == ["Age", "25.9", "25.7", "0.03"]
    # 4 of 200 were left without a match: beside 200 the 196 would tell it
    assert "of 196 people" not in hiding and "377" not in hiding


def test_all_facts_are_tested_together_by_distribution_and_by_draws():
    told = {
        "facts": 8,
        "statistic": "1.254",
        "freedom": (8, 436),
        "p_value": "0.266",
        "p_by_chance": "0.27",
        "draws": 9999,
    }
    plan = plan_shown(all_facts=told, standards=("Meets standards without reservations.",))
    text = words(evaluation_document(evaluation_facts(plan)))

    assert (
        "Do the arms differ in all 8 facts together? F(8, 436) = 1.254, p = 0.266; as much is seen "
        "in 27.0% of 9,999 draws by the design"
    ) in text
    assert "Meets standards without reservations." in text


def test_one_arm_claims_no_effect_and_has_no_test():
    document = evaluation_document(evaluation_facts(one_armed()))

    assert "Tests, and looked at otherwise" not in headings(document)
    assert "change, which is no effect" in words(document)


def test_effects_by_period_start_before_the_programme():
    document = evaluation_document(evaluation_facts(over_periods(), threshold=None))
    table = next(table for caption, table in tables(document).items() if "by periods" in caption)

    assert [row[0].parts[0] for row in table.rows] == ["−1", "+0"]


def test_the_same_facts_give_the_same_bytes():
    facts = evaluation_facts(with_take_up(), named(with_curve(), "first"))

    assert write_html(evaluation_document(facts)) == write_html(evaluation_document(facts))


def test_the_seed_and_the_draws_are_told():
    text = words(evaluation_document(evaluation_facts(with_take_up())))

    assert "Arrests: draws of chance 9,999, seed 7" in text
