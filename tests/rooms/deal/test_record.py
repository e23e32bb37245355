"""Comparator records: every figure is cited, standings are closed, names are unique (R12, R67)."""

from __future__ import annotations

import pytest

from payforsuccess.deal.reading import read_as
from payforsuccess.deal.record import QuarterlySeries, Record, SourceList
from payforsuccess.errors import Refusal

GOOD = """
id: a-deal
name: A deal
place: A county
countries: [United States]
years: {from: 2016, to: 2020}
policy_areas: [health]
population: People
outcomes: [Days in good health]
designs: [verified count]
state: complete
result: {kind: paid, says: It was paid.}
currency: USD
parties:
  - {name: A county, roles: [payor]}
  - {name: An evaluator, roles: [evaluator]}
facts:
  - {label: Price, value: 12 USD a day, standing: published, sources: [a_page]}
figures:
  - {name: price, says: Price of a day, value: 12.50, unit: USD, standing: published,
     sources: [a_page]}
"""


def problems(text: str) -> str:
    """The problems of a record, as a person reads them."""
    with pytest.raises(Refusal) as refusal:
        read_as(Record, text, file="record.yaml")
    return str(refusal.value)


def test_a_record_is_read_with_exact_figures() -> None:
    record = read_as(Record, GOOD, file="record.yaml")
    assert record.figures[0].value * 2 == 25
    assert str(record.years) == "2016-2020"
    assert record.parties_as("payor") == ("A county",)


@pytest.mark.parametrize("standing", ["published", "derived"])
def test_a_figure_without_a_source_is_refused(standing: str) -> None:
    text = GOOD.replace("standing: published, sources: [a_page]", f"standing: {standing}")
    assert "no source is named" in problems(text)


def test_an_unknown_fact_needs_no_source() -> None:
    text = GOOD.replace("standing: published, sources: [a_page]", "standing: unknown")
    assert read_as(Record, text, file="record.yaml").facts[0].sources == ()


def test_a_standing_outside_the_three_is_refused() -> None:
    text = GOOD.replace("standing: published, sources", "standing: unverified, sources")
    assert "unverified" in problems(text) or "published" in problems(text)


def test_years_in_the_wrong_order_are_refused() -> None:
    assert "before the first" in problems(GOOD.replace("to: 2020", "to: 2012"))


def test_two_figures_of_one_name_are_refused() -> None:
    twice = GOOD + ("  - {name: price, says: Again, value: 13, unit: USD, standing: unknown}\n")
    assert "Named twice: price" in problems(twice)


def test_an_open_end_prints_as_open() -> None:
    record = read_as(Record, GOOD.replace(", to: 2020", ""), file="record.yaml")
    assert str(record.years) == "2016-"


def test_a_source_listed_twice_is_refused() -> None:
    text = "sources:\n" + "  - {id: a, title: A page, url: 'https://example.org'}\n" * 2
    with pytest.raises(Refusal, match="Listed twice: a"):
        read_as(SourceList, text, file="sources.yaml")


def test_a_lesson_without_a_source_is_refused() -> None:
    assert problems(GOOD + "lessons:\n  - {about: design, says: Something., sources: []}\n")


def test_the_compact_series_is_read() -> None:
    text = """
says: Projects by the quarter
country: United Kingdom
currency: GBP
projects:
  - id: a-project
    indigo: INDIGO-POJ-0001
    name: A project
    place: A town
    years: {from: 2018}
    policy_area: health
    population: People
    state: in operation
    paid: 100.50
    quarters: 4
    plans: [{name: plan 1, total: 120}]
"""
    series = read_as(QuarterlySeries, text, file="quarterly-series.yaml")
    assert series.projects[0].plans[0].total == 120
