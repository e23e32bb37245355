"""From a new deal to a verified statement, each command as a person and as a program reads it."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.lib.pfs import Done, pfs

SIGNED = ["--party", "Example Auditors", "--role", "validator", "--signed-by", "A. Name"]
ON = ["--on", "2027-10-08"]


@pytest.fixture
def deal(tmp_path: Path) -> Path:
    pfs("new", tmp_path / "deal", "--template", "rate-card")
    return tmp_path / "deal"


@pytest.fixture
def issued(deal: Path) -> Path:
    pfs("determine", deal, *SIGNED, *ON)
    pfs("pay", deal, "--as-of", "2027-10-11")
    assert pfs("statement", "issue", deal).code == 0
    return deal


def plain(done: Done) -> dict[str, object]:
    assert done.code == 0, done.err
    assert isinstance(done.plain, dict)
    return done.plain


def texts_in(value: object) -> Iterator[object]:
    """Every single value in JSON."""
    if isinstance(value, dict):
        for item in value.values():
            yield from texts_in(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    else:
        yield value


JSON_COMMANDS = [
    ["check", "DEAL"],
    ["explain", "DEAL"],
    ["diff", "DEAL/deal.yaml", "DEAL/deal.yaml"],
    ["library", "list", "--place", "Denver"],
    ["library", "show", "denver-sib"],
    ["library", "check", "denver-sib"],
    ["migrate", "DEAL/deal.yaml"],
    ["pay", "DEAL", "--as-of", "2027-10-12"],
    ["statement", "issue", "DEAL"],
    ["statement", "show", "DEAL"],
    ["statement", "list", "DEAL"],
    ["why", "DEAL", "home"],
    ["bundle", "DEAL"],
]


@pytest.mark.parametrize("command", JSON_COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_json_is_whole_and_holds_no_inexact_number(issued: Path, command: list[str]) -> None:
    done = pfs(*(word.replace("DEAL", str(issued)) for word in command), "--json")

    assert plain(done)
    assert done.err == ""
    assert not [value for value in texts_in(done.plain) if isinstance(value, float)]


@pytest.mark.parametrize("command", JSON_COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_text_ends_in_one_newline_and_shows_no_python(issued: Path, command: list[str]) -> None:
    done = pfs(*(word.replace("DEAL", str(issued)) for word in command))

    assert done.code == 0, done.err
    assert done.out.endswith("\n") and not done.out.endswith("\n\n")
    assert "Fraction(" not in done.out and "object at 0x" not in done.out


def test_determine_shows_each_value_that_was_signed(deal: Path) -> None:
    done = pfs("determine", deal, *SIGNED, *ON)

    assert done.code == 0
    assert done.out.startswith(
        "Determination 1: Example Auditors as validator, signed by A. Name on 2027-10-08\n"
    )
    assert "  home_months (period 2): 48\n" in done.out


def test_only_some_outcomes_can_be_determined(deal: Path) -> None:
    done = pfs("determine", deal, *SIGNED, *ON, "--only", "job_started", "--json")

    assert len(plain(done)["determination"]["results"]) == 3  # type: ignore[index, call-overload]


def test_signing_again_what_is_signed_is_refused(issued: Path) -> None:
    done = pfs("determine", issued, *SIGNED, *ON)

    assert done.code == 10
    assert "Every one of these results is determined already." in done.err


def test_results_can_grow_from_period_to_period(deal: Path) -> None:
    rows = (deal / "people.csv").read_text().splitlines(keepends=True)
    (deal / "people.csv").write_text("".join(r for r in rows if r.split(",")[1] in "period1"))
    pfs("determine", deal, *SIGNED, *ON)
    (deal / "people.csv").write_text("".join(rows))
    done = pfs("determine", deal, *SIGNED, *ON)

    assert done.code == 0
    assert "period 1" not in done.out


def test_pay_goes_on_with_the_first_period_not_yet_stated(issued: Path) -> None:
    done = pfs("pay", issued, "--as-of", "2027-10-12", "--json")

    assert plain(done)["draft"]["period"] == 2  # type: ignore[index, call-overload]


def test_a_period_that_is_not_there_is_a_problem(deal: Path) -> None:
    done = pfs("pay", deal, "--period", "99", "--as-of", "2027-10-12")

    assert done.code == 10
    assert "there is no period 99" in done.err


@pytest.mark.parametrize(
    "wrong",
    [["--as-of", "12/10/2027"], ["--as-of", "20271012"], ["--period", "two"], ["--accept", "home"]],
    ids=lambda words: words[1],
)
def test_a_value_in_the_wrong_form_is_wrong_usage(deal: Path, wrong: list[str]) -> None:
    done = pfs("pay", deal, *wrong)

    assert done.code == 2
    assert "Usage: pfs pay" in done.err


def test_the_day_is_today_when_left_out(deal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("payforsuccess.cli.commands.pay.today", lambda: date(2027, 5, 4))
    done = pfs("pay", deal, "--period", "1", "--json")

    assert plain(done)["draft"]["as_of"] == "2027-05-04"  # type: ignore[index, call-overload]


def test_issuing_again_says_so_and_prints_the_same(issued: Path) -> None:
    again = pfs("statement", "issue", issued).out

    assert again.startswith("Statement 1 was issued already; nothing new was issued.")
    assert again.endswith(pfs("statement", "show", issued).out)


def test_without_a_statement_the_list_is_empty(deal: Path) -> None:
    assert pfs("statement", "list", deal).out == "0 statements.\n"


def test_why_for_one_person_gives_only_that_persons_rows(issued: Path) -> None:
    found = plain(pfs("why", issued, "home", "--person", "example-02", "--json"))

    assert [row["person"] for row in found["people"]] == ["example-02"]  # type: ignore[attr-defined, index, call-overload]


def test_a_statement_can_be_named_by_its_folder(issued: Path, tmp_path: Path) -> None:
    named = issued / "out" / "statements" / "0001"

    assert pfs("why", named, "home").out == pfs("why", issued, "home").out
    assert pfs("why", named / "statement.json", "1").code == 0
    assert pfs("statement", "show", named).out == pfs("statement", "show", issued).out
    assert pfs("bundle", named, "--to", tmp_path / "one.zip").code == 0


def test_a_bundle_that_was_changed_does_not_verify(issued: Path, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.zip", tmp_path / "bad.zip"
    pfs("bundle", issued, "--to", good)
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name.endswith("0001/statement.json"):
                content = content.replace(b"880000", b"990000")
            target.writestr(name, content)

    assert pfs("verify", good).code == 0
    assert pfs("verify", good, "--json").code == 0
    changed = pfs("verify", bad)
    assert changed.code == 10
    assert "FAILS" in changed.out


def test_strict_ends_with_exit_code_10_on_findings(deal: Path) -> None:
    relaxed, strict = pfs("check", deal), pfs("check", deal, "--strict")

    assert (relaxed.code, strict.code) == (0, 10)
    assert relaxed.out == strict.out


def test_the_folder_in_which_one_is_will_do(deal: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(deal)

    assert json.loads(pfs("check", "--json").out)["problems"] == []


def test_the_schema_is_one_json_file() -> None:
    assert json.loads(pfs("schema").out)["title"] == "Deal file of payforsuccess"
