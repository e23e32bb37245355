"""The federal intake form and the public notice of award, filled from what is on file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from payforsuccess.reports import Heading
from payforsuccess.reports.federal_items import APPLICATION, AWARD, FOR_AN_INTERMEDIARY
from payforsuccess.runs.documents.document import document
from payforsuccess.runs.documents.kinds import Asked
from tests.lib.accessible import check_files, headings_of

EXAMPLES = Path(__file__).parents[3] / "examples"
JUST_IN_REACH = EXAMPLES / "just-in-reach"
ON = date(2018, 6, 30)


def words_of(kind: str, folder: Path = JUST_IN_REACH) -> str:
    """The words of the document's PDF."""
    return check_files(document(kind, Asked(folder, ON)).document)


def test_there_are_24_subjects_nine_more_for_an_intermediary_and_12_of_an_award() -> None:
    assert (len(APPLICATION), FOR_AN_INTERMEDIARY, len(AWARD)) == (24, 9, 12)
    assert set(AWARD) <= set(APPLICATION)


def test_each_subject_has_a_heading_in_order() -> None:
    made = document("sippra-intake", Asked(JUST_IN_REACH, ON)).document
    numbered = [each for each in headings_of(made) if each[:1].isdigit()]
    assert numbered == [f"{at}. {item.title}" for at, item in enumerate(APPLICATION, start=1)]


def test_what_the_files_tell_is_filled_in_with_its_standing() -> None:
    words = words_of("sippra-intake")
    assert "16,891 at average cost (published), 3,000 at the margin (illustrative)" in words
    assert "40% cashable. Made up: posts fall vacant slowly. Nobody has confirmed it." in words
    assert "\N{MINUS SIGN}1 person-year" in words  # probation costs more, and keeps its sign
    assert "A project lasts 10 years at most: this one does." in words


def test_what_no_file_tells_stands_open_and_is_never_made_up() -> None:
    words = words_of("sippra-intake")
    for item in APPLICATION:
        if item.title in ("Unmet need", "Plan of delivery", "Funding after success"):
            assert f"Not known yet. {item.title}:" in words
    assert "This program does not hold their words" in words


def test_a_deal_without_files_beside_it_leaves_more_open() -> None:
    def open_items(folder: Path) -> int:
        words = words_of("sippra-intake", folder)
        return words.count("Not known yet.")

    assert open_items(EXAMPLES / "denver-supportive-housing") > open_items(JUST_IN_REACH)


def test_the_made_up_files_it_draws_on_are_named_as_such() -> None:
    made = document("sippra-intake", Asked(JUST_IN_REACH, ON)).document
    titles = [each.title for each in made.notices]
    assert titles == [
        "Not certified",
        "Illustrative payment terms",
        "Illustrative assumptions",
        "Made up",
    ]


def test_the_notice_of_award_never_says_that_an_award_was_made() -> None:
    words = words_of("sippra-award")
    assert "Nothing here says that an award was made." in words
    made = document("sippra-award", Asked(JUST_IN_REACH, ON)).document
    assert sum(isinstance(each, Heading) and each.text[:1].isdigit() for each in made.blocks) == 12
