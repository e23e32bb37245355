"""A deal simulated: one set of draws, told to payors, investors and provider."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import isnan
from pathlib import Path

from payforsuccess.deal.assumptions import Case
from payforsuccess.errors import Finding, Problem
from payforsuccess.finance.return_limit import over_the_limit
from payforsuccess.finance.simulate.figures import Figure
from payforsuccess.finance.simulate.odds import (
    PERCENTS,
    Chance,
    Range,
    TrancheOdds,
    chances_told,
    left_told,
    mean_returns,
    payments_told,
    pockets_told,
    tranches_told,
)
from payforsuccess.finance.simulate.simulate import SCRAMBLES, WORLDS
from payforsuccess.finance.simulate.simulate import simulate as simulate_worlds
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.numbers import counted
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.finance.files import open_financed
from payforsuccess.runs.finance.recorded import keep
from payforsuccess.runs.finance.words import (
    findings_plain,
    money_plain,
    number_plain,
    problems_plain,
    ratio_figure,
    repaid_figure,
    share_figure,
    units_text,
)
from payforsuccess.runs.folder import DealPath

SEED = 1
Count = Callable[[str, int, int], None]
HEADS = (*(f"{percent}%" for percent in PERCENTS), "mean", "worst 5%")


@dataclass(frozen=True, repr=False)
class Simulated:
    """What was simulated, in words; all amounts in minor units, each figure with its error."""

    deal: str
    standing: str
    firmness: str
    currency: str
    case: Case
    seed: int
    worlds: int
    scrambles: int
    varies: int
    payments: tuple[Range, ...]
    tranches: tuple[TrancheOdds, ...]
    pockets: tuple[Range, ...]
    left: tuple[Range, ...]
    chances: tuple[Chance, ...]
    problems: tuple[Problem, ...]
    findings: tuple[Finding, ...]
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        lines = [
            f"{self.deal}, simulated around the {self.case} case, in {self.currency}",
            f"The terms are {self.standing}; what is assumed is {self.firmness}.",
            f"{counted(self.scrambles, 'scramble')} of {self.worlds:,} worlds, {self._varying}, "
            f"seed {self.seed}. The line under a figure (±) is its error between scrambles:",
            "how far it would move with other draws, not how uncertain the future is.",
            "",
            "Payors: success payments",
            *self._ranges(self.payments),
        ]
        if self.tranches:
            lines += ["", "Investors", *self._investors()]
        if self.pockets:
            lines += ["", "Providers: the most each is ever out of pocket"]
            lines += self._pockets()
        lines += [
            "",
            "Who bears what: what each is left with after all (below zero, it bears)",
            *self._ranges(self.left),
        ]
        for of in dict.fromkeys(one.of for one in self.chances):
            rows = [(o.says, share_figure(o.chance)) for o in self.chances if o.of == of]
            lines += ["", f"Chances: {of}", *(f"  {line}" for line in in_columns(rows, right=(1,)))]
        if self.findings:
            lines += ["", "Findings", *(f"  {finding}" for finding in self.findings)]
        lines += ["", *(f"Kept  {path}" for path in self.written)]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Amounts as whole minor units, shares and rates as decimal texts, each with its error."""
        return {
            "deal": self.deal,
            "standing": self.standing,
            "assumptions": self.firmness,
            "currency": self.currency,
            "case": self.case,
            "seed": self.seed,
            "worlds": self.worlds,
            "scrambles": self.scrambles,
            "payments": [_range_plain(one) for one in self.payments],
            "tranches": [_tranche_plain(one) for one in self.tranches],
            "out_of_pocket": [_range_plain(one) for one in self.pockets],
            "left_with": [_range_plain(one) for one in self.left],
            "chances": [
                {"of": one.of, "says": one.says, "chance": number_plain(one.chance)}
                for one in self.chances
            ],
            "problems": problems_plain(self.problems),
            "findings": findings_plain(self.findings),
        }

    @property
    def _varying(self) -> str:
        return "1 thing that varies" if self.varies == 1 else f"{self.varies} things that vary"

    def _ranges(self, ranges: Sequence[Range]) -> list[str]:
        rows: list[tuple[str, ...]] = [("", *HEADS)]
        for one in ranges:
            figures = (*one.percentiles, one.mean, one.worst)
            rows.append((one.says, *(units_text(each.value, self.currency) for each in figures)))
            if not isnan(figures[0].error):
                rows.append(
                    ("", *(f"± {units_text(each.error, self.currency)}" for each in figures))
                )
        return [f"  {line}" for line in in_columns(rows, right=range(1, len(HEADS) + 1))]

    def _pockets(self) -> list[str]:
        deep = [one for one in self.pockets if one.worst.value >= 1]
        if not deep:
            return ["  In no world is a provider out of pocket: money is there when costs fall."]
        return self._ranges(deep)

    def _investors(self) -> list[str]:
        lines: list[str] = []
        for one in self.tranches:
            rows: list[tuple[str, str]] = [
                ("drawn, mean", units_text(one.drawn.value, self.currency)),
                ("principal repaid in full", repaid_figure(one)),
                ("some is lost", share_figure(one.loses)),
                ("lost in the worst 5% of worlds, mean", self._money(one.shortfall)),
                ("multiple, mean", ratio_figure(one.multiple)),
                ("multiple, 5th percentile", ratio_figure(one.low_multiple)),
                ("rate of the mean flows", share_figure(one.rate_of_mean)),
            ]
            if one.mean_rate is not None:
                rows += [
                    ("mean of the worlds' own rates", share_figure(one.mean_rate)),
                    ("  left out: worlds that lose all", share_figure(one.lost)),
                    ("  left out: worlds with no rate", share_figure(one.without_rate)),
                    ("worlds with several rates", share_figure(one.several)),
                ]
            lines += [f"  {one.name}: {one.party} ({one.kind})"]
            lines += [f"    {line}" for line in in_columns(rows, right=(1,))]
        return lines

    def _money(self, found: Figure) -> str:
        error = "" if isnan(found.error) else f" ± {units_text(found.error, self.currency)}"
        return f"{units_text(found.value, self.currency)}{error}"


def simulate(
    path: DealPath,
    *,
    assumptions: Path | None = None,
    case: Case = "base",
    worlds: int = WORLDS,
    scrambles: int = SCRAMBLES,
    seed: int = SEED,
    count: Count = lambda task, done, of: None,
) -> Simulated:
    """The deal in many worlds around a case, through its own payment terms and waterfall.

    Results determined so far stand in place of what is assumed. The same seed gives the same
    draws. Refuses what a forecast refuses; a return of the mean flows above the jurisdiction's
    limit is among the `problems` of what comes back. Kept under `out/simulate/`.
    """
    financed = open_financed(path, assumptions=assumptions)
    count("simulating", 0, scrambles)
    found = simulate_worlds(
        financed.history,
        financed.assumptions,
        seed=seed,
        worlds=worlds,
        scrambles=scrambles,
        case=case,
        known=financed.known,
        progress=lambda done, of: count("simulating", done, of),
    )
    deal = found.setting.deal
    problems = over_the_limit(deal, mean_returns(found), where=f"the mean around the {case} case")
    told = Simulated(
        deal=deal.deal,
        standing=deal.standing,
        firmness=firmness_text(financed.assumptions),
        currency=deal.currency,
        case=case,
        seed=seed,
        worlds=worlds,
        scrambles=scrambles,
        varies=len(found.drivers.names),
        payments=payments_told(found),
        tranches=tranches_told(found),
        pockets=pockets_told(found),
        left=left_told(found),
        chances=chances_told(found),
        problems=tuple(problems),
        findings=_findings(found.notes, len(found.drivers.names), scrambles),
    )
    settings = (
        ("case", case),
        ("seed", str(seed)),
        ("worlds", str(worlds)),
        ("scrambles", str(scrambles)),
    )
    files = {"simulation.json": json_bytes(told.as_plain())}
    return replace(told, written=keep(financed, "simulate", files, settings=settings))


def _findings(notes: Sequence[str], varies: int, scrambles: int) -> tuple[Finding, ...]:
    found = [Finding("simulation", note) for note in notes]
    if not varies:
        found.append(
            Finding(
                "simulation",
                "Nothing varies: every world is the same. Give a `spread` or `chance` to what is "
                "assumed.",
            )
        )
    if scrambles < SCRAMBLES:
        found.append(
            Finding(
                "simulation",
                f"{counted(scrambles, 'scramble')} tell{'s' if scrambles == 1 else ''} little of "
                f"the error; {SCRAMBLES} or more do.",
            )
        )
    return tuple(found)


def _range_plain(one: Range) -> dict[str, object]:
    return {
        "says": one.says,
        "percentiles": {
            str(percent): money_plain(each)
            for percent, each in zip(PERCENTS, one.percentiles, strict=True)
        },
        "mean": money_plain(one.mean),
        "worst_5_percent": money_plain(one.worst),
    }


def _tranche_plain(one: TrancheOdds) -> dict[str, object]:
    return {
        "name": one.name,
        "party": one.party,
        "kind": one.kind,
        "drawn": money_plain(one.drawn),
        "came_back": money_plain(one.back),
        "fully_repaid": number_plain(one.repaid),
        "loses": number_plain(one.loses),
        "shortfall_worst_5_percent": money_plain(one.shortfall),
        "multiple": number_plain(one.multiple),
        "multiple_5th_percentile": number_plain(one.low_multiple),
        "rate_of_mean_flows": number_plain(one.rate_of_mean),
        "mean_of_rates": number_plain(one.mean_rate),
        "worlds_that_lose_all": number_plain(one.lost),
        "worlds_without_rate": number_plain(one.without_rate),
        "worlds_with_several_rates": number_plain(one.several),
    }
