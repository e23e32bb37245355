"""The library of real deals: every figure is sourced, nothing unverified is in it (R12, R148)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

import pytest
from pydantic import BaseModel

from payforsuccess.deal.checks import check_deal
from payforsuccess.runs.library.files import (
    LibraryDeal,
    library_deals,
    library_records,
    library_sources,
)

DEALS = library_deals()
RECORDS = [record for record, _ in library_records()]
COMPUTABLE = [deal for deal in DEALS if deal.deal is not None]
_INDIGO = re.compile(r"indigo:INDIGO-POJ-\d{4}")


def named(deal: LibraryDeal) -> str:
    """The deal's id, for the name of a test."""
    return deal.record.id


def models_in(value: object) -> Iterator[BaseModel]:
    """A model and every model inside it."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from models_in(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from models_in(item)


def library_files() -> Iterator[Traversable]:
    """Every file of the library."""
    root = files("payforsuccess") / "library"
    for entry in root.iterdir():
        yield from entry.iterdir() if entry.is_dir() else [entry]


def cited_by(deal: LibraryDeal) -> set[str]:
    """Every source that a deal's record, results and payments cite."""
    parts = (deal.record, deal.cases, deal.vectors)
    return {
        source
        for part in parts
        for model in models_in(part)
        for source in getattr(model, "sources", ())
        if isinstance(source, str)
    }


def test_the_library_holds_every_deal() -> None:
    assert len(DEALS) == 42
    assert len(RECORDS) == 69
    assert len(COMPUTABLE) == 11


@pytest.mark.parametrize("deal", DEALS, ids=named)
def test_every_source_cited_is_in_the_list_of_sources(deal: LibraryDeal) -> None:
    known = {source.id for source in library_sources().sources}
    unknown = {source for source in cited_by(deal) - known if not _INDIGO.fullmatch(source)}
    assert not unknown


@pytest.mark.parametrize("deal", DEALS, ids=named)
def test_every_figure_has_a_standing_and_unless_unknown_a_source(deal: LibraryDeal) -> None:
    for model in models_in((deal.record, deal.cases, deal.vectors)):
        standing = getattr(model, "standing", None)
        if standing in ("published", "derived"):
            assert getattr(model, "sources", ())


def test_every_listed_source_is_cited() -> None:
    cited = {source for deal in DEALS for source in cited_by(deal)}
    unused = {source.id for source in library_sources().sources} - cited - {"indigo"}
    assert not unused


def test_nothing_in_the_library_is_unverified() -> None:
    for file in library_files():
        text = file.read_text(encoding="utf-8").lower()
        for word in ("memory", "unverified", "remembered", "not confirmed"):
            assert word not in text, f"{file.name}: {word}"


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_every_comparator_says_all_that_one_is_asked_for(record: object) -> None:
    for field in ("place", "countries", "policy_areas", "population", "outcomes", "designs"):
        assert getattr(record, field), field


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.id)
def test_what_is_not_published_is_said(record: object) -> None:
    gaps, facts = getattr(record, "gaps"), getattr(record, "facts")  # noqa: B009
    assert gaps
    assert facts


@pytest.mark.parametrize("deal", COMPUTABLE, ids=named)
def test_a_computable_deal_is_sound_and_says_what_it_is(deal: LibraryDeal) -> None:
    assert deal.deal is not None
    assert [str(problem) for problem in check_deal(deal.deal)] == []
    assert deal.deal.standing == "published-terms"
    assert deal.deal.assumptions
    assert deal.cases is not None
    assert deal.vectors is not None


@pytest.mark.parametrize("deal", COMPUTABLE, ids=named)
def test_record_and_deal_agree_on_the_currency(deal: LibraryDeal) -> None:
    assert deal.deal is not None
    assert deal.deal.currency == deal.record.currency


def test_each_vector_names_the_same_unit_as_its_deal_or_none_of_money() -> None:
    for deal in DEALS:
        for vector in deal.vectors.vectors if deal.vectors else ():
            if re.fullmatch(r"[A-Z]{3}", vector.unit):
                assert vector.unit == deal.record.currency, (deal.record.id, vector.name)
