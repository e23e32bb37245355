"""Bounds for planned looks agree with published tables and with SciPy (make_looks.py)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from payforsuccess.evaluation.looks import (
    Convention,
    Spending,
    crossing,
    obrien_fleming,
    pocock,
    spending_bounds,
)

KNOWN = json.loads(Path(__file__).with_name("looks.json").read_text())


def even(looks: int) -> list[float]:
    return [(at + 1) / looks for at in range(looks)]


@pytest.mark.parametrize(
    ("looks", "same", "falling"),
    [
        (2, 2.1783, 1.9774),
        (3, 2.2895, 2.0040),
        (4, 2.3613, 2.0243),
        (5, 2.4132, 2.0401),
    ],
)
def test_reference_case_r20_constants(looks: int, same: float, falling: float) -> None:
    """Case 20: Jennison and Turnbull (2000), tables 2.1 and 2.3: 2.178 to 2.413, 1.977 to 2.040."""
    assert pocock(even(looks)).bounds == pytest.approx([same] * looks, abs=1e-4)
    found = obrien_fleming(even(looks)).bounds
    assert found[-1] == pytest.approx(falling, abs=1e-4)
    assert found[0] == pytest.approx(falling * looks**0.5, abs=3e-4)


@pytest.mark.parametrize(
    ("spending", "convention", "bounds"),
    [
        ("obrien-fleming", "each-side", [2.9626, 1.9686]),
        ("obrien-fleming", "each-side", [3.7103, 2.5114, 1.9930]),
        ("obrien-fleming", "each-side", [4.3326, 2.9631, 2.3590, 2.0141]),
        ("obrien-fleming", "each-side", [4.8769, 3.3569, 2.6803, 2.2898, 2.0310]),
        ("pocock", "each-side", [2.4380, 2.4268, 2.4101, 2.3966, 2.3859]),
        ("pocock", "two-sided", [2.4380, 2.4268, 2.4101, 2.3966, 2.3859]),
        ("obrien-fleming", "two-sided", [4.3826, 3.0997, 2.5534, 2.2538, 2.0635]),
    ],
)
def test_reference_case_r21_spending(
    spending: Spending, convention: Convention, bounds: list[float]
) -> None:
    """Case 21. Published tables spend half of 0.05 on each side; the last row does otherwise.

    Pocock-type spending is proportional to alpha, so both conventions give the same bounds.
    """
    found = spending_bounds(even(len(bounds)), spending=spending, convention=convention)

    assert found.bounds == pytest.approx(bounds, abs=2e-4)
    assert found.spent[-1] == pytest.approx(0.05, abs=1e-12)


def test_the_two_conventions_are_not_confused() -> None:
    """Trap: "O'Brien-Fleming spending" gives 4.383 or 4.877 first; each says which."""
    one, other = (
        spending_bounds(even(5), spending="obrien-fleming", convention=convention)
        for convention in ("each-side", "two-sided")
    )

    assert one.bounds[0] == pytest.approx(4.877, abs=5e-4)
    assert other.bounds[0] == pytest.approx(4.383, abs=5e-4)
    assert "0.025 spent on each side" in one.method
    assert "0.05 spent two-sided" in other.method


@pytest.mark.parametrize("case", KNOWN["cases"])
def test_the_chance_to_stop_is_what_scipy_integrates_at_once(case: dict[str, object]) -> None:
    found = crossing(case["bounds"], case["times"], drift=case["drift"])  # type: ignore[arg-type]

    assert 1 - sum(found.either) == pytest.approx(case["within"], abs=2e-7)
