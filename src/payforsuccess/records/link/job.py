"""Jobs: the anchor's people compared with other sets of people, and with one another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
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
from payforsuccess.records.link.parameters import Parameters, rounded
from payforsuccess.records.link.quality import Unseen
from payforsuccess.records.link.scoring import (
    best_pairs,
    coverage,
    doubted,
    fit_prior,
    kept_links,
    pairs_of_side,
    probabilities,
)
from payforsuccess.records.link.splink_model import SplinkModel
from payforsuccess.records.link.variants import VARIANTS, variants_of
from payforsuccess.store import Store, empty_table

Tell = Callable[[str], None]


def _keep_quiet(_: str) -> None:
    pass


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
    tell: Tell = _keep_quiet,
) -> Job:
    """Links of the anchor's identities with the other's, or among themselves without `other`.

    As `link_jobs`. With `before`, its model is used as it is, and only new people are compared.
    """
    [job] = link_jobs(
        anchor, [other], store=store, method=method, before=before, lowest=lowest, tell=tell
    )
    return job


def link_jobs(
    anchor: ir.Table,
    others: Sequence[ir.Table | None],
    *,
    store: Store,
    method: Method = BY_NAMES,
    before: Before | None = None,
    lowest: str,
    tell: Tell = _keep_quiet,
) -> list[Job]:
    """Links of the anchor's identities with each other's; None among these is the anchor itself.

    lowest: the score from which a link is kept, a decimal in text. One model is trained for all of
    them on these very rows, with a fixed seed, so that few matches in one feed lean on those of the
    others: the same rows give the same links. How many matches there are is found for each by
    itself, and so is what was never looked at. `before` stands with one other alone.
    """
    assert before is None or len(others) == 1
    sides = [anchor, *(other for other in others if other is not None)]
    numbers = iter(range(1, len(sides)))
    against = [0 if other is None else next(numbers) for other in others]
    method.variants(sides, store=store, new=None if before is None else before.new)
    people = _people(store, len(sides))
    possible = {at: people[0] * (people[at] if at else people[0] - 1) for at in against}
    possible[0] = possible.get(0, 0) // 2
    used = _used(method.comparisons, store, against)
    if before is not None:
        used = tuple(c for c in method.comparisons if c.name in before.parameters.levels)
    compared = [at for at in against if possible[at]]
    if not compared or len(used) < 2:
        return [_nobody((people[0], people[at])) for at in against]
    for at in compared:
        tell(f"{people[0]:,} people compared with {people[at]:,}")
    model = SplinkModel(store, used, method.rules, tuple(compared), is_new_only=before is not None)
    if before is None:
        priors = _trained(model, method, possible, store, tell)
    else:
        priors = {compared[0]: before.parameters}
    # What is too unlikely is left out, so the side with the most matches tells what that is.
    likeliest = max(priors.values(), key=lambda parameters: parameters.prior)
    found = best_pairs(model.score(likeliest, into="link_pairs"), store=store)
    jobs = {
        at: _job(found, at, method, model, priors[at], possible[at], people, before, lowest)
        for at in compared
    }
    for table in ("link_pairs", found):
        store.backend.con.execute(f"DROP TABLE IF EXISTS {table}").fetchall()
    looked_at = sum(job.compared for job in jobs.values())
    kept = sum(job.links.num_rows for job in jobs.values())
    tell(f"{looked_at:,} pairs looked at, {kept:,} kept")
    return [jobs.get(at) or _nobody((people[0], people[at])) for at in against]


def _trained(
    model: SplinkModel, method: Method, possible: Mapping[int, int], store: Store, tell: Tell
) -> dict[int, Parameters]:
    """The model, with the share of matches that each side is expected to have."""
    expected = expected_matches(model.others, store=store)
    matches = sum(expected.of.values())
    trained = model.train(
        _usable(method.training, model.comparisons),
        prior=_prior(matches, sum(possible[at] for at in model.others)),
        matches=matches,
        among_random=expected.among_random,
    )
    tell(f"trained on about {matches:,.0f} expected matches")
    return {
        at: replace(trained, prior=_prior(expected.of[at], possible[at])) for at in model.others
    }


def _prior(matches: float, possible: int) -> float:
    return rounded(min(max(matches, 0.5) / possible, 0.5))


def _job(
    found: str,
    side: int,
    method: Method,
    model: SplinkModel,
    parameters: Parameters,
    possible: int,
    people: Sequence[int],
    before: Before | None,
    lowest: str,
) -> Job:
    """What one side's pairs come to, with a share of matches and with doubts of its own."""
    store = model.store
    best = pairs_of_side(found, side, store=store)
    if before is None:
        parameters = fit_prior(best, parameters, possible=possible, store=store)
    held = doubted(
        best,
        parameters,
        store=store,
        comparisons=model.comparisons,
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
    for table in (held, scored.name):
        store.backend.con.execute(f"DROP TABLE IF EXISTS {table}").fetchall()
    return Job(links, (people[0], people[side]), scored.compared, parameters, Unseen(below, reach))


def _nobody(people: tuple[int, int]) -> Job:
    return Job(empty_table(LINKS), people, 0, None, Unseen(Decimal(0), None))


def _people(store: Store, sides: int) -> tuple[int, ...]:
    """The people of each side who have any identifier."""
    counts = dict(
        store.backend.con.execute(
            f"SELECT side, count(DISTINCT person) FROM {VARIANTS} GROUP BY side"
        ).fetchall()
    )
    return tuple(counts.get(at, 0) for at in range(sides))


def _used(
    all_of_them: Sequence[Comparison], store: Store, against: Sequence[int]
) -> tuple[Comparison, ...]:
    """The comparisons whose identifiers are on file with the anchor and with some other side."""
    others = ", ".join(map(str, against))
    filled = ", ".join(
        f"count({comparison.column}) FILTER (side IN ({sides}))"
        for comparison in all_of_them
        for sides in ("0", others)
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
