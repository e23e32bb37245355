"""Each ceiling holds, and why, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.deal.words.phrases import day, listed, money, named
from payforsuccess.errors import Finding, Proved
from payforsuccess.payments.analyse import bounds_of
from payforsuccess.payments.proofs.people import minor
from payforsuccess.payments.proofs.reach import Reach

TOPIC = "ceiling"


def ceilings_hold(
    deal: Deal, reaches: tuple[Reach, ...], earlier: tuple[Deal, ...] = ()
) -> Iterator[Finding]:
    """One finding for each ceiling of the deal, and one where there is none at all.

    `earlier` are the versions before: a ceiling they had higher, or not at all, is said beside it.
    """
    for reach in reaches:
        older = [t for v in earlier for t in v.payments if t.name == reach.name]
        yield from _of_line(deal, reach, older)
    yield from _of_deal(deal, earlier)
    yield from _of_payors(deal, earlier)
    yield from _sum_of_lines(deal, reaches)
    if deal.overpayment == "forgive":
        yield Finding(
            TOPIC,
            "Overpayments are forgiven: each ceiling holds for what is due once all is corrected, "
            "and money that was paid and forgiven can come on top.",
            deal.place_of("overpayment"),
        )
    if deal.ceiling is None and any(reach.ceiling_in_all is None for reach in reaches):
        yield Finding(
            TOPIC,
            "The deal has no ceiling over all its lines; what limits it is said under liability.",
            deal.place_of("ceiling"),
        )


def _before(deal: Deal, now: Fraction, older: Iterable[Fraction | None]) -> str:
    """What to add where an earlier version let more through."""
    known = list(older)
    if all(ceiling is not None and ceiling <= now for ceiling in known):
        return ""
    higher = [ceiling for ceiling in known if ceiling is not None]
    was = (
        f"was {money(max(higher), deal.currency)}" if len(higher) == len(known) else "was not there"
    )
    return (
        f" Before {day(deal.in_force_from)} this ceiling {was}; what was earned by then is not "
        "taken back."
    )


def _in_period(deal: Deal, now: Fraction, older: Iterable[Fraction | None]) -> str:
    """The periods for which a ceiling of each period is proved, where an earlier one was higher."""
    if all(ceiling is not None and ceiling <= now for ceiling in older):
        return ""
    return f" that starts on or after {day(deal.in_force_from)}"


def _of_line(deal: Deal, reach: Reach, older: list[PaymentTerm]) -> Iterator[Finding]:
    term, every, currency = reach.term, deal.periods.every, deal.currency

    def proved(what: str, key: str) -> Finding:
        return Proved(TOPIC, f"{what} (clause: {term.clause})", deal.place_of(*reach.path, key))

    if term.ceiling is not None:
        total = bounds_of(reach.first, reach.scope).total.most
        holds = total is not None and total <= (minor(deal, term.ceiling) or Fraction(0))
        back = " What is paid back gives room again." if term.may_be_negative is not None else ""
        reached = reach.without_ceiling
        most = money(term.ceiling, currency)
        if holds:
            yield proved(
                f"{_line(term.name)} never pays more than {most} in all: what it has paid is kept "
                f"from {every} to {every}, and nothing passes once the ceiling is reached.{back}"
                f"{_cannot_reach(deal, reached, term.ceiling) if not older else ''}"
                f"{_before(deal, term.ceiling, [t.ceiling for t in older])}",
                "ceiling",
            )
        else:
            yield proved(
                f"That line {named(term.name)} never pays more than {most} in all is not proved.",
                "ceiling",
            )
    if term.ceiling_each_period is not None:
        most = money(term.ceiling_each_period, currency)
        since = _in_period(deal, term.ceiling_each_period, [t.ceiling_each_period for t in older])
        what = f"{_line(term.name)} never pays more than {most} in one {every}{since}: the rest is "
        if term.carry_until is None:
            what += "lost."
        else:
            what += (
                f"paid first in later {every}s under the same ceiling, those that start by "
                f"{day(term.carry_until)}, and lost after that."
            )
        yield proved(what, "ceiling_each_period")
    if term.ceiling_each_person is not None:
        yield from _each_person(deal, reach, older)
    if term.ceiling_each_cohort is not None:
        before = _before(deal, term.ceiling_each_cohort, [t.ceiling_each_cohort for t in older])
        most = money(term.ceiling_each_cohort, currency)
        apart = any(point.cohort is None for point in term.points)
        yield proved(
            f"{_line(term.name)} never pays more than {most} for one cohort: what each cohort has "
            f"earned is kept.{' Its points without a cohort count as one more.' if apart else ''}"
            f"{before}",
            "ceiling_each_cohort",
        )


def _each_person(deal: Deal, reach: Reach, older: list[PaymentTerm]) -> Iterator[Finding]:
    term, path = reach.term, (*reach.path, "ceiling_each_person")
    ceiling = term.ceiling_each_person or Fraction(0)
    most = money(ceiling, deal.currency)
    if term.floor_each_period is not None:
        yield _not_proved(
            deal,
            f"That line {named(term.name)} never pays more than {most} for one person",
            f"its floor is paid in each {deal.periods.every} even where people earn less",
            *path,
        )
        return
    yield Proved(
        TOPIC,
        f"{_line(term.name)} never pays more than {most} for one person: it is computed from "
        "results by person, and what each has earned is kept."
        f"{_before(deal, ceiling, [t.ceiling_each_person for t in older])} "
        f"(clause: {term.clause})",
        deal.place_of(*path),
    )


def _not_proved(deal: Deal, what: str, because: str, *path: str | int) -> Finding:
    return Finding(TOPIC, f"{what} is not proved: {because}.", deal.place_of(*path))


def _cannot_reach(deal: Deal, most: Fraction | None, ceiling: Fraction) -> str:
    limit = minor(deal, ceiling)
    if most is None or limit is None or most > limit:
        return ""
    text = money(most / (limit / ceiling), deal.currency) if ceiling else ""
    if most == limit:
        return " The bounds of its outcomes reach exactly that." if text else ""
    return f" The bounds of its outcomes reach no further than {text}." if text else ""


def _of_deal(deal: Deal, earlier: tuple[Deal, ...]) -> Iterator[Finding]:
    every, currency, ceilings = deal.periods.every, deal.currency, deal.ceilings
    cut = (
        "the last listed line is cut first"
        if ceilings.cut == "last-first"
        else "all lines are cut in proportion"
    )
    if deal.ceiling is not None:
        yield Proved(
            TOPIC,
            f"All lines together never pay more than {money(deal.ceiling, currency)}: what was "
            f"paid is kept from {every} to {every}, and {cut}."
            f"{_before(deal, deal.ceiling, [version.ceiling for version in earlier])}",
            deal.place_of("ceiling"),
        )
    were = [version.ceilings for version in earlier]
    if ceilings.each_period is not None:
        since = _in_period(deal, ceilings.each_period, [was.each_period for was in were])
        yield Proved(
            TOPIC,
            f"All lines together never pay more than {money(ceilings.each_period, currency)} in "
            f"one {every}{since}: {cut}, and what is cut is lost.",
            deal.place_of("ceilings", "each_period"),
        )
    if ceilings.each_person is not None:
        most = money(ceilings.each_person, currency)
        what = f"The lines that are earned person by person never pay more than {most} together"
        if floors := [t.name for t in deal.payments if t.floor_each_period is not None]:
            yield _not_proved(
                deal,
                f"That t{what[1:]} for one person",
                f"a floor is paid in each {every} by {listed([named(name) for name in floors])}",
                "ceilings",
                "each_person",
            )
        else:
            before = _before(deal, ceilings.each_person, [was.each_person for was in were])
            place = deal.place_of("ceilings", "each_person")
            yield Proved(TOPIC, f"{what} for one person.{before}", place)
    if ceilings.each_cohort is not None:
        before = _before(deal, ceilings.each_cohort, [was.each_cohort for was in were])
        yield Proved(
            TOPIC,
            f"All lines together never pay more than {money(ceilings.each_cohort, currency)} for "
            f"one cohort.{before}",
            deal.place_of("ceilings", "each_cohort"),
        )
    if ceilings.return_on_capital is not None:
        yield Proved(
            TOPIC,
            "Payments stop where the ceiling on the return on capital is reached; it reads the "
            "capital drawn and repaid that the file records.",
            deal.place_of("ceilings", "return_on_capital"),
        )


def _of_payors(deal: Deal, earlier: tuple[Deal, ...]) -> Iterator[Finding]:
    for number, payor in enumerate(deal.payors):
        if payor.ceiling is None:
            continue
        rest = (
            f"{payor.steps_in} pays what passes it, as far as its own ceiling allows"
            if payor.steps_in is not None
            else "what passes it is shown as unfunded and paid by no one"
        )
        older = [
            was.ceiling for version in earlier for was in version.payors if was.party == payor.party
        ]
        yield Proved(
            TOPIC,
            f"{payor.party} never pays more than {money(payor.ceiling, deal.currency)}; {rest}."
            f"{_before(deal, payor.ceiling, older)}",
            deal.place_of("payors", number, "ceiling"),
        )


def _sum_of_lines(deal: Deal, reaches: tuple[Reach, ...]) -> Iterator[Finding]:
    ceilings = [reach.term.ceiling for reach in reaches]
    if deal.ceiling is None or len(reaches) < 2:
        return
    known = [ceiling for ceiling in ceilings if ceiling is not None]
    if len(known) < len(ceilings):
        return
    whole = sum(known, Fraction(0))
    if whole < deal.ceiling:
        what = (
            f"The ceilings of the lines add up to {money(whole, deal.currency)}, so the deal's "
            f"own ceiling of {money(deal.ceiling, deal.currency)} can never be reached."
        )
    elif whole == deal.ceiling:
        what = f"The ceilings of the lines add up to the deal's, {money(whole, deal.currency)}."
    else:
        what = (
            f"The ceilings of the lines add up to {money(whole, deal.currency)}, more than the "
            f"deal's own ceiling of {money(deal.ceiling, deal.currency)}, which holds."
        )
    yield Proved(TOPIC, what, deal.place_of("ceiling"))


def _line(name: str) -> str:
    return f"Line {named(name)}"
