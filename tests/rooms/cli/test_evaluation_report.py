"""`pfs evaluate --report`: the evaluator's report from records, in every form (R84)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from tests.lib.pfs import pfs
from tests.rooms.reports.page import Page

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "maryland-reentry"


@pytest.fixture(scope="module")
def deal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("example") / "maryland-reentry"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("out"))
    return copy


@pytest.fixture(scope="module")
def written(deal: Path) -> dict[str, Path]:
    files = {ending: deal / f"report.{ending}" for ending in ("html", "pdf", "docx")}
    arguments = [part for file in files.values() for part in ("--report", str(file))]
    done = pfs("evaluate", deal, *arguments)
    assert done.code == 0
    assert [line for line in done.out.splitlines() if line.startswith("Report")] == [
        f"Report  {file}" for file in files.values()
    ]
    return files


def test_every_form_is_written(written: dict[str, Path]) -> None:
    said = Page(written["html"].read_bytes()).one("main").text
    pdf = " ".join(page.extract_text() for page in PdfReader(written["pdf"]).pages)

    for words in ("aid: 48 / 216 = 22.2%", "27.27 percent", "The payment calculation"):
        assert words in said
        assert words in " ".join(pdf.split())
    with pikepdf.open(written["pdf"]) as tagged:
        assert tagged.Root.MarkInfo.Marked
    assert written["docx"].read_bytes().startswith(b"PK")


def test_the_report_says_which_plan_records_and_versions_it_rests_on(
    written: dict[str, Path],
) -> None:
    said = Page(written["html"].read_bytes()).one("main").text

    for words in (
        "Run evaluation-",
        "Arrests: plan sha256:",
        "numpy",
        "feed rossi sha256:",
        "snapshot sha256:",
    ):
        assert words in said


def test_the_same_records_give_the_same_report(deal: Path, written: dict[str, Path]) -> None:
    again = deal / "again.html"
    assert pfs("evaluate", deal, "--report", again).code == 0

    assert again.read_bytes() == written["html"].read_bytes()


def test_a_report_for_those_who_may_see_small_numbers_says_so(deal: Path) -> None:
    page = deal / "full.html"
    assert pfs("evaluate", deal, "--report", page, "--small-numbers").code == 0

    assert "For those who may see small numbers" in page.read_text()
    assert "Small numbers are hidden" not in page.read_text()
    said = Page(page.read_bytes()).one("main").text
    for words in ("Arrests: people's results sha256:", "Arrests: estimate sha256:"):
        assert words in said


def test_a_form_that_cannot_be_written_is_refused_before_the_feeds_are_read(deal: Path) -> None:
    done = pfs("evaluate", deal, "--report", deal / "report.txt")

    assert done.code == 10
    assert "End the name in .html, .pdf or .docx." in done.out + done.err
    assert not (deal / "report.txt").exists()


def test_a_report_that_is_given_out_is_on_record_and_later_tables_are_held_against_it(
    deal: Path, tmp_path: Path
) -> None:
    """R140: who has two reports must not work out from them what neither says."""
    copy = tmp_path / "maryland-reentry"
    shutil.copytree(deal, copy, ignore=shutil.ignore_patterns("out"))
    first = copy / "given-out.html"
    assert pfs("evaluate", copy, "--report", first, "--release").code == 0
    (kept,) = (copy / "out" / "private-register-of-releases").glob("*.json")
    again = copy / "for-the-parties.html"
    assert pfs("evaluate", copy, "--report", again).code == 0

    assert kept.name == "0001-evaluation.json"
    assert "evaluation arrests: assigned/aid" in kept.read_text()
    assert "This is release 1 of the deal, checked against all before it." in first.read_text()
    assert "checked against what was given out" in again.read_text()


def test_only_a_report_with_small_numbers_hidden_is_given_out(deal: Path) -> None:
    page = deal / "never.html"
    small = pfs("evaluate", deal, "--report", page, "--small-numbers", "--release")
    none = pfs("evaluate", deal, "--release")

    assert small.code == none.code == 10
    assert "never given out" in small.err + small.out
    assert "no report to give out" in none.err + none.out
    assert not page.exists()
