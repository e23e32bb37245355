"""Decisions on the records of one snapshot: those of records that are gone wait for them."""

from __future__ import annotations

from collections.abc import Mapping

from payforsuccess.records.link.clusters import Decisions, Pair
from payforsuccess.runs.link.sides import Sides
from payforsuccess.store import Store


def decisions_here(
    decisions: Decisions, group_of: Mapping[str, str], sides: Sides, *, store: Store
) -> tuple[Decisions, dict[str, str]]:
    """The decisions whose records are both here, and whose number each key of those is.

    group_of: the keys in links. A decided pair may have no link at all, so its keys are looked for
    among all records. A decision on a record that is gone is kept on file and not used.
    """
    pairs = decisions.same | decisions.different
    groups = dict(group_of)
    missing = sorted({key for pair in pairs for key in pair} - set(groups))
    for name, table in sides.of.items():
        if missing:
            found = table.filter(table.person.isin(missing)).select("person").distinct()
            groups |= dict.fromkeys(store.run(found).column("person").to_pylist(), name)

    return decisions_known(decisions, groups), groups


def decisions_known(decisions: Decisions, group_of: Mapping[str, str]) -> Decisions:
    """The decisions of which both records are known."""

    def here(chosen: frozenset[Pair]) -> frozenset[Pair]:
        return frozenset(pair for pair in chosen if all(key in group_of for key in pair))

    return Decisions(here(decisions.same), here(decisions.different), decisions.by)
