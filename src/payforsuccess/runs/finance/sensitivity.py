"""Which assumption matters most: in words, as a picture, and as numbers for a program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import isnan
from pathlib import Path

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.fields import Duration
from payforsuccess.errors import Problem, Refusal
from payforsuccess.finance.simulate.sensitivity import Tornado, Value
from payforsuccess.finance.simulate.sensitivity import sensitivity as move_each
from payforsuccess.reports.forecast_words import assumed_text, firmness_text
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.finance.files import open_financed
from payforsuccess.runs.finance.recorded import keep
from payforsuccess.runs.finance.simulate import SEED
from payforsuccess.runs.finance.words import (
    money_figure,
    money_plain,
    number_plain,
    ratio_figure,
    units_text,
)
from payforsuccess.runs.folder import DealPath
from payforsuccess.units import exact_text

WORLDS = 1_024
SCRAMBLES = 4
Tell = Callable[[str], None]


@dataclass(frozen=True, repr=False)
class Sensitive:
    """A figure at the base case and at the ends of each assumption, the widest first."""

    deal: str
    standing: str
    is_certified: bool
    firmness: str
    currency: str
    tornado: Tornado
    seed: int
    worlds: int
    scrambles: int
    written: tuple[Path, ...] = ()

    @property
    def is_money(self) -> bool:
        """Whether the figure is an amount; chances and rates are not."""
        return is_amount(self.tornado.figure)

    def __str__(self) -> str:
        found = self.tornado
        lines = [
            f"{self.deal}: the mean of {figure_text(found.figure)}, in {self.currency}",
            f"The terms are {self.standing}; what is assumed is {self.firmness}.",
            f"Base case: {self._base()}",
            "",
        ]
        rows = [("assumption", "low", "high", "at low", "at high", "apart")]
        for one in found.moved:
            low, _, high = one.values
            rows.append(
                (
                    one.path,
                    assumed_text(low),
                    assumed_text(high),
                    self._value(one.low.value),
                    self._value(one.high.value),
                    self._value(one.width),
                )
            )
        if found.moved:
            lines += [f"  {line}" for line in in_columns(rows, right=range(1, 6))]
        else:
            lines.append("  No assumption has a low or a high case, so nothing moves.")
        lines += [
            "",
            f"Each assumption moves alone, on the same {self.scrambles} scrambles of "
            f"{self.worlds:,} worlds, seed {self.seed}; whole worlds are priced anew, so cliffs "
            "and gates show.",
            *(f"Kept  {path}" for path in self.written),
        ]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Amounts in whole minor units, other figures and the assumed values as decimal texts."""
        plain = money_plain if self.is_money else number_plain
        return {
            "deal": self.deal,
            "standing": self.standing,
            "assumptions": self.firmness,
            "currency": self.currency,
            "figure": self.tornado.figure,
            "base": plain(self.tornado.base),
            "moved": [
                {
                    "assumption": one.path,
                    "values": [_plain_text(value) for value in one.values],
                    "at_low": plain(one.low),
                    "at_high": plain(one.high),
                }
                for one in self.tornado.moved
            ],
            "seed": self.seed,
            "worlds": self.worlds,
            "scrambles": self.scrambles,
        }

    def _base(self) -> str:
        base = self.tornado.base
        return money_figure(base, self.currency) if self.is_money else ratio_figure(base)

    def _value(self, value: float) -> str:
        if isnan(value):
            return "-"
        return units_text(value, self.currency) if self.is_money else f"{value:.4f}"


def sensitivity(
    path: DealPath,
    *,
    figure: str = "paid",
    assumptions: Path | None = None,
    worlds: int = WORLDS,
    scrambles: int = SCRAMBLES,
    seed: int = SEED,
    tell: Tell = lambda _: None,
) -> Sensitive:
    """The mean of a figure as each assumption with cases moves from its low to its high.

    `figure` is `paid`, `worth` (what is paid, at its worth at the start), `term:NAME`,
    `drawn:TRANCHE`, `back:TRANCHE`, `net:PARTY`, `met:TRIGGER` or `left`. Refuses one the deal does
    not have. Written under `out/sensitivity/` as a page with a picture, and as numbers.
    """
    financed = open_financed(path, assumptions=assumptions)
    deal = financed.deal
    _refuse_unknown(figure, deal)
    tell("moving each assumption")
    found = move_each(
        financed.history,
        financed.assumptions,
        figure=figure,
        seed=seed,
        worlds=worlds,
        scrambles=scrambles,
        known=financed.known,
    )
    told = Sensitive(
        deal.deal,
        deal.standing,
        deal.is_certified,
        firmness_text(financed.assumptions),
        deal.currency,
        found,
        seed,
        worlds,
        scrambles,
    )
    settings = (
        ("figure", figure),
        ("seed", str(seed)),
        ("worlds", str(worlds)),
        ("scrambles", str(scrambles)),
    )
    files = {"sensitivity.json": json_bytes(told.as_plain())}
    if found.moved:
        files = {"sensitivity.html": _page(told), **files}
    return replace(told, written=keep(financed, "sensitivity", files, settings=settings))


def is_amount(figure: str) -> bool:
    """Whether a figure of a simulation is money."""
    return figure.partition(":")[0] in ("paid", "worth", "term", "drawn", "back", "net", "left")


def _plain_text(value: Value) -> str:
    return str(value) if isinstance(value, Duration) else exact_text(Fraction(value))


def figure_text(figure: str) -> str:
    """A figure's name in words."""
    kind, _, name = figure.partition(":")
    said = {
        "paid": "all success payments",
        "worth": "all success payments, at their worth at the start",
        "term": f"what `{name}` pays",
        "drawn": f"what is drawn of `{name}`",
        "back": f"what comes back to `{name}`",
        "net": f"what {name} is left with",
        "met": f"the chance that `{name}` is met",
        "left": "what is left on account",
    }
    return said[kind]


def _refuse_unknown(figure: str, deal: Deal) -> None:
    kind, _, name = figure.partition(":")
    known: dict[str, tuple[str, ...]] = {
        "term": tuple(term.name for term in deal.payments),
        "drawn": tuple(each.name for each in deal.capital),
        "back": tuple(each.name for each in deal.capital),
        "net": tuple(each.name for each in deal.parties),
        "met": tuple(each.name for each in deal.triggers),
    }
    if figure in ("paid", "worth", "left") or name in known.get(kind, ()):
        return
    names = [
        "paid",
        "worth",
        "left",
        *(f"{kind}:{name}" for kind, names in known.items() for name in names),
    ]
    raise Refusal(
        Problem(f"The deal has no figure `{figure}`.", f"Name one of: {', '.join(names)}.")
    )


def _page(told: Sensitive) -> bytes:
    from payforsuccess.reports import write_html
    from payforsuccess.reports.sensitivity import MovedFact, SensitivityFacts, sensitivity_document

    facts = SensitivityFacts(
        deal=told.deal,
        standing=told.standing,
        is_certified=told.is_certified,
        firmness=told.firmness,
        figure=figure_text(told.tornado.figure),
        currency=told.currency if told.is_money else "",
        base=told.tornado.base.value,
        moved=tuple(
            MovedFact(
                one.path.replace("_", " ").replace(".", " "),
                assumed_text(one.values[0]),
                assumed_text(one.values[2]),
                one.low.value,
                one.high.value,
            )
            for one in told.tornado.moved
        ),
        worlds=told.worlds,
        scrambles=told.scrambles,
        seed=told.seed,
    )
    return write_html(sensitivity_document(facts))
