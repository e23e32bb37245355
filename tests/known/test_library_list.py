"""Listing the library: each filter keeps what fits, closed words are held to, states counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.library.files import library_deal
from payforsuccess.runs.library.library import CLOSED_WORDS, library

RECORD = """
id: our-deal
name: Our own deal
place: Our county
countries: [United States]
years: {from: 2024}
policy_areas: [health]
population: People
outcomes: [Days in good health]
designs: [randomised]
state: exploring
result: {kind: not published, says: Nothing is signed yet.}
currency: USD
parties: [{name: Our county, roles: [payor]}]
facts: [{label: Stage, value: exploring, standing: unknown}]
"""


def ids(**filters: object) -> set[str]:
    """The ids of the deals that fit."""
    return {row.id for row in library(**filters).comparators}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("filters", "kept", "left"),
    [
        ({"place": "los angeles"}, "la-just-in-reach", "denver-sib"),
        ({"place": "United Kingdom"}, "peterborough-one-service", "denver-sib"),
        ({"year": 2011}, "peterborough-one-service", "denver-sib"),
        ({"year": 2031}, "chicago-cpc", "denver-sib"),
        ({"policy_area": "environment"}, "dc-water-eib", "denver-sib"),
        ({"population": "rikers"}, "nyc-able", "denver-sib"),
        ({"outcome": "tenancy"}, "santa-clara-welcome-home", "denver-sib"),
        ({"design": "pre-post"}, "educate-girls-dib", "denver-sib"),
        ({"evaluator": "urban institute"}, "massachusetts-roca", "nyc-able"),
        ({"result": "nothing paid"}, "cuyahoga-pfs", "denver-sib"),
        ({"state": "ended early"}, "nyc-able", "denver-sib"),
        ({"policy_area": "homelessness"}, "denver-sib", "nyc-able"),
        ({"design": "Random"}, "denver-sib", "dc-water-eib"),
        ({"result": "paid"}, "denver-sib", "cuyahoga-pfs"),
        ({"place": "Massachusetts", "policy_area": "employment"}, "massachusetts-roca", "nys-ceo"),
    ],
)
def test_a_filter_keeps_what_fits(filters: dict[str, object], kept: str, left: str) -> None:
    found = ids(**filters)
    assert kept in found
    assert left not in found


def test_without_a_filter_all_are_listed_and_counted_by_state() -> None:
    everything = library()
    assert len(everything.comparators) == everything.of_all == 69
    assert sum(everything.by_state.values()) == 69
    assert "69 of 69 deals: 40 complete" in str(everything)


def test_nothing_that_fits_is_said_plainly() -> None:
    assert str(library(place="Atlantis")).strip() == "0 of 69 deals."


def test_a_word_outside_a_closed_list_is_refused_with_the_list() -> None:
    with pytest.raises(Refusal) as refusal:
        library(design="rct", state="done")
    assert len(refusal.value.problems) == 2
    assert "difference-in-differences" in str(refusal.value)
    assert "exploring" in CLOSED_WORDS["state"]


def test_a_deal_is_found_by_its_id_and_another_word_is_refused() -> None:
    held = library_deal("denver-sib")
    assert held.deal is not None
    assert held.vectors is not None
    assert library_deal("mhep-enfield").deal is None
    with pytest.raises(Refusal, match="holds no deal"):
        library_deal("../denver-sib")


def test_a_folder_of_ones_own_is_listed_beside_ours(tmp_path: Path) -> None:
    """R67: places that are still exploring can be added, with their source."""
    (tmp_path / "our-deal").mkdir()
    (tmp_path / "our-deal" / "record.yaml").write_text(RECORD, encoding="utf-8")
    both = library(own=tmp_path)
    assert both.of_all == 70
    assert both.by_state["exploring"] == 4
    assert library_deal("our-deal", own=tmp_path).record.place == "Our county"


def test_a_record_under_another_name_than_its_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "record.yaml").write_text(RECORD, encoding="utf-8")
    with pytest.raises(Refusal, match="Give both one name"):
        library(own=tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="no such folder"):
        library(own=tmp_path / "nowhere")


def test_every_row_carries_lessons_and_sources_as_the_record_has_them() -> None:
    row = next(row for row in library().comparators if row.id == "massachusetts-roca")
    assert any("fell short" in lesson for lesson in row.lessons)
    assert "nospin" in row.sources
    assert not row.is_computable
