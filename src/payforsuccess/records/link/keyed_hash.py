"""People compared by keyed Bloom filters alone: no identifier is there to be seen.

The filters take the place of the identifiers in the table of variants, so that all else is as with
clear ones: the same model, the same scores. What needs letters is gone: sounds, swapped names,
slips of a finger; a Dice coefficient stands for all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from payforsuccess.records.link.blocking import BlockingRule
from payforsuccess.records.link.bloom import BITS, FIELDS
from payforsuccess.records.link.comparisons import Comparison, Level
from payforsuccess.records.link.doubts import Doubt
from payforsuccess.records.link.job import Method
from payforsuccess.records.link.variants import (
    COMPARED,
    MOST_VARIANTS,
    VARIANTS,
    held_in,
    in_one,
    with_news,
)
from payforsuccess.store import Store

_HEX = BITS // 4
_COLUMN_OF = {name: "born_text" if name == "born_on" else name for name in FIELDS}
"""Where the variants hold a field's filter."""
LONG, SHORT = 6, 3
"""Hexadecimal digits of a sample: 24 bits where a name alone is looked for, 12 beside a date."""
SAMPLES = 8


def _digits(which: int, count: int) -> tuple[int, ...]:
    """The places of a sample's digits, spread over the filter; bits fall at random, these need
    not."""
    return tuple((which + at * (_HEX // count) + 5 * which * at) % _HEX for at in range(count))


def _bits(column: str, side: str) -> str:
    return f"unhex({column}_{side})::BIT"


def dice_sql(column: str) -> str:
    """SQL for Dice's coefficient of two records' filters."""
    left, right = _bits(column, "l"), _bits(column, "r")
    return (
        f"(2.0 * bit_count({left} & {right}) / greatest(bit_count({left}) + bit_count({right}), 1))"
    )


def _within(column: str) -> str:
    """SQL: every bit of one record's filter is set in the other's."""
    left, right = _bits(column, "l"), _bits(column, "r")
    return f"bit_count({left} & {right}) = least(bit_count({left}), bit_count({right}))"


def _by_dice(
    name: str, same: tuple[float, float], *levels: tuple[float, float, float]
) -> Comparison:
    """A comparison by Dice: the same filter, then from each coefficient on; m and u of each."""
    column = _COLUMN_OF[name]
    rest = (
        1 - same[0] - sum(m for _, m, _ in levels),
        1 - same[1] - sum(u for _, _, u in levels),
    )
    return Comparison(
        name,
        f"{column}_l IS NULL OR {column}_r IS NULL",
        (
            Level("the same", f"{column}_l = {column}_r", *same, column),
            *(
                Level(f"Dice {at} or more", f"{dice_sql(column)} >= {at}", m, u)
                for at, m, u in levels
            ),
            Level("differs", "ELSE", *rest),
        ),
        column,
    )


GIVEN_NAME = _by_dice(
    "given_name", (0.80, 0.006), (0.8, 0.06, 0.002), (0.65, 0.06, 0.006), (0.5, 0.03, 0.02)
)
FAMILY_NAME = _by_dice(
    "family_name", (0.78, 0.001), (0.8, 0.07, 0.001), (0.65, 0.06, 0.003), (0.5, 0.02, 0.015)
)
BORN_ON = _by_dice("born_on", (0.92, 4e-5), (0.85, 0.035, 0.0012), (0.7, 0.02, 0.012))
SSN = Comparison(
    "ssn",
    "ssn_l IS NULL OR ssn_r IS NULL",
    (
        Level("the same", "ssn_l = ssn_r", 0.90, 1e-6),
        Level("the last four, where no more is known", _within("ssn"), 0.03, 1e-4),
        Level("Dice 0.85 or more", f"{dice_sql('ssn')} >= 0.85", 0.04, 1e-6),
        Level("differs", "ELSE", 0.03, 0.9998),
    ),
    "ssn",
)
STREET = _by_dice("street", (0.35, 3e-5), (0.75, 0.15, 0.0005))
POSTCODE = _by_dice("postcode", (0.55, 0.008), (0.7, 0.1, 0.02))
COMPARISONS = (GIVEN_NAME, FAMILY_NAME, BORN_ON, SSN, STREET, POSTCODE)


def _same(*columns: str) -> str:
    return " AND ".join(f"l.{column} = r.{column}" for column in columns)


RULES = (
    BlockingRule("the same SSN", _same("ssn"), "ssn"),
    BlockingRule("both names", _same("given_name", "family_name"), "names"),
    BlockingRule("birth date and ZIP code", _same("born_text", "postcode"), "born"),
    BlockingRule("birth date and street", _same("born_text", "street"), "born"),
    *(
        BlockingRule(
            f"birth date and sample {at + 1} of the {name.replace('_', ' ')}",
            _same("born_text", f"{name}_short_{at}"),
            "born",
        )
        for name in ("given_name", "family_name")
        for at in range(3)
    ),
    *(
        BlockingRule(
            f"sample {at + 1} of both names",
            _same(f"given_name_long_{at}", f"family_name_long_{at}"),
            "names",
        )
        for at in range(SAMPLES)
    ),
)
"""Equal filters, and equal samples of bits where a slip changes some: a name of seven letters with
one slip keeps about a sixth of its samples of 24 bits, and two names in a hundred thousand agree in
one by chance."""
TRAINING = (
    BlockingRule("the same birth date", _same("born_text"), "born", ("born_on",)),
    BlockingRule(
        "the same names", _same("given_name", "family_name"), "names", ("given_name", "family_name")
    ),
    BlockingRule("the same SSN", _same("ssn"), "ssn", ("ssn",)),
)
DOUBTS = (
    Doubt(
        "the given names differ and no SSN says that it is one person: twins share all the rest",
        "level_given_name = 0 AND coalesce(level_ssn, -1) <= 0",
        "0.3",
        ("given_name",),
    ),
)


def filter_variants(sides: Sequence[ir.Table], *, store: Store, new: str | None = None) -> ir.Table:
    """All sides' filters, each set of a person once; the columns of `variants_of`."""
    rows = _cut(in_one(sides))
    names = list(_COLUMN_OF.values())
    times = rows.group_by("side", "person", *names).aggregate(times=ibis._.count())
    by_use = ibis.window(
        group_by=["side", "person"],
        order_by=[ibis.desc("times"), *(ibis.asc(name, nulls_first=True) for name in names)],
    )
    most = times.mutate(at=ibis.row_number().over(by_use)).filter(ibis._.at < MOST_VARIANTS)
    order = ibis.window(order_by=["side", "person", "at"])
    made = most.mutate(
        variant=(ibis.row_number().over(order) + 1).cast("int32"),
        **{name: ibis.null("string") for name in COMPARED if name not in names},
        **_samples(most),
    )
    return held_in(store, with_news(made.drop("times", "at"), new, store), VARIANTS)


def _cut(identities: ir.Table) -> ir.Table:
    found = identities.filter(identities.filters.notnull())
    columns = {
        column: found.filters.re_extract(f"(?:^|;){name}=([0-9a-f]+)", 1).nullif("")
        for name, column in _COLUMN_OF.items()
    }
    cut = found.select("side", "person", **columns)
    known = cut.given_name.notnull() | cut.family_name.notnull() | cut.ssn.notnull()
    return cut.filter(known)


def _samples(rows: ir.Table) -> dict[str, ir.StringValue]:
    """Samples of the names' filters by column: some of their digits, put together."""
    found = {}
    for name in ("given_name", "family_name"):
        for at in range(SAMPLES):
            found[f"{name}_long_{at}"] = _sample(rows[name], _digits(at, LONG))
        for at in range(3):
            found[f"{name}_short_{at}"] = _sample(rows[name], _digits(at + 11, SHORT))
    return found


def _sample(filters: ir.StringValue, digits: tuple[int, ...]) -> ir.StringValue:
    first, *rest = (filters.substr(at, 1) for at in digits)
    for digit in rest:
        first = first + digit
    return first


def filters_alone(identities: ir.Table) -> ir.Table:
    """What tells whether a person changed between two loads: their filters."""
    return identities.select("person", "filters")


BY_KEYED_HASH = Method(
    COMPARISONS, RULES, TRAINING, DOUBTS, variants=filter_variants, ways=filters_alone
)
"""By keyed Bloom filters."""
