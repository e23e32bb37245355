"""What a forecast says in words, on the page and on the terminal alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from payforsuccess.deal.assumptions import Assumptions, Sourced
from payforsuccess.deal.fields import Duration
from payforsuccess.deal.model import Model
from payforsuccess.errors import in_a_row, sentence
from payforsuccess.errors.sentence import listed
from payforsuccess.reports.numbers import percent_text
from payforsuccess.units import grouped, money_text

if TYPE_CHECKING:
    from payforsuccess.finance.break_even import BreakEven
    from payforsuccess.finance.risk import RiskBorne
    from payforsuccess.finance.summary import Summary
    from payforsuccess.finance.tranches import TrancheReturn

FIRMNESS = ("illustrative", "estimate", "published", "contract")
"""How firm what is assumed may be, the weakest first."""


def firmness_text(assumptions: Assumptions) -> str:
    """What assumptions rest on, the weakest named first."""
    told = set(_standings(assumptions))
    return ", ".join(each for each in FIRMNESS if each in told)


def _standings(value: object) -> Iterator[str]:
    """The standing of everything that has one, however deep it stands in the file."""
    if isinstance(value, Sourced):
        yield value.standing
    if isinstance(value, Model):
        for name in type(value).model_fields:
            yield from _standings(getattr(value, name))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _standings(each)
    elif isinstance(value, tuple):
        for each in value:
            yield from _standings(each)


def assumed_text(value: Fraction | int | Duration) -> str:
    """A number as it is read, or a length of time in words."""
    return str(value) if isinstance(value, Duration) else grouped(value)


def ratio_text(ratio: Fraction | None) -> str:
    """A ratio to four decimals, or a dash."""
    return "-" if ratio is None else f"{float(ratio):.4f}"


def rate_text(one: TrancheReturn) -> str:
    """A rate in percent, and what must be said with it."""
    if one.drawn == 0:
        return "not drawn"
    if one.recycles and not one.came_back:
        return "recycled" if one.stake.recycled else "nothing recycled"
    if one.kind == "grant" and not one.came_back:
        return "not owed back"
    if one.lost:
        return "all lost"
    if one.rate is None:
        return "no rate"
    many = ", one of several" if one.roots == "several" else ""
    shown = percent_text(one.rate, 2)
    return f"{'0.00%' if abs(one.rate) < 0.00005 else shown}{many}"


def break_even_text(even: BreakEven, currency: str) -> str:
    """From which part of the assumed success on all principal is repaid."""
    if even.part is None:
        return (
            f"Break-even ({even.case} case): none. Even at the most success looked at, "
            f"{money_text(even.unpaid_at_most, currency, code=True)} of principal stays unpaid."
        )
    rest = " in what is not determined yet" if even.is_rest else ""
    return (
        f"Break-even ({even.case} case): all principal is repaid, without any guarantor, from "
        f"{float(even.part):.1%} of the assumed success on{rest}."
    )


def no_success_words(*, is_more: bool) -> str:
    """How a world without success begins its sentence; `is_more` where some is determined."""
    if is_more:
        return sentence("With no more success than is determined already")
    return sentence("With no success at all")


def risk_sentences(summary: Summary) -> tuple[str, ...]:
    """Who bears what if nothing succeeds, and what the public bears whatever happens."""
    currency = summary.forecast.deal.currency

    def money(minor: int) -> str:
        return money_text(minor, currency, code=True)

    base = summary.cases["base"].risk
    said: list[str] = []
    nothing = summary.without_success
    if nothing is not None:
        words = no_success_words(is_more=bool(summary.forecast.determined))
        paid = money(nothing.risk.paid)
        said.append(sentence("{words}, success payments come to {paid}.", words=words, paid=paid))
        if summary.forecast.deal.capital:
            said.append(_lost(nothing.risk, currency))
        else:
            said.append(
                sentence("Nobody gives capital: what success does not bring, providers do not get.")
            )
    if base.public:
        said.append(
            sentence(
                "Whatever the outcomes are, public bodies bear {public} besides success payments "
                "(base case): base pay, and costs outside the project.",
                public=money(base.public),
            )
        )
    else:
        said.append(
            sentence(
                "No cost that public bodies bear besides success payments is assumed. What they "
                "spend on staff, evaluation and the contract itself belongs under `costs`, if "
                "there is any."
            )
        )
    if base.others:
        others = money(base.others)
        said.append(
            sentence("Providers and others bear {others} besides (base case).", others=others)
        )
    found = max(
        each.risk.found for each in (*summary.cases.values(), *([nothing] if nothing else []))
    )
    if found:
        said.append(
            sentence(
                "Up to {found} of cost falls when there is no money for it: its bearers have to "
                "find it, or service stops.",
                found=money(found),
            )
        )
    said.append(
        sentence(
            "People who take part bear the risk that services end, or do not work; no figure here "
            "counts that."
        )
    )
    return tuple(said)


def _lost(risk: RiskBorne, currency: str) -> str:
    def told(parts: tuple[tuple[str, int], ...]) -> str:
        return listed([f"{who} {money_text(each, currency, code=True)}" for who, each in parts])

    said = sentence("No capital is lost then.")
    if risk.lost:
        said = sentence("Then capital is lost: {parts}.", parts=told(risk.lost))
    if not risk.given:
        return said
    owed = sentence("Nobody owes back: {parts}.", parts=told(risk.given))
    return in_a_row([said, owed], between=" ")
