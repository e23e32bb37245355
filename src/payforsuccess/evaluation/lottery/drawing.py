"""The draw: referrals in order, each to the next position of its stratum, once and for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.evaluation.lottery.draws import (
    Stratum,
    lowest,
    round_stratum,
    treated_positions,
)
from payforsuccess.evaluation.lottery.entries import Assigned, Entry, MetAgain, RoundHeld
from payforsuccess.evaluation.lottery.keys import cluster_look_of, look_of
from payforsuccess.evaluation.lottery.listed import AssignmentList
from payforsuccess.evaluation.lottery.terms import LotteryTerms

NO_PLACE = Place()


@dataclass(frozen=True)
class Referral:
    """One person to be drawn: a pseudonymous key, the facts the plan asks for, and the day.

    identifiers: the checksum of the person-side identifiers as they stand at the referral. where:
    the row, for messages.
    """

    person: str
    referred_on: date
    facts: Mapping[str, str] = field(default_factory=dict)
    identifiers: str | None = None
    where: Place = NO_PLACE


@dataclass(frozen=True)
class Occasion:
    """What all draws of one command share: the day, who runs it, and what is in force.

    excluded_until: the day on which the wait of people not drawn today ends.
    """

    on: date
    by: str
    ethics: str
    excluded_until: date


def draw_on_referral(
    listed: AssignmentList,
    referrals: Sequence[Referral],
    *,
    seed: bytes,
    terms: LotteryTerms,
    occasion: Occasion,
) -> tuple[Entry, ...]:
    """The entries that the referrals add, in their order.

    A person who was drawn under any of their keys meets that draw; a cluster that was drawn keeps
    its arm. Refuses all that `referral_problems` finds. Nothing in it hangs on who else is referred
    later, or on what became of anyone drawn before.
    """
    _refuse(referral_problems(listed, referrals, terms=terms, on=occasion.on))
    clusters = {name: (entry.position, entry.arm) for name, entry in listed.clusters.items()}
    positions = dict(listed.positions)
    arms = _arms_ahead(positions, referrals, seed=seed, terms=terms)
    found: list[Entry] = []
    for each in referrals:
        if listed.draw_of(each.person) is not None:
            found.append(MetAgain(occasion.on, occasion.by, each.person, each.referred_on))
            continue
        stratum = stratum_of(each, terms)
        cluster = each.facts[terms.cluster] if terms.cluster else None
        if cluster is not None and cluster in clusters:
            position, arm = clusters[cluster]
        else:
            position = positions.get(stratum, 0) + 1
            positions[stratum] = position
            arm = terms.treated if arms[stratum][position - 1] else terms.control
            if cluster is not None:
                clusters[cluster] = (position, arm)
        found.append(_assigned(each, stratum, position, arm, terms, occasion, cluster=cluster))
    return tuple(found)


def draw_places(
    listed: AssignmentList,
    waiting: Sequence[Referral],
    *,
    places: int,
    seed: bytes,
    terms: LotteryTerms,
    occasion: Occasion,
) -> tuple[Entry, ...]:
    """The entries of one round: as many of those who wait as there are places, the lowest numbers.

    Who was drawn in an earlier round meets that draw and does not wait again. Refuses a round with
    a place for everyone: then chance is not needed, and nothing scarce is shared.
    """
    problems = list(referral_problems(listed, waiting, terms=terms, on=occasion.on))
    new = [each for each in waiting if listed.draw_of(each.person) is None]
    if not problems and not 1 <= places < len(new):
        problems.append(
            Problem(
                f"{places} places were given for {len(new)} people who wait and were never drawn.",
                "Draw when fewer places open than people wait; where there is a place for "
                "everyone, nobody is drawn.",
            )
        )
    _refuse(problems)
    number = len(listed.rounds) + 1
    stratum = round_stratum(number)
    won = lowest(seed, stratum, range(1, len(new) + 1), places=places)
    found: list[Entry] = [
        MetAgain(occasion.on, occasion.by, each.person, each.referred_on)
        for each in waiting
        if listed.draw_of(each.person) is not None
    ]
    found.append(RoundHeld(occasion.on, occasion.by, number, places, len(new)))
    for position, each in enumerate(new, 1):
        arm = terms.treated if position in won else terms.control
        found.append(_assigned(each, stratum, position, arm, terms, occasion))
    return tuple(found)


def referral_problems(
    listed: AssignmentList, referrals: Iterable[Referral], *, terms: LotteryTerms, on: date
) -> tuple[Problem, ...]:
    """Why these referrals cannot be drawn, each with its row; no key and no fact is ever shown."""
    problems: list[Problem] = []
    opened = listed.opened
    seen: set[str] = set()
    looks: dict[str, str] = {}
    of_clusters = {name: entry.stratum for name, entry in listed.clusters.items()}
    cluster_looks = {cluster_look_of(name): name for name in of_clusters}
    for each in referrals:
        keys = listed.keys_of(each.person)
        if any(key in seen for key in keys):
            problems.append(
                Problem("This person is listed twice.", "List each person once.", each.where)
            )
        seen.add(each.person)
        if each.referred_on > on:
            problems.append(
                Problem(
                    f"The referral is of {each.referred_on}, after the draw on {on}.",
                    "Correct the day.",
                    each.where,
                )
            )
        if any(key in listed.outside for key in keys):
            problems.append(
                Problem(
                    "This person was placed outside of the lottery, and is not drawn.",
                    "Take the row out.",
                    each.where,
                )
            )
        first_so_written = looks.setdefault(look_of(each.person), each.person)
        if listed.draw_of(each.person) is not None:
            continue
        if listed.looks_like_another(each.person) or first_so_written != each.person:
            problems.append(look_alike_problem(each.where))
        if opened is not None and each.referred_on < opened.on:
            problems.append(
                Problem(
                    f"The referral is of {each.referred_on}, before the lottery was opened on "
                    f"{opened.on}.",
                    "Only who is referred after both shares were committed is drawn; refer anew "
                    "whoever still wants it.",
                    each.where,
                )
            )
        problems += _fact_problems(each, terms)
        cluster = each.facts.get(terms.cluster or "")
        if cluster and cluster_looks.setdefault(cluster_look_of(cluster), cluster) != cluster:
            problems.append(
                Problem(
                    "The key of this row's cluster differs from another's in capitals, hyphens or "
                    "underscores alone.",
                    "Write it as it stands there: a cluster is drawn once.",
                    each.where,
                )
            )
        if cluster and not _fact_problems(each, terms):
            first = of_clusters.setdefault(cluster, stratum_of(each, terms))
            if first != stratum_of(each, terms):
                problems.append(
                    Problem(
                        "The stratum of this row is not that of the others in its cluster.",
                        "A cluster is drawn whole, in one stratum: correct the row.",
                        each.where,
                    )
                )
    return tuple(problems)


def look_alike_problem(where: Place = NO_PLACE) -> Problem:
    """A key that was retyped would draw its person a second time."""
    return Problem(
        "This key differs from another in capitals, hyphens or underscores alone.",
        "Write it as it stands there, since nobody is drawn twice; someone else gets another key. "
        "If records write it in both ways, say so: pfs assign alias.",
        where,
    )


def stratum_of(referral: Referral, terms: LotteryTerms) -> Stratum:
    """The values of the facts that make strata, in the plan's order."""
    return tuple(referral.facts[fact] for fact in terms.strata)


def _fact_problems(referral: Referral, terms: LotteryTerms) -> list[Problem]:
    problems = []
    for fact, values in zip(terms.strata, terms.values, strict=True):
        if referral.facts.get(fact) not in values:
            problems.append(
                Problem(
                    f"The value of {fact} is none of those that the plan lists.",
                    f"Write one of: {', '.join(values)}.",
                    referral.where,
                )
            )
    if terms.cluster and not referral.facts.get(terms.cluster):
        problems.append(
            Problem(
                f"The cluster of this person, {terms.cluster}, is missing.",
                "Write it: clusters are drawn whole.",
                referral.where,
            )
        )
    return problems


def _arms_ahead(
    positions: Mapping[Stratum, int],
    referrals: Sequence[Referral],
    *,
    seed: bytes,
    terms: LotteryTerms,
) -> dict[Stratum, tuple[bool, ...]]:
    """For each stratum, as many positions as these referrals can take at the most."""
    wanted: dict[Stratum, int] = {}
    for each in referrals:
        if all(each.facts.get(fact) for fact in terms.strata):
            stratum = stratum_of(each, terms)
            wanted[stratum] = wanted.get(stratum, positions.get(stratum, 0)) + 1
    return {
        stratum: treated_positions(
            seed, stratum, people=people, share=terms.share, sizes=terms.sizes
        )
        for stratum, people in wanted.items()
    }


def _assigned(
    referral: Referral,
    stratum: Stratum,
    position: int,
    arm: str,
    terms: LotteryTerms,
    occasion: Occasion,
    *,
    cluster: str | None = None,
) -> Assigned:
    return Assigned(
        on=occasion.on,
        by=occasion.by,
        person=referral.person,
        referred_on=referral.referred_on,
        stratum=stratum,
        position=position,
        arm=arm,
        ethics=occasion.ethics,
        cluster=cluster,
        excluded_until=None if arm == terms.treated else occasion.excluded_until,
        identifiers=referral.identifiers,
    )


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Refusal(problems)
