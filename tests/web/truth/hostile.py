"""What someone may write into a field to do harm, and what a page then must not hold."""

from __future__ import annotations

import csv
import io
import re

MARK = "pfsHostile"
STRINGS = (
    f"<script>{MARK}()</script>",
    f'"><img src=x onerror={MARK}()>',
    f"'><svg/onload={MARK}()>",
    f'<svg><a href="javascript:{MARK}()"><text>{MARK}</text></a></svg>',
    f"</textarea></title><script>{MARK}()</script>",
    f'=HYPERLINK("https://example.org/?{MARK}","look")',
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\u202e\u2067elpoep desolc\u2069 \u200f" + MARK,
    "🏠👩\u200d👩\u200d👧\U000e0067" + MARK,
    "{{ 35191|add:7 }}{% now 'Y' %}${35191+7}#{35191+7}%(x)s{0}%s",
    "Robert'); DROP TABLE audit_event;--",
    "a\x00b" + MARK,
    "one\r\nSet-Cookie: pfs=1\r\n\r\n" + MARK,
    "../../../../etc/passwd",
    "&lt;script&gt;" + MARK,
    "L" * 10_000,
    "NaN",
    "9" * 400,
    "-1",
)
RAW = re.compile(rf"<(?:script|img|svg)\b[^>]*>?[^<]*{MARK}|onerror={MARK}\(\)>|<svg/onload")
"""A string of ours that stands on a page as code."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def stands_as_code(page: str) -> bool:
    """Whether a page holds one of the strings as code, or worked one out."""
    return bool(RAW.search(page)) or "35198" in page


def formulas_in(text: str) -> list[str]:
    """The cells of a CSV file that a workbook would work out; numbers below 0 are none."""
    return [
        cell
        for row in csv.reader(io.StringIO(text))
        for cell in row
        if cell.startswith(FORMULA) and not re.fullmatch(r"-\d+(\.\d+)?", cell)
    ]
