"""An auditor's replay: every draw again from the published shares, and the first difference."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from payforsuccess.evaluation.lottery.draws import (
    Stratum,
    lowest,
    round_stratum,
    treated_positions,
)
from payforsuccess.evaluation.lottery.entries import Assigned, Link, MetAgain, Outside, RoundHeld
from payforsuccess.evaluation.lottery.keys import cluster_look_of, look_of
from payforsuccess.evaluation.lottery.listed import AssignmentList
from payforsuccess.evaluation.lottery.shares import HOLDERS, combined_seed, fits, seal_of
from payforsuccess.evaluation.lottery.terms import LotteryTerms


@dataclass(frozen=True)
class Difference:
    """The first entry that is not as it must be, and in what; no key of a person."""

    number: int
    what: str

    def __str__(self) -> str:
        return f"Entry {self.number}: {self.what}"


def seed_of(listed: AssignmentList, terms: LotteryTerms) -> bytes | None:
    """The seed, once both shares were published; None while the list is sealed."""
    if set(listed.revealed) != set(HOLDERS):
        return None
    shares = {holder: bytes.fromhex(each.share) for holder, each in listed.revealed.items()}
    return combined_seed(shares["evaluator"], shares["payor"], terms=terms.fingerprint)


def share_difference(listed: AssignmentList) -> Difference | None:
    """The first of the seal and the published shares that does not fit what was committed."""
    for link in listed.links:
        entry = link.entry
        if entry.kind == "opened" and listed.opened is entry:
            made = {holder: each.commitment for holder, each in listed.commitments.items()}
            if set(made) != set(HOLDERS) or listed.opened.seal != seal_of(**made):
                return Difference(link.number, "the seal is not that of both commitments.")
    for holder, revealed in listed.revealed.items():
        committed = listed.commitments.get(holder)
        share, salt = _bytes(revealed.share), _bytes(revealed.salt)
        if committed is None or not (
            share and salt and fits(holder, share, salt, committed.commitment)
        ):
            number = next(link.number for link in listed.links if link.entry is revealed)
            return Difference(number, f"the share of the {holder} is not the one committed to.")
    return None


def order_difference(listed: AssignmentList, terms: LotteryTerms) -> Difference | None:
    """The first draw out of order: what can be checked while the seed is sealed.

    A draw before the opening or after a share was published, a person or a cluster drawn twice,
    also under a key in capitals or with hyphens (but where an alias says so), a referral before the
    opening, a position that is not the next one of its stratum, a cluster drawn in
    parts, an arm that the terms do not know.
    """
    taken: dict[Stratum, int] = {}
    people: dict[str, set[str]] = {}
    clusters: dict[str, Assigned] = {}
    is_open = is_over = False
    for link in listed.links:
        entry = link.entry
        is_open = is_open or entry is listed.opened
        is_over = is_over or entry.kind == "revealed"
        if isinstance(entry, Outside) and look_of(entry.person) in people:
            return Difference(link.number, "a person was drawn, and then placed outside.")
        if isinstance(entry, RoundHeld | MetAgain | Assigned) and (not is_open or is_over):
            return Difference(
                link.number,
                "a draw after a share was published." if is_over else "a draw before the opening.",
            )
        if not isinstance(entry, Assigned):
            continue
        what = _out_of_order(entry, listed, terms, taken=taken, people=people, clusters=clusters)
        if what:
            return Difference(link.number, what)
        people.setdefault(look_of(entry.person), set()).add(entry.person)
        if entry.cluster is not None:
            clusters.setdefault(cluster_look_of(entry.cluster), entry)
        taken[entry.stratum] = max(taken.get(entry.stratum, 0), entry.position)
    return _round_difference(listed, taken) if terms.in_rounds else None


def draw_difference(listed: AssignmentList, seed: bytes, terms: LotteryTerms) -> Difference | None:
    """The first draw that the seed does not give; None where every one is as it was drawn."""
    expected = _expected(listed, seed, terms)
    for link in listed.links:
        entry = link.entry
        if isinstance(entry, Assigned):
            arm = expected[entry.stratum][entry.position - 1]
            if (terms.treated if arm else terms.control) != entry.arm:
                return Difference(link.number, "the seed gives this position the other arm.")
    return None


def _expected(
    listed: AssignmentList, seed: bytes, terms: LotteryTerms
) -> Mapping[Stratum, tuple[bool, ...]]:
    if not terms.in_rounds:
        return {
            stratum: treated_positions(
                seed, stratum, people=people, share=terms.share, sizes=terms.sizes
            )
            for stratum, people in listed.positions.items()
        }
    found = {}
    for held in listed.rounds:
        stratum = round_stratum(held.round)
        won = lowest(seed, stratum, range(1, held.people + 1), places=held.places)
        found[stratum] = tuple(position in won for position in range(1, held.people + 1))
    return found


def _out_of_order(
    entry: Assigned,
    listed: AssignmentList,
    terms: LotteryTerms,
    *,
    taken: Mapping[Stratum, int],
    people: Mapping[str, set[str]],
    clusters: Mapping[str, Assigned],
) -> str:
    alike = people.get(look_of(entry.person), set())
    if entry.person in alike or alike - listed.keys_of(entry.person):
        return "a person was drawn twice."
    if listed.opened is not None and entry.referred_on < listed.opened.on:
        return "the referral is of before the opening."
    if entry.arm not in (terms.treated, terms.control):
        return "the plan has no such arm."
    first = clusters.get(cluster_look_of(entry.cluster or ""))
    if first is not None:
        same = (first.stratum, first.position, first.arm)
        if (entry.stratum, entry.position, entry.arm) != same:
            return "a cluster was drawn in parts."
    elif entry.position != taken.get(entry.stratum, 0) + 1:
        return "the position is not the next one of its stratum."
    return _round_out_of_order(entry, listed) if terms.in_rounds else ""


def _round_out_of_order(entry: Assigned, listed: AssignmentList) -> str:
    sizes = {round_stratum(held.round): held.people for held in listed.rounds}
    if entry.position > sizes.get(entry.stratum, 0):
        return "the person stands outside of the round."
    return ""


def _round_difference(listed: AssignmentList, taken: Mapping[Stratum, int]) -> Difference | None:
    """The first round that does not follow the last, or whose people are not all there."""
    for number, held in enumerate(listed.rounds, 1):
        is_whole = taken.get(round_stratum(held.round), 0) == held.people
        if held.round != number or not is_whole or not 1 <= held.places < held.people:
            at = next(link.number for link in listed.links if link.entry is held)
            return Difference(at, "the round is not whole.")
    return None


def _bytes(digits: str) -> bytes:
    try:
        found = bytes.fromhex(digits)
    except ValueError:
        return b""
    return found if len(found) == 32 else b""


def number_of(links: tuple[Link, ...], head: str) -> int | None:
    """The number of the entry with a fingerprint that someone noted; None where none has it."""
    return next((link.number for link in links if link.fingerprint == head), None)
