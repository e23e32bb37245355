"""Whatever lies in a deal's folder, a command ends in an answer or in problems, never in a bug."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lib.pfs import pfs

STATEMENT = "out/statements/0001/statement.json"
DETERMINATION = "out/determinations/0001.json"
LEDGER = "out/statements/0001/ledger.csv"
DRAFT = "out/drafts/statement-0002-period-002.json"
HEADER = "outcome,period,person,quantity\n"
RECORD = {
    "kind": "run",
    "deal_fingerprint": "x",
    "code_version": "1",
    "library_versions": {},
    "settings": {},
    "inputs": [],
    "outputs": [],
    "started_at": "",
    "machine": "",
}


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    deal = tmp_path_factory.mktemp("settled") / "deal"
    signed = ["--party", "Example Auditors", "--role", "validator", "--signed-by", "A. Name"]
    pfs("new", deal, "--template", "rate-card")
    pfs("determine", deal, *signed, "--on", "2027-10-08")
    pfs("pay", deal, "--as-of", "2027-10-11")
    pfs("statement", "issue", deal)
    pfs("pay", deal, "--as-of", "2027-10-12")
    assert pfs("bundle", deal, "--to", deal.parent / "good.zip").code == 0
    return deal


@pytest.fixture
def deal(settled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(settled, tmp_path / "deal"))


def written(content: bytes | str) -> Callable[[Path], None]:
    """Put this in the file's place."""

    def write(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())

    return write


def edited(**changes: object) -> Callable[[Path], None]:
    """Change keys of the record within a JSON file."""

    def edit(path: Path) -> None:
        plain = json.loads(path.read_text("utf-8"))
        record = next(value for value in plain.values() if isinstance(value, dict))
        record.update(changes)
        path.write_text(json.dumps(plain), "utf-8")

    return edit


def made_a_folder(path: Path) -> None:
    """A folder where a file was."""
    path.unlink()
    path.mkdir()


def removed(path: Path) -> None:
    """Nothing where a file was."""
    path.unlink()


SPOILED: dict[str, tuple[str, Callable[[Path], None]]] = {
    "statement is a list": (STATEMENT, written("[1]")),
    "statement is empty": (STATEMENT, written("")),
    "statement is a folder": (STATEMENT, made_a_folder),
    "statement is gone": (STATEMENT, removed),
    "statement of a later format": (STATEMENT, edited(format=2)),
    "statement with another total": (STATEMENT, edited(total=1)),
    "determination of another party": (DETERMINATION, edited(party="Nobody")),
    "determination is no text": (DETERMINATION, written(b"\xff\xfe")),
    "ledger is no number": (LEDGER, written("term,period\nhome,x\n")),
    "ledger is gone": (LEDGER, removed),
    "a stray file": ("out/statements/0002", written("x")),
    "people are no text": ("people.csv", written(b"\xff\xfe\x00")),
    "people are empty": ("people.csv", written("")),
    "people of endless length": ("people.csv", written(HEADER + "home_months,1," + "a" * 200_000)),
    "people in huge numbers": ("people.csv", written(HEADER + "home_months,1,a,1e999999999\n")),
    "people in many digits": ("people.csv", written(HEADER + "home_months,1,a," + "9" * 5000)),
    "payments are a number": ("payments.yaml", written("payments: 3\n")),
    "payments below zero": (
        "payments.yaml",
        written("payments: [{statement: 1, on: 2027-01-01, amount: -1}]\n"),
    ),
    "payments of a part of a cent": (
        "payments.yaml",
        written("payments: [{statement: 1, on: 2027-01-01, amount: 0.001}]\n"),
    ),
    "an amendment is broken": ("amendments/1.yaml", written(": :")),
    "draft of no day": (DRAFT, edited(as_of="x")),
    "draft of a negative number": (DRAFT, edited(number=-3)),
    "draft of a far number": (DRAFT, edited(number=99)),
    "draft of a far period": (DRAFT, edited(period=10**9)),
    "draft that accepts nonsense": (DRAFT, edited(accepted=[1, {}])),
    "draft is a list": (DRAFT, written("[]")),
}
COMMANDS = {
    "show": ["statement", "show", "DEAL"],
    "issue": ["statement", "issue", "DEAL"],
    "pay": ["pay", "DEAL", "--as-of", "2027-10-12"],
    "why": ["why", "DEAL", "home"],
    "bundle": ["bundle", "DEAL"],
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS.keys())
@pytest.mark.parametrize(("name", "spoil"), SPOILED.values(), ids=SPOILED.keys())
def test_a_spoiled_file_is_no_bug(
    deal: Path, name: str, spoil: Callable[[Path], None], command: list[str]
) -> None:
    spoil(deal / name)
    done = pfs(*(str(deal) if word == "DEAL" else word for word in command))

    assert done.code in (0, 10), done.err
    assert (done.code == 0) == (done.err == "")


@pytest.mark.parametrize("line", ["0", "-1", "²", "١", "", "9" * 50, "é\n"], ids=ascii)
def test_a_line_that_is_not_there_is_a_problem(deal: Path, line: str) -> None:
    assert pfs("why", deal, "--", line).code == 10


@pytest.mark.parametrize("number", ["0", "-1", "9" * 30])
def test_a_statement_that_is_not_there_is_a_problem(deal: Path, number: str) -> None:
    assert pfs("statement", "show", deal, "--number", number).code == 10


@pytest.mark.parametrize("option", ["--party", "--signed-by", "--reason", "--signature"])
def test_a_signature_of_blanks_is_refused(deal: Path, option: str) -> None:
    given = {"--party": "Example Auditors", "--signed-by": "A. Name", "--role": "validator"}
    words = [word for pair in {**given, option: "  "}.items() for word in pair]
    done = pfs("determine", deal, *words)

    assert done.code == 10
    assert f"Nothing is written for {option}." in done.err


@pytest.mark.parametrize(
    "change",
    [
        {"statement": True},
        {"statement": 0},
        {"statement": -1},
        {"statement": 10**8},
        {"statement": "1"},
        {"format": 9},
        {"versions": 5},
        {"fingerprint": 7},
    ],
    ids=str,
)
def test_a_manifest_that_was_changed_does_not_verify(
    settled: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    done = verified_without(settled, tmp_path, "manifest.json", change)

    assert done in (0, 10)
    assert done == 10 or change in ({"statement": True}, {"versions": 5})


@pytest.mark.parametrize("name", ["deal/", "people", "determinations/", "statement.json"])
def test_a_part_that_was_spoiled_does_not_verify(settled: Path, tmp_path: Path, name: str) -> None:
    assert verified_without(settled, tmp_path, name, b"\xff: : x") == 10
    assert verified_without(settled, tmp_path, name, None) == 10


def verified_without(
    settled: Path, tmp_path: Path, part: str, content: bytes | dict[str, object] | None
) -> int:
    """The exit code of `verify` on the good bundle with a part changed, spoiled or left out."""
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(settled.parent / "good.zip") as good, zipfile.ZipFile(bad, "w") as out:
        for name in good.namelist():
            kept = good.read(name)
            if part in name and isinstance(content, dict):
                kept = json.dumps({**json.loads(kept), **content}).encode()
            elif part in name and isinstance(content, bytes):
                kept = content
            elif part in name:
                continue
            out.writestr(name, kept)
    return pfs("verify", bad).code


@pytest.mark.parametrize(
    "record",
    ["", "[]", "{}", RECORD, {**RECORD, "settings": {"as of": "x", "period": "y"}}],
    ids=lambda record: str(record)[:30],
)
def test_a_record_that_is_none_is_a_problem(deal: Path, record: object) -> None:
    written(record if isinstance(record, str) else json.dumps(record))(
        deal / "out/runs/run-x/run.json"
    )

    assert pfs("replay", deal / "out" / "runs" / "run-x").code == 10
