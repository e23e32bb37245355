"""Who is new since an earlier load: only they are compared again."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

from payforsuccess.records.link.cleaning import cleaned_ways
from payforsuccess.store import Store

NEW = "link_new"
MOST_NEW = 0.5
"""The share of new people from which it is as quick, and better, to train and compare anew."""


def find_new(
    now: Sequence[ir.Table],
    earlier: Sequence[ir.Table],
    *,
    store: Store,
    ways: Callable[[ir.Table], ir.Table] = cleaned_ways,
) -> tuple[set[str], float]:
    """The persons who are new, have changed, or are gone, and their share of all that are there.

    now, earlier: identities of both sides in the two loads. A person has changed when the set of
    ways to write them has, once cleaned; `ways` gives those. The persons are put into the store's
    table `NEW` too.
    """
    one, other = _union(now, ways), _union(earlier, ways)
    changed = ibis.union(
        one.difference(other).select("person"), other.difference(one).select("person")
    ).distinct()
    sql = store.backend.compile(changed)
    store.backend.con.execute(f"CREATE OR REPLACE TEMP TABLE {NEW} AS {sql}").fetchall()
    found = set(store.run(store.backend.table(NEW)).column("person").to_pylist())
    count = one.person.nunique().name("people").as_table()
    people = store.run(count).column("people")[0].as_py()
    return found, len(found) / people if people else 1.0


def links_without(links: pa.Table, people: set[str]) -> pa.Table:
    """The links of which neither person is among these."""
    listed = pa.array(sorted(people), pa.string())
    touched = pc.or_(pc.is_in(links.column("one"), listed), pc.is_in(links.column("other"), listed))
    return links.filter(pc.invert(touched))


def _union(identities: Sequence[ir.Table], ways: Callable[[ir.Table], ir.Table]) -> ir.Table:
    cleaned = [ways(table) for table in identities]
    return (ibis.union(*cleaned) if len(cleaned) > 1 else cleaned[0]).distinct()
