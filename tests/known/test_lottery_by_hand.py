"""An auditor without this program draws the same lottery again (R83, R137)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from payforsuccess.runs.assign import share_file
from payforsuccess.runs.assign.draw import Given
from tests.known.lottery_by_hand import entries_of, is_treated, seed_of
from tests.lib.sealed import an_open_lottery

PLANS = {
    "individual": ("    lottery: {excluded_for: 12 months}\n", []),
    "blocked": ("    lottery: {block_sizes: [4, 6, 8], excluded_for: 12 months}\n", [4, 6, 8]),
    "stratified": (
        "    strata: [site]\n"
        "    lottery: {block_sizes: [2, 4], values: {site: [north, süd]}, excluded_for: 1 year}\n",
        [2, 4],
    ),
}


@pytest.mark.parametrize("assignment", PLANS)
def test_the_standard_library_alone_gives_every_draw_again(
    assignment: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(share_file, "COST", 16)
    lottery, sizes = PLANS[assignment]
    sealed = an_open_lottery(tmp_path, assignment=assignment, lottery=lottery)
    facts = {"site": ["north", "süd", "süd"]} if "site" in lottery else {}
    people = [f"k{number}" for number in range(60)]
    sealed.draw(given=Given(sealed.rows(*people[:25], **facts)))
    sealed.draw(given=Given(sealed.rows(*people[25:], **facts)))
    sealed.reveal("evaluator")
    sealed.reveal("payor")

    entries = entries_of(sealed.deal / "out" / "assignments" / "list.jsonl")
    seed = seed_of(entries)
    drawn = [entry for entry in entries if entry["kind"] == "assigned"]

    assert [entry["person"] for entry in drawn] == people
    for entry in drawn:
        stratum, position = entry["stratum"], entry["position"]
        assert isinstance(stratum, list)
        assert isinstance(position, int)
        treated = is_treated(seed, stratum, position, Fraction(1, 2), sizes)
        assert entry["arm"] == ("coach" if treated else "no-coach")
