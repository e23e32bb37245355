"""What a ranking that was kept after the lock holds fast, beside the scores: all it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.whole_file import path_text
from payforsuccess.errors import Problem
from payforsuccess.selection.panel import Barred, LateTie
from payforsuccess.selection.scores import Given
from payforsuccess.selection.seal import OPEN_OF_A_REVIEWER, changed, sealed_terms
from payforsuccess.selection.solicitation import SolicitationFile
from payforsuccess.trail import fingerprint

PUT_BACK = (
    "Put back what was kept: the ranking stands as it was made. What is learned since is a reason "
    "to award to another, under `why_not_first`."
)
# A note that the ranking itself asked for may still be written; one that stands may not change.
MAY_BE_ADDED = ("discussion",)
COST = "cost"
LATE = "late_ties"


@dataclass(frozen=True)
class KeptRanking:
    """A ranking that was kept after scores were locked.

    rests_on: as `what_it_rests_on` gave it. supersedes: the checksum of the ranking it took the
    place of, where a reviewer's tie came to light later.
    """

    made_on: date
    checksum: str
    scores: tuple[Given, ...]
    rests_on: Mapping[str, object]
    supersedes: str = ""

    @property
    def first(self) -> tuple[str, ...]:
        """Who came first by it."""
        ranked = self.rests_on["ranked"]
        assert isinstance(ranked, Sequence)
        return tuple(name for place, name in ranked if place == 1)


def in_turn(kept: Sequence[KeptRanking]) -> tuple[KeptRanking, ...]:
    """The first of the kept rankings, and each that took the place of the one before; the last one
    stands."""
    firsts = [one for one in kept if not one.supersedes]
    chain = [min(firsts, key=lambda one: one.made_on)] if firsts else []
    later = {one.supersedes: one for one in sorted(kept, key=_latest_first) if one.supersedes}
    while chain and chain[-1].checksum in later:
        chain.append(later.pop(chain[-1].checksum))
    return tuple(chain)


def _latest_first(kept: KeptRanking) -> int:
    """So that of two of one checksum the earlier is the one that is found."""
    return -kept.made_on.toordinal()


def new_ties(
    solicitation: SolicitationFile, kept: KeptRanking
) -> tuple[tuple[int, int, LateTie], ...]:
    """Ties that the kept ranking did not know, with their places: of the reviewer, and in the list.

    Those of a day before it was kept are among them; `check_held` refuses them.
    """
    panel = kept.rests_on["panel"]
    assert isinstance(panel, Sequence)
    known = {each["name"]: len(each.get("late_ties", ())) for each in panel}
    return tuple(
        (number, at, tie)
        for number, reviewer in enumerate(solicitation.panel)
        for at, tie in enumerate(reviewer.late_ties)
        if at >= known.get(reviewer.name, 0)
    )


def check_held(
    solicitation: SolicitationFile, barred: Sequence[Barred], kept: KeptRanking
) -> Iterator[Problem]:
    """What is not as the kept ranking had it, each named: terms, proposals, panel, bars.

    Scores are compared row by row by `check_same`. A note of the discussion may be added, a tie
    that came to light since, and costs may be opened where they were not; nothing that stood
    changes.
    """
    before, since = kept.rests_on, f"changed after the ranking of {kept.made_on} was kept"
    if fingerprint(before["terms"]) != solicitation.sealed:
        for path in changed(before["terms"], sealed_terms(solicitation)):
            yield Problem(
                f"`{path_text(path)}` was {since}.", PUT_BACK, solicitation.place_of(*path)
            )
    was_opened = before["costs_opened_on"]
    opened = solicitation.costs_opened_on
    if was_opened is not None and (opened is None or opened.isoformat() != was_opened):
        where = solicitation.place_of("costs_opened_on")
        yield Problem(f"`costs_opened_on` was {since}.", PUT_BACK, where)
    may_be_added = MAY_BE_ADDED if was_opened is not None else (*MAY_BE_ADDED, COST)
    for part, keys in (("proposals", None), ("panel", OPEN_OF_A_REVIEWER)):
        for path in _changed_by_name(before[part], solicitation, part, keys, may_be_added):
            yield Problem(
                f"`{path_text(path)}` was {since}.", PUT_BACK, solicitation.place_of(*path)
            )
    for number, at, tie in new_ties(solicitation, kept):
        if tie.on < kept.made_on:
            yield Problem(
                f"A later tie is of {tie.on}, and the ranking of {kept.made_on} was kept without "
                "it.",
                "Write the day on which it was decided that the scores go; one decided before is "
                "not added afterwards.",
                solicitation.place_of("panel", number, "late_ties", at, "on"),
            )
    yield from _barred(before["barred"], barred, since, solicitation)


def _changed_by_name(
    kept: object,
    solicitation: SolicitationFile,
    part: str,
    keys: Sequence[str] | None,
    may_be_added: Sequence[str],
) -> Iterator[tuple[str | int, ...]]:
    """The places that differ, part by part of the same name, whatever their order.

    keys: those looked at; all if None.
    """
    assert isinstance(kept, Sequence)
    before = {each["name"]: each for each in kept}
    listed = solicitation.proposals if part == "proposals" else solicitation.panel
    for number, one in enumerate(listed):
        now: Mapping[str, object] = one.as_plain()
        old = before.pop(now["name"], None)
        if old is None:
            # A reviewer more or less is a change of the terms, and said there.
            if keys is None:
                yield (part, number)
            continue
        if keys is not None:
            old, now = _as_many(old, now)
        for key in sorted({*old, *now}):
            is_added = key not in old and key in may_be_added
            if is_added or (keys is not None and key not in keys):
                continue
            if key in old and key in now:
                yield from changed(old[key], now[key], (part, number, key))
            else:
                yield (part, number, key)
    if before and keys is None:
        yield (part,)


def _as_many(
    old: Mapping[str, object], now: Mapping[str, object]
) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """Both with the later ties that stood already; those added since are looked at by their day."""
    stood, stand = old.get(LATE, []), now.get(LATE, [])
    assert isinstance(stood, Sequence) and isinstance(stand, Sequence)
    return {**old, LATE: list(stood)}, {**now, LATE: list(stand)[: len(stood)]}


def _barred(
    kept: object, barred: Sequence[Barred], since: str, solicitation: SolicitationFile
) -> Iterator[Problem]:
    assert isinstance(kept, Sequence)
    now = {fingerprint(each.as_plain()): each.who for each in barred}
    where = solicitation.place_of("barred")
    for mark, who in now.items():
        if mark not in kept:
            yield Problem(f"The bar on {who} was added or {since}.", PUT_BACK, where)
    gone = sum(mark not in now for mark in kept)
    if gone:
        bars = "1 bar was" if gone == 1 else f"{gone} bars were"
        yield Problem(f"{bars} taken out or {since}.", PUT_BACK, where)
