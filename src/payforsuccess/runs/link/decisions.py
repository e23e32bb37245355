"""What people decided of pairs of records: a chain of files, and which decisions hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.records.link.clusters import Decisions, Pair
from payforsuccess.runs.files import json_bytes, read_json, write_whole
from payforsuccess.trail import fingerprint

FORMAT = 1
REGISTER = "chain.json"
ENOUGH = 2
"""People who must agree, near the threshold and far from it: scores move, and decisions stay."""

Answer = Literal["same", "different"]


@dataclass(frozen=True)
class LinkDecision:
    """One person's answer on one pair: one person, or two. `one` is the smaller key."""

    number: int
    previous: str | None
    one: str
    other: str
    answer: Answer
    by: str
    party: str
    on: str
    reason: str | None = None

    @property
    def pair(self) -> Pair:
        """The two record keys, the smaller first."""
        return self.one, self.other

    @property
    def who(self) -> str:
        """The person who decided, however their name is spaced or in capitals."""
        return " ".join(self.by.split()).casefold()

    @property
    def fingerprint(self) -> str:
        """What names it, and what the next one is chained to."""
        return fingerprint(self.as_plain())

    def as_plain(self) -> Mapping[str, object]:
        """The decision as plain values."""
        return {"format": FORMAT, **asdict(self)}

    def as_bytes(self) -> bytes:
        """The file that is kept."""
        return json_bytes({"decision": self.as_plain(), "fingerprint": self.fingerprint})


@dataclass(frozen=True)
class Standing:
    """How a pair stands by the last answer of each person who gave one.

    A decision holds when two people or more gave it and fewer the other.
    """

    pair: Pair
    same: tuple[str, ...]
    different: tuple[str, ...]

    @property
    def holds(self) -> Answer | None:
        """The decision that holds; None while the pair waits."""
        if len(self.same) >= ENOUGH and len(self.same) > len(self.different):
            return "same"
        if len(self.different) >= ENOUGH and len(self.different) > len(self.same):
            return "different"
        return None

    @property
    def is_disputed(self) -> bool:
        """Whether the pair waits because people disagree."""
        return self.holds is None and bool(self.same) and bool(self.different)

    def __str__(self) -> str:
        """How it stands, without who said what: the next to decide should not know."""
        if self.holds is not None:
            return f"decided: {'one person' if self.holds == 'same' else 'two people'}"
        if self.is_disputed:
            return "those who decided disagree: one more person decides"
        return "waits for a second person"


def decisions_folder(links: Path) -> Path:
    """Where decisions lie: beside the links, which are made anew, and never among them."""
    return links / "decisions"


def read_decisions(links: Path) -> tuple[LinkDecision, ...]:
    """Every decision on record, in order.

    Refuses a chain in which one was changed, exchanged or is missing, the newest too.
    """
    home = decisions_folder(links)
    found = [_read(path) for path in sorted(home.glob("[0-9]*.json"))]
    previous: str | None = None
    for position, one in enumerate(found, 1):
        if one.number != position or one.previous != previous:
            raise _broken(home, position)
        previous = one.fingerprint
    if (home / REGISTER).is_file():
        plain = read_json(home / REGISTER)
        count = plain.get("decisions") if isinstance(plain, dict) else None
        is_there = isinstance(count, int) and 1 <= count <= len(found)
        if not isinstance(plain, dict) or not isinstance(count, int) or not is_there:
            raise _broken(home, len(found) + 1)
        if found[count - 1].fingerprint != plain.get("fingerprint"):
            raise _broken(home, count)
    return tuple(found)


def write_decision(links: Path, decision: LinkDecision) -> None:
    """Put a decision at the end of the chain; the register follows, at most one behind.

    Only whoever runs this may read the files: they say which records are of one person.
    """
    home = decisions_folder(links)
    write_whole(home / f"{decision.number:04d}.json", decision.as_bytes(), mode=0o600)
    register = {"format": 1, "decisions": decision.number, "fingerprint": decision.fingerprint}
    write_whole(home / REGISTER, json_bytes(register), mode=0o600)


def standings(decisions: Iterable[LinkDecision]) -> dict[Pair, Standing]:
    """How each pair stands; who answered again is counted by their last answer."""
    last: dict[Pair, dict[str, LinkDecision]] = {}
    for decision in decisions:
        of_pair = last.setdefault(decision.pair, {})
        of_pair.pop(decision.who, None)
        of_pair[decision.who] = decision
    return {
        pair: Standing(pair, _names(answers, "same"), _names(answers, "different"))
        for pair, answers in sorted(last.items())
    }


def decisions_that_hold(links: Path) -> Decisions:
    """The decisions of the deal that hold, as clustering takes them."""
    found = standings(read_decisions(links)).values()
    by = {}
    for at in found:
        if at.holds is not None:
            names = at.same if at.holds == "same" else at.different
            by[at.pair] = " and ".join(names)
    return Decisions(
        same=frozenset(at.pair for at in found if at.holds == "same"),
        different=frozenset(at.pair for at in found if at.holds == "different"),
        by=by,
    )


def in_order(one: str, other: str) -> Pair:
    """The pair as links write it."""
    return (one, other) if one < other else (other, one)


def _names(answers: Mapping[str, LinkDecision], answer: Answer) -> tuple[str, ...]:
    chosen: Sequence[LinkDecision] = [d for d in answers.values() if d.answer == answer]
    return tuple(" ".join(decision.by.split()) for decision in chosen)


def _read(path: Path) -> LinkDecision:
    plain = read_json(path)
    try:
        assert isinstance(plain, dict)
        body = dict(plain["decision"])
        assert body.pop("format") == FORMAT
        found = LinkDecision(**body)
        assert found.fingerprint == plain["fingerprint"]
        assert found.answer in ("same", "different")
    except (AssertionError, KeyError, TypeError, AttributeError):
        raise Refusal(
            Problem(
                sentence(
                    "This decision was changed after it was written: its content and its "
                    "checksum do not agree."
                ),
                sentence("Put the original back; records of this kind are never edited."),
                Place(str(path)),
            )
        ) from None
    return found


def _broken(home: Path, position: int) -> Refusal:
    return Refusal(
        Problem(
            sentence(
                "The chain of decisions on links is broken at number {position}: one is "
                "missing or was exchanged.",
                position=position,
            ),
            sentence("Put the originals back."),
            Place(str(home)),
        )
    )
