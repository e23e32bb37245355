"""A record becomes a comparator: what it states, cited to it, and nothing more."""

from __future__ import annotations

import pytest

from payforsuccess.deal.indigo import read_indigo
from payforsuccess.deal.indigo.comparator import comparator_of
from payforsuccess.deal.record import Record
from payforsuccess.errors import Refusal
from tests.lib.open_records import a_file, a_project, said


def comparator(**changes: object) -> Record:
    (record,) = read_indigo(a_file(a_project(**changes)), file="records.json").records
    return comparator_of(record, file="records.json")


def test_a_comparator_holds_what_the_record_states() -> None:
    """R12: a comparator has place, year, policy area, population, outcomes, result, source."""
    made = comparator()

    assert (made.id, made.name, made.place) == ("indigo-poj-9001", "Alder Homes", "Alder")
    assert (str(made.years), made.countries) == ("2021-", ("United Kingdom",))
    assert made.policy_areas == ("housing and homelessness",)
    assert made.population == "Adults without a home"
    assert made.outcomes == ("Homes kept for a year",)
    assert (made.state, made.result.kind, made.currency) == ("in operation", "not published", "GBP")
    assert made.parties_as("payor") == ("Alder County",)
    assert made.parties_as("provider") == ("Cedar Homes",)
    assert all(fact.sources == ("imported:INDIGO-POJ-9001",) for fact in made.facts)
    assert made.read_from is not None and "INDIGO-POJ-9001" in made.read_from


def test_the_design_of_an_evaluation_is_never_guessed() -> None:
    row = {"id": "a", "outcome_validation_method": said("Randomised controlled trial")}

    made = comparator(outcome_metrics=[row])
    assert made.designs == ("not published",)
    assert made.design_says == "Randomised controlled trial"
    assert made.outcomes == ("Not stated in the record",)


@pytest.mark.parametrize(
    ("amount", "kind"),
    [(0, "nothing paid"), (1, "paid"), (500_000, "paid at the ceiling"), (None, "not published")],
)
def test_the_result_follows_the_sum_paid(amount: int | None, kind: str) -> None:
    most = {"currency": said("GBP"), "amount": said(500_000)}
    made = {"currency": said("GBP"), "amount": said(amount)}
    finance = {"maximum_potential_outcome_payment_v2": most, "total_outcome_payments_made": made}

    assert comparator(overall_project_finance=finance).result.kind == kind


def test_lessons_are_the_changes_that_the_record_describes() -> None:
    """R148: each comparator carries sourced lessons: what stalled, what was amended."""
    changed = {"description": said("Two more years"), "reason": said("Slow referrals")}
    made = comparator(
        service_provisions=[{"id": "s1", "alterations": changed}],
        changes_to_project_due_to_covid19=said("Pause project"),
    )

    assert [(one.about, one.says) for one in made.lessons] == [
        ("amended", "Two more years Reason: Slow referrals"),
        ("stalled", "Because of COVID-19, as the standard words it: Pause project."),
    ]
    assert {one.sources for one in made.lessons} == {("imported:INDIGO-POJ-9001",)}
    assert comparator().lessons == ()


def test_what_a_comparator_needs_and_the_record_leaves_out_is_told_at_once() -> None:
    with pytest.raises(Refusal) as refused:
        comparator(name=None, stage_development=None, dates={}, overall_project_finance={})

    fields = [problem.where.field for problem in refused.value.problems]
    assert fields == [
        "name",
        "dates.start_date_of_service_provision",
        "stage_development",
        "overall_project_finance",
    ]


def test_two_currencies_are_not_mixed() -> None:
    row = {"investment_commitment": {"currency": said("USD"), "amount": {"exact": said(5000)}}}
    (capital,) = comparator(investments=[row]).capital
    assert (capital.amount, capital.kind) == (None, "form not stated (5,000 USD)")

    with pytest.raises(Refusal, match="one currency"):
        comparator(outcome_pricings=[{"currency": said("USD")}])


def test_words_for_capital_that_published_records_use_are_taken_as_they_stand() -> None:
    row = {"organisation_id": said("INDIGO-ORG-0003"), "investment_type": said("senior loan ")}

    (capital,) = comparator(investments=[row]).capital
    assert (capital.party, capital.kind) == ("INDIGO-ORG-0003", "senior loan")
