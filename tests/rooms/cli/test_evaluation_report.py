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
