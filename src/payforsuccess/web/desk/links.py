"""Pairs of records that wait for people's decisions, as a reviewer may see them.

A reviewer sees identifiers and nothing else: not which feed a record is of, no score, no arm, no
outcome, no money, and not what someone else decided. A pair is named by a keyed mark of its own.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from payforsuccess.deal.approvals import same_person
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.link.decisions import read_decisions, standings
from payforsuccess.runs.link.files import latest_links
from payforsuccess.runs.link.review import pairs_waiting
from payforsuccess.runs.link.why import link_why
from payforsuccess.web.fields import blind_index
from payforsuccess.web.initiatives.models import Initiative

CODE = 20
NAMES: dict[str, str | Promise] = {
    "given_name": _("Given name"),
    "first_name": _("Given name"),
    "middle_name": _("Middle name"),
    "family_name": _("Family name"),
    "last_name": _("Family name"),
    "name": _("Name"),
    "birth_date": _("Date of birth"),
    "born_on": _("Date of birth"),
    "ssn": _("Social Security number"),
    "sex": _("Sex"),
    "address": _("Address"),
    "middle_initial": _("Middle initial"),
    "place": _("Place"),
    "postcode": _("Postcode"),
    "zip": _("Postcode"),
}


@dataclass(frozen=True)
class PairShown:
    """Two records that may be of one person. decided_by: who gave an answer, never which."""

    code: str
    one: str = field(repr=False)
    other: str = field(repr=False)
    decided_by: tuple[str, ...] = ()
    is_disputed: bool = False


@dataclass(frozen=True)
class Queue:
    """The pairs of the latest match that no two people settled; `links` names that match."""

    links: str
    pairs: tuple[PairShown, ...]

    def for_reviewer(self, name: str, unsure: Set[str]) -> list[PairShown]:
        """The pairs that someone has not decided yet; those they were unsure of come last."""
        mine = [p for p in self.pairs if not decided(p, name)]
        return sorted(mine, key=lambda pair: (pair.code in unsure, not pair.decided_by, pair.code))

    def pair(self, code: str) -> PairShown | None:
        """The pair of this code, while it waits."""
        return next((pair for pair in self.pairs if pair.code == code), None)


NO_MATCH = Queue("", ())
"""Before the first match, and in a deal that matches nobody."""


def decided(pair: PairShown, name: str) -> bool:
    """Whether the person gave an answer on the pair."""
    return same_person(name) in map(same_person, pair.decided_by)


def queue_of(initiative: Initiative) -> Queue:
    """What waits after the latest match."""
    folder = open_folder(initiative.path)
    home = folder.out / "links"
    deal = folder.history().latest
    kept = latest_links(home) if deal.linkage is not None else None
    if kept is None:
        return NO_MATCH
    found = standings(read_decisions(home))
    pairs = []
    for one, other in pairs_waiting(deal, kept, found):
        standing = found.get((one, other))
        pairs.append(
            PairShown(
                blind_index("pair", one, other)[:CODE],
                one,
                other,
                (*standing.same, *standing.different) if standing else (),
                bool(standing and standing.is_disputed),
            )
        )
    return Queue(kept.fingerprint, tuple(pairs))


@dataclass(frozen=True)
class SideBySide:
    """One identifier of both records."""

    label: str | Promise
    one: str
    other: str


def side_by_side(initiative: Initiative, pair: PairShown) -> list[SideBySide]:
    """The identifiers of both records; they are shown once and kept nowhere. Needs the vault."""
    found = link_why(initiative.path, pair.one, pair.other, show_identifiers=True)
    return [
        SideBySide(
            NAMES.get(each.name, each.name.replace("_", " ").capitalize()),
            *(_readable(value) for value in each.values or ("", "")),
        )
        for each in found.compared
    ]


def _readable(value: str) -> str:
    """An identifier as people read it: days with hyphens, and nothing where none is on record."""
    if value == "nothing":
        return ""
    is_day = len(value) == 8 and value.isdigit()
    return f"{value[:4]}-{value[4:6]}-{value[6:]}" if is_day else value
