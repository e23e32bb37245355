"""Two ways a deal may go, on the same draws: what the second changes, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.deal.assumptions import Case
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.finance.simulate.differences import Difference, differences
from payforsuccess.finance.simulate.figures import Figure
from payforsuccess.finance.simulate.simulate import SCRAMBLES, WORLDS
from payforsuccess.finance.simulate.simulate import simulate as simulate_worlds
from payforsuccess.payments.history import DealHistory
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.finance.files import Financed, open_financed
from payforsuccess.runs.finance.simulate import SEED
from payforsuccess.runs.finance.words import (
    findings_plain,
    money_figure,
    money_plain,
    number_plain,
    share_figure,
)
from payforsuccess.runs.folder import DealPath

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Side:
    """One of the two: what it is called, its terms and what is assumed."""

    says: str
    standing: str
    firmness: str


@dataclass(frozen=True, repr=False)
class Compared:
    """Both sides, figure by figure."""

    sides: tuple[Side, Side]
    currency: str
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    seed: int
    worlds: int
    scrambles: int

    def __str__(self) -> str:
        lines = [
            f"{name}: {side.says} (terms {side.standing}; assumptions {side.firmness})"
            for name, side in zip(("First ", "Second"), self.sides, strict=True)
        ]
        rows = [("mean over the worlds", "first", "second", "second less first")]
        rows += [
            (
                one.says,
                self._text(one, one.first),
                self._text(one, one.second),
                self._text(one, one.difference),
            )
            for one in self.differences
        ]
        lines += ["", *in_columns(rows, right=(1, 2, 3)), ""]
        lines.append(
            f"The same {self.scrambles} scrambles of {self.worlds:,} worlds for both, seed "
            f"{self.seed}, in {self.currency}; ± is the error between scrambles, of a difference "
            "that of the difference."
        )
        lines += [f"  {finding}" for finding in self.findings]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Amounts in whole minor units, chances as decimal texts."""
        return {
            "sides": [
                {"says": side.says, "standing": side.standing, "assumptions": side.firmness}
                for side in self.sides
            ],
            "currency": self.currency,
            "differences": [
                {
                    "says": one.says,
                    "unit": "minor units" if one.is_money else "share",
                    **{
                        name: (money_plain if one.is_money else number_plain)(each)
                        for name, each in (
                            ("first", one.first),
                            ("second", one.second),
                            ("difference", one.difference),
                        )
                    },
                }
                for one in self.differences
            ],
            "findings": findings_plain(self.findings),
            "seed": self.seed,
            "worlds": self.worlds,
            "scrambles": self.scrambles,
        }

    def _text(self, one: Difference, found: Figure) -> str:
        return money_figure(found, self.currency) if one.is_money else share_figure(found)


def compare(
    paths: Sequence[DealPath],
    *,
    assumptions: Sequence[Path] = (),
    case: Case = "base",
    worlds: int = WORLDS,
    scrambles: int = SCRAMBLES,
    seed: int = SEED,
    tell: Tell = lambda _: None,
) -> Compared:
    """Two deals, two assumptions about one deal, or the first and latest version of one deal.

    One assumptions file is for both sides; two are for the first and the second. Refuses other
    numbers, two currencies, and all that a forecast refuses of either side.
    """
    first, second = _sides(paths, assumptions)
    currencies = [each.financed.deal.currency for each in (first, second)]
    if currencies[0] != currencies[1]:
        raise Refusal(
            Problem(
                f"One deal is in {currencies[0]} and the other in {currencies[1]}.",
                "Compare deals in one currency; nothing here converts money.",
                second.financed.deal.place_of("currency"),
            )
        )
    tell("simulating both")
    found = [
        simulate_worlds(
            each.history,
            each.financed.assumptions,
            seed=seed,
            worlds=worlds,
            scrambles=scrambles,
            case=case,
            known=each.financed.known,
            with_rates=False,
        )
        for each in (first, second)
    ]
    findings = []
    if found[0].drivers.names != found[1].drivers.names:
        findings.append(
            Finding(
                "comparison",
                "Other things vary on the two sides, so their draws are common only in part and "
                "the difference is less sure than it could be.",
            )
        )
    one, other = (_side(each) for each in (first, second))
    return Compared(
        (one, other),
        currencies[0],
        tuple(differences(found[0], found[1])),
        tuple(findings),
        seed,
        worlds,
        scrambles,
    )


@dataclass(frozen=True)
class _Chosen:
    says: str
    financed: Financed
    history: DealHistory


def _sides(paths: Sequence[DealPath], files: Sequence[Path]) -> tuple[_Chosen, _Chosen]:
    if len(paths) > 2 or len(files) > 2 or not paths:
        raise Refusal(
            Problem(
                f"There are {len(paths)} deals and {len(files)} assumption files; two sides are "
                "compared.",
                "Name two deals, or one deal with two files, each after --assumptions.",
            )
        )
    chosen = [*files] if len(files) == 2 else [files[0] if files else None] * 2
    deals = [paths[0], paths[-1]]
    opened = [
        open_financed(path, assumptions=file) for path, file in zip(deals, chosen, strict=True)
    ]
    if len(paths) == 2 or len(files) == 2:
        one, other = (
            _Chosen(str(path if len(paths) == 2 else file), each, each.history)
            for path, file, each in zip(deals, chosen, opened, strict=True)
        )
        return one, other
    history = opened[0].history
    if len(history.versions) < 2:
        raise Refusal(
            Problem(
                "There is one version of this deal and one set of assumptions: nothing to compare.",
                "Name a second deal, or two files, each after --assumptions.",
            )
        )
    before, after = history.versions[0], history.latest
    return (
        _Chosen(f"in force from {before.in_force_from}", opened[0], DealHistory((before,))),
        _Chosen(f"in force from {after.in_force_from}", opened[1], history),
    )


def _side(chosen: _Chosen) -> Side:
    deal = chosen.history.latest
    return Side(chosen.says, deal.standing, firmness_text(chosen.financed.assumptions))
