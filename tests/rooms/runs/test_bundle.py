"""A bundle checks out as it was made; whatever is changed in it, verifying says what fails."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from payforsuccess.deal.results import Determination, Statement
from payforsuccess.errors import Refusal
from payforsuccess.runs.statement.bundle import bundle
from payforsuccess.runs.statement.statements import issue
from payforsuccess.runs.statement.verify import verify
from payforsuccess.trail import fingerprint_bytes
from tests.lib.deals import a_deal, a_term, two_payors
from tests.lib.folders import a_folder, draft, sign, write_deal
from tests.lib.settling import an_amendment, problems_of

ONE = "homes,1,a,2,jail:4\nhomes,1,b,5,jail:5"
TWO = "homes,2,a,2,jail:6"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two statements over rows by person, a corrected first period, and a later amendment."""
    deal = a_deal(payments=[a_term(price="10", limit_each_person="4")], **two_payors(share="33%"))
    folder = tmp_path_factory.mktemp("deal")
    write_deal(
        folder / "amendments/01.yaml",
        an_amendment(
            payments=[a_term(price="11", limit_each_person="4")], **two_payors(share="33%")
        ),
    )
    a_folder(folder, deal, people=ONE)
    sign(folder)
    draft(folder)
    issue(folder)
    a_folder(folder, deal, people=f"{ONE.replace('a,2', 'a,1')}\n{TWO}")
    sign(folder, supersedes=1, reason="a person was counted twice")
    draft(folder)
    issue(folder)
    return bundle(folder).path


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(files: Mapping[str, bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def failures(path: Path) -> list[str]:
    found = verify(path)
    failed = [f"{check.says}: {check.found}" for check in found.checks if not check.holds]
    assert found.holds is (not failed)
    assert ("DO NOT RELY ON IT" in str(found)) is bool(failed)
    return failed


def test_an_untouched_bundle_holds_in_every_check(made: Path) -> None:
    assert failures(made) == []
    assert "every check holds" in str(verify(made))


def test_the_same_statement_gives_the_same_bytes(made: Path, tmp_path: Path) -> None:
    folder = made.parents[2]
    again = bundle(folder, to=tmp_path / "again.zip")
    assert again.path.read_bytes() == made.read_bytes()
    assert again.holds_people


def test_an_earlier_statement_has_its_own_bundle(made: Path, tmp_path: Path) -> None:
    first = bundle(made.parents[2], statement=1, to=tmp_path / "first.zip")
    assert not any(name.startswith("statements/0002") for name in first.names)
    assert failures(first.path) == []


NAMES = (
    "README.txt",
    "deal/01.yaml",
    "deal/02.yaml",
    "determinations/0001.json",
    "determinations/0002.json",
    "statements/0001/people.csv",
    "statements/0001/statement.json",
    "statements/0002/people.csv",
    "statements/0002/statement.json",
)


def test_these_are_the_files_of_a_bundle(made: Path) -> None:
    names = [name for name in sorted(unpacked(made)) if not name.endswith(".html")]
    assert names == sorted([*NAMES, "manifest.json"])


@pytest.mark.parametrize("name", NAMES)
def test_a_byte_added_to_any_file_is_named(made: Path, tmp_path: Path, name: str) -> None:
    files = unpacked(made)
    files[name] += b"\n"
    failed = failures(packed(files, tmp_path / "x.zip"))
    assert failed == [f"the files are those that were bundled: {name} was changed"]


def test_a_file_added_is_named(made: Path, tmp_path: Path) -> None:
    files = {**unpacked(made), "../../etc/passwd": b"root"}
    failed = failures(packed(files, tmp_path / "x.zip"))
    assert failed == ["the files are those that were bundled: ../../etc/passwd was added"]
    assert not (tmp_path.parent.parent / "etc").exists()


@pytest.mark.parametrize("name", [*NAMES, "manifest.json"])
def test_a_file_taken_out_is_missed(made: Path, tmp_path: Path, name: str) -> None:
    files = unpacked(made)
    del files[name]
    path = packed(files, tmp_path / "x.zip")
    if name == "manifest.json" or name.endswith("statement.json"):
        with pytest.raises(Refusal, match="no bundle, or it is damaged"):
            verify(path)
        return
    assert f"the files are those that were bundled: {name} is missing" in failures(path)


# A careful forger also makes every checksum fit. What was paid must still come out again.


def forged(made: Path, to: Path, change: Callable[[dict[str, Any]], None]) -> list[str]:
    """What fails after the change, with all fingerprints and the chains made to fit again."""
    files = unpacked(made)
    plain = {name: json.loads(content) for name, content in files.items() if name.endswith(".json")}
    plain["texts"] = {
        name: content.decode() for name, content in files.items() if not name.endswith(".json")
    }
    change(plain)
    files |= {name: text.encode() for name, text in plain.pop("texts").items()}
    manifest = plain["manifest.json"]
    for key, model in (("determination", Determination), ("statement", Statement)):
        previous = None
        for name in sorted(name for name in plain if name.startswith(f"{key}s/")):
            plain[name][key]["previous"] = previous
            record = model.model_validate(plain[name][key])
            previous = plain[name]["fingerprint"] = record.fingerprint
    manifest["fingerprint"] = previous
    for name, content in plain.items():
        if name != "manifest.json":
            files[name] = json.dumps(content).encode()
    manifest["files"] = {
        name: fingerprint_bytes(content)
        for name, content in files.items()
        if name != "manifest.json"
    }
    files["manifest.json"] = json.dumps(manifest).encode()
    return failures(packed(files, to / "forged.zip"))


def the_statement(plain: dict[str, Any], number: int = 2) -> dict[str, Any]:
    found: dict[str, Any] = plain[f"statements/{number:04d}/statement.json"]["statement"]
    return found


def raise_an_amount(plain: dict[str, Any]) -> None:
    statement = the_statement(plain)
    line = statement["lines"][0]
    line["amount"] += 100
    line["payors"][0]["amount"] += 100
    statement["total"] += 100
    statement["balance"]["stated"] += 100
    statement["balance"]["owed"] += 100


def move_between_payors(plain: dict[str, Any]) -> None:
    parts = the_statement(plain)["lines"][0]["payors"]
    parts[0]["amount"] -= 100
    parts[1]["amount"] += 100


def raise_a_result(plain: dict[str, Any]) -> None:
    used = the_statement(plain)["results"][0]
    used["value"] = "9"
    used["result"]["value"] = "9"


def raise_a_determined_value(plain: dict[str, Any]) -> None:
    record = plain["determinations/0002.json"]["determination"]
    record["results"][0]["value"] = "9"


def give_a_person_more(plain: dict[str, Any]) -> None:
    name = "statements/0002/people.csv"
    plain["texts"][name] = plain["texts"][name].replace("2,a,2", "2,a,3")


def raise_the_price(plain: dict[str, Any]) -> None:
    text = plain["texts"]["deal/01.yaml"]
    plain["texts"]["deal/01.yaml"] = text.replace("price: '10'", "price: '11'")


def raise_the_total(plain: dict[str, Any]) -> None:
    statement = the_statement(plain)
    statement["total"] += 1
    statement["balance"]["stated"] += 1
    statement["balance"]["owed"] += 1


def drop_a_correction(plain: dict[str, Any]) -> None:
    statement = the_statement(plain)
    gone = statement["lines"].pop()
    statement["total"] -= gone["amount"]
    statement["balance"]["stated"] -= gone["amount"]
    statement["balance"]["owed"] -= gone["amount"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (raise_an_amount, "every amount of statement 2 comes out again"),
        (move_between_payors, "each payor's part of statement 2 comes out again"),
        (raise_a_result, "`homes` in period 1 is what determination 2 states"),
        (raise_a_determined_value, "`homes` in period 1 is what determination 2 states"),
        (give_a_person_more, "the rows by person of statement 2 are unchanged"),
        (raise_the_price, "statement 1 was made under the deal in this bundle"),
        (raise_the_total, "the lines and the payors' parts of statement 2 add up to its total"),
        (drop_a_correction, "every amount of statement 2 comes out again"),
    ],
)
def test_a_forgery_that_fits_its_checksums_does_not_come_out_again(
    made: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    assert any(said in failed for failed in forged(made, tmp_path, change))


def test_the_forger_of_these_tests_changes_nothing_by_itself(made: Path, tmp_path: Path) -> None:
    assert forged(made, tmp_path, lambda plain: None) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: the_statement(plain).update(period=99),
        lambda plain: the_statement(plain).update(versions=[]),
        lambda plain: the_statement(plain).update(versions=the_statement(plain)["versions"][1:]),
        lambda plain: the_statement(plain).update(results=[]),
        lambda plain: the_statement(plain)["lines"][0].update(period=99),
        lambda plain: the_statement(plain)["lines"][0].update(term="nothing"),
        lambda plain: plain["texts"].update({"statements/0002/people.csv": "a,b\n1,2\n"}),
        lambda plain: plain["texts"].update({"statements/0002/people.csv": "\x00"}),
        lambda plain: plain["texts"].update({"deal/01.yaml": "{"}),
        lambda plain: plain["texts"].update({"deal/01.yaml": plain["texts"]["deal/02.yaml"]}),
    ],
)
def test_nonsense_that_fits_its_checksums_is_an_answer_not_a_crash(
    made: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None]
) -> None:
    assert forged(made, tmp_path, change)


def test_a_bundle_without_a_deal_is_an_answer(made: Path, tmp_path: Path) -> None:
    files = {name: each for name, each in unpacked(made).items() if not name.startswith("deal/")}
    failed = failures(packed(files, tmp_path / "x.zip"))
    assert "the deal can be read: there is none in the bundle" in failed


# --- hostile files ---------------------------------------------------------------------------


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as refusal:
        verify(path)
    return problems_of(refusal.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"not a zip at all", b"PK\x05\x06" + b"\x00" * 18, b"\x00" * 1000],
)
def test_what_is_no_zip_is_no_bundle(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    assert "This is no bundle, or it is damaged." in refused(path)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    assert "There is no such file." in refused(tmp_path / "nowhere.zip")
    assert "is a folder" in refused(tmp_path)


def test_a_file_that_unpacks_to_too_much_is_refused_unread(tmp_path: Path) -> None:
    path = packed({"manifest.json": b" " * 300_000_000}, tmp_path / "bomb.zip")
    assert path.stat().st_size < 1_000_000
    assert "unpacks to more than a bundle can hold" in refused(path)


def test_a_file_of_too_many_files_is_refused(tmp_path: Path) -> None:
    many = {f"{number}": b"" for number in range(5_001)}
    assert "more than a bundle can hold" in refused(packed(many, tmp_path / "many.zip"))


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_damaged_stream_is_no_bundle(made: Path, tmp_path: Path, method: int) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in unpacked(made).items():
            archive.writestr(name, content)
    whole = bytearray(path.read_bytes())
    for at in range(60, min(len(whole) // 2, 4_000)):
        whole[at] ^= 0x5A
    path.write_bytes(bytes(whole))
    assert "This is no bundle, or it is damaged." in refused(path)


def test_a_size_that_lies_is_no_bundle(tmp_path: Path) -> None:
    """The directory says 10 bytes; the stream holds many more."""
    path = packed({"manifest.json": b"x" * 100_000}, tmp_path / "x.zip")
    whole = path.read_bytes().replace(struct.pack("<L", 100_000), struct.pack("<L", 10))
    path.write_bytes(whole)
    assert "This is no bundle, or it is damaged." in refused(path)


def test_a_name_given_twice_is_no_bundle(made: Path, tmp_path: Path) -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, each in unpacked(made).items():
            archive.writestr(name, each)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("manifest.json", "{}")
    path = tmp_path / "x.zip"
    path.write_bytes(content.getvalue())
    assert "This is no bundle, or it is damaged." in refused(path)


@pytest.mark.parametrize(
    "manifest",
    [
        b"{}",
        b"[]",
        b"{",
        b"\xff",
        b"[" * 100_000,
        b'{"format": 2, "statement": 1}',
        b'{"format": 1, "statement": "1"}',
        b'{"format": 1, "statement": 0}',
        b'{"format": 1, "statement": -1}',
        b'{"format": 1, "statement": 1000000000}',
        b'{"format": 1, "statement": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_manifest_of_nonsense_is_no_bundle(made: Path, tmp_path: Path, manifest: bytes) -> None:
    files = {**unpacked(made), "manifest.json": manifest}
    assert "This is no bundle, or it is damaged." in refused(packed(files, tmp_path / "x.zip"))
