"""Capital: tranches, triggers and the waterfall name things that exist, and can be carried out."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from payforsuccess.deal.capital import OWED_BACK, TO_TRANCHES, WITH_SHARES
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.nearest import ticked
from payforsuccess.deal.whole_file import FieldPath
from payforsuccess.errors import Problem, sentence
from payforsuccess.units import grouped

REPAYS = ("principal", "deferred-fee")
"""Steps that repay what a tranche gave."""


def check_capital(deal: Deal) -> Iterator[Problem]:
    """Guarantees and interest of nothing, circular triggers, steps that cannot be paid."""
    yield from _adds_up(deal)
    yield from _tranches(deal)
    yield from _triggers(deal)
    for number in range(len(deal.waterfall)):
        yield from _step(deal, number)
    yield from _repaid_by_no_step(deal)
    yield from _limits(deal)


def _adds_up(deal: Deal) -> Iterator[Problem]:
    """Tranches add up to what is stated of all; a guarantee gives nothing before it is called."""
    if deal.capital_in_all is None:
        return
    given = sum((t.amount for t in deal.capital if t.kind != "guarantee"), Fraction(0))
    if given != deal.capital_in_all:
        yield Problem(
            sentence(
                "The tranches add up to {given}, and {capital_in_all} is stated of all.",
                given=grouped(given),
                capital_in_all=grouped(deal.capital_in_all),
            ),
            sentence("Correct the tranche that is wrong or missing, or the sum."),
            deal.place_of("capital_in_all"),
        )


def _repaid_by_no_step(deal: Deal) -> Iterator[Problem]:
    """A declared waterfall repays every tranche that is owed back; no other step does it for it."""
    if not deal.waterfall:
        return
    repaid = {name for step in deal.waterfall if step.pays in REPAYS for name in step.to}
    if repaid - {tranche.name for tranche in deal.capital}:
        return  # a name that is wrong is told elsewhere, and may be the one that is missing
    for number, tranche in enumerate(deal.capital):
        if tranche.kind not in OWED_BACK or tranche.name in repaid:
            continue
        if tranche.kind == "provider-equity" and any(
            step.pays == "return" and tranche.name in step.to for step in deal.waterfall
        ):
            continue
        pays = "deferred-fee" if tranche.kind == "deferred-fee" else "principal"
        yield Problem(
            sentence(
                "`{name}` is a {kind}, and no step of the waterfall repays it: what it gives is "
                "lost, whatever the outcomes are.",
                name=tranche.name,
                kind=tranche.kind,
            ),
            sentence(
                "Add a step `pays: {pays}` to `{name}`, or call it a `grant`.",
                pays=pays,
                name=tranche.name,
            ),
            deal.place_of("capital", number),
        )


def _limits(deal: Deal) -> Iterator[Problem]:
    """Limits on the rate of return that are no rates: 8 is 800 percent a year."""
    waiver = deal.governance.return_waiver
    asked: list[tuple[Fraction | None, FieldPath]] = [
        (deal.jurisdiction.return_rate_limit, ("jurisdiction", "return_rate_limit")),
        (None if waiver is None else waiver.rate, ("governance", "return_waiver", "rate")),
    ]
    for rate, path in asked:
        if rate is not None and rate > 1:
            yield Problem(
                sentence(
                    "A limit of {rate} percent a year limits nothing.", rate=grouped(rate * 100)
                ),
                _percent(rate),
                deal.place_of(*path),
            )


def _percent(rate: Fraction) -> str:
    """The cure for a rate above 1, which is most often percent without their sign."""
    if rate <= 100:
        return f"Write {grouped(rate)}% for {grouped(rate)} percent, or {grouped(rate / 100)}."
    return "Write a rate between 0 and 1, such as 5% or 0.05."


def _tranches(deal: Deal) -> Iterator[Problem]:
    for number, tranche in enumerate(deal.capital):
        path: FieldPath = ("capital", number)
        if tranche.guarantees and tranche.kind != "guarantee":
            yield Problem(
                sentence(
                    "`{name}` guarantees other tranches and is not a guarantee.", name=tranche.name
                ),
                sentence("Set `kind: guarantee`, or take `guarantees` away."),
                deal.place_of(*path, "guarantees"),
            )
        for at, name in enumerate(tranche.guarantees):
            if name == tranche.name or name in tranche.guarantees[:at]:
                yield Problem(
                    sentence("`{name}` guarantees itself.", name=tranche.name)
                    if name == tranche.name
                    else sentence(
                        "`{name}` guarantees `{name_2}` twice.", name=tranche.name, name_2=name
                    ),
                    sentence("Name each tranche that it covers once."),
                    deal.place_of(*path, "guarantees", at),
                )
        if tranche.rate is not None and not 0 <= tranche.rate <= 1:
            yield Problem(
                sentence(
                    "The yearly rate of `{name}` is {rate} percent.",
                    name=tranche.name,
                    rate=grouped(tranche.rate * 100),
                ),
                _percent(tranche.rate)
                if tranche.rate > 1
                else sentence("Write a rate between 0 and 1, such as 5% or 0.05."),
                deal.place_of(*path, "rate"),
            )
        if tranche.interest is not None and tranche.rate is None:
            yield Problem(
                sentence(
                    "`{name}` says how interest is counted and has no rate.", name=tranche.name
                ),
                sentence("Give `rate`, or take `interest` away."),
                deal.place_of(*path, "interest"),
            )


def _triggers(deal: Deal) -> Iterator[Problem]:
    """Days outside the deal, and triggers that wait for one another or for a later one."""
    after = {trigger.name: trigger.after for trigger in deal.triggers}
    days = {trigger.name: trigger.on for trigger in deal.triggers}
    for number, trigger in enumerate(deal.triggers):
        path: FieldPath = ("triggers", number)
        if not deal.periods.from_ <= trigger.on <= deal.ends_on:
            yield Problem(
                sentence(
                    "The trigger `{name}` is tested on {on}, outside the deal ({from_} to "
                    "{ends_on}).",
                    name=trigger.name,
                    on=trigger.on,
                    from_=deal.periods.from_,
                    ends_on=deal.ends_on,
                ),
                sentence("Correct the day."),
                deal.place_of(*path, "on"),
            )
        seen, name = [trigger.name], trigger.after
        while name is not None and name in after and name not in seen:
            seen.append(name)
            name = after[name]
        if name == trigger.name:
            said = ticked(seen, "and")
            yield Problem(
                sentence("The trigger `{name}` waits for itself.", name=trigger.name)
                if len(seen) == 1
                else sentence(
                    "The triggers {said} wait for one another, so none can ever be met.", said=said
                ),
                sentence("Take `after` away from one of them."),
                deal.place_of(*path, "after"),
            )
        elif trigger.after in days and days[trigger.after] > trigger.on:
            yield Problem(
                sentence(
                    "`{name}` waits for `{after}`, which is tested later.",
                    name=trigger.name,
                    after=trigger.after,
                ),
                sentence("Test the other one first."),
                deal.place_of(*path, "after"),
            )


def _step(deal: Deal, number: int) -> Iterator[Problem]:
    step, path = deal.waterfall[number], ("waterfall", number)
    kinds = {tranche.name: tranche.kind for tranche in deal.capital}
    for at, name in enumerate(step.to):
        if step.pays in TO_TRANCHES and name in kinds and kinds[name] not in OWED_BACK:
            yield Problem(
                sentence(
                    "Nothing is owed back on `{name}`, which is a {kinds}.",
                    name=name,
                    kinds=kinds[name],
                ),
                sentence("Take it out of the waterfall, or correct its kind."),
                deal.place_of(*path, "to", at),
            )
        if step.pays == "deferred-fee" and kinds.get(name) not in (None, "deferred-fee"):
            yield Problem(
                sentence(
                    "`{name}` is no deferred fee, but a {kinds}.", name=name, kinds=kinds[name]
                ),
                sentence("Pay it under `principal`."),
                deal.place_of(*path, "to", at),
            )
    if step.pays == "fee" and len(step.to) > 1:
        yield Problem(
            sentence("A fee is paid to one party, so that its amount is clear."),
            sentence("Write one step for each party."),
            deal.place_of(*path, "to"),
        )
    nobody = step.pays not in ("recycle", "reserve") and not step.to
    if nobody or (step.pays in ("recycle", "reserve") and step.to):
        yield Problem(
            sentence(
                "The step `{pays}` {what}.",
                pays=step.pays,
                what="names nobody" if nobody else "is paid to nobody",
            ),
            sentence("Give `to` for every step but recycle and reserve."),
            deal.place_of(*path, "to"),
        )
    if (step.pays in ("fee", "reserve")) != (step.each_date is not None):
        yield Problem(
            sentence("A fee and a reserve say how much on each date, and no other step does."),
            sentence("Give `each_date` for these two only."),
            deal.place_of(*path, "each_date"),
        )
    wanted = max(len(step.to), 1) if step.pays in WITH_SHARES else 0
    if step.shares and len(step.shares) != wanted:
        yield Problem(
            sentence(
                "There are {shares} shares for {wanted} who are paid.",
                shares=len(step.shares),
                wanted=wanted,
            ),
            sentence("Give one share for each, in the same order; none for other kinds of steps."),
            deal.place_of(*path, "shares"),
        )
    if not step.shares and wanted > 1:
        yield Problem(
            sentence("Several are paid and nothing says how much each."),
            sentence("Give `shares`."),
            deal.place_of(*path, "shares"),
        )
    if sum(step.shares, Fraction(0)) > 1:
        yield Problem(
            sentence(
                "The shares add up to {shares}.", shares=grouped(sum(step.shares, Fraction(0)))
            ),
            sentence("Lower them to 1 or less."),
            deal.place_of(*path, "shares"),
        )
