"""The registers of an initiative, in words, as values and as documents."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.initiative.register_kinds import KINDS
from payforsuccess.runs.initiative.registers import register
from tests.lib.pfs import pfs

PRACTICE = Path(__file__).parents[3] / "examples" / "practice-initiative"
LOS_ANGELES = PRACTICE.parent / "los-angeles-blueprint"
ON = date(2026, 6, 15)


def shown(name: str, path: Path = PRACTICE, on: date = ON) -> str:
    """The register's words, however the lines break."""
    return " ".join(str(register(name, path, on=on)).split())


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("folder", [PRACTICE, LOS_ANGELES], ids=["practice", "los-angeles"])
def test_every_register_is_shown_in_words_and_as_values(name: str, folder: Path) -> None:
    """Also where nothing is on file, which it says."""
    done = pfs("registers", name, folder, "--as-of", "2026-06-15", "--json")
    plain = json.loads(done.out)
    assert plain["register"] == name
    assert isinstance(plain["entries"], list)
    assert shown(name, folder)


def test_risks_moved_to_investors_come_first_and_the_publics_part_last() -> None:
    """R41, R131."""
    found = shown("risks")
    assert found.index("Moved to investors") < found.index("All risks")
    assert "than the contract expects Example County Investors" in found
    assert "zero at zero outcomes, and the public still bears: the evaluator's fee" in found
    assert "subsidies for those housed Example Housing Authority not known Example" in found


def test_agreements_show_their_obligations_and_their_end() -> None:
    """R93."""
    found = shown("agreements")
    assert "in force, ends in 46 days" in found
    assert "done on 5 May 2026, 5 days late" in found
    assert "open, 31 days late" in found


def test_data_access_tells_days_and_the_critical_path() -> None:
    """R95."""
    found = shown("data-access")
    assert "jail, then linked; the last file on 2026-07-30 at the earliest" in found
    assert "105 days so far" in found
    assert "70 days First file: 13 April 2026" in found


def test_systems_too_old_are_told() -> None:
    """R92."""
    found = shown("systems")
    assert "14 days too old" in found
    assert "not known" in found


def test_policies_stand_in_three_groups() -> None:
    """R26, R91: present rule, change, owner, authority and status."""
    found = shown("policies")
    assert (
        found.index("Fiscal policies")
        < found.index("Procurement policies")
        < found.index("Other policies -------------- None is on file.")
    )
    assert "3, stops: Outcomes of the last people come in the fifth year" in found


def test_the_four_levers_stand_side_by_side() -> None:
    """R90, R94."""
    found = shown("levers")
    assert "BLOCKS: 1 (mean 1.67)" in found
    assert "BLOCKS: not rated: k15" in found
    assert "no jurisdiction's own scale" in found


def test_change_tells_what_it_takes() -> None:
    """R54, R55, R62, R64, R97, R101, R102, R107."""
    found = shown("change")
    assert "6 of 20 on 15 May 2026; 11 of 20 on 1 June 2026" in found
    assert "1 4 25% lesson-payor: 1" in found
    assert "0.18 hours of implementing for each hour of contracting" in found
    assert "No signed contract is on file. Of 3 documents 1 were taken over" in found
    assert "and 1 adapted: 67%." in found
    assert "1 of 2 decisions on file name no metric or evidence" in found
    assert "There is no plan on file for what is to change beyond the pilot" in found


def test_the_harm_log_shows_who_was_told_late() -> None:
    """R121."""
    assert "told on 1 June 2026, 2 days late" in shown("harms")


def test_a_register_is_written_as_a_document(tmp_path: Path) -> None:
    """Whole, and named in what is printed."""
    to = tmp_path / "levers.html"
    assert register("levers", PRACTICE, on=ON, to=(to,)).written == (to,)
    assert "The four levers side by side" in to.read_text("utf-8")


def test_a_register_that_there_is_not_is_refused_with_the_nearest() -> None:
    with pytest.raises(Refusal, match="Did you mean `risks`"):
        register("risk", PRACTICE, on=ON)


def test_of_published_sources_a_day_left_out_is_not_a_missing_signature() -> None:
    """R93: no source says when the agreement was signed, and that is not to say it was not."""
    said = shown("agreements", LOS_ANGELES, date(2026, 11, 22))
    assert "the day is not on file" in said
    assert "not signed" not in said
    assert "draft" not in said


def test_of_published_sources_a_blank_is_not_known_and_never_nobody() -> None:
    """R51, R74, R76, R79: Just in Reach had parties and risks that no source at hand says."""
    planning, partnership = shown("planning", LOS_ANGELES), shown("partnership", LOS_ANGELES)
    assert "population not known not known" in planning
    assert "not settled yet" not in planning
    assert "whether one of theirs decides on the team is not known" in planning
    assert "NOT MET" not in partnership
    assert "no party" not in partnership
    assert "sector not on file: UnitedHealthcare, National Council on Crime" in partnership
    assert "what CSH has at stake is not known" in partnership
    risks, partners = shown("risks", LOS_ANGELES), shown("partners", LOS_ANGELES)
    assert "Whether a risk moves to investors is not known" in risks
    assert "RAND Kind: not known" in partners
    assert "as it is to be" not in partners
    assert "appropriation 2,450,000 Los Angeles County" in partners
    assert "Whether anyone is assigned at random is not on file." in shown("ethics", LOS_ANGELES)
