"""What every estimator hands over: a value, its standard error and what the error rests on."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.evaluation.proportions import Interval


@dataclass(frozen=True)
class Estimated:
    """An effect in the unit of its outcome, with its error.

    freedom: the degrees of freedom of Student's t that intervals and tests use; None for the
    normal distribution. people: who entered the estimate, of all arms. method: the formula, the
    flavour of the error and its small-sample factor, in words a reader can check.
    """

    value: float
    standard_error: float
    people: int
    method: str
    freedom: float | None = None

    def interval(self, confidence: float) -> Interval:
        """The value, more and less the quantile times its error; confidence such as 0.95."""
        reach = self._quantile((1 + confidence) / 2) * self.standard_error
        return Interval(self.value - reach, self.value + reach)

    @property
    def statistic(self) -> float:
        """The value over its error; infinite where the error is 0 and the value is not."""
        if not self.standard_error:
            return float("inf") if self.value else 0.0
        return self.value / self.standard_error

    @property
    def p_value(self) -> float:
        """Two-sided, of no effect."""
        from scipy.special import ndtr, stdtr

        away = -abs(self.statistic)
        return float(2 * (ndtr(away) if self.freedom is None else stdtr(self.freedom, away)))

    def _quantile(self, share: float) -> float:
        from scipy.special import ndtri, stdtrit

        return float(ndtri(share) if self.freedom is None else stdtrit(self.freedom, share))
