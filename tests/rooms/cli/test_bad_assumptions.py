"""Assumptions that cannot be, as a person meets them: the place, what is wrong, and the cure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.lib.looking_ahead import FEW, looking_ahead
from tests.lib.pfs import pfs

RAMP = "    - {period: 2, people: 70}\n"
DAYS = "determined_after_days: 60\n"
WITH_DRAWS = DAYS + "draws:\n"
SOURCED = "source: made up, standing: illustrative"


def a_draw(tranche: str, on: str, amount: str) -> str:
    return f"  - {{tranche: {tranche}, on: {on}, amount: {amount}, {SOURCED}}}\n"


# What is changed, what is said, what to do about it, and where.
BAD: dict[str, tuple[dict[str, str], str, str, str]] = {
    "draws above the tranche": (
        {
            DAYS: WITH_DRAWS
            + a_draw("hilton", "2018-01-01", "2_000_000")
            + a_draw("hilton", "2018-06-01", "1_500_000")
        },
        "Draws of `hilton` add up to 3,500,000, more than its 3,000,000.",
        "Lower a draw",
        "draws[1].amount",
    ),
    "draws out of order": (
        {
            DAYS: WITH_DRAWS
            + a_draw("hilton", "2018-06-01", "100_000")
            + a_draw("hilton", "2018-01-01", "100_000")
        },
        "The draw on 2018-01-01 is listed after the one on 2018-06-01.",
        "List draws by their days.",
        "draws[1].on",
    ),
    "a draw of no tranche": (
        {DAYS: WITH_DRAWS + a_draw("hiltn", "2018-01-01", "100_000")},
        "`hiltn` is not the name of a tranche",
        "Did you mean `hilton`?",
        "draws[0].tranche",
    ),
    "a negative ramp": ({RAMP: RAMP.replace("70", "-70")}, "-70", "0 or more", "ramp[1].people"),
    "a ramp out of order": (
        {RAMP: RAMP.replace("period: 2", "period: 9")},
        "The steps of the ramp are not in the order of their periods.",
        "the earliest first",
        "enrolment.ramp",
    ),
    "a ramp beyond the people": (
        {RAMP: RAMP.replace("70", "200")},
        "the deal can serve at most 330",
        "Lower the ramp",
        "enrolment.ramp",
    ),
    "an unknown spread": (
        {"{shape: beta, sd: 0.05}": "{shape: bell, sd: 0.05}"},
        "“bell”",
        "triangular",
        "outcomes.home_6_months.spread.shape",
    ),
    "a spread that turns round": (
        {"least: 0.7, most: 1.05": "least: 1.05, most: 0.7"},
        "The least is above the most.",
        "Swap the two.",
        "enrolment.spread.least",
    ),
    "another currency": (
        {"as_of: 2017-09-01\n": "as_of: 2017-09-01\ncurrency: GBP\n"},
        "The amounts here are in GBP, and the deal is in USD.",
        "nothing here converts money",
        "currency",
    ),
    "an outcome of another deal": (
        {"  no_return:\n": "  no_returns:\n"},
        "Nothing is assumed for the outcome `no_return`",
        "Add it under `outcomes`.",
        "outcomes",
    ),
    "a correlation above one": (
        {"is: 0.7,": "is: 1.7,"},
        "A correlation lies between -1 and 1.",
        "Correct it.",
        "correlations[0].is",
    ),
    "a binomial count above one": (
        {"{base: 0.9, low: 0.75": "{base: 3, low: 0.75"},
        "a binomial chance counts each person once at most",
        "chance: poisson",
        "outcomes.home_6_months.each_person.base",
    ),
    "a cost below zero": (
        {"base: 6_600": "base: -6_600"},
        "A cost cannot be below zero.",
        "Write 0 or more.",
        "costs[0].amount",
    ),
}


@pytest.mark.parametrize(("changes", "what", "do", "where"), BAD.values(), ids=BAD)
def test_what_cannot_be_is_refused_at_its_place_with_the_cure(
    tmp_path: Path, changes: dict[str, str], what: str, do: str, where: str
) -> None:
    done = pfs("forecast", looking_ahead(tmp_path, assumed=changes))

    said = " ".join(done.err.split())
    assert done.code == 10, done.err
    assert what in said
    assert do in said
    assert where in said
    assert "assumptions.yaml:" in said
    assert not (tmp_path / "out").exists()


# What only draws can tell.
AT_DRAWING: dict[str, tuple[dict[str, str], str, str]] = {
    "correlations that cannot all hold": (
        {
            "[home_12_months, no_return], is: 0.3": "[home_6_months, no_return], is: -0.9",
            "is: 0.7,": "is: 0.95,",
            "correlations:\n": "correlations:\n  - {between: [home_12_months, no_return], is: 0.9, "
            f"{SOURCED}}}\n",
        },
        "not positive semi-definite",
        "correlations",
    ),
    "a spread too wide for a share": (
        {"{shape: beta, sd: 0.05}": "{shape: beta, sd: 0.5}"},
        "A beta spread needs a mean between 0 and 1",
        "outcomes.home_6_months.spread",
    ),
}


@pytest.mark.parametrize(("changes", "what", "where"), AT_DRAWING.values(), ids=AT_DRAWING)
@pytest.mark.parametrize("command", ["simulate", "price", "sensitivity", "compare"])
def test_what_cannot_be_drawn_is_refused_by_every_command_that_draws(
    tmp_path: Path, command: str, changes: dict[str, str], what: str, where: str
) -> None:
    folder = looking_ahead(tmp_path, assumed=changes)
    more: dict[str, tuple[str | Path, ...]] = {
        "price": ("--target", "multiple=1"),
        "compare": (folder,),
    }

    done = pfs(command, folder, *more.get(command, ()), *FEW)

    said = " ".join(done.err.split())
    assert done.code == 10, done.err
    assert what in said
    assert f"{where} " in said
    assert "assumptions.yaml:" in said


def test_a_deal_without_assumptions_says_where_to_look(tmp_path: Path) -> None:
    folder = looking_ahead(tmp_path)
    (folder / "assumptions.yaml").unlink()

    done = pfs("forecast", folder)

    assert done.code == 10
    assert "There is no assumptions.yaml beside the deal." in done.err
    assert "Look ahead" in " ".join(done.err.split())
