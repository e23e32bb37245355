"""The formulas of a randomised comparison of quantities: each from a sample to what it found."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import cast

from payforsuccess.deal.estimates import Effect, TakeUp, TestOfNoEffect
from payforsuccess.deal.evaluation import EffectForm, Randomised
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation import proportions
from payforsuccess.evaluation.decimals import decimal_of, optional_decimal
from payforsuccess.evaluation.designs.compared import Compared, effect_of, ends_of
from payforsuccess.evaluation.designs.sample import Codes, Sample
from payforsuccess.evaluation.estimated import Estimated
from payforsuccess.evaluation.proportions import Interval, ProportionError, TwoByTwo
from payforsuccess.evaluation.regression.adjusted import adjusted_control_mean, ancova, lin
from payforsuccess.evaluation.regression.anderson_rubin import anderson_rubin
from payforsuccess.evaluation.regression.blocks import blocked_difference
from payforsuccess.evaluation.regression.compliers import compliers
from payforsuccess.evaluation.regression.errors_of import Flavour
from payforsuccess.evaluation.regression.instruments import effect_of_taking_part
from payforsuccess.evaluation.regression.means import difference_in_means
from payforsuccess.evaluation.regression.ratios import ratio_of_means
from payforsuccess.evaluation.regression.rows import check_rows
from payforsuccess.evaluation.weak_instrument import weak_words

Formula = Callable[[Randomised, Sample, str], Compared]
"""plan, the people with a known outcome, the measure's unit -> what was found."""


def two_by_two(sample: Sample) -> TwoByTwo:
    """The four counts of outcomes that are 0 or 1."""
    treated, control = sample.treated, ~sample.treated
    return TwoByTwo(
        int(sample.total(treated)),
        int(treated.sum()),
        int(sample.total(control)),
        int(control.sum()),
    )


def proportions_of(plan: Randomised, sample: Sample, unit: str) -> Compared:
    """Two shares: their difference in percentage points, the reduction, the ratio; exact values."""
    table = two_by_two(sample)
    errors: ProportionError = "hc2" if plan.standard_errors == "hc2" else "unpooled"
    confidence = float(plan.confidence or 0)
    quoted = f"{'HC2' if errors == 'hc2' else 'unpooled'} standard errors"
    error = proportions.standard_error_of_difference(table, errors)
    value = proportions.difference(table)
    effects: dict[EffectForm, Effect] = {
        "difference": Effect(
            form="difference",
            unit="percentage point",
            value=100 * value,
            standard_error=decimal_of(100 * error),
            interval=ends_of(
                _times(
                    100, proportions.interval_of_difference(table, errors, confidence=confidence)
                )
            ),
            method=f"Difference in proportions, Wald interval, {quoted}",
        )
    }
    if table.control_events:
        logged = proportions.standard_error_of_log_ratio(table, errors)
        ratio = table.treated_share / table.control_share
        interval = proportions.interval_of_reduction(table, errors, confidence=confidence)
        at = float(ratio)
        effects["percent-reduction"] = Effect(
            form="percent-reduction",
            unit="percent",
            value=proportions.percent_reduction(table),
            standard_error=optional_decimal(None if logged is None else 100 * at * logged),
            interval=None if interval is None else ends_of(interval),
            method=f"Percent reduction, delta-method interval on the log ratio, {quoted}",
        )
        effects["rate-ratio"] = Effect(
            form="rate-ratio",
            unit="ratio",
            value=ratio,
            standard_error=optional_decimal(None if logged is None else at * logged),
            interval=None
            if interval is None
            else ends_of(Interval(1 - interval.high / 100, 1 - interval.low / 100)),
            method=f"Ratio of shares, delta-method interval on the log ratio, {quoted}",
        )
    found = Estimated(float(value), error, len(sample), f"Difference in proportions, {quoted}")
    return Compared(effects, len(sample), found)


def means(plan: Randomised, sample: Sample, unit: str) -> Compared:
    """Two means: their difference in the measure's unit and, above 0, reduction and ratio."""
    clusters = clusters_of(plan, sample)
    confidence = float(plan.confidence or 0)
    flavour = cast(Flavour, plan.standard_errors)
    found = difference_in_means(sample.outcome, sample.treated, flavour=flavour, clusters=clusters)
    effects = {"difference": effect_of(found, "difference", unit, confidence=confidence)}
    if plan.as_ in ("percent-reduction", "rate-ratio"):
        robust: Flavour = "hc2" if plan.standard_errors == "unpooled" else flavour
        ratio = ratio_of_means(sample.outcome, sample.treated, flavour=robust, clusters=clusters)
        effects["percent-reduction"] = Effect(
            form="percent-reduction",
            unit="percent",
            value=decimal_of(ratio.percent_reduction),
            standard_error=decimal_of(100 * ratio.ratio_error),
            interval=ends_of(ratio.reduction_interval(confidence)),
            freedom=optional_decimal(ratio.log.freedom),
            method=ratio.log.method,
        )
        effects["rate-ratio"] = Effect(
            form="rate-ratio",
            unit="ratio",
            value=decimal_of(ratio.ratio),
            standard_error=decimal_of(ratio.ratio_error),
            interval=ends_of(ratio.ratio_interval(confidence)),
            freedom=optional_decimal(ratio.log.freedom),
            method=ratio.log.method,
        )
    return Compared(cast("dict[EffectForm, Effect]", effects), len(sample), found)


def blocked(plan: Randomised, sample: Sample, unit: str) -> Compared:
    """The difference within strata, weighed by their people."""
    strata = sample.codes(plan.strata, "strata")
    return _of(plan, blocked_difference(sample.outcome, sample.treated, strata), unit)


def adjusted(plan: Randomised, sample: Sample, unit: str) -> Compared:
    """ANCOVA or Lin's regression with the plan's covariates and strata."""
    covariates, names = sample.covariates(plan.covariates)
    strata = strata_of(plan, sample)
    fit = lin if plan.estimator == "lin" else ancova
    found = fit(
        sample.outcome,
        sample.treated,
        covariates=covariates,
        names=names,
        strata=strata,
        clusters=clusters_of(plan, sample),
        flavour=cast(Flavour, plan.standard_errors),
    )
    compared = _of(plan, found, unit)
    if plan.as_ == "difference":
        return compared
    rows = check_rows(
        sample.outcome, sample.treated, covariates=covariates, names=names, strata=strata
    )
    without = adjusted_control_mean(rows, by="lin" if plan.estimator == "lin" else "ancova")
    return replace(compared, effects={**compared.effects, **_ratios(without, found)})


def _ratios(without: float, found: Estimated) -> dict[EffectForm, Effect]:
    """Adjusted means as a ratio, with no error: drawing people again gives one.

    without: the mean had nobody been treated. Refuses adjusted means that are not above 0.
    """
    if not (without > 0 and without + found.value > 0):
        raise Refusal(
            Problem(
                "An adjusted mean is not above 0, so a ratio of means says nothing.",
                "State the effect as a difference instead.",
            )
        )
    ratio = (without + found.value) / without
    method = f"Adjusted means of everyone with and without the programme; {found.method}"
    return {
        "percent-reduction": Effect(
            form="percent-reduction",
            unit="percent",
            value=decimal_of(100 * (1 - ratio)),
            method=method,
        ),
        "rate-ratio": Effect(
            form="rate-ratio", unit="ratio", value=decimal_of(ratio), method=method
        ),
    }


def taking_part(plan: Randomised, sample: Sample, unit: str) -> Compared:
    """The effect of taking part, with the draw as instrument."""
    covariates, names = sample.covariates(plan.covariates)
    took = sample.flags("took_part")
    confidence, flavour = float(plan.confidence or 0), cast(Flavour, plan.standard_errors)
    strata, clusters = strata_of(plan, sample), clusters_of(plan, sample)
    found = effect_of_taking_part(
        sample.outcome,
        sample.treated,
        took,
        covariates=covariates,
        names=names,
        strata=strata,
        clusters=clusters,
        flavour=flavour,
    )
    weak = anderson_rubin(
        sample.outcome,
        sample.treated,
        took,
        confidence=confidence,
        covariates=covariates,
        names=names,
        strata=strata,
        clusters=clusters,
        flavour=flavour,
    )
    moved = compliers(
        sample.outcome,
        sample.treated,
        took,
        covariates=covariates,
        names=names,
        strata=strata,
        clusters=clusters,
        flavour=flavour,
    )
    first = found.first_stage.f_statistic if found.first_stage is not None else math.inf
    ends = weak.interval
    effect = effect_of(found, "difference", unit, confidence=confidence)
    if plan.test == "anderson-rubin":
        effect = effect.model_copy(
            update={
                "interval": None if ends is None else ends_of(ends),
                "method": f"{effect.method}; interval: {weak.method}",
            }
        )
    take_up = TakeUp(
        treated_share=decimal_of(float(took[sample.treated].mean())),
        control_share=decimal_of(float(took[~sample.treated].mean())),
        first_stage=decimal_of(first) if math.isfinite(first) else None,
        complier_control_mean=decimal_of(moved.control_mean.value),
        least_first_stage=max(plan.least_first_stage, decimal_of(weak.least_first_stage)),
        is_interval_whole=ends is not None,
    )
    says = f"Anderson and Rubin's {100 * confidence:g}% set, which holds for a weak draw too: " + (
        weak.says if ends is None else f"{ends.low:,.6g} to {ends.high:,.6g}."
    )
    return Compared(
        {"difference": effect},
        len(sample),
        found,
        tests={
            "anderson-rubin": TestOfNoEffect(
                test="anderson-rubin",
                statistic=decimal_of(weak.statistic),
                p_value=decimal_of(min(1.0, weak.p_value)),
                is_exploratory=True,
            )
        },
        take_up=take_up,
        notes=(says, weak_words(take_up)),
    )


def taking_part_alone(plan: Randomised, sample: Sample, unit: str) -> dict[EffectForm, Effect]:
    """The effect of taking part without what is shown beside it: for draws."""
    covariates, names = sample.covariates(plan.covariates)
    found = effect_of_taking_part(
        sample.outcome,
        sample.treated,
        sample.flags("took_part"),
        covariates=covariates,
        names=names,
        strata=strata_of(plan, sample),
        clusters=clusters_of(plan, sample),
        flavour=cast(Flavour, plan.standard_errors),
    )
    return {
        "difference": effect_of(found, "difference", unit, confidence=float(plan.confidence or 0))
    }


def strata_of(plan: Randomised, sample: Sample) -> Codes | None:
    """A number for each person's stratum; None where the plan has none."""
    return sample.codes(plan.strata, "strata") if plan.strata else None


def clusters_of(plan: Randomised, sample: Sample) -> Codes | None:
    """A number for each person's cluster; None where the plan's errors have none."""
    if plan.cluster is None or plan.standard_errors not in ("cr1", "cr2"):
        return None
    return sample.codes((plan.cluster,), "clusters")


def _of(plan: Randomised, found: Estimated, unit: str) -> Compared:
    effect = effect_of(found, "difference", unit, confidence=float(plan.confidence or 0))
    return Compared({"difference": effect}, found.people, found)


def _times(factor: int, interval: Interval) -> Interval:
    return Interval(factor * interval.low, factor * interval.high)


FORMULAS: dict[str, Formula] = {
    "difference-in-proportions": proportions_of,
    "difference-in-means": means,
    "blocked-difference": blocked,
    "ancova": adjusted,
    "lin": adjusted,
    "two-stage-least-squares": taking_part,
}
