"""The records that are compared: every way a person is written in a feed, once."""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from payforsuccess.records.link.cleaning import IDENTIFIERS, clean_identities
from payforsuccess.store import Store
from payforsuccess.store.compiling import compiled_as_written

MOST_VARIANTS = 12
"""Ways of writing one person that are compared; of more, those that stand in most rows."""
COMMON_BIRTH = 0.002
"""The share of a side from which a birth date is too common to look for pairs by it and a letter:
clerks write 1 January where they know the year alone."""
VARIANTS = "link_variants"
"""The table of variants in the engine: one at a time."""
COMPARED = (
    "given_name",
    "middle_initial",
    "family_name",
    "name_suffix",
    "born_text",
    "born_year",
    "ssn",
    "ssn_last4",
    "sex",
    "street",
    "postcode",
    "given_sound",
    "family_sound",
)
"""The columns of a variant that comparisons look at."""


def variants_of(sides: Sequence[ir.Table], *, store: Store, new: str | None = None) -> ir.Table:
    """All sides' identities, cleaned, each way of writing a person once; held in the store.

    sides: identities of the canonical layout, the anchor's first. new: a table of the store that
    lists the persons who are new; all are without it. Gives one row a variant: `variant` (a number,
    the anchor's first), `side` (0 for the anchor, then as they were given), `person`, the
    identifiers, what blocking looks for, and `is_new`. Who has no identifier is left out.
    """
    rows = held_in(store, clean_identities(in_one(sides)).drop("feed"), f"{VARIANTS}_cleaned")
    known = rows.filter(
        rows.given_name.notnull() | rows.family_name.notnull() | rows.ssn_last4.notnull()
    )
    times = known.group_by("side", "person", *IDENTIFIERS).aggregate(times=ibis._.count())
    by_use = ibis.window(
        group_by=["side", "person"],
        order_by=[ibis.desc("times"), *(ibis.asc(name, nulls_first=True) for name in IDENTIFIERS)],
    )
    most = times.mutate(at=ibis.row_number().over(by_use)).filter(ibis._.at < MOST_VARIANTS)
    # By what is written, what tells most first, and not by the keys: those are drawn anew for each
    # vault, and random pairs are picked by these numbers.
    written = [ibis.asc(name, nulls_first=True) for name in ("ssn", *IDENTIFIERS)]
    order = ibis.window(order_by=["side", *written, "person"])
    born_text = most.born_on.strftime("%Y%m%d")
    made = most.mutate(
        variant=(ibis.row_number().over(order) + 1).cast("int32"),
        born_text=born_text,
        born_year=born_text.substr(0, 4),
        birthday=born_text.substr(4, 4),
        given_initial=most.given_name.substr(0, 1),
        family_initial=most.family_name.substr(0, 1),
    )
    held = held_in(store, made.drop("times", "at", "born_on"), f"{VARIANTS}_all")
    return held_in(store, with_news(_with_born_key(held), new, store), VARIANTS)


def held_in(store: Store, expression: ir.Table, name: str) -> ir.Table:
    """The rows, computed once. Not a temporary table of Ibis: DuckDB takes these as they are."""
    sql = compiled_as_written(store.backend, expression)
    store.backend.con.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}").fetchall()
    return store.table(name)


def in_one(sides: Sequence[ir.Table]) -> ir.Table:
    """The rows of all sides with `side`, their number: cleaning is asked for once, not for each."""
    numbered = [rows.mutate(side=ibis.literal(at, "int8")) for at, rows in enumerate(sides)]
    return ibis.union(*numbered) if len(numbered) > 1 else numbered[0]


def with_news(variants: ir.Table, new: str | None, store: Store) -> ir.Table:
    """With `is_new`: whether the person is among those that the table `new` lists."""
    if new is None:
        return variants.mutate(is_new=ibis.literal(True))
    listed = store.backend.table(new).select(listed="person").distinct()
    joined = variants.left_join(listed, variants.person == listed.listed)
    return joined.mutate(is_new=joined.listed.notnull()).drop("listed")


def _with_born_key(variants: ir.Table) -> ir.Table:
    """With `born_key`: the birth date, missing where it is too common to look for pairs by it."""
    size = variants.group_by("side").aggregate(size=ibis._.count())
    days = variants.group_by("side", "born_text").aggregate(times=ibis._.count())
    common = (
        days.join(size, "side")
        .filter((ibis._.times > 50) & (ibis._.times > COMMON_BIRTH * ibis._.size))
        .select(common=ibis._.born_text)
        .distinct()
    )
    joined = variants.left_join(common, variants.born_text == common.common)
    return joined.mutate(
        born_key=joined.common.isnull().ifelse(joined.born_text, ibis.null("string"))
    ).drop("common")
