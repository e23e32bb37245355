"""How wide columns are set on paper."""

from __future__ import annotations

from payforsuccess.reports import Column, Table, cell
from payforsuccess.reports.widths import widths_of

SENTENCE = "The evaluator is paid whatever the result; no part of its fee hangs on what it finds. "


def a_table(*rows: tuple[str, ...], titles: tuple[str, ...]) -> Table:
    return Table(
        "Widths",
        tuple(Column(title) for title in titles),
        tuple(tuple(cell(text) for text in row) for row in rows),
    )


def test_where_all_fits_on_a_line_each_column_is_as_wide_as_its_longest_text():
    table = a_table(("Housing", "620,978.40"), titles=("Line", "Amount"))
    assert widths_of(table) == [7, 10]


def test_a_column_of_sentences_gets_more_than_one_of_names():
    rows = [("Pay of the evaluator", SENTENCE * 2, "proposed") for _ in range(3)]
    names, sentences, states = widths_of(a_table(*rows, titles=("Subject", "Says", "Status")))
    assert sentences > 2 * names > 2 * states


def test_no_column_is_narrower_than_its_longest_word():
    rows = [("Treasurer", SENTENCE * 4, SENTENCE * 9)]
    widths = widths_of(a_table(*rows, titles=("By", "Rule", "Change")))
    assert widths[0] >= len("Treasurer")


def test_a_word_too_long_for_any_cell_leaves_room_for_the_others():
    table = a_table(("x" * 200, SENTENCE), titles=("Checksum", "Says"))
    assert widths_of(table)[1] > 20


def test_short_texts_that_do_not_fit_on_a_line_leave_every_word_whole():
    table = a_table(
        ("Difference between the arms", "445", "USD 6,349.14", "USD 4,554.80", "USD 1,794.34",
         "USD 671.00", "USD 475.61 to USD 3,113.07", "0.006"),
        titles=("Effect as", "People", "Mean in “training”", "Mean in “no-training”", "Effect",
                "Standard error", "95% interval", "p-value"),
    )  # fmt: skip
    widths = widths_of(table)

    assert sum(widths) <= 111
    assert widths[1] > len("People")
    # bold letters are wider, and the edges of the cell take room too
    assert widths[5] >= len("Standard") + 4
    assert widths[4] > len("1,794.34")
