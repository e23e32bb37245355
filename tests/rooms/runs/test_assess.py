"""What `pfs assess` reads, computes again, and writes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.selection.assess import assess
from payforsuccess.runs.selection.sets import shipped_sets

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "just-in-reach" / "concept.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(EXAMPLE, tmp_path)
    return tmp_path


def test_an_old_assessment_gives_what_it_gave(folder: Path) -> None:
    """R32: the version of the criteria is stored, and running it again gives the same result."""
    first, again = assess(folder), assess(folder / "concept.yaml")
    assert first.checksum == again.checksum
    assert first.readiness.total == again.readiness.total


def test_ready_is_not_enough_and_says_so(folder: Path) -> None:
    """R33: “ready” is separate from “a mechanism exists”."""
    assert "says nothing of a mechanism" in str(assess(folder))


def test_a_set_of_ones_own_is_read(folder: Path) -> None:
    shipped = ROOT / "src/payforsuccess/selection/sets/pay-for-success-1.yaml"
    ours = shipped.read_text("utf-8").replace("name: pay-for-success\n", "name: ours\n")
    (folder / "ours.yaml").write_text(ours, "utf-8")
    text = (folder / "concept.yaml").read_text("utf-8")
    text = text.replace("criteria: pay-for-success\n", "criteria: ours.yaml\n")
    (folder / "concept.yaml").write_text(text, "utf-8")
    assert assess(folder).readiness.criteria.name == "ours"


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("criteria: pay-for-success", "criteria: pay-for-sucess", "no set of criteria"),
        ("criteria_version: 1", "criteria_version: 7", "no set of criteria"),
        ("criteria: pay-for-success", "criteria: ../ours.yaml", "another folder"),
        ("aim: preventive", "aim: prevention", "preventive"),
    ],
)
def test_what_is_wrong_is_refused(folder: Path, was: str, now: str, says: str) -> None:
    text = (folder / "concept.yaml").read_text("utf-8").replace(was, now, 1)
    (folder / "concept.yaml").write_text(text, "utf-8")
    with pytest.raises(Refusal, match=says):
        assess(folder)


def test_the_report_is_written_in_the_form_its_name_asks_for(folder: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"readiness{ending}" for ending in (".html", ".pdf", ".docx")]
    assess(folder, to=files)
    starts = [file.read_bytes()[:5] for file in files]
    assert starts[0].startswith(b"<!DOC")
    assert starts[1] == b"%PDF-"
    assert starts[2].startswith(b"PK")


def test_a_name_that_ends_in_nothing_known_is_refused_before_anything(folder: Path) -> None:
    with pytest.raises(Refusal, match=r"\.html, \.pdf or \.docx"):
        assess(folder, to=[folder / "good.html", folder / "readiness.odt"])
    assert not (folder / "good.html").exists()


def test_a_folder_without_a_concept_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"no concept\.yaml"):
        assess(tmp_path)


def test_the_sets_that_are_shipped_are_all_read() -> None:
    assert shipped_sets() == ("pay-for-success-1",)
