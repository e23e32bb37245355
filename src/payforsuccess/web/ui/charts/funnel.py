"""A bar for each stage of a way, or for each of any amounts."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy

from payforsuccess.reports.numbers import whole_money_text
from payforsuccess.web.ui.cells import money
from payforsuccess.web.ui.charts.chart import Chart, Text
from payforsuccess.web.ui.charts.drawing import DEEP, INK, NARROW, WIDE, Json, Spec, drawn
from payforsuccess.web.ui.tables import Column, Table


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
        drawn(rows, layers(False), width=WIDE, height=52 * len(stages)),
        drawn(rows, layers(True), width=NARROW, height=56 * len(stages)),
        table,
        note,
    )


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
            "mark": {"type": "bar", "color": DEEP, "height": {"band": 0.8}},
            "encoding": {"x": length, "y": band},
        },
        {
            "mark": {
                "type": "text",
                "align": "left",
                "dx": 8,
                "fontSize": 17,
                "fontWeight": "bold",
                "color": INK,
            },
            "encoding": {"x": length, "y": band, "text": {"field": "said", "type": "nominal"}},
        },
        {
            "mark": {"type": "text", "align": "left", "fontSize": 15, "dy": -21, "color": INK},
            "encoding": {
                "x": {"value": 0},
                "y": band,
                "text": {"field": "stage", "type": "nominal"},
            },
        },
    ]
