"""Two ways a deal may go, on the same draws: what the second changes, and how surely."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from payforsuccess.deal.assumptions import Case
from payforsuccess.errors import Finding, Problem, Refusal
from payforsuccess.finance.simulate.differences import Difference, differences
from payforsuccess.finance.simulate.figures import Figure
from payforsuccess.finance.simulate.simulate import SCRAMBLES, WORLDS
from payforsuccess.finance.simulate.simulate import simulate as simulate_worlds
from payforsuccess.reports.forecast_words import firmness_text
from payforsuccess.reports.numbers import counted
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.files import json_bytes
from payforsuccess.runs.finance.recorded import inputs_of, keep
from payforsuccess.runs.finance.sides import Chosen, two_sides
from payforsuccess.runs.finance.simulate import SEED
from payforsuccess.runs.finance.words import (
    findings_plain,
    money_figure,
    money_plain,
    number_plain,
    share_figure,
)
from payforsuccess.runs.folder import DealPath

KIND = "compare"
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Side:
    """One of the two: what it is called, its terms and what is assumed."""

    says: str
    standing: str
    is_certified: bool
    firmness: str


@dataclass(frozen=True, repr=False)
class Compared:
    """Both sides, figure by figure; `deal` is the first side's."""

    deal: str
    sides: tuple[Side, Side]
    currency: str
    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...]
    seed: int
    worlds: int
    scrambles: int
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        lines = [
            f"{name}: {side.says} (terms {side.standing}; assumptions {side.firmness})"
            for name, side in zip(("First ", "Second"), self.sides, strict=True)
        ]
        lines += ["", *in_columns(self.rows(), right=(1, 2, 3)), ""]
        lines.append(
            f"The same {counted(self.scrambles, 'scramble')} of {self.worlds:,} worlds for both, "
            f"seed {self.seed}, in {self.currency}; ± is the error between scrambles, of a "
            "difference that of the difference."
        )
        lines += [f"  {finding}" for finding in self.findings]
        return "\n".join([*lines, "", *(f"Kept  {path}" for path in self.written)])

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

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Every figure on both sides, under a heading row."""
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
        return rows

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
    numbers, two currencies, and all that a forecast refuses of either side. Kept under
    `out/compare/` of the first deal as a page and as numbers.
    """
    first, second = two_sides(paths, assumptions)
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
    if _marks(first) == _marks(second):
        findings.append(
            Finding(
                "comparison",
                "Both sides are the same, in terms and in assumptions: every difference is 0.",
            )
        )
    told = Compared(
        first.financed.deal.deal,
        (_side(first), _side(second)),
        currencies[0],
        tuple(differences(found[0], found[1])),
        tuple(findings),
        seed,
        worlds,
        scrambles,
    )
    settings = (
        ("compares", first.compares),
        ("case", case),
        ("seed", str(seed)),
        ("worlds", str(worlds)),
        ("scrambles", str(scrambles)),
    )
    also = inputs_of(second.financed, called="second ", root=first.financed.folder.root)
    files = {"compare.html": _page(told), "compare.json": json_bytes(told.as_plain())}
    return replace(told, written=keep(first.financed, KIND, files, settings=settings, also=also))


def _marks(chosen: Chosen) -> tuple[str, ...]:
    """What makes two sides one: their versions' terms and what is assumed."""
    versions = chosen.history.versions
    terms = (version.terms_fingerprint for version in versions)
    return (*terms, chosen.financed.assumptions.fingerprint)


def _side(chosen: Chosen) -> Side:
    deal = chosen.history.latest
    firmness = firmness_text(chosen.financed.assumptions)
    return Side(chosen.says, deal.standing, deal.is_certified, firmness)


def _page(told: Compared) -> bytes:
    from payforsuccess.reports import write_html
    from payforsuccess.reports.compare import CompareFacts, SideFacts, compare_document

    one, other = (SideFacts(s.says, s.standing, s.is_certified, s.firmness) for s in told.sides)
    facts = CompareFacts(
        deal=told.deal,
        sides=(one, other),
        currency=told.currency,
        differences=[_on_page(row) for row in told.rows()],
        findings=tuple(finding.what for finding in told.findings),
        drawn=(
            f"Both sides are priced on the same {counted(told.scrambles, 'scramble')} of "
            f"{told.worlds:,} worlds, seed {told.seed}."
        ),
    )
    return write_html(compare_document(facts))


def _on_page(row: tuple[str, str, str, str]) -> tuple[str, ...]:
    """A row with what is a part called so, since a page sets nothing in, and with true minuses."""
    name, *figures = row
    says = f"of which {name.strip()}" if name.startswith(" ") else name
    return (says, *(text.replace("-", "\N{MINUS SIGN}") for text in figures))
