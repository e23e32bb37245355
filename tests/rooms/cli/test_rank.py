"""How `pfs rank` ends: codes, what is printed, and what is written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.lib.pfs import pfs

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "concept-competition"
AS_OF = ("--as-of", "2026-11-04")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "competition"))


def test_a_ranking_is_printed_and_ends_well(folder: Path) -> None:
    answer = pfs("rank", folder, *AS_OF)
    assert answer.code == 0
    assert "1  stable-homes" in answer.out


def test_an_award_that_must_not_be_ends_with_10_after_the_ranking(folder: Path) -> None:
    """R57: the ranking is shown all the same."""
    path = folder / "solicitation.yaml"
    text = path.read_text("utf-8").replace("on: 2026-11-03", "on: 2026-10-28")
    path.write_text(text, "utf-8")
    answer = pfs("rank", folder, *AS_OF)
    assert answer.code == 10
    assert "1  stable-homes" in answer.out
    assert "On 2026-10-28 no award may be made" in answer.err


def test_json_holds_ranking_findings_and_problems(folder: Path) -> None:
    answer = pfs("rank", folder, *AS_OF, "--draws", "100", "--json")
    found = json.loads(answer.out)
    assert found["ranked"][0]["proposal"] == "stable-homes"
    assert found["problems"] == []
    assert sum(found["firmness"]["first_in"].values()) == pytest.approx(1)


def test_a_template_can_be_sealed_as_it_stands(tmp_path: Path) -> None:
    answer = pfs("rank", "--template", "departmental")
    (tmp_path / "solicitation.yaml").write_text(answer.out, "utf-8")
    sealed = pfs("rank", tmp_path, "--seal", "--json")
    assert json.loads(sealed.out)["sealed"].startswith("sha256:")
    assert not (tmp_path / "rankings").exists()


def test_unsealed_terms_end_with_10(tmp_path: Path) -> None:
    printed = pfs("rank", "--template", "sippra-2019").out
    (tmp_path / "solicitation.yaml").write_text(printed, "utf-8")
    answer = pfs("rank", tmp_path)
    assert answer.code == 10
    assert "not sealed" in answer.err
