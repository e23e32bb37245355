"""What stands in the list of a lottery: entries that are never changed, each chained to the last.

No name of a participant and no agency's own number stands in it, but pseudonymous keys of people,
and the names of those who wrote the entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal, get_args

from payforsuccess.evaluation.lottery.shares import Holder
from payforsuccess.trail import fingerprint

FORMAT = 1


@dataclass(frozen=True)
class Committed:
    """A holder drew a share and published its checksum. One before the opening may be replaced."""

    kind: ClassVar[str] = "committed"
    on: date
    by: str
    party: str
    holder: Holder
    commitment: str


@dataclass(frozen=True)
class Opened:
    """Both checksums are on record, the plans are frozen, and an ethics record is in force.

    seal: the fingerprint of both commitments. terms: the fingerprint of the lottery's terms. plans:
    each randomised plan with its fingerprint. ethics: the fingerprint of the ethics record.
    """

    kind: ClassVar[str] = "opened"
    on: date
    by: str
    seal: str
    terms: str
    plans: tuple[tuple[str, str], ...]
    ethics: str


@dataclass(frozen=True)
class RoundHeld:
    """Places that opened were drawn among all who waited; the people follow, one entry each."""

    kind: ClassVar[str] = "round"
    on: date
    by: str
    round: int
    places: int
    people: int


@dataclass(frozen=True)
class Assigned:
    """One person and what chance decided, once and for ever.

    position: the place in the stratum, of the person or of the cluster. excluded_until: the day on
    which the wait of someone not drawn ends. identifiers: the checksum of the identifiers as the
    referral gave them, where it did (R136). ethics: the fingerprint of the record in force.
    """

    kind: ClassVar[str] = "assigned"
    on: date
    by: str
    person: str
    referred_on: date
    stratum: tuple[str, ...]
    position: int
    arm: str
    ethics: str
    cluster: str | None = None
    excluded_until: date | None = None
    identifiers: str | None = None


@dataclass(frozen=True)
class MetAgain:
    """Someone who was drawn was referred again, and met the earlier draw."""

    kind: ClassVar[str] = "met-again"
    on: date
    by: str
    person: str
    referred_on: date


@dataclass(frozen=True)
class Alias:
    """Two keys are one person: the earliest draw holds in the analysis; what was told stays."""

    kind: ClassVar[str] = "alias"
    on: date
    by: str
    person: str
    alias: str
    reason: str


@dataclass(frozen=True)
class Withdrawn:
    """Someone left; the draw stands, and nobody moves up."""

    kind: ClassVar[str] = "withdrawn"
    on: date
    by: str
    person: str
    reason: str


@dataclass(frozen=True)
class Outside:
    """Someone was placed outside of the lottery, as the ethics record allows; never drawn."""

    kind: ClassVar[str] = "outside"
    on: date
    by: str
    person: str
    authority: str
    reason: str


@dataclass(frozen=True)
class Departed:
    """Someone got what the other arm gets, decided by a person or not; the arm of analysis stays.

    An override was decided, and says by whose authority; a crossover happened.
    """

    kind: ClassVar[str] = "departed"
    on: date
    by: str
    person: str
    sort: Literal["override", "crossover"]
    authority: str
    reason: str


@dataclass(frozen=True)
class Revealed:
    """A holder published the share and its salt, in hexadecimal; nobody is drawn any more."""

    kind: ClassVar[str] = "revealed"
    on: date
    by: str
    holder: Holder
    share: str
    salt: str


Entry = (
    Committed
    | Opened
    | RoundHeld
    | Assigned
    | MetAgain
    | Alias
    | Withdrawn
    | Outside
    | Departed
    | Revealed
)
_KINDS: dict[str, type[Entry]] = {kind.kind: kind for kind in get_args(Entry)}
_KEYS = {name: tuple(field.name for field in fields(kind)) for name, kind in _KINDS.items()}
_DAYS = {"on", "referred_on", "excluded_until"}


@dataclass(frozen=True)
class Link:
    """An entry in its place: counted from 1, with the fingerprint of the entry before it."""

    number: int
    previous: str | None
    entry: Entry

    @cached_property
    def fingerprint(self) -> str:
        """What the next entry is chained to."""
        return fingerprint(self.as_plain())

    def as_plain(self) -> Mapping[str, object]:
        """The link as plain values; what was left out is left out."""
        told = {key: getattr(self.entry, key) for key in _KEYS[self.entry.kind]}
        return {
            "format": FORMAT,
            "number": self.number,
            "previous": self.previous,
            "kind": self.entry.kind,
            **{key: value for key, value in told.items() if value is not None},
        }


def link_from(plain: Mapping[str, object]) -> Link:
    """A link as it was written. ValueError for anything that this program does not write."""
    kind = _KINDS.get(str(plain.get("kind")))
    if kind is None or plain.get("format") != FORMAT:
        raise ValueError("no entry of a list of assignments")
    told = {key: _read(key, plain[key]) for key in _KEYS[kind.kind] if key in plain}
    try:
        link = Link(int(str(plain["number"])), _text(plain["previous"]), kind(**told))  # type: ignore[arg-type]
    except (KeyError, TypeError) as error:
        raise ValueError("an entry lacks something") from error
    if link.fingerprint != fingerprint(plain):
        raise ValueError("an entry holds something that this program does not write")
    return link


def _read(key: str, value: object) -> object:
    if key in _DAYS:
        return date.fromisoformat(str(value))
    if isinstance(value, list):
        return tuple(tuple(item) if isinstance(item, list) else item for item in value)
    return value


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
