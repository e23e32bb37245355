"""What an initiative's file must say, and what it is refused for."""

from __future__ import annotations

from datetime import date

import pytest

from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.errors import Refusal
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.initiative.evidence import Paper

LEAST = """\
format: 1
initiative: A made-up initiative
standing: illustrative
department: Health
jurisdiction: Example County
contract_type: without-investors
policy_areas: [public-safety]
population: People about to leave jail without a home
started_on: 2026-01-05
"""


def read(text: str) -> Initiative:
    return read_whole(Initiative, text, file="initiative.yaml")


def test_an_initiative_starts_as_an_idea() -> None:
    assert read(LEAST).stage_text(date(2026, 1, 5)) == "idea"


def test_its_stage_is_the_last_it_moved_to() -> None:
    moved = LEAST + "moves:\n- {to: readiness, on: 2026-02-01, by: The department}\n"
    assert read(moved).stage_on(date(2026, 3, 1)) == "readiness"


def test_of_published_sources_the_stage_is_known_by_moves_only() -> None:
    """R113: without a move on record, nothing says that it is still an idea."""
    published = LEAST.replace("illustrative", "published-terms")
    moved = published + "moves:\n- {to: planning-team, on: 2026-02-01, by: The department}\n"
    assert read(published).stage_text(date(2026, 3, 1)) == "not on file"
    assert read(moved).stage_text(date(2026, 3, 1)) == "planning team"


def test_before_the_day_of_a_move_it_stands_where_it_stood() -> None:
    """R113: as of an earlier day, the stage is that day's."""
    moved = read(LEAST + "moves:\n- {to: readiness, on: 2026-02-01, by: The department}\n")
    assert moved.stage_on(date(2026, 1, 31)) == "idea"
    assert moved.stage_on(date(2026, 2, 1)) == "readiness"


def test_a_name_stands_once() -> None:
    line = "- {name: A, sector: public, roles: [{role: payor}]}\n"
    with pytest.raises(Refusal) as refused:
        read(LEAST + "organisations:\n" + line + line)
    assert refused.value.problems[0].where.field == "organisations"


def test_an_override_says_why() -> None:
    with pytest.raises(Refusal, match="without a reason"):
        read(LEAST + "moves:\n- {to: readiness, on: 2026-02-01, by: A, overrides: [payor-named]}\n")


def test_a_key_that_is_not_known_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refusal, match="payors"):
        read(LEAST + "payers: []\n")


def test_the_policy_areas_of_the_motion_are_there_and_an_initiative_has_one_or_more() -> None:
    """R29: housing and homelessness, social services and public safety at least."""
    areas = "policy_areas: [housing-and-homelessness, social-services, public-safety]"
    assert len(read(LEAST.replace("policy_areas: [public-safety]", areas)).policy_areas) == 3
    with pytest.raises(Refusal):
        read(LEAST.replace("policy_areas: [public-safety]", "policy_areas: []"))


@pytest.mark.parametrize("field", ["title", "where"])
@pytest.mark.parametrize("said", ["-", "—", "N/A", "tbd", "x", "..."])
def test_a_paper_that_no_one_can_find_is_none(field: str, said: str) -> None:
    with pytest.raises(ValueError, match="A reader cannot find a paper by this"):
        Paper.model_validate({"title": "A letter", "where": "file 3", field: said})
