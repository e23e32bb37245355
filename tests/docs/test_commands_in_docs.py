"""Every command in the documentation is run, and prints what the page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from payforsuccess.cli.table import ENTRIES
from tests.docs.pages import COMMANDS, ROOT, SESSIONS
from tests.lib.console import BLOCK, Session, is_printed, steps_of

PAGES = sorted(
    (page for page in COMMANDS.glob("*.md") if page.stem != "index"), key=lambda page: page.stem
)


def named(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", SESSIONS, ids=named)
def test_the_commands_of_a_page_print_what_it_says(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    session = Session(tmp_path)
    for step in steps_of(page.read_text("utf-8")):
        call = session.prepared(step)
        if call is None:
            continue
        answer = session.run(call.command)
        fits = is_printed(call.printed, answer.printed) if call.printed else answer.code == 0
        if not fits:
            pytest.fail(
                f"{named(page)}:{call.line}  $ {call.command}\n{answer.printed}\n\n"
                f"If this is right: python -m tests.docs.refresh {named(page)}",
                pytrace=False,
            )


def test_every_command_has_a_page_and_every_page_a_command() -> None:
    assert [page.stem for page in PAGES] == sorted(ENTRIES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_command_page_shows_its_help_an_example_and_its_exit_codes(page: Path) -> None:
    text = page.read_text("utf-8")
    calls = re.findall(rf"^\$ pfs {page.stem}( .*)?$", text, re.MULTILINE)

    assert text.startswith(f"# pfs {page.stem}\n\n{ENTRIES[page.stem].says}\n")
    assert any("--help" in call for call in calls)
    assert any("--help" not in call for call in calls)
    assert "Exit code" in text


def test_the_index_lists_the_commands_by_the_life_of_a_deal() -> None:
    text = (COMMANDS / "index.md").read_text("utf-8")

    assert re.findall(r"^\| \[`pfs ([\w-]+)`\]", text, re.MULTILINE) == list(ENTRIES)


@pytest.mark.parametrize("page", SESSIONS, ids=named)
def test_a_block_that_is_not_run_says_why(page: Path) -> None:
    reasons = [
        block["value"]
        for block in BLOCK.finditer(page.read_text("utf-8"))
        if block["mark"] == "not run"
    ]

    assert all(len(reason.split()) >= 3 for reason in reasons)
