"""What was reached so far, the forecast with its interval, and the goal."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.units import CURRENCY_DIGITS
from payforsuccess.web.ui.cells import money
from payforsuccess.web.ui.charts.chart import Chart, Text
from payforsuccess.web.ui.charts.drawing import BLUE, DEEP, GOAL, NARROW, WIDE, Json, Spec, drawn
from payforsuccess.web.ui.tables import Column, Table


@dataclass(frozen=True)
class Point:
    """What a line shows on a day: the value, and the interval in which it is expected to lie."""

    on: date
    value: float
    low: float | None = None
    high: float | None = None


def forecast_chart(
    *,
    finding: Text,
    sentence: Text,
    unit: Text,
    recorded: Sequence[Point],
    forecast: Sequence[Point] = (),
    goal: float | None = None,
    goal_label: Text = "",
    currency: str = "",
    note: Text = "",
) -> Chart:
    """What was reached so far as steps, the forecast with its interval, and the goal as a line.

    With a currency, values are in its minor units and drawn in whole ones.
    """
    scale = 10 ** CURRENCY_DIGITS[currency] if currency else 1
    rows: list[Json] = []
    for kind, points in (("recorded", recorded), ("forecast", forecast)):
        rows += [
            {
                "kind": kind,
                "on": point.on.isoformat(),
                "value": point.value / scale,
                "low": None if point.low is None else point.low / scale,
                "high": None if point.high is None else point.high / scale,
            }
            for point in points
        ]
    line = None if goal is None else goal / scale
    values = [point.high or point.value for point in (*recorded, *forecast)]
    # Room above the highest mark for the goal's label.
    top = max([value / scale for value in values] + [line or 0, 1e-9]) * 1.15

    def layers(is_narrow: bool) -> list[Json]:
        return _forecast_layers(
            top=top, goal=line, goal_label=str(goal_label or _("Goal")), is_narrow=is_narrow
        )

    def shown(value: float | None) -> object:
        if value is None:
            return None
        return money(round(value), currency) if currency else f"{value:,.10g}"

    table = Table(
        caption=finding,
        is_caption_hidden=True,
        columns=(
            Column(gettext_lazy("Day")),
            Column(gettext_lazy("Recorded or forecast")),
            Column(unit, is_number=True),
            Column(gettext_lazy("From"), is_number=True),
            Column(gettext_lazy("To"), is_number=True),
        ),
        rows=[
            (point.on, word, shown(point.value), shown(point.low), shown(point.high))
            for word, points in (
                (gettext_lazy("recorded"), recorded),
                (gettext_lazy("forecast"), forecast),
            )
            for point in points
        ],
    )
    return Chart(
        finding,
        sentence,
        drawn(rows, layers(False), width=WIDE, height=300, title=str(unit)),
        drawn(rows, layers(True), width=NARROW, height=260, title=str(unit)),
        table,
        note,
    )


def _forecast_layers(
    *, top: float, goal: float | None, goal_label: str, is_narrow: bool
) -> list[Json]:
    days: Spec = {
        "field": "on",
        "type": "temporal",
        "axis": {
            "title": None,
            "labelExpr": _days_expression(),
            "tickCount": 4 if is_narrow else 8,
            "grid": False,
        },
    }
    height: Spec = {
        "field": "value",
        "type": "quantitative",
        "scale": {"domain": [0, top], "nice": False},
        "axis": {
            "title": None,
            "format": ".2~s" if is_narrow and top >= 10_000 else ",.6~r",
            "tickCount": 5,
        },
    }
    kinds: Spec = {
        "field": "kind",
        "type": "nominal",
        "scale": {"domain": ["recorded", "forecast"], "range": [DEEP, BLUE]},
        "legend": None,
    }
    layers: list[Json] = [
        {
            "transform": [{"filter": "datum.low !== null && datum.high !== null"}],
            "mark": {"type": "area", "color": BLUE, "opacity": 0.16},
            "encoding": {
                "x": days,
                "y": {**height, "field": "low"},
                "y2": {"field": "high"},
            },
        },
        {
            "transform": [{"filter": "datum.kind == 'forecast'"}],
            "mark": {"type": "line", "strokeDash": [6, 4], "strokeWidth": 2.5},
            "encoding": {"x": days, "y": height, "color": kinds},
        },
        {
            "transform": [{"filter": "datum.kind == 'recorded'"}],
            "mark": {"type": "line", "interpolate": "step-after", "strokeWidth": 3},
            "encoding": {"x": days, "y": height, "color": kinds},
        },
    ]
    # The last point of each line carries its name, so that no legend has to be looked up.
    layers.append(_name_of("recorded", _("recorded"), DEEP, days=days, height=height))
    layers.append(_name_of("forecast", _("forecast"), BLUE, days=days, height=height))
    if goal is not None:
        layers += _goal(goal, goal_label)
    return layers


def _name_of(kind: str, words: str, colour: str, *, days: Spec, height: Spec) -> Json:
    """The last point of a line, with its name: above what was recorded, below a forecast's band."""
    is_forecast = kind == "forecast"
    return {
        "transform": [
            {"filter": f"datum.kind == '{kind}'"},
            {
                "window": [{"op": "row_number", "as": "back"}],
                "sort": [{"field": "on", "order": "descending"}],
            },
            {"filter": "datum.back == 1"},
            {"calculate": "datum.low === null ? datum.value : datum.low", "as": "under"},
        ],
        "layer": [
            {"mark": {"type": "point", "filled": True, "size": 60, "color": colour}},
            {
                "mark": {
                    "type": "text",
                    "align": "right",
                    "dx": 0 if is_forecast else -8,
                    "dy": 20 if is_forecast else -12,
                    "fontSize": 15,
                    "fontWeight": "bold",
                    "color": colour,
                },
                "encoding": {
                    "text": {"value": words},
                    "y": {**height, "field": "under"},
                },
            },
        ],
        "encoding": {"x": days, "y": height},
    }


def _goal(goal: float, label: str) -> list[Json]:
    """The goal as a line across, with its name and number at the left."""
    at: Spec = {"datum": goal, "type": "quantitative"}
    return [
        {
            "data": {"values": [{}]},
            "mark": {"type": "rule", "color": GOAL, "strokeDash": [2, 3], "strokeWidth": 2},
            "encoding": {"y": at},
        },
        {
            "data": {"values": [{}]},
            "mark": {
                "type": "text",
                "align": "left",
                "x": 4,
                "dy": -9,
                "fontSize": 15,
                "fontWeight": "bold",
                "color": GOAL,
            },
            "encoding": {"y": at, "text": {"value": f"{label}: {goal:,.10g}"}},
        },
    ]


def _days_expression() -> str:
    """The axis' days in the reader's language: `Jul 2027`."""
    months = json.dumps([_month(number) for number in range(12)])
    return f"{months}[month(datum.value)] + ' ' + year(datum.value)"


def _month(number: int) -> str:
    return str(MONTHS_3[number + 1]).capitalize()
