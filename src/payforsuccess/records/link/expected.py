"""About how many matches there are, before anything is trained."""

from __future__ import annotations

from payforsuccess.records.link.splink_model import SplinkModel
from payforsuccess.records.link.variants import VARIANTS
from payforsuccess.store import Store

ALL_RIGHT = 0.57
"""How often both names and the birth date are written alike twice, as the usual odds have it."""
_COLUMNS = ("given_name", "family_name", "born_text")


def expected_matches(model: SplinkModel, *, store: Store) -> float:
    """The pairs that agree on both names and the birth date, scaled up.

    Two people seldom agree on all three by chance; one person's records do unless one of them is
    missing or wrong. Only a start: the prior is fitted to the scores afterwards.
    """
    con = store.backend.con
    agree = " AND ".join(f"l.{column} = r.{column}" for column in _COLUMNS)
    order = " AND l.variant < r.variant" if model.is_within else ""
    [(pairs,)] = con.execute(
        f"SELECT count(DISTINCT (l.person, r.person)) FROM {VARIANTS} AS l "
        f"JOIN {VARIANTS} AS r ON {agree} WHERE {model.sides}{order}"
    ).fetchall()
    last = 0 if model.is_within else 1
    filled = 1.0
    for column in _COLUMNS:
        [(one, other)] = con.execute(
            f"SELECT avg(({column} IS NOT NULL)::INT) FILTER (side = 0), "
            f"avg(({column} IS NOT NULL)::INT) FILTER (side = {last}) FROM {VARIANTS}"
        ).fetchall()
        filled *= (one or 0.0) * (other or 0.0)
    return float(pairs / max(filled, 0.05) / ALL_RIGHT)
