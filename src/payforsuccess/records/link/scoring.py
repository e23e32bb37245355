"""From scored variants to scored people: one row a pair, its probability, and what agreed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from payforsuccess.deal.tables import LINKS
from payforsuccess.records.link.blocking import BlockingRule
from payforsuccess.records.link.comparisons import Comparison
from payforsuccess.records.link.doubts import Doubt, highest_score
from payforsuccess.records.link.parameters import Parameters, rounded
from payforsuccess.records.link.variants import COMPARED, VARIANTS
from payforsuccess.store import Store, arrow_schema

SCORED = "link_scored"
_ROUNDS = 40
_STILL = 1e-5


@dataclass(frozen=True)
class Probabilities:
    """Pairs of people in the engine with their probability, as the table `name`.

    Columns: one, other (keys, as compared), probability, reason, variant_l, variant_r. `compared`
    counts them; `below` is the sum of the probabilities that are too low to be kept.
    """

    name: str
    compared: int
    below: Decimal


def best_pairs(pairs: str, *, store: Store) -> str:
    """The best pair of variants of every two people, in a table of the store; gives its name.

    pairs: a table as `SplinkModel.score` gives it. Columns: side (the other's), one, other,
    weight, variant_l, variant_r, and at_most, the highest score that doubts leave: 1 before they
    are asked.
    """
    store.backend.con.execute(
        f"""CREATE OR REPLACE TEMP TABLE {SCORED}_all AS
        SELECT r.side, l.person AS one, r.person AS other, p.weight, p.variant_l, p.variant_r,
            1.0::DOUBLE AS at_most
        FROM {pairs} AS p
        JOIN {VARIANTS} AS l ON l.variant = p.variant_l
        JOIN {VARIANTS} AS r ON r.variant = p.variant_r
        QUALIFY row_number() OVER (
            PARTITION BY r.side, least(l.person, r.person), greatest(l.person, r.person)
            ORDER BY p.weight DESC, p.variant_l, p.variant_r
        ) = 1"""
    ).fetchall()
    return f"{SCORED}_all"


def pairs_of_side(found: str, side: int, *, store: Store) -> str:
    """Of the pairs of `best_pairs` those with one side, in a table of their own; gives its name."""
    store.backend.con.execute(
        f"CREATE OR REPLACE TEMP TABLE {SCORED}_best AS "
        f"SELECT * EXCLUDE (side) FROM {found} WHERE side = {side}"
    ).fetchall()
    return f"{SCORED}_best"


def doubted(
    best: str,
    parameters: Parameters,
    *,
    store: Store,
    comparisons: Sequence[Comparison],
    doubts: Sequence[Doubt],
    lowest: str,
) -> str:
    """The pairs of `best_pairs` with `reason`, and `at_most` as doubts leave it, in a new table.

    Only pairs that could be kept, with a probability from `lowest` on, are looked at so closely;
    the others have no reason.
    """
    con = store.backend.con
    likely = f"SELECT variant_l, variant_r FROM {best} WHERE {_probability(parameters)} >= {lowest}"
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE {SCORED}_levels AS
        SELECT variant_l, variant_r, {reason_sql(comparisons)} AS reason,
            {highest_score(doubts, comparisons)} AS at_most
        FROM ({levels_sql(likely, comparisons)})"""
    ).fetchall()
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE {SCORED}_people AS
        SELECT b.* EXCLUDE (at_most), n.reason, coalesce(n.at_most, 1.0)::DOUBLE AS at_most
        FROM {best} AS b LEFT JOIN {SCORED}_levels AS n USING (variant_l, variant_r)"""
    ).fetchall()
    for part in (best, f"{SCORED}_levels"):
        con.execute(f"DROP TABLE {part}").fetchall()
    return f"{SCORED}_people"


def fit_prior(held: str, parameters: Parameters, *, possible: int, store: Store) -> Parameters:
    """The model with the share of matches that agrees with the scores it leads to.

    possible: how many pairs there could be.
    """
    prior = parameters.prior
    for _ in range(_ROUNDS):
        current = Parameters(prior, parameters.levels)
        [(matches,)] = store.backend.con.execute(
            f"SELECT coalesce(sum({_probability(current)}), 0) FROM {held}"
        ).fetchall()
        found = min(max(matches, 0.5) / max(possible, 2), 0.5)
        if abs(found - prior) <= _STILL * prior:
            break
        prior = found
    return Parameters(rounded(prior), parameters.levels)


def probabilities(held: str, parameters: Parameters, *, store: Store, lowest: str) -> Probabilities:
    """The pairs that `doubted` gave, with their probabilities under a model."""
    con = store.backend.con
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE {SCORED} AS
        SELECT one, other, {_probability(parameters)} AS probability, reason, variant_l, variant_r
        FROM {held}"""
    ).fetchall()
    [(compared, below)] = con.execute(
        f"SELECT count(*), coalesce(sum(probability) FILTER (probability < {lowest}), 0) "
        f"FROM {SCORED}"
    ).fetchall()
    return Probabilities(SCORED, compared, Decimal(f"{below:.1f}"))


def kept_links(scored: str, *, store: Store, lowest: str) -> pa.Table:
    """The pairs that are worth keeping, as rows of the table of links; none is taken yet."""
    rows = store.backend.con.sql(
        f"""SELECT least(one, other) AS one, greatest(one, other) AS other,
            round(probability, 6)::DECIMAL(38, 9) AS score, reason,
            NULL::VARCHAR AS decided, 0::BIGINT AS is_taken
        FROM {scored} WHERE probability >= {lowest}
        ORDER BY one, other"""
    ).to_arrow_table()
    return rows.cast(arrow_schema(LINKS))


def levels_sql(pairs: str, comparisons: Sequence[Comparison]) -> str:
    """SQL for the pairs with the number of each comparison's level, `level_given_name` and so on.

    pairs: SQL of the columns variant_l and variant_r. The variants' columns come along, as
    `born_text_l` and `born_text_r`.
    """
    numbers = ", ".join(f"{c.number_sql} AS level_{c.name}" for c in comparisons)
    return f"""SELECT *, {numbers} FROM (
        SELECT p.variant_l, p.variant_r, {_sided("l")}, {_sided("r")}
        FROM ({pairs}) AS p
        JOIN {VARIANTS} AS l ON l.variant = p.variant_l
        JOIN {VARIANTS} AS r ON r.variant = p.variant_r
    )"""


def reason_sql(comparisons: Sequence[Comparison]) -> str:
    """SQL for the reason: every comparison that says something, and the number of its level."""
    parts = ", ".join(
        f"CASE WHEN level_{c.name} >= 0 THEN '{c.name}=' || level_{c.name} END" for c in comparisons
    )
    return f"concat_ws(';', {parts})"


def _sided(side: str) -> str:
    return ", ".join(f"{side}.{column} AS {column}_{side}" for column in COMPARED)


def coverage(scored: str, rules: Sequence[BlockingRule], *, store: Store) -> Decimal | None:
    """The share of all matches that blocking finds, estimated without truth; None without SSNs.

    Two nets were cast: rules that rest on the SSN, and all others. Whether an SSN is on file says
    nothing about how a name is spelt, so the share of one net's catch that is also in the other's
    is that other's reach (Lincoln and Petersen's estimate, weighted by probability).
    """
    groups = {
        is_ssn: " OR ".join(
            f"coalesce({rule.when}, false)" for rule in rules if (rule.group == "ssn") == is_ssn
        )
        for is_ssn in (True, False)
    }
    if not groups[True] or not groups[False]:
        return None
    [(one, other, both)] = store.backend.con.execute(
        f"""SELECT sum(p) FILTER (is_one), sum(p) FILTER (is_other),
            sum(p) FILTER (is_one AND is_other)
        FROM (
            SELECT s.probability AS p, ({groups[True]}) AS is_one, ({groups[False]}) AS is_other
            FROM {scored} AS s
            JOIN {VARIANTS} AS l ON l.variant = s.variant_l
            JOIN {VARIANTS} AS r ON r.variant = s.variant_r
            WHERE s.probability >= 0.5
        )"""
    ).fetchall()
    if not one or not other or not both or both < 30:
        return None
    return Decimal(f"{min(1.0, (one + other - both) / (one * other / both)):.4f}")


def _probability(parameters: Parameters) -> str:
    return (
        "least(at_most, 1.0 / (1.0 + pow(2.0, "
        f"-greatest(-900.0, least(900.0, weight + ({parameters.prior_weight!r}))))))"
    )
