"""About how many matches there are, before anything is trained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from payforsuccess.records.link.variants import VARIANTS
from payforsuccess.store import Store

ALL_RIGHT = 0.57
"""How often both names and the birth date are written alike twice, as the usual odds have it."""
_COLUMNS = ("given_name", "family_name", "born_text")
_AGREE = " AND ".join(f"l.{column} = r.{column}" for column in _COLUMNS)
_PAIRS = f"FROM {VARIANTS} AS l JOIN {VARIANTS} AS r ON {_AGREE} WHERE l.variant < r.variant"


@dataclass(frozen=True)
class Expected:
    """Matches of the anchor with each other side, and their share of all pairs of variants."""

    of: Mapping[int, float]
    among_random: float


def expected_matches(others: Sequence[int], *, store: Store) -> Expected:
    """The pairs that agree on both names and the birth date, scaled up.

    Two people seldom agree on all three by chance; one person's records do unless one of them is
    missing or wrong. Only a start: the prior is fitted to the scores afterwards.
    """
    con = store.backend.con
    agreeing = dict(
        con.execute(
            f"SELECT r.side, count(DISTINCT (l.person, r.person)) {_PAIRS} "
            "AND l.side = 0 AND l.person <> r.person GROUP BY r.side"
        ).fetchall()
    )
    filled = ", ".join(f"count({column})" for column in _COLUMNS)
    counts = {
        side: (size, *there)
        for side, size, *there in con.execute(
            f"SELECT side, count(*), {filled} FROM {VARIANTS} GROUP BY side"
        ).fetchall()
    }
    whole = tuple(map(sum, zip(*counts.values(), strict=True)))
    [(alike,)] = con.execute(f"SELECT count(*) {_PAIRS}").fetchall()
    return Expected(
        {at: _scaled(agreeing.get(at, 0), counts.get(0), counts.get(at)) for at in others},
        min(_scaled(alike, whole, whole) / max(whole[0] * (whole[0] - 1) / 2, 1), 0.5),
    )


def _scaled(agreeing: int, one: tuple[int, ...] | None, other: tuple[int, ...] | None) -> float:
    """All matches, from those that agree; one, other: variants of each side, and filled columns."""
    if not one or not other:
        return 0.0
    filled = 1.0
    for side in (one, other):
        for there in side[1:]:
            filled *= there / side[0]
    return float(agreeing / max(filled, 0.05) / ALL_RIGHT)
