"""How wide the columns of a table are set on paper, by the words in them."""

from __future__ import annotations

from payforsuccess.reports.inline import plain_text
from payforsuccess.reports.table import Table

# No column is narrower than this against another, nor wider where all texts fit on one line.
NARROWEST, WIDEST = 5, 34
# Letters that stand on one line of an upright page in a small table, edges of cells included.
LINE = 96
# What the edges of a cell and bold letters take, in letters.
EDGE = 2


def widths_of(table: Table) -> list[int]:
    """How wide each column is against the others.

    Where all texts fit on one line, by the longest text. Where they do not, each column is wide
    enough for its longest word, and the rest goes to columns by how long their texts are, so that
    the cells of a row fill about as many lines; none gets more than it can fill.
    """
    words, longest, sums = _measured(table)
    if all(each <= WIDEST for each in longest):
        return [min(max(pair), WIDEST) for pair in zip(words, longest, strict=True)]
    rows = len(table.rows) + len(table.footer)
    least = [min(each + EDGE, WIDEST) for each in words]
    most = [max(pair) for pair in zip(least, (each + EDGE for each in longest), strict=True)]
    weights = [each / rows for each in sums]
    widths = [float(each) for each in least]
    growing = list(range(len(widths)))
    room = float(LINE - sum(least))
    while room > 0.5 and growing:
        whole = sum(weights[at] for at in growing)
        grown = {at: min(room * weights[at] / whole, most[at] - widths[at]) for at in growing}
        for at, more in grown.items():
            widths[at] += more
        room -= sum(grown.values())
        growing = [at for at in growing if most[at] - widths[at] > 0.5]
    return [round(each) for each in widths]


def _measured(table: Table) -> tuple[list[int], list[int], list[int]]:
    """Of each column the longest word, the longest text, and all letters together."""
    titles = [column.title for column in table.columns]
    words = [max(NARROWEST, *map(len, title.split())) for title in titles]
    longest = [max(NARROWEST, *map(len, title.split())) for title in titles]
    sums = [len(title) for title in titles]
    for row in (*table.rows, *table.footer):
        at = 0
        for cell in row:
            if cell.spans == 1:
                text = plain_text(cell.parts)
                words[at] = max(words[at], *map(len, text.split()))
                longest[at] = max(longest[at], len(text))
                sums[at] += len(text)
            at += cell.spans
    return words, longest, sums
