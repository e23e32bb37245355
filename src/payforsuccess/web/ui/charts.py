"""Charts, drawn on the server as SVG that a strict content security policy lets through.

Each chart is drawn twice, wide and narrow, and a stylesheet shows the one that fits: a wide drawing
scaled to a phone has letters of seven pixels. The numbers stand beside it in a table. What was
drawn is kept in Django's cache under a hash of what it shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.utils.dates import MONTHS_3
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from payforsuccess.reports.numbers import whole_money_text
from payforsuccess.units import CURRENCY_DIGITS
from payforsuccess.web.ui.cells import money
from payforsuccess.web.ui.tables import Column, Table

Text = str | Promise
Json = str | int | float | bool | None | Sequence["Json"] | dict[str, "Json"]
Spec = dict[str, Json]

WIDE, NARROW = 760, 300
_KEPT_FOR = 7 * 24 * 3600
_FONT = "Source Sans Pro Web, Helvetica Neue, Helvetica, Arial, sans-serif"
_INK, _QUIET, _LINE, _DEEP, _BLUE, _GOAL = (
    "#1b1b1b",
    "#565c65",
    "#dfe1e2",
    "#162e51",
    "#005ea2",
    "#945600",
)


@dataclass(frozen=True)
class Chart:
    """A chart for `{% figure %}`.

    finding: what it shows, as its heading. sentence: the same with its numbers, for whoever cannot
    see it. table: every number that is drawn.
    """

    finding: Text
    sentence: Text
    wide: SafeString
    narrow: SafeString
    table: Table
    note: Text = ""


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
        _drawn(rows, layers(False), width=WIDE, height=300, title=str(unit)),
        _drawn(rows, layers(True), width=NARROW, height=260, title=str(unit)),
        table,
        note,
    )


def funnel_chart(
    *,
    finding: Text,
    sentence: Text,
    stages: Sequence[tuple[Text, int]],
    unit: Text = "",
    currency: str = "",
    note: Text = "",
) -> Chart:
    """A bar for each stage, in the order given, with its number at the end of the bar.

    With a currency, numbers are amounts in its minor units: payments by year, say.
    """
    rows: list[dict[str, Json]] = [
        {
            "stage": str(label),
            "count": count,
            "said": whole_money_text(count, currency) if currency else f"{count:,}",
            "at": at,
        }
        for at, (label, count) in enumerate(stages)
    ]

    def layers(is_narrow: bool) -> list[Json]:
        room = 12 + 10 * max((len(str(row["said"])) for row in rows), default=0)
        width = NARROW if is_narrow else WIDE
        most = max((count for _label, count in stages), default=1)
        return _funnel_layers(top=max(most, 1) * width / (width - room))

    table = Table(
        caption=finding,
        is_caption_hidden=True,
        columns=(
            Column(gettext_lazy("Stage")),
            Column(unit or gettext_lazy("People"), is_number=True),
        ),
        rows=[(label, money(count, currency) if currency else count) for label, count in stages],
    )
    return Chart(
        finding,
        sentence,
        _drawn(rows, layers(False), width=WIDE, height=52 * len(stages)),
        _drawn(rows, layers(True), width=NARROW, height=56 * len(stages)),
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
        "scale": {"domain": ["recorded", "forecast"], "range": [_DEEP, _BLUE]},
        "legend": None,
    }
    layers: list[Json] = [
        {
            "transform": [{"filter": "datum.low !== null && datum.high !== null"}],
            "mark": {"type": "area", "color": _BLUE, "opacity": 0.16},
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
    for kind, words, colour in (
        ("recorded", _("recorded"), _DEEP),
        ("forecast", _("forecast"), _BLUE),
    ):
        layers.append(
            {
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
                            "dx": 0 if kind == "forecast" else -8,
                            "dy": 20 if kind == "forecast" else -12,
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
        )
    if goal is not None:
        at: Spec = {"datum": goal, "type": "quantitative"}
        layers.append(
            {
                "data": {"values": [{}]},
                "mark": {"type": "rule", "color": _GOAL, "strokeDash": [2, 3], "strokeWidth": 2},
                "encoding": {"y": at},
            }
        )
        layers.append(
            {
                "data": {"values": [{}]},
                "mark": {
                    "type": "text",
                    "align": "left",
                    "x": 4,
                    "dy": -9,
                    "fontSize": 15,
                    "fontWeight": "bold",
                    "color": _GOAL,
                },
                "encoding": {"y": at, "text": {"value": f"{goal_label}: {goal:,.10g}"}},
            }
        )
    return layers


def _funnel_layers(*, top: float) -> list[Json]:
    band: Spec = {
        "field": "at",
        "type": "ordinal",
        "axis": None,
        "scale": {"paddingInner": 0.55, "paddingOuter": 0},
    }
    length: Spec = {
        "field": "count",
        "type": "quantitative",
        "axis": None,
        # Room at the end of the longest bar for its number.
        "scale": {"domain": [0, top]},
    }
    return [
        {
            "mark": {"type": "bar", "color": _DEEP, "height": {"band": 0.8}},
            "encoding": {"x": length, "y": band},
        },
        {
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 8,
                "fontSize": 17,
                "fontWeight": "bold",
                "color": _INK,
            },
            "encoding": {"x": length, "y": band, "text": {"field": "said", "type": "nominal"}},
        },
        {
            "mark": {"type": "text", "align": "left", "fontSize": 15, "dy": -21, "color": _INK},
            "encoding": {
                "x": {"value": 0},
                "y": band,
                "text": {"field": "stage", "type": "nominal"},
            },
        },
    ]


def _days_expression() -> str:
    """The axis' days in the reader's language: `Jul 2027`."""
    months = json.dumps([_month(number) for number in range(12)])
    return f"{months}[month(datum.value)] + ' ' + year(datum.value)"


def _month(number: int) -> str:
    return str(MONTHS_3[number + 1]).capitalize()


def _drawn(
    rows: Sequence[Json], layers: list[Json], *, width: int, height: int, title: str = ""
) -> SafeString:
    spec: Spec = {
        "title": {"text": title} if title else None,
        "width": width,
        "height": height,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 4,
        "background": None,
        "data": {"values": rows},
        "layer": layers,
        "config": {
            "font": _FONT,
            "view": {"stroke": None},
            # The figure says the finding in one sentence, and the table every number.
            "mark": {"aria": False},
            "axis": {
                "aria": False,
                "labelFontSize": 15,
                "labelColor": _QUIET,
                "titleFontSize": 15,
                "titleColor": _QUIET,
                "titleFontWeight": "normal",
                "gridColor": _LINE,
                "domainColor": _QUIET,
                "tickColor": _LINE,
                "labelLimit": 400,
            },
            "title": {
                "aria": False,
                "anchor": "start",
                "frame": "bounds",
                "fontSize": 15,
                "fontWeight": "normal",
                "color": _QUIET,
                "limit": width - 20,
                "offset": 8,
            },
        },
    }
    text = json.dumps(spec, sort_keys=True)
    key = "chart-" + hashlib.sha256(text.encode("utf-8")).hexdigest()[:40]
    svg = cache.get(key)
    if svg is None:
        # 80 MB, and only where something is drawn that was not drawn before.
        import vl_convert

        svg = vl_convert.vegalite_to_svg(text, vl_version="6.1", allowed_base_urls=[])
        cache.set(key, svg, _KEPT_FOR)
    return mark_safe(svg)
