"""Cleaned identifiers with the person and the day they were known: what filters are made of."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from payforsuccess.records.link.cleaning import clean_identities
from payforsuccess.store import Store


def dated_identities(identities: ir.Table, *, store: Store) -> ir.Table:
    """Each row of identities, cleaned, with its `person` and `known_on`, in order of these."""
    numbered = identities.mutate(at=ibis.row_number().cast("string"))
    held = store.kept(numbered, "dated_identities")
    cleaned = clean_identities(held.mutate(person=held["at"])).rename(at="person").drop("feed")
    named = held.select("at", "person", "known_on")
    return cleaned.inner_join(named, "at").order_by("person", "known_on", "at")
