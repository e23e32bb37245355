"""One job: the anchor's people compared with one other set of people, or with one another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import ibis.expr.types as ir
import pyarrow as pa

from payforsuccess.deal.tables import LINKS
from payforsuccess.records.link import blocking, comparisons, doubts
from payforsuccess.records.link.blocking import BlockingRule
from payforsuccess.records.link.cleaning import cleaned_ways
from payforsuccess.records.link.comparisons import Comparison
from payforsuccess.records.link.doubts import Doubt
from payforsuccess.records.link.expected import expected_matches
from payforsuccess.records.link.parameters import Parameters
from payforsuccess.records.link.quality import Unseen
from payforsuccess.records.link.scoring import (
    best_pairs,
    coverage,
    doubted,
    fit_prior,
    kept_links,
    probabilities,
)
from payforsuccess.records.link.splink_model import SplinkModel
from payforsuccess.records.link.variants import VARIANTS, variants_of
from payforsuccess.store import Store, empty_table


@dataclass(frozen=True)
class Method:
    """How people are compared: on what, in which pairs, and with which doubts.

    `variants` puts what is compared into the store's table of variants, as `variants_of` does;
    `ways` gives what tells whether a person changed between two loads.
    """

    comparisons: tuple[Comparison, ...]
    rules: tuple[BlockingRule, ...]
    training: tuple[BlockingRule, ...]
    doubts: tuple[Doubt, ...]
    variants: Callable[..., ir.Table] = variants_of
    ways: Callable[[ir.Table], ir.Table] = cleaned_ways

    def comparison(self, name: str) -> Comparison:
        """The comparison of this name; KeyError without one."""
        for comparison in self.comparisons:
            if comparison.name == name:
                return comparison
        raise KeyError(name)


BY_NAMES = Method(comparisons.BY_NAMES, blocking.BY_NAMES, blocking.TRAINING, doubts.BY_NAMES)
"""By clear identifiers."""


@dataclass(frozen=True)
class Before:
    """What an earlier job of the same two sides left, to go on from: only new people are compared.

    `parameters` are used as they are. `links` are those of people who are in both loads and have
    not changed; `new` is a table of the store with one column, `person`: everyone else.
    """

    parameters: Parameters
    links: pa.Table
    unseen: Unseen
    new: str


@dataclass(frozen=True)
class Job:
    """What one job found: its links, the model that scored them, and what they do not show.

    `people` counts the people of each side who have any identifier; `parameters` is None where
    there was nobody to compare.
    """

    links: pa.Table
    people: tuple[int, int]
    compared: int
    parameters: Parameters | None
    unseen: Unseen


def link_job(
    anchor: ir.Table,
    other: ir.Table | None,
    *,
    store: Store,
    method: Method = BY_NAMES,
    before: Before | None = None,
    lowest: str,
    tell: Callable[[str], None] = lambda _: None,
) -> Job:
    """Links of the anchor's identities with the other's, or among themselves without `other`.

    lowest: the score from which a link is kept, a decimal in text. Without `before` the model is
    trained on these very rows, with a fixed seed: the same rows give the same links.
    """
    is_within = other is None
    method.variants(anchor, other, store=store, new=None if before is None else before.new)
    ones, others = _people(store)
    possible = ones * (ones - 1) // 2 if is_within else ones * others
    used = _used(method.comparisons, store, is_within=is_within)
    if before is not None:
        used = tuple(c for c in method.comparisons if c.name in before.parameters.levels)
    if not possible or len(used) < 2:
        unseen = Unseen(Decimal(0), None)
        return Job(empty_table(LINKS), (ones, others), 0, None, unseen)
    tell(f"{ones:,} people compared with {ones if is_within else others:,}")
    model = SplinkModel(store, used, method.rules, is_within, is_new_only=before is not None)
    if before is None:
        matches = expected_matches(model, store=store)
        prior = min(max(matches, 0.5) / possible, 0.5)
        parameters = model.train(_usable(method.training, used), prior=prior, matches=matches)
        tell(f"trained on about {matches:,.0f} expected matches")
    else:
        parameters = before.parameters
    best = best_pairs(model.score(parameters, into="link_pairs"), store=store)
    if before is None:
        parameters = fit_prior(best, parameters, possible=possible, store=store)
    held = doubted(
        best,
        parameters,
        store=store,
        comparisons=used,
        doubts=method.doubts,
        lowest=lowest,
    )
    if before is None:  # doubts lower the prior, never raise it: what is kept was looked at
        parameters = fit_prior(held, parameters, possible=possible, store=store)
    scored = probabilities(held, parameters, store=store, lowest=lowest)
    links, below = kept_links(scored.name, store=store, lowest=lowest), scored.below
    reach = coverage(scored.name, method.rules, store=store) if before is None else None
    if before is not None:
        links = pa.concat_tables([before.links, links]).sort_by(
            [("one", "ascending"), ("other", "ascending")]
        )
        below, reach = below + before.unseen.below, before.unseen.coverage
    for table in ("link_pairs", held, scored.name):
        store.backend.con.execute(f"DROP TABLE IF EXISTS {table}").fetchall()
    tell(f"{scored.compared:,} pairs looked at, {links.num_rows:,} kept")
    return Job(links, (ones, others), scored.compared, parameters, Unseen(below, reach))


def _people(store: Store) -> tuple[int, int]:
    [(ones, others)] = store.backend.con.execute(
        f"SELECT count(DISTINCT person) FILTER (side = 0), "
        f"count(DISTINCT person) FILTER (side = 1) FROM {VARIANTS}"
    ).fetchall()
    return ones, others


def _used(
    all_of_them: Sequence[Comparison], store: Store, *, is_within: bool
) -> tuple[Comparison, ...]:
    """The comparisons whose identifiers are on file on both sides."""
    last = 0 if is_within else 1
    filled = ", ".join(
        f"count({comparison.column}) FILTER (side = {side})"
        for comparison in all_of_them
        for side in (0, last)
    )
    [counts] = store.backend.con.execute(f"SELECT {filled} FROM {VARIANTS}").fetchall()
    return tuple(
        comparison
        for at, comparison in enumerate(all_of_them)
        if counts[2 * at] and counts[2 * at + 1]
    )


def _usable(training: Sequence[BlockingRule], used: Sequence[Comparison]) -> list[BlockingRule]:
    """The training rules whose identifiers are on file on both sides."""
    names = {comparison.name for comparison in used}
    return [rule for rule in training if names >= set(rule.needs)]
