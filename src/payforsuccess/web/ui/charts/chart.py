"""What a chart is made of: two drawings, the words for whoever cannot see them, and the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.safestring import SafeString

from payforsuccess.web.ui.tables import Table

Text = str | Promise


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
