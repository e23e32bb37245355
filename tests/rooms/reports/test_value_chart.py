"""Who pays against who saves, drawn: within the house's rules, told in words, refused if empty."""

from __future__ import annotations

import pytest

from payforsuccess.reports.charts.value import Budget, PaysAndSaves, pays_and_saves_figure
from payforsuccess.reports.figure import Svg
from payforsuccess.reports.table import Column, Table, cell

TABLE = Table("The numbers", (Column("Holder"), Column("Paid")), ((cell("Jail"), cell("0")),))
BUDGETS = PaysAndSaves(
    "Each budget",
    "USD",
    (Budget("Jail", 300_00, 120_00, 0), Budget("Clinic", -50_00, -50_00, 0),
     Budget("County", 0, 0, 900_00)),
)  # fmt: skip


def test_each_budget_is_told_in_words_with_its_signs_and_never_added_up() -> None:
    figure = pays_and_saves_figure(BUDGETS, TABLE)
    assert isinstance(figure.image, Svg)
    assert figure.alternative == (
        "Jail: avoids 300.00, can take out 120.00, pays 0.00. "
        "Clinic: avoids −50.00, can take out −50.00, pays 0.00. "
        "County: avoids 0.00, can take out 0.00, pays 900.00."
    )
    assert figure.table is TABLE


def test_the_same_budgets_give_the_same_bytes() -> None:
    one, two = (pays_and_saves_figure(BUDGETS, TABLE).image for _ in range(2))
    assert one == two


def test_a_name_that_looks_like_markup_stays_text() -> None:
    odd = PaysAndSaves("Each budget", "USD", (Budget("<b>$x$ & y</b>", 1_00, 0, 0),))
    image = pays_and_saves_figure(odd, TABLE).image
    assert isinstance(image, Svg)
    assert "<b>" not in image.text


def test_without_budgets_nothing_is_drawn() -> None:
    with pytest.raises(ValueError, match="needs budgets"):
        PaysAndSaves("Each budget", "USD", ())
