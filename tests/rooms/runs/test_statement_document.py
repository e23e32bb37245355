"""An issued statement in HTML, PDF and DOCX, with who approved it beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.reports.numbers import day_text
from payforsuccess.runs.documents.document import document
from payforsuccess.runs.documents.kinds import Asked
from payforsuccess.runs.statement.statements import issue, show
from tests.lib.accessible import check_files
from tests.lib.approving import PREPARER, certified, yes
from tests.lib.folders import a_folder, draft, sign, write_results
from tests.lib.pfs import pfs

DAY = date(2026, 4, 20)


def a_statement(folder: Path, *, is_certified: bool = True) -> Path:
    """A small deal with one issued statement."""
    a_folder(folder, certified() if is_certified else None)
    write_results(folder, homes=["7"])
    sign(folder, on=DAY)
    draft(folder, period=1, as_of=DAY)
    issue(folder, by=PREPARER)
    return folder


def words_of(folder: Path) -> str:
    """The words of its PDF."""
    return check_files(document("statement", Asked(folder, DAY)).document)


def test_a_statement_that_is_not_certified_says_so_on_every_form(tmp_path: Path) -> None:
    words = words_of(a_statement(tmp_path / "deal", is_certified=False))
    assert "Not certified" in words
    assert "No payment can be approved on it." in words


def test_who_approved_it_stands_beside_it_outside_its_checksum(tmp_path: Path) -> None:
    """R145: two people approve; the statement is the same before and after."""
    folder = a_statement(tmp_path / "deal")
    before = show(folder, 1).statement.fingerprint
    words = words_of(folder)
    assert "Not approved: nobody has approved it; two people must" in words
    assert f"Prepared by {PREPARER}." in words
    yes(folder, "Ash Reed", on=DAY)
    yes(folder, "Bay Reed", on=DAY)
    words = words_of(folder)
    assert "Approved. Two people or more" in words
    assert "Ash Reed" in words
    assert "its checksum does not cover it" in words
    assert show(folder, 1).statement.fingerprint == before
    assert before in words.replace(" ", "")


def test_the_command_that_shows_it_writes_it_to_files(tmp_path: Path) -> None:
    folder = a_statement(tmp_path / "deal")
    files = [tmp_path / name for name in ("one.pdf", "one.docx", "one.html")]
    to = [each for file in files for each in ("--to", file)]
    done = pfs("statement", "show", folder, *to)
    assert done.code == 0, done.err
    assert [file.read_bytes()[:2] for file in files] == [b"%P", b"PK", b"<!"]


def test_the_page_it_is_written_to_says_who_approved_which_and_when(tmp_path: Path) -> None:
    folder = a_statement(tmp_path / "deal")
    for name in ("Ash Reed", "Bay Reed"):
        yes(folder, name, on=DAY)
    page, same = tmp_path / "page", tmp_path / "same.html"
    done = pfs("statement", "show", folder, "--html", page, "--to", same)
    assert done.code == 0, done.err
    assert page.read_bytes() == same.read_bytes()
    said = page.read_text("utf-8")
    rows = said.partition("What each person said of this statement")[2]
    assert [rows.count(name) for name in ("Ash Reed", "Bay Reed", day_text(DAY))] == [1, 1, 2]


def test_a_number_that_was_not_issued_is_refused(tmp_path: Path) -> None:
    folder = a_statement(tmp_path / "deal")
    with pytest.raises(Refusal, match="There is no statement 2"):
        document("statement", Asked(folder, DAY, number=2))
