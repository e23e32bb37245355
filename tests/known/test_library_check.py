"""Published payments computed again: what closes closes to the cent, what does not is shown."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from payforsuccess.errors import Refusal
from payforsuccess.runs.library.check import CheckedVector, LibraryCheck, library_check

HERE = Path(__file__).parent
CHECK = library_check()


def rows_with(verdict: str) -> list[CheckedVector]:
    """The rows that came to a verdict."""
    return [row for row in CHECK.rows if row.verdict == verdict]


def row_of(deal: str, vector: str) -> CheckedVector:
    """The row of one vector."""
    return next(row for row in CHECK.rows if (row.deal, row.vector) == (deal, vector))


def test_every_published_vector_is_in_the_library() -> None:
    """The list was written from the collected public record; only unverified ones are left out."""
    listed = (HERE / "library_vectors.txt").read_text(encoding="utf-8").splitlines()
    held = {f"{row.deal} | {row.vector}" for row in CHECK.rows}
    assert set(listed) <= held
    assert len(listed) == len(set(listed))


def test_every_vector_shows_the_verdict_that_the_library_states() -> None:
    assert [
        (row.deal, row.vector, row.verdict) for row in CHECK.rows if not row.is_as_expected
    ] == []
    assert CHECK.is_as_expected


def test_exact_means_no_difference_at_all() -> None:
    exact = rows_with("exact")
    assert len(exact) >= 80
    assert all(row.difference == "0" for row in exact)


def test_within_rounding_names_the_rounding() -> None:
    for row in rows_with("within rounding"):
        assert row.because.startswith("Rounding: "), row.vector
        assert Fraction(row.difference) != 0


def test_what_does_not_close_is_shown_with_its_difference() -> None:
    rows = rows_with("does not close")
    assert rows
    for row in rows:
        assert Fraction(row.difference) == Fraction(row.computed) - Fraction(row.published)
        assert row.because, row.vector


def test_the_table_is_the_one_that_was_read_and_found_right() -> None:
    golden = (HERE / "library_check.txt").read_text(encoding="utf-8")
    assert f"{CHECK}\n" == golden


@pytest.mark.parametrize(
    ("vector", "paid"),
    [
        ("final housing payment", "620978.4"),
        ("housing payments 1-4", "3913932.96"),
        ("all housing", "4534911.36"),
        ("jail-day payment", "5104000"),
        ("jail-day maximum", "6130000"),
        ("contract maximum", "11420000"),
        ("grand total", "9638911.36"),
        ("investor gain", "1038911.36"),
        ("below threshold", "0"),
    ],
)
def test_denver_is_reproduced_to_the_cent(vector: str, paid: str) -> None:
    row = row_of("denver-sib", vector)
    assert (row.computed, row.published) == (paid, paid)


def test_denver_shows_the_paid_points_and_the_other_headline_of_the_study() -> None:
    because = row_of("denver-sib", "jail-day payment").because
    assert "38 points are solved for" in because
    assert "34% fewer police contacts" in because


@pytest.mark.parametrize(("deal", "lines"), [("project-apollo", 848540), ("reboot-west", 1871540)])
def test_the_rate_card_lines_add_up_to_the_sum_paid(deal: str, lines: int) -> None:
    rows = [row for row in CHECK.rows if row.deal == deal and row.vector.startswith("line ")]
    assert len(rows) == 23
    assert sum(Fraction(row.computed) for row in rows) == lines
    assert row_of(deal, "price x people").verdict == "does not close"


def test_one_deal_can_be_checked_alone() -> None:
    alone = library_check(deal="skill-mill")
    assert isinstance(alone, LibraryCheck)
    assert {row.deal for row in alone.rows} == {"skill-mill"}
    assert alone.by_verdict == {"does not close": 2, "exact": 1}


def test_a_deal_that_is_not_there_is_refused_and_one_without_figures_gives_no_rows() -> None:
    with pytest.raises(Refusal, match="holds no deal"):
        library_check(deal="no-such-deal")
    assert library_check(deal="mhep-enfield").rows == ()


def test_the_check_is_ready_for_json() -> None:
    plain = library_check(deal="dc-water-eib").as_plain()
    assert plain["by_verdict"] == {"logic only": 2, "exact": 1}
