"""The plain install, with no package of the extras, does all but what reads agencies' records."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.test_loading import HEAVY

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
MADE_FOR = ("--as-of", "2026-06-15")
NEW = ("--department", "Probation Department", "--name", "Homes after probation")
WITHOUT_EXTRAS = f"""
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {sorted(HEAVY)!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)

sys.meta_path.insert(0, Missing())
from payforsuccess.cli import main
main(sys.argv[1:])
"""


def plain(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`pfs` where only the plain install is there."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_EXTRAS, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a deal of which one statement is issued."""
    folder = tmp_path_factory.mktemp("plain")
    for name in ("concept-competition", "los-angeles-blueprint", "practice-initiative"):
        shutil.copytree(EXAMPLES / name, folder / name)
    financed = shutil.copytree(EXAMPLES / "just-in-reach", folder / "financed")
    shutil.copy(EXAMPLES / "practice-initiative" / "initiative.yaml", financed)
    signed = ("--party", "Example Auditors", "--role", "validator", "--signed-by", "A. Name")
    for command in (
        ("new", "deal", "--template", "rate-card"),
        ("determine", "deal", *signed, "--on", "2027-10-08"),
        ("pay", "deal", "--as-of", "2027-10-11"),
        ("statement", "issue", "deal"),
    ):
        done = plain(folder, *command)
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "deal"),
        ("explain", "deal"),
        ("diff", "deal", "deal"),
        ("schema",),
        ("migrate", "deal"),
        ("statement", "list", "deal"),
        ("statement", "show", "deal"),
        ("why", "deal", "2"),
        ("why", "deal", "2", "--person", "example-01"),
        ("bundle", "deal"),
        ("library", "list"),
        ("library", "show", "denver-sib"),
        ("library", "check"),
        ("new", "copied", "--from", "practice-initiative", *NEW, *MADE_FOR),
        ("gate", "practice-initiative", "--all", *MADE_FOR),
        ("registers",),
        ("registers", "risks", "practice-initiative", *MADE_FOR),
        ("blueprint", "los-angeles-blueprint", *MADE_FOR),
        ("assess", "financed"),
        ("rank", "concept-competition", "--draws", "0", *MADE_FOR),
        ("document",),
        ("document", "term-sheet", "financed", "--to", "terms.html", *MADE_FOR),
        ("document", "exhibit", "financed", "--to", "exhibit.html", *MADE_FOR),
        ("export", "financed", "--as", "indigo", "--to", "record.json", *MADE_FOR),
        ("learn", "practice-initiative", *MADE_FOR),
        *(("lesson", role) for role in ("payor", "provider", "counsel", "board-office")),
        ("document", "board-letter", "financed", "--to", "letter.html", *MADE_FOR),
        ("document", "sippra-intake", "financed", "--to", "intake.html", *MADE_FOR),
        ("document", "sippra-award", "financed", "--to", "award.html", *MADE_FOR),
        ("document", "rights", "financed", "--to", "rights.html", *MADE_FOR),
        ("document", "rights", "financed", "--language", "es", "--to", "es.html", *MADE_FOR),
        ("document", "public-report", "financed", "--to", "public.html", *MADE_FOR),
        ("document", "readiness", "financed", "--to", "ready.html", *MADE_FOR),
        ("document", "status-report", "practice-initiative", "--to", "status.html", *MADE_FOR),
        ("document", "decision-memo", "practice-initiative", "--to", "memo.html", *MADE_FOR),
        ("document", "policy-changes", "los-angeles-blueprint", "--to", "p.html", *MADE_FOR),
        ("document", "options-paper", "los-angeles-blueprint", "--to", "o.html", *MADE_FOR),
    ],
    ids=" ".join,
)
def test_works_without_any_extra(settled: Path, arguments: tuple[str, ...]) -> None:
    done = plain(settled, *arguments)

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip()


def test_a_gate_looks_ahead_without_any_extra_where_no_rate_is_asked_for(settled: Path) -> None:
    """R39: set-asides and pay without success are whole amounts."""
    done = plain(settled, "gate", "financed", "--stage", "board-approval", *MADE_FOR)

    assert "The jurisdiction has set no limit on investors' return." in done.stdout
    assert "The forecast was not made" not in done.stdout
    assert done.stderr == ""


def test_a_gate_that_asks_for_a_rate_of_return_says_which_extra_it_needs(settled: Path) -> None:
    """R7: what was not looked at does not count as met, and is said in words."""
    limited = shutil.copytree(settled / "financed", settled / "limited") / "deal.yaml"
    county = "  name: Los Angeles County\n"
    text = limited.read_text("utf-8")
    limited.write_text(text.replace(county, f"{county}  return_rate_limit: 10%\n", 1), "utf-8")
    done = plain(settled, "gate", "limited", "--stage", "board-approval", *MADE_FOR)

    assert done.stdout.count("The forecast was not made because the extra `analysis` is not") == 3
    assert "Install it: pip install 'payforsuccess[analysis]'." in done.stdout
    assert done.stderr == ""


def test_what_needs_an_extra_names_it(settled: Path) -> None:
    done = plain(settled, "run", str(ROOT / "examples" / "maryland-reentry"))

    assert done.returncode == 10, done.stdout + done.stderr
    assert "analysis" in done.stdout + done.stderr
