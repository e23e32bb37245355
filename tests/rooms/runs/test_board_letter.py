"""The letter to the Board: what is asked, the votes, the money, the risk, what is open."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.documents.board_letter import document
from payforsuccess.runs.documents.kinds import Asked
from tests.lib.accessible import check_files, headings_of
from tests.lib.pfs import pfs

ROOT = Path(__file__).parents[3]
JUST_IN_REACH = ROOT / "examples" / "just-in-reach"
ON = date(2018, 6, 30)


@pytest.fixture(scope="module")
def letter() -> str:
    """The words of the example's letter."""
    return check_files(document(Asked(JUST_IN_REACH, ON)))


def test_it_asks_for_what_is_not_decided_and_says_the_votes(letter: str) -> None:
    """R25: the votes of each change of appropriation stand in the letter."""
    assert "Approve the change of appropriation “Last payments”: USD 500,000.00" in letter
    assert "4 of 5 votes" in letter
    assert "Housing to outcomes" not in letter  # it is posted already


def test_it_never_asks_for_more_than_the_deal_can_pay(letter: str) -> None:
    assert "success payments of USD 11,500,000.00 at most" in letter


def test_it_says_the_risk_honestly(letter: str) -> None:
    """R131: never without risk; what the public still bears stands beside the payments."""
    assert "With no success at all, success payments are 0.00." in letter
    assert "Los Angeles County (payor, provider, data-holder): 450,000.00" in letter
    assert "Paid from public money whatever happens: Evaluation" in letter
    assert "no risk" not in letter.lower()
    assert "no taxpayer risk" not in letter.lower()


def test_it_says_that_terms_and_budget_are_made_up(letter: str) -> None:
    assert "Illustrative payment terms" in letter
    assert "Illustrative budget" in letter
    assert "Draft: Counsel must review" in letter


def test_what_no_file_tells_stands_open_in_its_place_and_in_a_list() -> None:
    made = document(Asked(JUST_IN_REACH, ON))
    assert "Still open" in headings_of(made)
    words = check_files(made)
    assert words.count("The department writes what changes in the services of today.") == 2
    assert words.count("Counsel gives an opinion on the debt limit.") == 2


def test_it_can_go_to_the_body_of_another_payor() -> None:
    words = check_files(document(Asked(JUST_IN_REACH, ON, party="California BSCC")))
    assert "the governing body of California BSCC" in words
    assert "success payments of USD 1,800,000.00 at most" in words


def test_a_body_that_pays_nothing_gets_no_letter() -> None:
    with pytest.raises(Refusal, match="`RAND` is no payor of this deal"):
        document(Asked(JUST_IN_REACH, ON, party="RAND"))


def test_without_a_budget_it_says_that_one_is_needed(tmp_path: Path) -> None:
    folder = tmp_path / "deal"
    shutil.copytree(JUST_IN_REACH, folder)
    (folder / "budget.yaml").unlink()
    done = pfs("document", "board-letter", folder, "--to", tmp_path / "letter.pdf")
    assert done.code == 10
    assert "There is no budget.yaml beside the deal." in done.out + done.err
    assert not (tmp_path / "letter.pdf").exists()
