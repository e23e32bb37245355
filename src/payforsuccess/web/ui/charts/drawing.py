"""A drawing from rows and layers of Vega-Lite, in the typeface and the colours of our pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe

Json = str | int | float | bool | None | Sequence["Json"] | dict[str, "Json"]
Spec = dict[str, Json]

WIDE, NARROW = 760, 300
KEPT_FOR = 7 * 24 * 3600
"""Seconds for which a drawing is kept."""
FONT = "Source Sans Pro Web, Helvetica Neue, Helvetica, Arial, sans-serif"
INK, QUIET, LINE = "#1b1b1b", "#565c65", "#dfe1e2"
DEEP, BLUE, GOAL = "#162e51", "#005ea2", "#945600"


def drawn(
    rows: Sequence[Json], layers: list[Json], *, width: int, height: int, title: str = ""
) -> SafeString:
    """The layers over the rows as SVG; kept in Django's cache under a hash of what it shows."""
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
            "font": FONT,
            "view": {"stroke": None},
            # The figure says the finding in one sentence, and the table every number.
            "mark": {"aria": False},
            "axis": {
                "aria": False,
                "labelFontSize": 15,
                "labelColor": QUIET,
                "titleFontSize": 15,
                "titleColor": QUIET,
                "titleFontWeight": "normal",
                "gridColor": LINE,
                "domainColor": QUIET,
                "tickColor": LINE,
                "labelLimit": 400,
            },
            "title": {
                "aria": False,
                "anchor": "start",
                "frame": "bounds",
                "fontSize": 15,
                "fontWeight": "normal",
                "color": QUIET,
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
        cache.set(key, svg, KEPT_FOR)
    return mark_safe(svg)
