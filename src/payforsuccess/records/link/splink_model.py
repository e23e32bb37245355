"""Splink behind a small face: train a model, score the pairs that blocking finds.

Everything that Splink prints or logs is kept quiet, and what it opens is closed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from payforsuccess.records.link.blocking import BlockingRule
from payforsuccess.records.link.comparisons import Comparison
from payforsuccess.records.link.pairs import find_pairs
from payforsuccess.records.link.parameters import LevelOdds, Parameters, rounded, usual
from payforsuccess.records.link.variants import VARIANTS
from payforsuccess.store import Store

PAIRS_FOR_U = (100_000, 500_000)
"""Random pairs that are looked at, at least and at most; between these, so many a variant:"""
PAIRS_FOR_U_EACH = 20
PAIRS_FOR_EM = 1_000_000
"""At most so many pairs are trained on: without a cap a million records took 10.8 GB."""
FEW_PAIRS = 50_000
"""Pairs of a rule up to which all are trained on; of more, Splink estimates what a part to take."""
SEED = 20_160_101
USUAL_COUNTS_AS = 50
"""The usual odds count as much as so many matches: with few matches, training moves them little."""
FEWEST_TO_LEARN_FROM = 20
"""Matches, and pairs of a rule, below which the usual odds are taken as they are."""
LEAST_WEIGHT = -15
"""Pairs with less evidence than 2 to this power against one are not kept at all."""


@dataclass(frozen=True)
class SplinkModel:
    """Comparisons and blocking over the variants that a store holds."""

    store: Store
    comparisons: tuple[Comparison, ...]
    rules: tuple[BlockingRule, ...]
    others: tuple[int, ...]
    """The sides that the anchor is compared with; 0 is itself."""
    is_new_only: bool = False
    """Whether only pairs with somebody new are scored."""

    @property
    def sides(self) -> str:
        """Which two records make a pair."""
        others = ", ".join(map(str, self.others))
        return f"l.side = 0 AND r.side IN ({others}) AND l.person <> r.person"

    def train(
        self, rules: Sequence[BlockingRule], *, prior: float, matches: float, among_random: float
    ) -> Parameters:
        """The odds of each level, from random pairs (`u`) and from pairs of the rules (`m`).

        matches: about how many are expected; with few, the usual odds weigh more. among_random: the
        share of matches among random pairs of all variants; `u` is freed of them.
        """
        start = usual(self.comparisons, prior=prior)
        with _splink(self.store) as api:
            linker = self._linker(api, start)
            linker.training.estimate_u_using_random_sampling(
                max_pairs=self._pairs_for_u(), seed=SEED, min_count_per_level=None, num_chunks=1
            )
            for rule in rules if matches >= FEWEST_TO_LEARN_FROM else ():
                pairs = self._pairs_up_to(FEW_PAIRS + 1, rule)
                if pairs < FEWEST_TO_LEARN_FROM:
                    continue
                linker.training.estimate_parameters_using_expectation_maximisation(
                    f"{self.sides} AND {rule.when}",
                    estimate_without_term_frequencies=True,
                    max_pairs=None if pairs <= FEW_PAIRS else PAIRS_FOR_EM,
                )
            trained = linker.misc.save_model_to_json()
        return Parameters(rounded(prior), _mixed(trained, start, among_random, matches))

    def score(self, parameters: Parameters, *, into: str) -> str:
        """Every pair that blocking finds, scored, in a table of the store; gives back its name.

        Columns: variant_l, variant_r and `weight` (bits of evidence, without the prior).
        """
        con = self.store.backend.con
        new = " AND (l.is_new OR r.is_new)" if self.is_new_only else ""
        pairs = find_pairs(self.rules, pairs=self.sides + new, store=self.store)
        with _splink(self.store) as api:
            linker = self._linker(api, parameters)
            linker.table_management.register_blocked_pairs_for_predict(
                api.register(pairs, table_name=f"{pairs}_input")
            )
            found = linker.inference.predict(
                threshold_match_weight=LEAST_WEIGHT, warning_mode="never"
            )
            con.execute(
                f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT variant_l, variant_r, "
                f"match_weight - ({parameters.prior_weight!r}) AS weight "
                f"FROM {found.physical_name}"
            ).fetchall()
        con.execute(f"DROP TABLE {pairs}").fetchall()
        return into

    def _pairs_for_u(self) -> int:
        [(variants,)] = self.store.backend.con.execute(
            f"SELECT count(*) FROM {VARIANTS}"
        ).fetchall()
        least, most = PAIRS_FOR_U
        return int(min(most, max(least, PAIRS_FOR_U_EACH * variants)))

    def _pairs_up_to(self, most: int, rule: BlockingRule) -> int:
        """How many pairs a training rule finds, counted no farther than this."""
        [(pairs,)] = self.store.backend.con.execute(
            f"SELECT count(*) FROM (SELECT 1 FROM {VARIANTS} AS l JOIN {VARIANTS} AS r "
            f"ON {rule.when} WHERE {self.sides} LIMIT {most})"
        ).fetchall()
        return int(pairs)

    def _linker(self, api: Any, parameters: Parameters) -> Any:
        from splink import Linker

        table = api.register(VARIANTS, table_name=f"{VARIANTS}_input")
        return Linker(table, self._settings(parameters), log_level=None, validate_settings=False)

    def _settings(self, parameters: Parameters) -> dict[str, object]:
        return {
            "link_type": "dedupe_only",
            "unique_id_column_name": "variant",
            "comparisons": [
                _comparison(comparison, parameters.levels[comparison.name])
                for comparison in self.comparisons
            ],
            "blocking_rules_to_generate_predictions": [],
            "probability_two_random_records_match": parameters.prior,
            "retain_matching_columns": False,
            "retain_intermediate_calculation_columns": False,
            "max_iterations": 20,
        }


def _comparison(comparison: Comparison, odds: Sequence[LevelOdds]) -> dict[str, object]:
    levels: list[dict[str, object]] = [
        {"sql_condition": comparison.missing, "label_for_charts": "missing", "is_null_level": True}
    ]
    for level, of in zip(comparison.levels, odds, strict=True):
        plain: dict[str, object] = {
            "sql_condition": level.when,
            "label_for_charts": level.says,
            "m_probability": of.m,
            "u_probability": of.u,
        }
        if level.frequency_of is not None:
            plain["tf_adjustment_column"] = level.frequency_of
            plain["tf_adjustment_weight"] = 1.0
            plain["disable_tf_exact_match_detection"] = True
        levels.append(plain)
    return {"output_column_name": comparison.name, "comparison_levels": levels}


def _mixed(
    trained: dict[str, Any], start: Parameters, among_random: float, matches: float
) -> dict[str, tuple[LevelOdds, ...]]:
    """What was learnt and what is usual, by how many matches it was learnt from."""
    share = matches / (matches + USUAL_COUNTS_AS)
    found = {}
    for comparison in trained["comparisons"]:
        name = comparison["output_column_name"]
        levels = [one for one in comparison["comparison_levels"] if not one.get("is_null_level")]
        odds = []
        for level, usually in zip(levels, start.levels[name], strict=True):
            m = _learnt(level, "m_probability", usually.m)
            u = _learnt(level, "u_probability", usually.u)
            m = share * m + (1 - share) * usually.m
            freed = (u - among_random * m) / (1 - among_random)
            odds.append(LevelOdds(rounded(m), rounded(max(freed, min(u, usually.u) / 10))))
        found[name] = tuple(odds)
    return found


def _learnt(level: dict[str, Any], key: str, usually: float) -> float:
    """The number a level was trained to; the usual one where the level was never met."""
    value = level.get(key)
    return float(value) if isinstance(value, int | float) else usually


@contextmanager
def _splink(store: Store) -> Iterator[Any]:
    """Splink's door to the store's engine, quiet, and closed again with all its tables."""
    import splink

    logger = logging.getLogger("splink")
    silence, was = logging.NullHandler(), (logger.level, logger.propagate)
    logger.addHandler(silence)
    logger.setLevel(logging.CRITICAL + 1)
    logger.propagate = False
    api = splink.DuckDBAPI(connection=store.backend.con)
    try:
        yield api
    finally:
        api.delete_tables_created_by_splink_from_db()
        # Splink opens an engine of its own beside ours and never closes it.
        aside = getattr(api, "_ddb_con", None)
        if aside is not None and aside is not store.backend.con:
            aside.close()
        logger.removeHandler(silence)
        logger.setLevel(was[0])
        logger.propagate = was[1]
