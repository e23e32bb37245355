"""What people read when input cannot be used."""

from __future__ import annotations

import pytest

from payforsuccess.errors import Finding, Place, Problem, Refusal


@pytest.mark.parametrize(
    ("place", "shown"),
    [
        (Place(), ""),
        (Place("deal.yaml"), "deal.yaml"),
        (Place("deal.yaml", 41), "deal.yaml:41"),
        (Place("deal.yaml", 41, 5, "payments[2].ceiling"), "deal.yaml:41  payments[2].ceiling"),
        (Place(line=7), "line 7"),
        (Place(field="ceiling"), "ceiling"),
    ],
)
def test_a_place_shows_what_is_known(place: Place, shown: str) -> None:
    assert str(place) == shown


def test_a_problem_shows_place_what_and_what_to_do() -> None:
    problem = Problem(
        "900 is below the price of one outcome, 1,200.",
        "Raise the ceiling or lower the price.",
        Place("deal.yaml", 41, 5, "payments[2].ceiling"),
    )

    assert str(problem) == (
        "deal.yaml:41  payments[2].ceiling\n"
        "  900 is below the price of one outcome, 1,200.\n"
        "  Raise the ceiling or lower the price."
    )


def test_a_problem_of_two_lines_is_indented_throughout() -> None:
    assert str(Problem("One.\nTwo.", where=Place("a"))) == "a\n  One.\n  Two."


def test_a_problem_can_be_moved_to_another_place() -> None:
    problem = Problem("Wrong.", "Mend it.")

    assert problem.at(Place("b", 2)) == Problem("Wrong.", "Mend it.", Place("b", 2))


def test_a_finding_names_its_place_after_what_it_says() -> None:
    assert str(Finding("cliff", "A jump.", Place("a", 3))) == "A jump.  (a:3)"
    assert str(Finding("cliff", "A jump.")) == "A jump."


def test_a_refusal_carries_every_problem() -> None:
    first, second = Problem("One.", where=Place("a")), Problem("Two.", where=Place("b"))

    assert Refusal(first).problems == (first,)
    assert Refusal(iter([first, second])).problems == (first, second)
    assert str(Refusal([first, second])) == "a\n  One.\nb\n  Two."


def test_a_refusal_without_a_problem_is_a_bug() -> None:
    with pytest.raises(ValueError, match="at least one problem"):
        Refusal([])
