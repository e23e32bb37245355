"""Every page that a command writes as HTML is a PDF and a DOCX that everyone can read, too."""

from __future__ import annotations

import json
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
from tests.lib.assumed import assumed
from tests.lib.capital import a_financed_deal
from tests.lib.deals import COUNTY, a_deal, a_term
from tests.lib.folders import a_folder, write_deal
from tests.lib.looking_ahead import FEW as FEW_DRAWS
from tests.lib.pfs import pfs
from tests.lib.recorded_capital import ENDING, write_record
from tests.lib.tracked import a_tracked_deal
from tests.rooms.reports.statements import run_facts

EXAMPLES = Path(__file__).parents[3] / "examples"
WRITERS = (
    "data.quality",
    "finance.budget",
    "finance.forecast",
    "finance.investor_pack",
    "finance.tied",
    "finance.value",
    "finance.wind_down",
    "measure.equity",
    "request.request",
    "track.track",
)
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


def test_two_ways_compared_are_written_in_every_form(
    caught: list[Document], tmp_path: Path
) -> None:
    folder = tmp_path / "deal"
    shutil.copytree(EXAMPLES / "just-in-reach", folder)
    both = ("--assumptions", folder / "assumptions.yaml", "--assumptions", folder / "slower.yaml")
    text = (folder / "assumptions.yaml").read_text("utf-8")
    (folder / "slower.yaml").write_text(text, "utf-8")
    done = pfs("compare", folder, *both, *FEW_DRAWS)
    assert done.code == 0, done.err
    (made,) = caught
    assert "Figure by figure" in check_files(made)


def test_a_stream_is_written_in_every_form(caught: list[Document], tmp_path: Path) -> None:
    write_deal(tmp_path / "terms.yaml", a_deal(payments=[a_term(price="1000")]))
    plain = assumed().model_dump(mode="json", by_alias=True, exclude_defaults=True)
    (tmp_path / "north.yaml").write_text(json.dumps(plain))
    contract = {
        "name": "north",
        "provider": "Cedar Homes",
        "department": "Housing",
        "source": "existing-stream",
        "kind": "withhold",
        "tied": "20%",
        "amounts": [{"fiscal_year": "2026", "amount": "50000"}],
        "assumptions": "north.yaml",
    }
    stream = {"format": "1", "name": "Homes", "terms": "terms.yaml", "contracts": [contract]}
    (tmp_path / "stream.yaml").write_text(json.dumps({**stream, "is_made_up": "true"}))
    done = pfs("stream", tmp_path)
    assert done.code == 0, done.err
    (made,) = caught
    assert "Illustrative stream" in check_files(made)


def test_an_early_end_is_written_in_every_form(caught: list[Document], tmp_path: Path) -> None:
    deal = a_financed_deal(termination=[{**ENDING, "early_payment": "50"}])
    write_record(a_folder(tmp_path, deal, homes=["10", "5"]))
    day = ("--on", "2026-07-15", "--told-on", "2026-06-01", "--by", COUNTY)
    done = pfs("wind-down", tmp_path, "--event", "no_money", *day, "--not-measured", "2")
    assert done.code == 0, done.err
    (made,) = caught
    assert "ended early" in check_files(made)


def test_how_a_deal_goes_is_written_in_every_form(caught: list[Document], tmp_path: Path) -> None:
    """The page of its course, that of its groups, and that of the data they rest on."""
    folder = a_tracked_deal(tmp_path / "deal", equity=["site"])
    for command in ("track", "equity"):
        done = pfs(command, folder, "--as-of", "2026-02-02")
        assert done.code == 0, done.err
    pages = {made.title: made for made in caught}
    words = " ".join(check_files(made) for made in pages.values())
    assert len(pages) == 3
    for part in ("how it is going", "How to read this", "quality of the data"):
        assert part in words


def test_the_report_of_a_run_is_written_in_every_form() -> None:
    from payforsuccess.reports.run import run_document

    assert "What was found" in check_files(run_document(run_facts()))
