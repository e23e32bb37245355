"""The components, one by one: what they say, to the eye and to the ear."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from payforsuccess.web.ui import cells
from payforsuccess.web.ui.components import Step
from payforsuccess.web.ui.icons import SHAPES
from payforsuccess.web.ui.tables import Column, Row, Table

HOSTILE = "<script>alert('x')</script>"


def drawn(source: str, address: str = "/list?sort=due&page=2", **context: object) -> str:
    template = engines["django"].from_string("{% load pfs %}" + source)
    return template.render(context, RequestFactory().get(address))


@pytest.mark.parametrize("state", list(cells.STATES))
def test_a_state_is_a_word_and_a_shape_besides_its_colour(state: str) -> None:
    html = cells.status(state)

    assert str(cells.STATES[state][0]) in html
    assert "<svg" in html and 'aria-hidden="true"' in html


def test_shapes_of_states_differ_from_each_other() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES)


def test_a_state_that_nobody_knows_is_a_bug() -> None:
    with pytest.raises(KeyError):
        cells.status("splendid")


def test_a_state_may_say_its_reason_which_is_escaped() -> None:
    html = drawn("{% status 'off-track' reason=reason %}", reason=HOSTILE)

    assert "Off track" in html and "&lt;script&gt;" in html and HOSTILE not in html


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (620_978_40, "USD", "USD 620,978.40"),
        (-1_600_00, "USD", "USD −1,600.00"),
        (1_600, "JPY", "JPY 1,600"),
        (0, "USD", "USD 0.00"),
    ],
)
def test_money_stands_as_in_our_reports(minor: int, currency: str, text: str) -> None:
    assert f">{text}<" in cells.money(minor, currency)


def test_what_is_missing_is_a_dash_that_is_read_aloud() -> None:
    for html in (cells.money(None, "USD"), cells.day(None), cells.cell(""), cells.cell(None)):
        assert "–" in html and "none" in html


def test_a_day_is_written_with_its_month_in_words() -> None:
    assert cells.day(date(2027, 6, 30)) == (
        '<time class="pfs-day" datetime="2027-06-30">30 June 2027</time>'
    )
    with translation.override("es"):
        assert "30 de junio de 2027" in cells.day(date(2027, 6, 30))


def test_an_instant_is_told_in_the_zone_of_the_jurisdiction() -> None:
    html = cells.instant(datetime(2027, 7, 1, 2, 5, tzinfo=UTC))

    assert "30 June 2027, 7:05 p.m. PDT" in html
    assert "30 June 2027" in cells.day(datetime(2027, 7, 1, 2, 5, tzinfo=UTC))


def a_table(**more: object) -> Table:
    return Table(
        caption="People",
        columns=(Column("Name", sort="name"), Column("Due", sort="due"), Column("Days")),
        rows=[Row((HOSTILE, date(2027, 1, 2), 1200), is_urgent=True), ("Luis", None, True)],
        sorted_by="due",
        **more,  # type: ignore[arg-type]
    )


def test_a_table_escapes_what_it_is_given_and_labels_each_cell() -> None:
    html = drawn("{% table people %}", people=a_table())

    assert "<script>" not in html and "&lt;script&gt;" in html
    assert html.count('data-label="Name"') == 2 and html.count('data-label="Due"') == 2
    assert 'scope="row"' in html and "1,200" in html and "Yes" in html


def test_a_column_sorts_by_a_link_that_turns_round_and_starts_at_the_first_page() -> None:
    html = drawn("{% table people %}", people=a_table())

    assert 'aria-sort="ascending"' in html
    assert 'href="?sort=-due"' in html and 'href="?sort=name"' in html


def test_an_empty_table_says_what_to_do() -> None:
    empty = Table("People", [Column("Name")], [], empty="Nobody is on your list. Ask for one.")

    assert "Nobody is on your list" in drawn("{% table people %}", people=empty)


def test_a_table_has_six_columns_at_most_and_lines_of_one_length() -> None:
    with pytest.raises(ValueError, match="6 at most"):
        Table("x", [Column(str(n)) for n in range(7)], [])
    with pytest.raises(ValueError, match="a line of 1"):
        Table("x", [Column("a"), Column("b")], [["one"]])


def test_steps_name_who_acts_and_which_is_now() -> None:
    steps = [
        Step("Measure", "done", "Harbor Path", date(2027, 7, 2)),
        Step("Approve", "current", HOSTILE),
        Step("Pay", "waiting"),
    ]
    html = drawn("{% step_indicator steps %}", steps=steps)

    assert html.count("aria-current") == 1 and "Harbor Path" in html and "2 July 2027" in html
    assert "Not yet" in html and "<script>" not in html and "aria-label" not in html


def test_a_count_states_its_rule_and_its_day() -> None:
    html = drawn(
        "{% count 3 'gone quiet' 'No contact for 30 days.' on '/q' %}", on=date(2027, 8, 3)
    )

    for part in ("3", "gone quiet", "No contact for 30 days.", "3 August 2027", 'href="/q"'):
        assert part in html


def test_pages_of_a_list_are_links_that_keep_the_order() -> None:
    html = drawn("{% pagination page %}", page=Paginator(range(99), 10).page(2))

    assert 'aria-current="page"' in html and "sort=due&amp;page=3" in html
    assert drawn("{% pagination page %}", page=Paginator(range(9), 10).page(1)).strip() == ""


def test_facts_are_a_list_of_terms_with_a_note_where_one_is_given() -> None:
    html = drawn(
        "{% facts facts %}", facts=[("Name", HOSTILE), ("Day", date(2027, 1, 1), "As fed")]
    )

    assert html.count("<dt>") == 2 and "As fed" in html and "<script>" not in html


def test_the_way_here_ends_with_this_page() -> None:
    html = drawn("{% breadcrumbs 'Start' '/' 'Ana' %}")

    assert 'href="/"' in html and html.index("Ana") > html.index("Start")
