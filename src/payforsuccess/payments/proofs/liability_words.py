"""The liability in sentences, held against appropriations and set-asides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.words.phrases import day, listed, money, named, word
from payforsuccess.errors import Finding, Proved, in_a_row, sentence
from payforsuccess.payments.nodes import inputs_of
from payforsuccess.payments.proofs.liability import Liability, YearlyLiability, liability_of
from payforsuccess.payments.proofs.people import minor
from payforsuccess.payments.proofs.reach import Reach
from payforsuccess.units import CURRENCY_DIGITS

TOPIC = "liability"
CASH_NOT_PROVED = sentence(
    "Overpayments are forgiven. What is proved is what can fall due; what payors pay in cash is "
    "not: in a fiscal year and in all it can pass every “at most” by what was paid too much and "
    "forgiven, and nothing in the deal bounds that."
)
"""What no proof says of a deal that forgives overpayments."""


def liability_by_year(
    deal: Deal, reaches: tuple[Reach, ...], before: Sequence[tuple[Reach, ...]] = ()
) -> Iterator[Finding]:
    """The liability in sentences, compared with appropriations and set-asides."""
    liability = liability_of(deal, reaches, before)
    place = deal.place_of("pays_within_days")
    yield from _unbounded(deal, reaches)
    if _forgives(deal, reaches, before):
        yield Finding(TOPIC, CASH_NOT_PROVED, deal.place_of("overpayment"))
    yield from _flowing_back(deal, reaches)
    if liability.in_all is None:
        yield Finding(TOPIC, sentence("What can fall due over the whole deal is unbounded."), place)
    else:
        yield Proved(
            TOPIC,
            sentence(
                "Over the whole deal at most {amount} can fall due{apart}.",
                amount=_text(deal, liability.in_all),
                apart=_apart(deal, reaches, before),
            ),
            place,
        )
    if not liability.is_dated:
        yield Finding(
            TOPIC,
            sentence(
                "The deal does not fix the day of each {of}, from which the time to pay runs; the "
                "years below take it to come on the last day of its period, or of its point. An "
                "earlier or later one can move its amount to another year.",
                of=word(deal.pays_within_days.of),
            ),
            place,
        )
    yield Proved(
        TOPIC,
        sentence(
            "A correction falls due with the statement that makes it, and can move an amount from "
            "the fiscal years below to a later one{within}.",
            within=sentence(", within what the whole deal can cost")
            if liability.in_all is not None
            else "",
        ),
        place,
    )
    for years in _alike(deal, liability):
        yield _years(deal, years, _given(deal, liability))
    if not deal.budget.provided:
        yield Finding(
            TOPIC,
            sentence("The file states no appropriation and no set-aside for these payments."),
            deal.place_of("budget"),
        )
    yield from _idle_money(deal, liability)


def _apart(deal: Deal, reaches: tuple[Reach, ...], before: Sequence[tuple[Reach, ...]]) -> str:
    """What the amount over the whole deal does not count: money that flows back or is forgiven."""
    said = []
    lines = [reach for version in (reaches, *before) for reach in version]
    if any(reach.term.may_be_negative is not None for reach in lines):
        said.append(sentence("less what flows back"))
    if _forgives(deal, reaches, before):
        said.append(sentence("apart from overpayments that are forgiven"))
    return in_a_row(["", *said]) if said else ""


def _forgives(deal: Deal, reaches: tuple[Reach, ...], before: Sequence[tuple[Reach, ...]]) -> bool:
    """Whether any version of the deal forgives what was paid too much."""
    lines = [reach for version in (reaches, *before) for reach in version]
    versions = [deal, *(reach.deal for reach in lines)]
    return any(version.overpayment == "forgive" for version in versions)


def _text(deal: Deal, amount: int) -> str:
    return money(Fraction(amount, 10 ** CURRENCY_DIGITS[deal.currency]), deal.currency)


def _unbounded(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    """Which lines have no bound, and what would give them one."""
    open_ones: dict[str, None] = {}
    lines = [reach for reach in reaches if reach.in_all is None]
    for reach in lines:
        for name in inputs_of(reach.first):
            if name in deal.outcomes and reach.scope.domain[name].most is None:
                open_ones[name] = None
    if not lines:
        return
    because = (
        sentence(
            "no bounds are stated for {outcomes}",
            outcomes=listed([named(name) for name in open_ones]),
        )
        if open_ones
        else sentence("the deal states no head count")
    )
    names = listed([named(reach.name) for reach in lines])
    yield Finding(
        TOPIC,
        sentence(
            "What line {lines} can pay is unbounded: it has no ceiling of its own, and {because}.",
            lines=names,
            because=because,
        )
        if len(lines) == 1
        else sentence(
            "What the lines {lines} can pay is unbounded: they have no ceiling of their own, and "
            "{because}.",
            lines=names,
            because=because,
        ),
        deal.place_of(*lines[0].path),
    )


def _flowing_back(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    """How much can flow the other way on lines that may fall below 0."""
    for reach in reaches:
        back = reach.term.may_be_negative
        if back is None:
            continue
        least = Fraction(0)
        for interval in reach.each_period:
            if interval.least is None:
                yield Finding(
                    TOPIC,
                    sentence(
                        "What {pays} can owe {to} on line {name} is unbounded.",
                        pays=back.pays,
                        to=back.to,
                        name=named(reach.name),
                    ),
                    deal.place_of(*reach.path, "may_be_negative"),
                )
                break
            least += min(interval.least, Fraction(0))
        else:
            if least < 0:
                yield Finding(
                    TOPIC,
                    sentence(
                        "On line {name} {pays} can owe {to} at most {amount}.",
                        name=named(reach.name),
                        pays=back.pays,
                        to=back.to,
                        amount=_text(deal, int(-least)),
                    ),
                    deal.place_of(*reach.path, "may_be_negative"),
                )


def _alike(deal: Deal, liability: Liability) -> Iterator[tuple[YearlyLiability, ...]]:
    """Years in a row with one and the same amount, where no budget is stated for single years."""
    run: list[YearlyLiability] = []
    for year in liability.years:
        follows = run and run[-1].fiscal_year + 1 == year.fiscal_year
        if run and (deal.budget.provided or not follows or run[-1].most != year.most):
            yield tuple(run)
            run = []
        run.append(year)
    if run:
        yield tuple(run)


def _given(deal: Deal, liability: Liability) -> str:
    """What a year's amount takes as given."""
    if liability.is_dated:
        return sentence(", without corrections")
    return sentence(
        ", without corrections and if each {of} comes on its last day",
        of=word(deal.pays_within_days.of),
    )


def _years(deal: Deal, years: tuple[YearlyLiability, ...], given: str) -> Finding:
    first, last = years[0], years[-1]
    most = (
        sentence("an unbounded amount")
        if first.most is None
        else sentence("at most {amount}", amount=_text(deal, first.most))
    )
    if first is last:
        which = sentence("Fiscal year {fiscal_year}", fiscal_year=first.fiscal_year)
        can = sentence("can fall due")
    else:
        which = sentence(
            "Fiscal years {fiscal_year} to {fiscal_year_2}",
            fiscal_year=first.fiscal_year,
            fiscal_year_2=last.fiscal_year,
        )
        can = sentence("can fall due in each of them")
    days = _days(deal, first.fiscal_year, last.fiscal_year)
    what = sentence(
        "{which} ({days}): {most} {can}{given}",
        which=which,
        days=days,
        most=most,
        can=can,
        given=given,
    )
    provided = [item for item in deal.budget.provided if item.fiscal_year == first.fiscal_year]
    if not deal.budget.provided:
        kind = Finding if first.most is None else Proved
        return kind(TOPIC, sentence("{what}.", what=what), deal.place_of("fiscal_year_starts"))
    whole = sum((item.amount for item in provided), Fraction(0))
    kinds = listed(
        [
            in_a_row([word(item.kind), money(item.amount, deal.currency)], between=" ")
            for item in provided
        ]
    )
    said = (
        sentence("{whole} is provided ({kinds})", whole=money(whole, deal.currency), kinds=kinds)
        if provided
        else sentence("nothing is provided")
    )
    place = deal.place_of("budget", "provided")
    if first.most is None:
        return Finding(TOPIC, sentence("{what}; {said}.", what=what, said=said), place)
    short = Fraction(first.most) - (minor(deal, whole) or Fraction(0))
    if short > 0:
        return Finding(
            TOPIC,
            sentence(
                "{what}; {said}, which falls short by {amount}.",
                what=what,
                said=said,
                amount=_text(deal, int(short)),
            ),
            place,
        )
    return Proved(TOPIC, sentence("{what}; {said}, which covers it.", what=what, said=said), place)


def _idle_money(deal: Deal, liability: Liability) -> Iterator[Finding]:
    years = {year.fiscal_year for year in liability.years}
    for number, item in enumerate(deal.budget.provided):
        if item.fiscal_year not in years:
            yield Finding(
                TOPIC,
                sentence(
                    "{amount} is provided for fiscal year {year}, in which nothing can fall due"
                    "{unless}.",
                    amount=money(item.amount, deal.currency),
                    year=item.fiscal_year,
                    unless=""
                    if liability.is_dated
                    else sentence(" if determinations are not late"),
                ),
                deal.place_of("budget", "provided", number),
            )


def _days(deal: Deal, first_year: int, last_year: int) -> str:
    """`1 July 2026 to 30 June 2027`."""
    start = deal.fiscal_year_starts
    before = 0 if (start.month, start.day) == (1, 1) else 1
    first = date(first_year - before, start.month, start.day)
    last = date(last_year - before + 1, start.month, start.day) - timedelta(days=1)
    return sentence("{first} to {last}", first=day(first), last=day(last))
