"""What each kind of check computes, exactly, from the figures of one library deal."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from pydantic import BaseModel

from payforsuccess.deal.figure_checks import (
    CompoundCheck,
    DifferenceCheck,
    LeastCheck,
    PercentChangeCheck,
    ProductCheck,
    RatioCheck,
    ReasonedCheck,
    StatementCheck,
    SumCheck,
    SumOfProductsCheck,
    ThresholdCheck,
)
from payforsuccess.deal.vectors import Vector
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.library.files import LibraryDeal
from payforsuccess.runs.library.statement import paid_on


def computed_by(held: LibraryDeal, vector: Vector) -> Fraction | None:
    """The figure that the vector's check gives, or None where it gives no number.

    Refuses a path that leads to no figure, and pairs that do not share one ratio.
    """
    figures = _Figures(held, vector)
    one, every = figures.one, figures.every
    match vector.check:
        case StatementCheck() as check:
            if held.deal is None or held.cases is None:
                raise figures.problem("The deal has no terms and results to compute a statement.")
            return paid_on(held.deal, held.cases, check)
        case SumCheck(of=paths):
            return sum(every(paths), Fraction(0))
        case DifferenceCheck() as check:
            return one(check.from_) - one(check.less)
        case ProductCheck(of=paths):
            return prod(every(paths), start=Fraction(1))
        case SumOfProductsCheck(pairs=pairs):
            return sum((one(first) * one(second) for first, second in pairs), Fraction(0))
        case RatioCheck(pairs=pairs):
            ratios = {one(first) / one(second) for first, second in pairs}
            if len(ratios) != 1:
                raise figures.problem("The pairs do not share one ratio.")
            return ratios.pop()
        case PercentChangeCheck() as check:
            before = one(check.from_)
            rise = 100 * (one(check.to) - before) / before
            return rise if check.counts == "rise" else -rise
        case CompoundCheck() as check:
            years = one(check.years)
            if years.denominator != 1:
                raise figures.problem("Compounding runs over whole years.")
            return one(check.principal) * (1 + one(check.rate)) ** years.numerator
        case LeastCheck(of=paths):
            return min(every(paths))
        case ThresholdCheck() as check:
            return Fraction(one(check.value) >= one(check.at_least))
        case ReasonedCheck(gives=gives):
            return gives


class _Figures:
    """Finds the figures that the paths of one vector name."""

    def __init__(self, held: LibraryDeal, vector: Vector) -> None:
        self._held, self._vector = held, vector

    def every(self, paths: tuple[str, ...]) -> list[Fraction]:
        """The figures of all paths; `capital.*` gives all amounts."""
        found: list[Fraction] = []
        for path in paths:
            if path == "capital.*":
                amounts = [capital.amount for capital in self._held.record.capital]
                found += [amount for amount in amounts if amount is not None]
            else:
                found.append(self.one(path))
        return found

    def one(self, path: str) -> Fraction:
        """The figure that a path leads to."""
        start, _, rest = path.partition(".")
        held = self._held
        value: object = None
        match start:
            case "figures":
                value = _named(held.record.figures, rest, "value")
            case "capital":
                value = _named(held.record.capital, rest, "amount")
            case "vectors" if held.vectors is not None:
                value = _named(held.vectors.vectors, rest, "published")
            case "results" if held.cases is not None:
                case_name, _, outcome = rest.partition(".")
                found = [case for case in held.cases.cases if case.name == case_name]
                results = found[0].results if found else ()
                same = [result.value for result in results if result.outcome == outcome]
                value = same[0] if len(same) == 1 else None
            case "deal" if held.deal is not None:
                value = _walked(held.deal, rest)
        if not isinstance(value, Fraction | int) or isinstance(value, bool):
            raise self.problem(f"The path “{path}” leads to no figure.")
        return Fraction(value)

    def problem(self, what: str) -> Refusal:
        """A refusal that names the vector."""
        file = f"{self._held.record.id}/paid.yaml"
        return Refusal(
            Problem(
                f"{what[:-1]}, in the vector “{self._vector.name}”.",
                "Correct the check in `paid.yaml`.",
                Place(file),
            )
        )


def _named(items: tuple[BaseModel, ...], name: str, field: str) -> object:
    found = [item for item in items if getattr(item, "name", None) == name]
    return getattr(found[0], field) if len(found) == 1 else None


def _walked(start: BaseModel, path: str) -> object:
    """Follows keys into models and mappings, and names into lists of named items."""
    at: object = start
    for key in path.split("."):
        if isinstance(at, BaseModel):
            at = getattr(at, key, None) if key in type(at).model_fields else None
        elif isinstance(at, dict):
            at = at.get(key)
        elif isinstance(at, tuple):
            found = [item for item in at if getattr(item, "name", None) == key]
            at = found[0] if len(found) == 1 else None
    return at
