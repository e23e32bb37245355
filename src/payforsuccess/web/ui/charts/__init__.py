"""Charts, drawn on the server as SVG that a strict content security policy lets through.

Each chart is drawn twice, wide and narrow, and a stylesheet shows the one that fits: a wide drawing
scaled to a phone has letters of seven pixels. The numbers stand beside it in a table.
"""

from __future__ import annotations

from payforsuccess.web.ui.charts.chart import Chart
from payforsuccess.web.ui.charts.forecast import Point, forecast_chart
from payforsuccess.web.ui.charts.funnel import funnel_chart

__all__ = ["Chart", "Point", "forecast_chart", "funnel_chart"]
