"""The pairs that blocking finds, each once, in a table of the engine."""

from __future__ import annotations

from collections.abc import Sequence

from payforsuccess.records.link.blocking import BlockingRule
from payforsuccess.records.link.variants import VARIANTS
from payforsuccess.store import Store

PAIRS = "link_pairs_to_score"


def find_pairs(rules: Sequence[BlockingRule], *, pairs: str, store: Store) -> str:
    """The pairs that any rule finds, in a table of the store; gives its name.

    pairs: SQL over `l` and `r` that says which two variants may be a pair at all. One rule after
    the other, so that only one is held in memory: a million people took six times the work when
    all were asked at once. Columns are Splink's: match_key (the first rule's number, as text),
    join_key_l and join_key_r (variants, the lower first).
    """
    con = store.backend.con
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {PAIRS}_all (rule USMALLINT, one INTEGER, other INTEGER)"
    ).fetchall()
    for at, rule in enumerate(rules):
        con.execute(
            f"INSERT INTO {PAIRS}_all SELECT {at}, l.variant, r.variant "
            f"FROM {VARIANTS} AS l JOIN {VARIANTS} AS r ON {rule.when} "
            f"WHERE l.variant < r.variant AND {pairs}"
        ).fetchall()
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {PAIRS} AS SELECT min(rule)::VARCHAR AS match_key, "
        f"one AS join_key_l, other AS join_key_r FROM {PAIRS}_all GROUP BY one, other"
    ).fetchall()
    con.execute(f"DROP TABLE {PAIRS}_all").fetchall()
    return PAIRS
