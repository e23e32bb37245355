"""Each ceiling holds, and why, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.terms import PaymentTerm
from payforsuccess.deal.words.phrases import day, listed, money, named, word
from payforsuccess.errors import Finding, Proved, sentence
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
            sentence(
                "Overpayments are forgiven: each ceiling holds for what is due once all is "
                "corrected, and money that was paid and forgiven can come on top."
            ),
            deal.place_of("overpayment"),
        )
    if deal.ceiling is None and any(reach.ceiling_in_all is None for reach in reaches):
        yield Finding(
            TOPIC,
            sentence(
                "The deal has no ceiling over all its lines; what limits it is said under "
                "liability."
            ),
            deal.place_of("ceiling"),
        )


def _before(deal: Deal, now: Fraction, older: Iterable[Fraction | None]) -> str:
    """What to add where an earlier version let more through."""
    known = list(older)
    if all(ceiling is not None and ceiling <= now for ceiling in known):
        return ""
    higher = [ceiling for ceiling in known if ceiling is not None]
    was = (
        sentence("was {higher}", higher=money(max(higher), deal.currency))
        if len(higher) == len(known)
        else sentence("was not there")
    )
    return sentence(
        " Before {in_force_from} this ceiling {was}; what was earned by then is not taken back.",
        in_force_from=day(deal.in_force_from),
        was=was,
    )


def _in_period(deal: Deal, now: Fraction, older: Iterable[Fraction | None]) -> str:
    """The periods for which a ceiling of each period is proved, where an earlier one was higher."""
    if all(ceiling is not None and ceiling <= now for ceiling in older):
        return ""
    return sentence(
        " that starts on or after {in_force_from}", in_force_from=day(deal.in_force_from)
    )


def _of_line(deal: Deal, reach: Reach, older: list[PaymentTerm]) -> Iterator[Finding]:
    term, every, currency = reach.term, word(deal.periods.every), deal.currency

    def proved(what: str, key: str) -> Finding:
        return Proved(
            TOPIC,
            sentence("{what} (clause: {clause})", what=what, clause=term.clause),
            deal.place_of(*reach.path, key),
        )

    if term.ceiling is not None:
        total = bounds_of(reach.first, reach.scope).total.most
        holds = total is not None and total <= (minor(deal, term.ceiling) or Fraction(0))
        back = (
            sentence(" What is paid back gives room again.")
            if term.may_be_negative is not None
            else ""
        )
        reached = reach.without_ceiling
        most = money(term.ceiling, currency)
        if holds:
            yield proved(
                sentence(
                    "{line} never pays more than {most} in all: what it has paid is kept from "
                    "{every} to {every}, and nothing passes once the ceiling is reached.{back}"
                    "{reaches}{before}",
                    line=_line(term.name),
                    most=most,
                    every=every,
                    back=back,
                    reaches=_cannot_reach(deal, reached, term.ceiling) if not older else "",
                    before=_before(deal, term.ceiling, [t.ceiling for t in older]),
                ),
                "ceiling",
            )
        else:
            yield proved(
                sentence(
                    "That line {name} never pays more than {most} in all is not proved.",
                    name=named(term.name),
                    most=most,
                ),
                "ceiling",
            )
    if term.ceiling_each_period is not None:
        most = money(term.ceiling_each_period, currency)
        since = _in_period(deal, term.ceiling_each_period, [t.ceiling_each_period for t in older])
        rest = sentence("lost")
        if term.carry_until is not None:
            rest = sentence(
                "paid first in later {every}s under the same ceiling, those that start by {day}, "
                "and lost after that",
                every=every,
                day=day(term.carry_until),
            )
        what = sentence(
            "{line} never pays more than {most} in one {every}{since}: the rest is {rest}.",
            line=_line(term.name),
            most=most,
            every=every,
            since=since,
            rest=rest,
        )
        yield proved(what, "ceiling_each_period")
    if term.ceiling_each_person is not None:
        yield from _each_person(deal, reach, older)
    if term.ceiling_each_cohort is not None:
        before = _before(deal, term.ceiling_each_cohort, [t.ceiling_each_cohort for t in older])
        most = money(term.ceiling_each_cohort, currency)
        points = (
            sentence(" Its points without a cohort count as one more.")
            if any(point.cohort is None for point in term.points)
            else ""
        )
        yield proved(
            sentence(
                "{line} never pays more than {most} for one cohort: what each cohort has earned "
                "is kept.{points}{before}",
                line=_line(term.name),
                most=most,
                points=points,
                before=before,
            ),
            "ceiling_each_cohort",
        )


def _each_person(deal: Deal, reach: Reach, older: list[PaymentTerm]) -> Iterator[Finding]:
    term, path = reach.term, (*reach.path, "ceiling_each_person")
    ceiling = term.ceiling_each_person or Fraction(0)
    most = money(ceiling, deal.currency)
    if term.floor_each_period is not None:
        yield _not_proved(
            deal,
            sentence(
                "That line {name} never pays more than {most} for one person",
                name=named(term.name),
                most=most,
            ),
            sentence(
                "its floor is paid in each {every} even where people earn less",
                every=word(deal.periods.every),
            ),
            *path,
        )
        return
    yield Proved(
        TOPIC,
        sentence(
            "{name} never pays more than {most} for one person: it is computed from results by "
            "person, and what each has earned is kept.{before} (clause: {clause})",
            name=_line(term.name),
            most=most,
            before=_before(deal, ceiling, [t.ceiling_each_person for t in older]),
            clause=term.clause,
        ),
        deal.place_of(*path),
    )


def _not_proved(deal: Deal, what: str, because: str, *path: str | int) -> Finding:
    return Finding(
        TOPIC,
        sentence("{what} is not proved: {because}.", what=what, because=because),
        deal.place_of(*path),
    )


def _cannot_reach(deal: Deal, most: Fraction | None, ceiling: Fraction) -> str:
    limit = minor(deal, ceiling)
    if most is None or limit is None or most > limit:
        return ""
    text = money(most / (limit / ceiling), deal.currency) if ceiling else ""
    if most == limit:
        return sentence(" The bounds of its outcomes reach exactly that.") if text else ""
    return (
        sentence(" The bounds of its outcomes reach no further than {text}.", text=text)
        if text
        else ""
    )


def _of_deal(deal: Deal, earlier: tuple[Deal, ...]) -> Iterator[Finding]:
    every, currency, ceilings = word(deal.periods.every), deal.currency, deal.ceilings
    cut = (
        sentence("the last listed line is cut first")
        if ceilings.cut == "last-first"
        else sentence("all lines are cut in proportion")
    )
    if deal.ceiling is not None:
        yield Proved(
            TOPIC,
            sentence(
                "All lines together never pay more than {ceiling}: what was paid is kept from "
                "{every} to {every}, and {cut}.{before}",
                ceiling=money(deal.ceiling, currency),
                every=every,
                cut=cut,
                before=_before(deal, deal.ceiling, [version.ceiling for version in earlier]),
            ),
            deal.place_of("ceiling"),
        )
    were = [version.ceilings for version in earlier]
    if ceilings.each_period is not None:
        since = _in_period(deal, ceilings.each_period, [was.each_period for was in were])
        yield Proved(
            TOPIC,
            sentence(
                "All lines together never pay more than {each_period} in one {every}{since}: "
                "{cut}, and what is cut is lost.",
                each_period=money(ceilings.each_period, currency),
                every=every,
                since=since,
                cut=cut,
            ),
            deal.place_of("ceilings", "each_period"),
        )
    if ceilings.each_person is not None:
        most = money(ceilings.each_person, currency)
        if floors := [t.name for t in deal.payments if t.floor_each_period is not None]:
            yield _not_proved(
                deal,
                sentence(
                    "That the lines that are earned person by person never pay more than {most} "
                    "together for one person",
                    most=most,
                ),
                sentence(
                    "a floor is paid in each {every} by {lines}",
                    every=every,
                    lines=listed([named(name) for name in floors]),
                ),
                "ceilings",
                "each_person",
            )
        else:
            before = _before(deal, ceilings.each_person, [was.each_person for was in were])
            place = deal.place_of("ceilings", "each_person")
            what = sentence(
                "The lines that are earned person by person never pay more than {most} together "
                "for one person.{before}",
                most=most,
                before=before,
            )
            yield Proved(TOPIC, what, place)
    if ceilings.each_cohort is not None:
        before = _before(deal, ceilings.each_cohort, [was.each_cohort for was in were])
        yield Proved(
            TOPIC,
            sentence(
                "All lines together never pay more than {each_cohort} for one cohort.{before}",
                each_cohort=money(ceilings.each_cohort, currency),
                before=before,
            ),
            deal.place_of("ceilings", "each_cohort"),
        )
    if ceilings.return_on_capital is not None:
        yield Proved(
            TOPIC,
            sentence(
                "Payments stop where the ceiling on the return on capital is reached; it reads "
                "the capital drawn and repaid that the file records."
            ),
            deal.place_of("ceilings", "return_on_capital"),
        )


def _of_payors(deal: Deal, earlier: tuple[Deal, ...]) -> Iterator[Finding]:
    for number, payor in enumerate(deal.payors):
        if payor.ceiling is None:
            continue
        rest = (
            sentence(
                "{steps_in} pays what passes it, as far as its own ceiling allows",
                steps_in=payor.steps_in,
            )
            if payor.steps_in is not None
            else sentence("what passes it is shown as unfunded and paid by no one")
        )
        older = [
            was.ceiling for version in earlier for was in version.payors if was.party == payor.party
        ]
        yield Proved(
            TOPIC,
            sentence(
                "{party} never pays more than {ceiling}; {rest}.{before}",
                party=payor.party,
                ceiling=money(payor.ceiling, deal.currency),
                rest=rest,
                before=_before(deal, payor.ceiling, older),
            ),
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
        what = sentence(
            "The ceilings of the lines add up to {whole}, so the deal's own ceiling of {ceiling} "
            "can never be reached.",
            whole=money(whole, deal.currency),
            ceiling=money(deal.ceiling, deal.currency),
        )
    elif whole == deal.ceiling:
        what = sentence(
            "The ceilings of the lines add up to the deal's, {whole}.",
            whole=money(whole, deal.currency),
        )
    else:
        what = sentence(
            "The ceilings of the lines add up to {whole}, more than the deal's own ceiling of "
            "{ceiling}, which holds.",
            whole=money(whole, deal.currency),
            ceiling=money(deal.ceiling, deal.currency),
        )
    yield Proved(TOPIC, what, deal.place_of("ceiling"))


def _line(name: str) -> str:
    return sentence("Line {name}", name=named(name))
