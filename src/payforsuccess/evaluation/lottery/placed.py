"""In which block or round of a lottery each person was drawn, for tests that draw again as then."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.evaluation.lottery.draws import Stratum, blocks
from payforsuccess.evaluation.lottery.listed import AssignmentList, people_of
from payforsuccess.evaluation.lottery.shares import HOLDERS, combined_seed, fits
from payforsuccess.evaluation.lottery.terms import LotteryTerms


@dataclass(frozen=True)
class DrawnIn:
    """A block or a round: its number among all, its places, and those for the treated arm.

    Places are of people, or of clusters where these are drawn whole.
    """

    number: int
    places: int
    treated: int


def drawn_in(listed: AssignmentList, terms: LotteryTerms) -> dict[str, DrawnIn] | None:
    """The block or round of each key that was drawn, in the analysis by the first draw.

    A round holds everyone who waited in it. Blocks of several sizes need the seed, and so both
    shares revealed. None where people were drawn one by one, and where blocks are still sealed.
    """
    ends = _rounds(listed, terms) if terms.in_rounds else _blocks(listed, terms)
    if ends is None:
        return None
    return {
        key: ends[entry.stratum, entry.position]
        for person, entry in people_of(listed).items()
        for key in listed.keys_of(person)
    }


def seed_of(listed: AssignmentList, terms: LotteryTerms) -> bytes | None:
    """The seed, once both shares were revealed; None before, and if one does not fit."""
    shares = {}
    for holder in HOLDERS:
        told, promised = listed.revealed.get(holder), listed.commitments.get(holder)
        if told is None or promised is None:
            return None
        share = bytes.fromhex(told.share)
        if not fits(holder, share, bytes.fromhex(told.salt), promised.commitment):
            return None
        shares[holder] = share
    return combined_seed(shares["evaluator"], shares["payor"], terms=terms.fingerprint)


Ends = dict[tuple[Stratum, int], DrawnIn]


def _rounds(listed: AssignmentList, terms: LotteryTerms) -> Ends:
    numbers: dict[Stratum, int] = {}
    everyone: dict[int, list[bool]] = {}
    places: dict[tuple[Stratum, int], int] = {}
    for entry in listed.drawn.values():
        number = numbers.setdefault(entry.stratum, len(numbers))
        everyone.setdefault(number, []).append(entry.arm == terms.treated)
        places[entry.stratum, entry.position] = number
    return {
        where: DrawnIn(number, len(everyone[number]), sum(everyone[number]))
        for where, number in places.items()
    }


def _blocks(listed: AssignmentList, terms: LotteryTerms) -> Ends | None:
    if not terms.sizes:
        return None
    seed = b"" if len(terms.sizes) == 1 else seed_of(listed, terms)
    if seed is None:
        return None
    found: Ends = {}
    number = 0
    for stratum, last in listed.positions.items():
        for block in blocks(seed, stratum, terms.sizes):
            if block[0] > last:
                break
            here = DrawnIn(number, len(block), int(len(block) * terms.share))
            found |= {(stratum, position): here for position in block}
            number += 1
    return found
