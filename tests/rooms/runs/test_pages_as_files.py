"""Every page that a command writes as HTML is a PDF and a DOCX that everyone can read, too."""

from __future__ import annotations

import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest

import payforsuccess.reports
from payforsuccess.reports import Document
from payforsuccess.reports.html import write_html
from payforsuccess.runs.selection.assess import read_readiness
from tests.lib.accessible import check_files
from tests.lib.pfs import pfs

EXAMPLES = Path(__file__).parents[3] / "examples"
WRITERS = ("finance.forecast", "finance.budget", "finance.value", "finance.tied", "request.request")
"""The modules that take the writer when they are loaded; the others take it when they run."""
FEW = ("--worlds", "64")
COMMANDS = {
    "forecast": (),
    "budget": (),
    "value": FEW,
    "price": ("--target", "multiple=0.99", *FEW),
    "sensitivity": (*FEW, "--scrambles", "2"),
}


@pytest.fixture
def caught(monkeypatch: pytest.MonkeyPatch) -> list[Document]:
    """The documents that commands write, as they come."""
    found: list[Document] = []

    def catch(document: Document) -> bytes:
        found.append(document)
        return write_html(document)

    for module_name in WRITERS:
        import_module(f"payforsuccess.runs.{module_name}")
    monkeypatch.setattr(payforsuccess.reports, "write_html", catch)
    for name, module in list(sys.modules.items()):
        if name.startswith("payforsuccess.runs.") and hasattr(module, "write_html"):
            monkeypatch.setattr(module, "write_html", catch)
    return found


@pytest.mark.parametrize("command", COMMANDS)
def test_a_page_of_money_is_written_in_every_form(
    command: str, caught: list[Document], tmp_path: Path
) -> None:
    folder = tmp_path / "deal"
    shutil.copytree(EXAMPLES / "just-in-reach", folder)
    done = pfs(command, folder, *COMMANDS[command])
    assert done.code == 0, done.err
    (made,) = caught
    assert "Illustrative payment terms" in check_files(made)


def test_the_page_of_a_providers_cash_is_written_in_every_form(
    caught: list[Document], tmp_path: Path
) -> None:
    folder = tmp_path / "deal"
    assert pfs("new", folder, "--template", "rate-card").code == 0
    done = pfs("tied", folder)
    assert done.code == 0, done.err
    (made,) = caught
    check_files(made)


def test_what_agencies_are_asked_for_is_written_in_every_form(
    caught: list[Document], tmp_path: Path
) -> None:
    folder = tmp_path / "deal"
    assert pfs("new", folder, "--template", "supportive-housing").code == 0
    done = pfs("request", folder, "--as-of", "2026-11-15", "--to", tmp_path / "asked")
    assert done.code == 0, done.err
    assert len(caught) == 7
    for made in caught:
        check_files(made)


def test_a_readiness_report_is_written_in_every_form() -> None:
    from payforsuccess.reports.readiness import readiness_document

    made = readiness_document(read_readiness(EXAMPLES / "just-in-reach"))
    assert "Every criterion" in check_files(made)
