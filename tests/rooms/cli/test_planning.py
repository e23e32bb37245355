"""What a person sees who plans a study or backtests a deal, and where their slips are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.lib.pfs import pfs

EXAMPLE = Path(__file__).parents[3] / "examples" / "maryland-reentry"
SOURCED = "source: made up, standing: illustrative"
CONTROL_MEAN = f"    control_mean: {{base: 0.3, {SOURCED}}}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "maryland"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("out", "expected"))
    return copy


# What is changed in the assumptions, what is said, what to do about it, and where.
BAD: dict[str, tuple[str, str, str, str, str]] = {
    "a share in percent points": (
        CONTROL_MEAN,
        CONTROL_MEAN.replace("0.3", "30"),
        "lies between 0 and 1",
        "Write one such as 0.3.",
        "studies.arrests.control_mean",
    ),
    "a share with a deviation": (
        CONTROL_MEAN,
        CONTROL_MEAN + f"    sd: {{base: 2, {SOURCED}}}\n",
        "only a mean",
        "take it away otherwise",
        "studies.arrests.sd",
    ),
    "clusters that the plan has not": (
        CONTROL_MEAN,
        CONTROL_MEAN
        + f"    cluster_size: {{base: 20, {SOURCED}}}\n"
        + f"    within_cluster: {{base: 5%, {SOURCED}}}\n",
        "the plan names none",
        "name the plan's `cluster`",
        "studies.arrests.cluster_size",
    ),
    "a study of no plan": (
        "  arrests:\n    outcome: share",
        "  arrest:\n    outcome: share",
        "`arrest` is not the name of a plan",
        "Did you mean `arrests`?",
        "studies.arrest",
    ),
    "an effect that cannot be": (
        "true: {base: 25,",
        "true: {base: 250,",
        "a share of -45.0% would be found",
        "Correct the effect",
        "outcomes.arrest_reduction",
    ),
}


@pytest.mark.parametrize(("before", "after", "what", "do", "where"), BAD.values(), ids=BAD)
def test_a_slip_is_told_with_its_place(
    folder: Path, before: str, after: str, what: str, do: str, where: str
) -> None:
    file = folder / "assumptions.yaml"
    text = file.read_text("utf-8")
    assert before in text
    file.write_text(text.replace(before, after, 1), "utf-8")

    done = pfs("plan", folder, "--studies", "100")

    assert done.code == 10
    for said in (what, do, where, "assumptions.yaml"):
        assert said in done.err, done.err


def test_a_page_of_no_known_kind_is_refused_before_any_work(folder: Path) -> None:
    for command in (("plan", folder), ("backtest", folder, "--arm", "no-aid")):
        done = pfs(*command, "--to", folder / "page.odt")
        assert done.code == 10
        assert "page.odt" in done.err
    assert not (folder / "out").exists()


def test_wrong_usage_is_told_apart_from_wrong_input(folder: Path) -> None:
    assert pfs("plan", folder, "--studies", "1").code == 2
    assert pfs("backtest", folder, "--splits", "0").code == 2
    assert pfs("backtest", folder).code == 10


def test_a_deal_without_assumptions_is_told_how_to_write_them(folder: Path) -> None:
    (folder / "assumptions.yaml").unlink()

    done = pfs("plan", folder)

    assert done.code == 10
    assert "There is no assumptions.yaml" in done.err
