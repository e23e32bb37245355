"""The public report and the example page: no personal data, everything left out listed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from payforsuccess.reports.without_names import Names
from payforsuccess.runs.documents.document import document
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.statement.statements import issue
from tests.lib.accessible import check_files
from tests.lib.approving import PREPARER, certified
from tests.lib.deals import CITY, COUNTY, EVALUATOR, PROVIDER, a_deal
from tests.lib.folders import a_folder, draft, sign, write_results

EXAMPLES = Path(__file__).parents[3] / "examples"
DENVER = EXAMPLES / "denver-supportive-housing"
DAY = date(2026, 4, 20)


def words_of(kind: str, folder: Path, *, on: date = DAY) -> str:
    """The words of the document's PDF."""
    return check_files(document(kind, Asked(folder, on)).document)


def stated(folder: Path, homes: str) -> Path:
    """The small deal with one statement on so many homes."""
    a_folder(folder, certified())
    write_results(folder, homes=[homes])
    sign(folder, on=DAY)
    draft(folder, period=1, as_of=DAY)
    issue(folder, by=PREPARER)
    return folder


def test_it_shows_goals_parties_terms_results_and_payments(tmp_path: Path) -> None:
    """R106: a public summary shows goals, parties, terms, results and payments."""
    words = words_of("public-report", stated(tmp_path / "deal", "37"))
    for title in ("Goals", "Parties", "Terms", "Results", "Payments"):
        assert title in words
    assert COUNTY in words
    assert "37" in words
    assert "What is not shown, and why" in words


def test_what_is_said_of_the_ceiling_stands_apart_from_its_mark() -> None:
    words = words_of("public-report", EXAMPLES / "just-in-reach", on=date(2026, 11, 22))
    assert "all payment lines together; made-up terms, agreed by nobody" in words


def test_what_tells_of_few_people_is_left_out_and_listed_with_its_reason(tmp_path: Path) -> None:
    """R106: redactions are listed with reason."""
    words = words_of("public-report", stated(tmp_path / "deal", "7"))
    assert "not shown" in words
    assert "It tells of 10 people or fewer, or lets such a number be worked out." in words
    assert "The total of statement 1, and what was paid on it" in words
    assert "700.00" not in words  # seven homes at the price that the terms tell


def test_the_example_page_names_no_party(tmp_path: Path) -> None:
    """R105: a public example page can be generated without personal data, and without names."""
    words = words_of("example-page", stated(tmp_path / "deal", "37"))
    for name in (COUNTY, CITY, PROVIDER, EVALUATOR, "Birch"):
        assert name not in words
    assert "Payor 1" in words
    assert "sha256" not in words  # a checksum would tell which deal it is
    assert "Names of parties" in words


def test_sentences_that_may_name_a_party_are_left_out_and_counted() -> None:
    names = Names(a_deal(), are_told=False)
    word = COUNTY.split()[0]
    assert names.sentences([f"{word} pays", "Leases last"]) == ("Leases last",)
    assert names.left_out == 1
    assert Names(a_deal(), are_told=True).sentences([f"{word} pays"]) == (f"{word} pays",)


def test_the_page_of_a_published_deal_names_no_place() -> None:
    words = words_of("example-page", DENVER)
    assert "Denver" not in words
    assert "Illustrative payment terms" in words
    assert "Nothing was stated yet." in words


def test_no_statement_of_a_later_day_is_in_it(tmp_path: Path) -> None:
    words = words_of("public-report", stated(tmp_path / "deal", "37"), on=date(2026, 4, 1))
    assert "Nothing was stated yet." in words


def test_a_payment_of_a_part_of_a_cent_is_shown_as_it_is_on_record(tmp_path: Path) -> None:
    folder = stated(tmp_path / "deal", "37")
    text = "payments: [{statement: 1, on: 2026-04-20, amount: 0.001}]\n"
    (folder / "payments.yaml").write_text(text)
    assert "0.001" in words_of("public-report", folder)


def test_shares_that_no_contract_states_are_marked_where_they_stand() -> None:
    """R106: the terms of Just in Reach here are made up; each share and amount says so."""
    words = " ".join(words_of("public-report", EXAMPLES / "just-in-reach").split())
    assert "public report (made-up terms, agreed by nobody)" in words
    assert "80.00% (made-up terms, agreed by nobody)" in words
    assert "7,000,000.00 (made-up terms, agreed by nobody)" in words
