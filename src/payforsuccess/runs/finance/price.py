"""The price at which a target is met, old beside new, or why there is none."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from payforsuccess.deal.assumptions import Case
from payforsuccess.errors import Problem
from payforsuccess.finance.priced import priced_deal
from payforsuccess.finance.repriced import repriced
from payforsuccess.finance.return_limit import over_the_limit
from payforsuccess.finance.simulate.odds import mean_returns
from payforsuccess.finance.simulate.price import GRID, Solved, Target, solve_price
from payforsuccess.finance.simulate.simulate import SCRAMBLES, WORLDS
from payforsuccess.finance.simulate.simulate import simulate as simulate_worlds
from payforsuccess.payments.history import DealHistory
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.numbers import counted
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import json_bytes, read_bytes
from payforsuccess.runs.finance.files import Financed, open_financed
from payforsuccess.runs.finance.recorded import keep
from payforsuccess.runs.finance.simulate import SEED
from payforsuccess.runs.finance.target import VALUE_FILE, is_worth, target_of
from payforsuccess.runs.finance.words import (
    money_figure,
    money_plain,
    number_plain,
    problems_plain,
    ratio_figure,
    share_figure,
    units_text,
)
from payforsuccess.runs.folder import DealPath
from payforsuccess.trail import RunInput, fingerprint_bytes
from payforsuccess.units import exact_text, grouped

KIND = "price"
Tell = Callable[[str], None]


@dataclass(frozen=True, repr=False)
class Priced:
    """What a search for a price found, in words."""

    deal: str
    standing: str
    is_certified: bool
    firmness: str
    currency: str
    solved: Solved
    seed: int
    worlds: int
    scrambles: int
    problems: tuple[Problem, ...] = ()
    stated_through: int | None = None
    """The last period that an issued statement states; what it states is priced anew too."""
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        lines = [
            f"{self.deal}, in {self.currency}",
            f"The terms are {self.standing}; what is assumed is {self.firmness}.",
            f"Target: {self.target}",
            *([self.of_stated] if self.of_stated else []),
            "",
        ]
        if self.solved.factor is None:
            lines += [self.solved.why, f"There it comes to {self._reached()}."]
        else:
            lines += [
                self.found,
                *(f"  {line}" for line in in_columns(self.price_rows(), right=(2, 3))),
            ]
        lines += ["", self.tried, "", *(f"Kept  {path}" for path in self.written)]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Prices and the factor as exact texts, what is reached with its error."""
        solved = self.solved
        is_money = solved.target.kind == "paid"
        return {
            "deal": self.deal,
            "standing": self.standing,
            "assumptions": self.firmness,
            "currency": self.currency,
            "target": {
                "kind": solved.target.kind,
                "of": solved.target.of,
                "value": round(solved.target.value) if is_money else f"{solved.target.value:.9f}",
            },
            "factor": None if solved.factor is None else exact_text(solved.factor),
            "reached": (money_plain if is_money else number_plain)(solved.reached),
            "evaluations": solved.evaluations,
            "why": solved.why,
            "prices": [
                {
                    "term": each.term,
                    "key": each.key,
                    "now": exact_text(each.old),
                    "then": exact_text(each.new),
                }
                for each in solved.prices
            ],
            "seed": self.seed,
            "worlds": self.worlds,
            "scrambles": self.scrambles,
            "stated_through": self.stated_through,
            "problems": problems_plain(self.problems),
        }

    @property
    def target(self) -> str:
        """What the price is to bring, in words."""
        target = self.solved.target
        if target.kind != "paid":
            return str(target)
        return f"success payments come to {units_text(target.value, self.currency)} in the mean"

    @property
    def of_stated(self) -> str:
        """What a price is asked of where statements were issued; empty where none was."""
        if self.stated_through is None:
            return ""
        return (
            f"Periods 1 to {self.stated_through} are stated already; they are priced anew too, as "
            "though the price had been so from the start."
        )

    @property
    def found(self) -> str:
        """From which multiple of the prices on it is met, or why none meets it."""
        solved = self.solved
        if solved.factor is None:
            return f"{solved.why} There it comes to {self._reached()}."
        return (
            f"Met from {grouped(solved.factor)} times the prices on, where it comes to "
            f"{self._reached()}."
        )

    @property
    def tried(self) -> str:
        """How often a price was tried, and on which draws."""
        return (
            f"{counted(self.solved.evaluations, 'price')} tried on the same "
            f"{counted(self.scrambles, 'scramble')} of {self.worlds:,} worlds, seed {self.seed}, "
            f"in steps of {exact_text(GRID)} of the present ones."
        )

    def price_rows(self) -> list[tuple[str, str, str, str]]:
        """Each price now and then, under a heading row; the heading row alone without a price."""
        rows = [("term", "price", "now", "then")]
        if self.solved.factor is not None:
            rows += [
                (each.term, each.key, _number(each.old), _number(each.new))
                for each in self.solved.prices
            ]
        return rows

    def _reached(self) -> str:
        match self.solved.target.kind:
            case "paid":
                return money_figure(self.solved.reached, self.currency)
            case "multiple":
                return f"{ratio_figure(self.solved.reached)} times"
            case "rate":
                return f"{share_figure(self.solved.reached)} a year"


def price(
    path: DealPath,
    *,
    target: str,
    of: str = "all",
    terms: Collection[str] = (),
    assumptions: Path | None = None,
    case: Case = "base",
    worlds: int = WORLDS,
    scrambles: int = SCRAMBLES,
    seed: int = SEED,
    tell: Tell = lambda _: None,
) -> Priced:
    """The least multiple of all prices (or of the terms named) at which a target is met.

    `target` is `rate=5%`, `multiple=1.05`, `paid=AMOUNT` in whole units, or `paid=value`; `of` a
    tranche, or `all`. Refuses targets of nothing. A price at which the mean return passes the
    jurisdiction's limit is found and then stopped: see `problems`. Kept under `out/price/` as a
    page and as numbers.
    """
    financed = open_financed(path, assumptions=assumptions)
    wanted = target_of(target, financed, of=of)
    tell("trying prices")
    solved = solve_price(
        financed.history,
        financed.assumptions,
        wanted,
        seed=seed,
        worlds=worlds,
        scrambles=scrambles,
        terms=terms,
        case=case,
        known=financed.known,
    )
    deal = financed.deal
    problems: tuple[Problem, ...] = ()
    if solved.factor is not None:
        problems = _over_the_limit(financed, wanted, solved.factor, terms, case, seed, worlds)
    told = Priced(
        deal.deal,
        deal.standing,
        deal.is_certified,
        firmness_text(financed.assumptions),
        deal.currency,
        solved,
        seed,
        worlds,
        scrambles,
        problems,
        max((each.period for each in financed.folder.statements()), default=None),
    )
    settings = (
        ("target", target.strip()),
        ("of", of),
        *((f"term {at}", name) for at, name in enumerate(sorted(set(terms)), 1)),
        ("case", case),
        ("seed", str(seed)),
        ("worlds", str(worlds)),
        ("scrambles", str(scrambles)),
    )
    files = {"price.html": _page(told), "price.json": json_bytes(told.as_plain())}
    written = keep(financed, KIND, files, settings=settings, also=_worth_read(target, financed))
    return replace(told, written=written)


def _worth_read(target: str, financed: Financed) -> tuple[RunInput, ...]:
    """`value.yaml`, where the target is what outcomes are worth."""
    if not is_worth(target):
        return ()
    content = read_bytes(financed.folder.root / VALUE_FILE)
    return (RunInput(VALUE_FILE, VALUE_FILE, fingerprint_bytes(content)),)


def _page(told: Priced) -> bytes:
    from payforsuccess.reports import write_html
    from payforsuccess.reports.price import PriceFacts, price_document

    facts = PriceFacts(
        deal=told.deal,
        standing=told.standing,
        is_certified=told.is_certified,
        firmness=told.firmness,
        currency=told.currency,
        target=told.target,
        found=f"{told.found} {told.of_stated}".strip(),
        prices=[*told.price_rows()],
        stopped=tuple(problem.what for problem in told.problems),
        tried=told.tried,
    )
    return write_html(price_document(facts))


def _over_the_limit(
    financed: Financed,
    target: Target,
    factor: Fraction,
    terms: Collection[str],
    case: Case,
    seed: int,
    worlds: int,
) -> tuple[Problem, ...]:
    """What the limit on returns says of the new prices, on the mean flows of one scramble."""
    limits = financed.deal.jurisdiction
    if limits.return_rate_limit is None and limits.return_multiple_limit is None:
        return ()
    deal = repriced(priced_deal(financed.history).deal, factor, terms=terms)
    found = simulate_worlds(
        DealHistory((deal,)),
        financed.assumptions,
        seed=seed,
        worlds=worlds,
        scrambles=1,
        case=case,
        known=financed.known,
        with_rates=False,
    )
    return tuple(over_the_limit(deal, mean_returns(found), where="the mean at that price"))


def _number(value: Fraction) -> str:
    """An exact price; one that never ends is cut to six places."""
    text = grouped(value)
    return text if "/" not in text else f"{float(value):,.6f}"
