"""`pfs assign` as a person and as a program reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from payforsuccess.runs.assign import share_file
from tests.lib.pfs import Done, pfs
from tests.lib.sealed import Sealed, a_folder_for_draws

ON = ("--on", "2026-03-02")
BY = ("--by", "Dee Third")


@pytest.fixture
def sealed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sealed:
    monkeypatch.setattr(share_file, "COST", 16)
    monkeypatch.setenv("PFS_PASSPHRASE_EVALUATOR", "five words chosen at random")
    monkeypatch.setenv("PFS_PASSPHRASE_PAYOR", "other words chosen by dice")
    return a_folder_for_draws(tmp_path)


def commit(sealed: Sealed, role: str, party: str, by: str) -> Done:
    share = sealed.share(role)  # type: ignore[arg-type]
    return pfs(
        "assign", "commit", sealed.deal, "--role", role, "--party", party, "--by", by,
        "--to", share, *ON, "--json",
    )  # fmt: skip


def shares(sealed: Sealed) -> list[str | Path]:
    return [part for share in sealed.shares for part in ("--share", share)]


def opened(sealed: Sealed) -> None:
    assert commit(sealed, "evaluator", "Example University", "Eve Name").code == 0
    assert commit(sealed, "payor", "Example County", "Pat Other").code == 0
    assert pfs("assign", "open", sealed.deal, *BY, *ON).code == 0


def test_a_program_reads_every_answer(sealed: Sealed) -> None:
    opened(sealed)
    drawn = pfs(
        "assign", "draw", sealed.deal, "--referrals", sealed.rows(*"abcdef"), *shares(sealed),
        *BY, "--on", "2026-03-09", "--json",
    )  # fmt: skip
    plain = drawn.plain

    assert isinstance(plain, dict)
    assert {each["says"] for each in plain["people"]} <= {"placed", "services as usual"}
    assert 'coach"' not in drawn.out.lower().replace("example coaches", "")
    noted = pfs(
        "assign", "crossover", sealed.deal, "a", *BY, "--authority", "Nobody", "--reason", "moved",
        "--on", "2026-03-10", "--json",
    )  # fmt: skip
    checked = pfs("assign", "verify", sealed.deal, "--head", plain["head"], "--json")

    assert isinstance(noted.plain, dict)
    assert checked.code == 0
    assert isinstance(checked.plain, dict)
    assert checked.plain["head"] == noted.plain["head"]
    assert checked.plain["is_sealed"] is True


def test_problems_end_with_exit_code_10(sealed: Sealed) -> None:
    done = pfs("assign", "draw", sealed.deal, "--referral", "a", *shares(sealed), *BY, *ON)

    assert (done.code, done.out) == (10, "")
    assert "The evaluator and the payor committed to no share." in done.err
    opened(sealed)
    head = pfs("assign", "verify", sealed.deal, "--head", "sha256:" + "0" * 64)
    assert head.code == 10
    assert "stands nowhere in the list" in head.err


def test_wrong_usage_is_told_apart(sealed: Sealed) -> None:
    for given in ((), ("--referral", "a", "--referrals", "f.csv")):
        done = pfs("assign", "draw", sealed.deal, *given, *shares(sealed), *BY)
        assert done.code == 2
    done = pfs(
        "assign", "draw", sealed.deal, "--referrals", "f.csv", "--fact", "a=b", *shares(sealed), *BY
    )
    assert done.code == 2


def test_without_a_terminal_a_passphrase_comes_from_the_environment(
    sealed: Sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PFS_PASSPHRASE_PAYOR")
    done = commit(sealed, "payor", "Example County", "Pat Other")

    assert done.code == 10
    assert "PFS_PASSPHRASE_PAYOR" in json.dumps(done.plain)


def test_an_edited_arm_is_named_once_the_shares_are_published(sealed: Sealed) -> None:
    """R83: the first difference, by its number in the list."""
    from dataclasses import replace

    from payforsuccess.evaluation.lottery.entries import Assigned
    from payforsuccess.evaluation.lottery.listed import AssignmentList
    from payforsuccess.runs.assign.kept import add_entries, read_list
    from payforsuccess.runs.folder import open_folder

    opened(sealed)
    pfs(
        "assign", "draw", sealed.deal, "--referrals", sealed.rows(*"abcdef"), *shares(sealed),
        *BY, "--on", "2026-03-09",
    )  # fmt: skip
    for role, by in (("evaluator", "Eve Name"), ("payor", "Pat Other")):
        share = sealed.share(role)  # type: ignore[arg-type]
        done = pfs(
            "assign", "reveal", sealed.deal, "--share", share, "--by", by, "--on", "2026-03-10"
        )
        assert done.code == 0
    assert "Every draw is the one that the seed gives." in pfs("assign", "verify", sealed.deal).out

    folder = open_folder(sealed.deal)
    entries = [link.entry for link in read_list(folder).links]
    one = entries[5]
    assert isinstance(one, Assigned)
    entries[5] = replace(one, arm="coach" if one.arm == "no-coach" else "no-coach")
    for file in (sealed.deal / "out" / "assignments").glob("*.*"):
        file.unlink()
    add_entries(folder, AssignmentList(), entries)
    done = pfs("assign", "verify", sealed.deal)

    assert done.code == 10
    assert "FIRST DIFFERENCE  Entry 6: the seed gives this position the other arm." in done.out
