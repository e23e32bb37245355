"""Rows of keyed filters to identities without any identifier."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce

import ibis
import ibis.expr.types as ir

from payforsuccess.deal.tables import IDENTITIES, PEOPLE
from payforsuccess.records.canonical import identities
from payforsuccess.records.feed import Feed
from payforsuccess.records.link.bloom import FIELDS
from payforsuccess.records.named_people import people_named


def clean(feed: Feed) -> Mapping[str, ir.Table]:
    """The people, and of each row its filters as one text: `given_name=...;family_name=...`."""
    rows = feed.tables["keyed_identities"]
    given = rows.filter(ibis.or_(*(rows[f"{name}_filter"].notnull() for name in FIELDS)))
    parts = [
        (ibis.literal(f"{name}=") + given[f"{name}_filter"] + ";").fill_null("") for name in FIELDS
    ]
    filters = reduce(lambda one, other: one + other, parts).re_replace(";$", "")
    return {
        PEOPLE.name: people_named(feed, "keyed_identities", rows),
        IDENTITIES.name: identities(
            feed,
            "keyed_identities",
            given,
            person=given.person_ref,
            known_on=given.known_on,
            filters=filters,
        ),
    }
