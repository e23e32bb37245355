"""A measure's SQL as an auditor reads it: what it computes, on what, and which step is which."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence

WIDTH = 98
_NAMED = re.compile(r' AS "(\w+)"(,?)$')

STEPS: Mapping[str, str] = {
    "own_source": "the row of the enrolment, as feed:row",
    "own_sources": "that row, and those of the start, the ending and custody that stops the clock",
    "start_on": "the first day of the window",
    "ends_on": "the first day after the window",
    "plain_end": "the same before anything makes the window longer",
    "closes_on": "the first day on which nothing counts any more",
    "from_on": "the first day of something that can end the watching",
    "ended_on": "the day on which the watching ended early, if it did",
    "ending": "what ended it",
    "rule": "what the measure says of such an ending",
    "events": "how many rows of the event lie inside",
    "days_with_one": "on how many days there is one",
    "total": "the amounts added up",
    "without": "how many have no amount",
    "kept_until": "the first day on which the milestone need not be kept any more",
    "kept_in_full": "how many milestones were kept in full",
    "kept_so_far": "how many were not lost, so far as was watched",
    "gap": "days out of the state before it, those that are passed over left out",
    "lapses": "how many times the person was out of the state before it",
    "chain": "which run of stays without too long a lapse it is in",
    "since": "the first day of the time that is held, without days that are passed over",
    "met": "the day, as a number from the first, by which it was held long enough",
    "quarter": "the first day of the calendar quarter",
    "quarters": "in how many quarters the floor was earned",
    "before": "the last score up to the start",
    "after": "the last score inside the window",
    "gain": "the one less the other",
    "last_day": "the last day of the window; it decides the payment period",
    "is_seen": "whether every feed reaches to the end of the window, and back to its beginning",
    "is_too_early": "whether the window begins before a feed holds every record",
    "quantity": "the person's number; missing when unknown",
    "status": "known, or why the number is not",
    "source": "every row the number rests on",
}
"""What a column is, by its name; said where it is made."""


def commented_sql(
    sql: str,
    *,
    title: str,
    says: Sequence[str],
    deal_fingerprint: str,
    parameters: Mapping[str, str],
) -> str:
    """The SQL with a header and a comment at each named step; the statement itself is unchanged.

    `says` are the measure's sentences, `parameters` whatever the statement holds as constants, in
    words. An inner SELECT is done before the one around it.
    """
    header = [
        f"{title}",
        *says,
        "",
        f"Terms of the deal: {deal_fingerprint}",
        *(f"{name}: {value}" for name, value in parameters.items()),
        "",
        "One row an enrolment. An inner SELECT is done before the one around it: read from the "
        "inside out.",
    ]
    lines = [line for text in header for line in _comment(text)]
    return "\n".join([*lines, *_with_steps(sql.splitlines())]) + "\n"


def without_comments(listing: str) -> str:
    """The statement alone, as it was run."""
    lines = (line.partition("  -- ")[0] for line in listing.splitlines() if line[:2] != "--")
    return "\n".join(lines)


def _comment(text: str) -> list[str]:
    if not text:
        return ["--"]
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent="-- ",
        subsequent_indent="--   ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _with_steps(lines: Sequence[str]) -> list[str]:
    """Each line that makes a named column says what it is, where it is made first."""
    innermost = {
        found[1]: at for at, line in enumerate(lines) if (found := _NAMED.search(line)) is not None
    }
    said = {at: STEPS[name] for name, at in innermost.items() if name in STEPS}
    return [f"{line}  -- {said[at]}" if at in said else line for at, line in enumerate(lines)]
