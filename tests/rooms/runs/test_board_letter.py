"""The letter to the Board: what is asked, the votes, the money, the risk, what is open."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.reports.board_letter_money import limit_words
from payforsuccess.runs.documents.board_letter import document
from payforsuccess.runs.documents.kinds import Asked
from tests.lib.accessible import check_files, headings_of
from tests.lib.deals import CITY, COUNTY, a_deal, a_term, two_payors
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


def test_it_asks_for_the_most_of_this_payor_with_the_whole_beside(letter: str) -> None:
    assert (
        "success payments of USD 9,200,000.00 at most by Los Angeles County (its share of 80.00%; "
        "all payors together: USD 11,500,000.00 at most)"
    ) in letter


def test_its_table_of_what_may_fall_due_says_no_more_than_the_share(letter: str) -> None:
    """What other payors pay within their own ceilings can never fall on the one that steps in."""
    years = letter.split("what may fall due")[1].split("what is provided for it")[0]
    assert "9,200,000." in years
    assert "11,500,000." not in years


@pytest.mark.parametrize(
    ("payor", "ceiling", "own", "said"),
    [
        (COUNTY, "1000", {}, f"of USD 600.00 at most by {COUNTY} (its share of 60.00%; all "),
        (COUNTY, "1000", {"ceiling": "500"}, f"USD 500.00 at most by {COUNTY} (its own ceiling; "),
        (CITY, "1000", {"ceiling": "500"}, f"of USD 400.00 at most by {CITY} (its share of 40.0"),
        # 100 of the county's 600 can pass its ceiling, and falls on the city
        (
            CITY,
            "1000",
            {"ceiling": "500", "steps_in": CITY},
            f"of USD 500.00 at most by {CITY} (its share of the lines that it pays, and what may "
            "pass to it from other payors; all payors together: USD 1,000.00 at most)",
        ),
        (COUNTY, None, {"ceiling": "500"}, "own ceiling; all payors together: without a ceiling)"),
        (COUNTY, None, {}, f"without a ceiling by {COUNTY}"),
    ],
)
def test_the_limit_is_the_payors_share_its_own_ceiling_and_what_may_pass_to_it(
    payor: str, ceiling: str | None, own: dict[str, str], said: str
) -> None:
    whole = {} if ceiling is None else {"ceiling": ceiling}
    deal = a_deal(payments=[a_term()], **two_payors(**own), **whole)
    asked = next(each for each in deal.payors if each.party == payor)
    assert said in limit_words(deal, asked)


def test_a_payor_alone_is_asked_for_the_whole() -> None:
    deal = a_deal(payments=[a_term()], ceiling="1000")
    assert limit_words(deal, deal.payors[0]) == f"of USD 1,000.00 at most by {COUNTY}"


def test_it_says_the_risk_honestly(letter: str) -> None:
    """R131: never without risk; what the public still bears stands beside the payments."""
    assert "With no success at all, success payments are 0.00." in letter
    assert (
        "Los Angeles County (payor, provider, data holder): 450,000.00, what it pays by the "
        "assumptions less what comes back to it"
    ) in letter
    assert "Paid from public money whatever happens: Evaluation" in letter
    assert "no risk" not in letter.lower()
    assert "no taxpayer risk" not in letter.lower()


def test_it_says_that_terms_and_budget_are_made_up(letter: str) -> None:
    assert "Illustrative payment terms" in letter
    assert "Illustrative budget" in letter
    assert "Draft: Counsel must review" in letter


def test_a_letter_that_asks_for_what_is_past_says_so_at_its_top(letter: str) -> None:
    assert "Asks for what is past" not in letter
    words = check_files(document(Asked(JUST_IN_REACH, date(2026, 11, 22))))
    assert (
        "This letter is of 22 November 2026. The agreement it asks for would have ended on 30 "
        "September 2022; the vote on “Last payments” was to be on 25 September 2018."
    ) in words


def test_what_no_file_tells_stands_open_in_its_place_and_in_a_list() -> None:
    made = document(Asked(JUST_IN_REACH, ON))
    assert "Still open" in headings_of(made)
    words = check_files(made)
    assert words.count("The department writes what changes in the services of today.") == 2
    assert words.count("Counsel gives an opinion on the debt limit.") == 2


def test_it_can_go_to_the_body_of_another_payor() -> None:
    words = check_files(document(Asked(JUST_IN_REACH, ON, party="California BSCC")))
    assert "the governing body of California BSCC" in words
    assert (
        "success payments of USD 1,725,000.00 at most by California BSCC (its share of 15.00%"
        in words
    )


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
