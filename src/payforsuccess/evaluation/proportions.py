"""Two proportions: their difference and percent reduction, with standard errors and intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from statistics import NormalDist
from typing import Literal

ProportionError = Literal["unpooled", "hc2"]


@dataclass(frozen=True)
class TwoByTwo:
    """People with and without an event in two arms; each arm holds at least one person."""

    treated_events: int
    treated_people: int
    control_events: int
    control_people: int

    def __post_init__(self) -> None:
        """Refuse counts that cannot be (ValueError)."""
        for events, people in (
            (self.treated_events, self.treated_people),
            (self.control_events, self.control_people),
        ):
            if not 0 <= events <= people or people == 0:
                raise ValueError("an arm holds at least one person, and no more events than people")

    @property
    def treated_share(self) -> Fraction:
        """The share of the treated arm with an event."""
        return Fraction(self.treated_events, self.treated_people)

    @property
    def control_share(self) -> Fraction:
        """The share of the control arm with an event."""
        return Fraction(self.control_events, self.control_people)

    @property
    def is_degenerate(self) -> bool:
        """Whether no one, or everyone, has an event: nothing can then be told apart."""
        events = self.treated_events + self.control_events
        return events in (0, self.treated_people + self.control_people)


@dataclass(frozen=True)
class Interval:
    """The two ends of an interval."""

    low: float
    high: float


def difference(table: TwoByTwo) -> Fraction:
    """The treated share less the control share, exactly."""
    return table.treated_share - table.control_share


def percent_reduction(table: TwoByTwo) -> Fraction:
    """100 x (control - treated) / control, exactly; ZeroDivisionError without control events."""
    return 100 * (table.control_share - table.treated_share) / table.control_share


def variance_of_share(events: int, people: int, errors: ProportionError) -> float:
    """The variance of one share.

    unpooled: p (1 - p) / n. hc2: p (1 - p) / (n - 1), what heteroskedasticity-consistent errors of
    the second kind give for a regression on the arm alone (MacKinnon and White 1985).
    """
    share = events / people
    divisor = people - 1 if errors == "hc2" else people
    return share * (1 - share) / divisor if divisor else 0.0


def standard_error_of_difference(table: TwoByTwo, errors: ProportionError) -> float:
    """The root of the sum of the arms' variances."""
    return math.sqrt(
        variance_of_share(table.treated_events, table.treated_people, errors)
        + variance_of_share(table.control_events, table.control_people, errors)
    )


def quantile(confidence: float) -> float:
    """The normal quantile of a two-sided interval: 1.96 for 0.95."""
    from scipy.special import ndtri

    return float(ndtri((1 + confidence) / 2))


def interval_of_difference(
    table: TwoByTwo, errors: ProportionError, *, confidence: float
) -> Interval:
    """Wald's interval: the difference, more and less the quantile times its standard error."""
    middle = float(difference(table))
    reach = quantile(confidence) * standard_error_of_difference(table, errors)
    return Interval(middle - reach, middle + reach)


def standard_error_of_log_ratio(table: TwoByTwo, errors: ProportionError) -> float | None:
    """The delta-method standard error of the log of the shares' ratio.

    The root of the sum of variance / share squared (Katz and others 1978). None when an arm has
    no event: the log is then not defined.
    """
    if not table.treated_events or not table.control_events:
        return None
    treated = variance_of_share(table.treated_events, table.treated_people, errors)
    control = variance_of_share(table.control_events, table.control_people, errors)
    return math.sqrt(
        treated / float(table.treated_share) ** 2 + control / float(table.control_share) ** 2
    )


def interval_of_reduction(
    table: TwoByTwo, errors: ProportionError, *, confidence: float
) -> Interval | None:
    """In percent: 100 x (1 - ratio), with the interval taken on the log of the ratio.

    None when an arm has no event.
    """
    error = standard_error_of_log_ratio(table, errors)
    if error is None:
        return None
    ratio = float(table.treated_share / table.control_share)
    reach = quantile(confidence) * error
    return Interval(100 * (1 - ratio * math.exp(reach)), 100 * (1 - ratio * math.exp(-reach)))


def interval_of_share(events: int, people: int, *, confidence: float) -> Interval:
    """Wilson's score interval for one share (Wilson 1927)."""
    z2 = NormalDist().inv_cdf((1 + confidence) / 2) ** 2  # without SciPy: it takes long to load
    share = events / people
    middle = (share + z2 / (2 * people)) / (1 + z2 / people)
    reach = math.sqrt(z2 * (share * (1 - share) / people + z2 / (4 * people**2))) / (
        1 + z2 / people
    )
    return Interval(max(0.0, middle - reach), min(1.0, middle + reach))
