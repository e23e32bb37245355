"""Charts: nothing in them that a strict policy refuses, and no text that acts."""

from __future__ import annotations

import re
from datetime import date
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.template import engines
from django.utils import translation

from payforsuccess.web.ui.charts import Chart, Point, forecast_chart, funnel_chart
from tests.web.ui.pages import HOSTILE, forecast, funnel


def charts_named(name: str) -> list[Chart]:
    return [forecast(name), funnel(name)]


@pytest.mark.parametrize("name", ["Ana", HOSTILE], ids=["plain", "hostile"])
def test_a_drawing_is_sound_and_holds_no_style_script_or_link(name: str) -> None:
    for chart in charts_named(name):
        for svg in (chart.wide, chart.narrow):
            tree = ElementTree.fromstring(svg)
            tags = {element.tag.rpartition("}")[2] for element in tree.iter()}
            attributes = {key for element in tree.iter() for key in element.attrib}

            assert tags <= {"svg", "g", "path", "line", "text", "rect", "title"}
            assert not {"style", "id", "href", "onload"} & attributes
            assert not any(key.startswith("on") or "href" in key for key in attributes)


def test_a_hostile_name_is_text_in_the_figure() -> None:
    template = engines["django"].from_string("{% load pfs %}{% figure chart %}")
    for chart in charts_named(HOSTILE):
        html = template.render({"chart": chart})

        assert "<script" not in html and "onerror=" not in html


def test_a_figure_has_one_sentence_and_every_number_in_a_table() -> None:
    html = (
        engines["django"]
        .from_string("{% load pfs %}{% figure chart %}")
        .render({"chart": funnel("Referred")})
    )

    assert html.count('role="img"') == 1 and html.count("aria-label=") == 1
    assert [html.count(f">{n}<") >= 1 for n in ("214", "161", "120", "88")] == [True] * 4
    assert "<details" in html and "The numbers of this chart" in html


def test_the_goal_and_both_lines_carry_their_names() -> None:
    words = re.findall(r"<text[^>]*>([^<]*)</text>", forecast().wide)

    assert "Goal: 60" in words and "recorded" in words and "forecast" in words


def test_money_is_drawn_in_whole_units_and_listed_in_minor_ones() -> None:
    chart = forecast_chart(
        finding="f",
        sentence="s",
        unit="US dollars",
        currency="USD",
        recorded=[Point(date(2027, 1, 1), 0), Point(date(2027, 2, 1), 41_234_56)],
        goal=50_000_00,
    )

    assert "Goal: 50,000" in chart.wide
    assert any("USD 41,234.56" in cell.html for _urgent, line in chart.table.lines for cell in line)


def test_bars_may_be_amounts() -> None:
    chart = funnel_chart(
        finding="f",
        sentence="s",
        stages=[("Fiscal year 2027", 1_250_000_00), ("Fiscal year 2028", 90_000_50)],
        unit="Paid",
        currency="USD",
    )

    assert "1,250,000" in chart.narrow
    assert any("USD 90,000.50" in cell.html for _urgent, line in chart.table.lines for cell in line)


def test_days_are_in_the_language_of_the_reader() -> None:
    with translation.override("es"):
        assert "Ene" in forecast().wide


def test_a_drawing_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    first = funnel_chart(finding="f", sentence="s", stages=[("a", 3)])
    import vl_convert

    monkeypatch.setattr(vl_convert, "vegalite_to_svg", None)
    again = funnel_chart(finding="f", sentence="s", stages=[("a", 3)])

    assert again.wide == first.wide
    with pytest.raises(TypeError):
        funnel_chart(finding="f", sentence="s", stages=[("a", 4)])


def test_a_chart_of_nothing_is_still_a_chart() -> None:
    chart = forecast_chart(finding="f", sentence="s", unit="people", recorded=[])

    assert chart.wide.startswith("<svg")
