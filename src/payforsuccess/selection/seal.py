"""The seal: a checksum of the terms, taken before proposals are opened and held to afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from payforsuccess.deal.whole_file import path_text
from payforsuccess.errors import Problem
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
OPEN_OF_A_REVIEWER = ("declared", "away")


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


def check_seal(
    solicitation: SolicitationFile, kept: Mapping[str, object] | None = None
) -> Iterator[Problem]:
    """No seal, one of the day of opening or later, or terms that are not those sealed.

    kept: the terms as they were sealed, where they were kept; then what changed is named.
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
    if fingerprint(terms) == solicitation.sealed:
        return
    if kept is None or fingerprint(kept) != solicitation.sealed:
        yield Problem(
            "The terms are not those that were sealed.",
            "Put back the terms as they were published; `pfs rank --seal --keep` keeps them beside "
            "the file, and then what changed is named here.",
            solicitation.place_of("sealed"),
        )
        return
    for path in changed(kept, terms):
        yield Problem(
            f"`{path_text(path)}` is not as it was sealed.",
            "Put back what was published; terms do not change once proposals are opened.",
            solicitation.place_of(*path),
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
