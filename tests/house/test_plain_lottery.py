"""A lottery is drawn and verified on the plain install: it needs no package of the extras."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.house.test_plain_install import plain
from tests.lib.sealed import PARTIES, PEOPLE, WORDS, a_folder_for_draws

BY = ("--by", "Dee Third")


def test_a_lottery_needs_no_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """R137: who cannot install packages of analysis can still draw, and check a draw."""
    sealed = a_folder_for_draws(tmp_path)
    for holder, words in WORDS.items():
        monkeypatch.setenv(f"PFS_PASSPHRASE_{holder.upper()}", words)
    deal = str(sealed.deal)
    held = {holder: str(sealed.share(holder)) for holder in PARTIES}
    commits = [
        (
            "commit", deal, "--role", holder, "--party", PARTIES[holder], "--by", PEOPLE[holder],
            "--to", held[holder], "--on", "2026-03-02",
        )
        for holder in PARTIES
    ]  # fmt: skip
    shares = [part for share in held.values() for part in ("--share", share)]
    referrals = ("--referrals", str(sealed.rows(*"abcdef")))
    reveals = [
        ("reveal", deal, "--share", held[holder], "--by", PEOPLE[holder], "--on", "2026-03-12")
        for holder in PARTIES
    ]
    for arguments in (
        *commits,
        ("open", deal, *BY, "--on", "2026-03-02"),
        ("draw", deal, *referrals, *shares, *BY, "--on", "2026-03-09"),
        ("withdraw", deal, "a", *BY, "--reason", "moved away", "--on", "2026-03-10"),
        ("arms", deal, "--to", str(tmp_path / "arms.csv")),
        *reveals,
        ("verify", deal),
    ):
        done = plain(tmp_path, "assign", *arguments)
        assert (done.returncode, done.stderr) == (0, ""), (arguments[0], done.stderr)
