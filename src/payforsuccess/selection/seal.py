"""The seal: a checksum of the terms, taken before proposals are opened and held to afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from payforsuccess.deal.whole_file import path_text
from payforsuccess.errors import Finding, Problem
from payforsuccess.selection.solicitation import SolicitationFile
from payforsuccess.trail import fingerprint

OPEN_KEYS = (
    "sealed",
    "sealed_on",
    "barred",
    "conflicts",
    "proposals",
    "costs_opened_on",
    "intent_on",
    "protests",
    "award",
)
"""What is filled in after the seal. Who is barred is a matter of law, and may be learned later."""
OPEN_OF_A_REVIEWER = ("declared", "late_ties", "away")


@dataclass(frozen=True)
class KeptSeal:
    """Terms that were kept with their seal, on a day. number: which of those kept, from 1."""

    number: int
    checksum: str
    kept_on: date
    terms: Mapping[str, object]

    @property
    def opens_on(self) -> date:
        """When proposals are opened by these terms."""
        return date.fromisoformat(str(self.terms["opens_on"]))


def standing_seals(kept: Sequence[KeptSeal]) -> tuple[KeptSeal, ...]:
    """The seals that counted, one after the other; the last one stands.

    The first one kept counts. Another counts after it only if it was kept on a later day, and
    before proposals were opened by the terms that stood until then.
    """
    standing: list[KeptSeal] = []
    for one in sorted(kept, key=lambda one: (one.kept_on, one.number)):
        if not standing or standing[-1].kept_on < one.kept_on < standing[-1].opens_on:
            standing.append(one)
    return tuple(standing)


def sealed_terms(solicitation: SolicitationFile) -> dict[str, object]:
    """What the seal covers: all terms, weights, days and the panel's members.

    Not what comes later: declarations, proposals, costs, protests, the award.
    """
    plain = {key: it for key, it in solicitation.as_plain().items() if key not in OPEN_KEYS}
    panel = plain.get("panel")
    if isinstance(panel, list):
        plain["panel"] = [
            {key: it for key, it in each.items() if key not in OPEN_OF_A_REVIEWER} for each in panel
        ]
    return plain


def seal_of(solicitation: SolicitationFile) -> str:
    """The checksum to publish with the solicitation."""
    return fingerprint(sealed_terms(solicitation))


def check_seal(solicitation: SolicitationFile, kept: Sequence[KeptSeal] = ()) -> Iterator[Problem]:
    """No seal, one of the day of opening or later, another than counts, or terms that changed.

    kept: the seals that were kept, with their terms; then what changed is named.
    """
    if solicitation.sealed is None or solicitation.sealed_on is None:
        yield Problem(
            "The terms are not sealed.",
            "Before proposals are opened, publish what `pfs rank --seal` prints, and write it "
            "under `sealed`, with the day under `sealed_on`.",
            solicitation.place_of("sealed"),
        )
        return
    if solicitation.sealed_on >= solicitation.opens_on:
        yield Problem(
            f"The terms were sealed on {solicitation.sealed_on}, and proposals opened on "
            f"{solicitation.opens_on}.",
            "Seal terms before opening; what was opened unsealed is not ranked.",
            solicitation.place_of("sealed_on"),
        )
    terms = sealed_terms(solicitation)
    standing = standing_seals(kept)
    if not standing:
        if fingerprint(terms) != solicitation.sealed:
            yield Problem(
                "The terms are not those that were sealed.",
                "Put back the terms as they were published; `pfs rank --seal --keep` keeps them "
                "beside the file, and then what changed is named here.",
                solicitation.place_of("sealed"),
            )
        return
    counts = standing[-1]
    if counts.checksum != solicitation.sealed:
        yield Problem(
            f"Other terms were sealed and kept on {counts.kept_on}, and those count.",
            "Put back the terms and the seal that were kept. A later seal counts only if "
            "`pfs rank --seal --keep` kept it on a day of its own, before proposals were opened. "
            "Another competition has a folder of its own.",
            solicitation.place_of("sealed"),
        )
    elif len(standing) > 1 and solicitation.sealed_on < counts.kept_on:
        yield Problem(
            f"The terms were sealed anew on {counts.kept_on}, and `sealed_on` says "
            f"{solicitation.sealed_on}, when other terms stood.",
            "Write the day of the seal that counts.",
            solicitation.place_of("sealed_on"),
        )
    for path in changed(counts.terms, terms):
        yield Problem(
            f"`{path_text(path)}` is not as it was sealed.",
            "Put back what was published; terms do not change once proposals are opened.",
            solicitation.place_of(*path),
        )


def told_of_seals(kept: Sequence[KeptSeal]) -> Iterator[Finding]:
    """That terms were sealed anew before the opening, and what changed; or were kept too late."""
    standing = standing_seals(kept)
    for old, new in pairwise(standing):
        paths = ", ".join(f"`{path_text(path)}`" for path in changed(old.terms, new.terms))
        yield Finding(
            "seal",
            f"The terms sealed on {old.kept_on} were changed before the opening and sealed anew on "
            f"{new.kept_on}: {paths or 'nothing in them'}.",
        )
    if standing and standing[0].kept_on >= standing[0].opens_on:
        yield Finding(
            "seal",
            f"The sealed terms were kept beside the file on {standing[0].kept_on} only, when "
            "proposals could be opened; that they were sealed before is shown by what was "
            "published alone.",
        )


def changed(
    kept: object, now: object, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """The places, as deep as they can be named, at which two plain values differ."""
    if isinstance(kept, Mapping) and isinstance(now, Mapping):
        for key in sorted({*kept, *now}):
            if key not in kept or key not in now:
                yield (*path, key)
            else:
                yield from changed(kept[key], now[key], (*path, key))
    elif _is_list(kept) and _is_list(now) and len(kept) == len(now):  # type: ignore[arg-type]
        for number, (one, other) in enumerate(zip(kept, now, strict=True)):  # type: ignore[call-overload]
            yield from changed(one, other, (*path, number))
    elif kept != now:
        yield path


def _is_list(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)
