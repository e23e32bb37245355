"""A drawing as dots, for files that cannot hold drawings."""

from __future__ import annotations

import json

from payforsuccess.reports.figure import Svg

_TEMPLATE = b"""
#set page(width: 6.7in, height: auto, margin: 0pt, fill: white)
#image(bytes(json(bytes(sys.inputs.drawing))), format: "svg", width: 100%)
"""


def png_of(drawing: Svg) -> bytes:
    """The drawing as a PNG, 6.7 inches wide at 200 dots an inch."""
    import typst

    made = typst.compile(
        _TEMPLATE,
        format="png",
        ppi=200,
        ignore_system_fonts=True,
        sys_inputs={"drawing": json.dumps(drawing.text)},
    )
    return made if isinstance(made, bytes) else made[0]
