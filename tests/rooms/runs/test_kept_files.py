"""The person ledger beside a statement is bound to it: one that was edited is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.statement.bundle import bundle
from payforsuccess.runs.statement.statements import issue
from payforsuccess.runs.statement.verify import verify
from payforsuccess.runs.statement.why import why
from tests.lib.deals import a_deal, a_term
from tests.lib.folders import a_folder, draft, sign
from tests.lib.settling import problems_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    deal = a_deal(payments=[a_term(price="10", limit_each_person="4")])
    folder = a_folder(tmp_path, deal, people="homes,1,a,2,jail:4\nhomes,1,b,5,jail:5")
    sign(folder)
    draft(folder)
    issue(folder)
    return folder


def refused(work: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refusal:
        work()
    return problems_of(refusal.value)


def test_an_edited_ledger_is_not_believed(folder: Path) -> None:
    kept = folder / "out/statements/0001/ledger.csv"
    kept.write_text(kept.read_text().replace(",2", ",9"))
    for work in (lambda: why(folder, line="1", person="a"), lambda: bundle(folder)):
        said = refused(work)
        assert "This file of the statement was changed after it was written." in said
        assert "ledger.csv" in said


def test_a_file_taken_away_or_added_is_noticed(folder: Path) -> None:
    kept = folder / "out/statements/0001"
    ledger = (kept / "ledger.csv").read_bytes()
    (kept / "ledger.csv").unlink()
    assert "is missing" in refused(lambda: why(folder, line="1"))
    (kept / "ledger.csv").write_bytes(ledger)
    (kept / "ledger.parquet").write_bytes(b"")
    assert "was added" in refused(lambda: why(folder, line="1"))


def test_edited_rows_beside_a_statement_do_not_verify(folder: Path) -> None:
    kept = folder / "out/statements/0001/people.csv"
    kept.write_text(kept.read_text().replace(",2", ",9"))
    failed = [check.says for check in verify(bundle(folder).path).checks if not check.holds]
    assert "the rows by person of statement 1 are unchanged" in failed


def test_a_statement_from_before_files_were_listed_is_read(folder: Path) -> None:
    kept = folder / "out/statements/0001/statement.json"
    text = kept.read_text()
    kept.write_text(text[: text.index(',\n  "files"')] + "\n}\n")
    assert why(folder, line="1").people
    assert verify(bundle(folder).path).holds
