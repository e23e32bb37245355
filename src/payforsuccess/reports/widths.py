"""How wide the columns of a table are set on paper, by the words in them."""

from __future__ import annotations

import re

from payforsuccess.reports.inline import plain_text
from payforsuccess.reports.table import Table

# No column is narrower than this against another, nor wider where all texts fit on one line.
NARROWEST, WIDEST = 5, 34
# Letters that stand on one line, edges of cells included, by the most columns: a table of more
# columns is set in smaller letters, one of very many on a page that lies sideways.
LINES = ((5, 96), (8, 110), (1_000, 160))
_HYPHEN = re.compile(r"(?<=[A-Za-z])-(?=[A-Za-z])")
# What the edges of a cell and bold letters take, in letters.
EDGE = 2


def widths_of(table: Table) -> list[int]:
    """How wide each column is against the others.

    Where all texts fit on one line, by the longest text. Where they do not, each column is wide
    enough for its longest word, and the rest goes to columns by how long their texts are, so that
    the cells of a row fill about as many lines; none gets more than it can fill.
    """
    words, longest, sums = _measured(table)
    line = next(letters for columns, letters in LINES if len(words) <= columns)
    whole_texts = [max(pair) for pair in zip(words, longest, strict=True)]
    if max(whole_texts) <= WIDEST and sum(whole_texts) + EDGE * len(words) <= line:
        return whole_texts
    rows = len(table.rows) + len(table.footer)
    least = [min(each + EDGE, WIDEST) for each in words]
    most = [max(pair) for pair in zip(least, (each + EDGE for each in longest), strict=True)]
    weights = [each / rows for each in sums]
    widths = [float(each) for each in least]
    growing = list(range(len(widths)))
    room = float(line - sum(least))
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
    words = [_bold(_longest_word(title)) for title in titles]
    longest = list(words)
    sums = [len(title) for title in titles]
    for row in (*table.rows, *table.footer):
        at = 0
        for cell in row:
            if cell.spans == 1:
                text = plain_text(cell.parts)
                words[at] = max(words[at], _longest_word(text))
                longest[at] = max(longest[at], len(text))
                sums[at] += len(text)
            at += cell.spans
    return words, longest, sums


def _longest_word(text: str) -> int:
    """Its letters; a line may end after a hyphen."""
    return max(NARROWEST, *map(len, _HYPHEN.sub("- ", text).split()))


def _bold(letters: int) -> int:
    """A title is bold, and bold letters are a quarter wider."""
    return letters + -(-letters // 4)
