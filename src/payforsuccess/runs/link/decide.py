"""Put one person's decision on a pair of records on file: one person, or two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem, Refusal, sentence, with_and
from payforsuccess.governance.roles.cases import PARTIES
from payforsuccess.runs.files import locked
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.link.decisions import (
    Answer,
    LinkDecision,
    Standing,
    decisions_folder,
    in_order,
    read_decisions,
    standings,
    write_decision,
)
from payforsuccess.runs.link.reasons import REASONS
from payforsuccess.runs.link.review import made_links

MONEY_ROLES = ("payor", "provider", "investor", "guarantor")
"""Who gains or loses by a match: their people may not decide on one."""


@dataclass(frozen=True, repr=False)
class Decided:
    """The decision, and how the pair stands with it."""

    decision: LinkDecision
    standing: Standing

    def __str__(self) -> str:
        one = self.decision
        said = "one person" if one.answer == "same" else "two people"
        lines = [
            f"{one.one} and {one.other}: {one.by} says {said}",
            f"  {self.standing}",
        ]
        if self.standing.holds is not None:
            lines.append("  It counts from the next `pfs link` on.")
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """For programs."""
        return {
            "decision": dict(self.decision.as_plain()),
            "fingerprint": self.decision.fingerprint,
            "holds": self.standing.holds,
            "is_disputed": self.standing.is_disputed,
        }


def decide_link(
    path: DealPath,
    one: str,
    other: str,
    *,
    answer: Answer,
    by: str,
    party: str,
    on: date,
    as_of: date,
    reason: str | None = None,
) -> Decided:
    """Record what one person decides of a pair; two who agree make it hold.

    by: the person, who is counted once however often they answer: their last answer counts. party:
    whose people they are of. on: the day of the decision, not after `as_of`, today. The name is
    taken at its word; who may write here is for the office that holds the folder. Refuses parties
    that gain or lose by matches, parties the deal does not name, records that the latest links do
    not have, and a reason that is none of `REASONS`, whose words name nobody. Nothing is ever taken
    out of the record.
    """
    folder = open_folder(path)
    versions = folder.history().versions
    pair = in_order(one, other)
    problems = [
        *_party_problems(versions, party),
        *(
            Problem(
                sentence("Nothing is written for --{name}.", name=name), sentence("Write a text.")
            )
            for name, text in (("by", by), ("party", party))
            if not text.strip()
        ),
    ]
    if on > as_of:
        problems.append(
            Problem(
                sentence("{on} lies ahead.", on=on),
                sentence("Give the day of the decision, today or before."),
            )
        )
    if reason is not None and reason not in REASONS:
        problems.append(
            Problem(
                sentence(
                    "A reason is one of a few words, since a text of one's own could name people."
                ),
                sentence("Give one of these, or none: {reasons}.", reasons=", ".join(REASONS)),
            )
        )
    if one == other:
        problems.append(
            Problem(
                sentence("A record is always of one person with itself."), sentence("Name two.")
            )
        )
    if problems:
        raise Refusal(problems)
    links = folder.out / "links"
    kept = made_links(links)
    _refuse_unknown([key for key in pair if key not in kept.group_of])
    with locked(decisions_folder(links)):
        before = read_decisions(links)
        decision = LinkDecision(
            number=len(before) + 1,
            previous=before[-1].fingerprint if before else None,
            one=pair[0],
            other=pair[1],
            answer=answer,
            by=" ".join(by.split()),
            party=party,
            on=on.isoformat(),
            reason=reason,
        )
        write_decision(links, decision)
    return Decided(decision, standings([*before, decision])[pair])


def _party_problems(versions: Sequence[Deal], party: str) -> list[Problem]:
    """Why the people of a party may not decide, under any version of the deal."""
    where = versions[-1].place_of("parties")
    roles = {
        role
        for version in versions
        for known in version.parties
        if known.name == party
        for role in known.roles
    }
    pays = any(payor.party == party for version in versions for payor in version.payors)
    lends = any(tranche.party == party for version in versions for tranche in version.capital)
    money = [role for role in MONEY_ROLES if role in roles]
    money += ["payor"] if pays and "payor" not in money else []
    money += ["investor"] if lends and "investor" not in money else []
    if money:
        return [
            Problem(
                sentence(
                    "{party} is {money} in this deal, and its people may not decide whose "
                    "records are whose.",
                    party=party,
                    money=with_and([PARTIES.get(role, role) for role in money]),
                ),
                sentence("Have people decide who work for no one that gains or loses by it."),
                where,
            )
        ]
    if not roles:
        return [
            Problem(
                sentence("“{party}” is not a party of this deal.", party=party),
                sentence("Name the party as the deal does, so that its roles can be checked."),
                where,
            )
        ]
    return []


def _refuse_unknown(missing: Sequence[str]) -> None:
    problems = [
        Problem(
            sentence("The latest links have no record {key}.", key=key),
            sentence("Name both records by the keys that `pfs link review` shows."),
        )
        for key in missing
    ]
    if problems:
        raise Refusal(problems)
