"""The seal of a solicitation's terms, to publish before proposals are opened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.whole_file import path_text
from payforsuccess.errors import Problem, Refusal
from payforsuccess.runs.selection.kept import keep_terms, kept_seals
from payforsuccess.runs.selection.solicitations import read_solicitation, solicitation_file
from payforsuccess.selection.seal import KeptSeal, changed, seal_of, sealed_terms, standing_seals
from payforsuccess.selection.solicitation import SolicitationFile


@dataclass(frozen=True, repr=False)
class Sealed:
    """The checksum of terms, weights, days and the panel's members.

    instead_of: the day of the seal kept before, where these terms are others. changed: the places
    that differ from those. kept: where they were kept.
    """

    solicitation: str
    sealed: str
    opens_on: str
    kept: tuple[Path, ...] = ()
    instead_of: str = ""
    changed: tuple[str, ...] = ()

    def __str__(self) -> str:
        lines = [
            f"{self.solicitation}: terms, weights, days and the panel's members",
            f"  sealed: {self.sealed}",
            f"Publish it and write it into the file with `sealed_on`, before {self.opens_on}.",
        ]
        if self.instead_of:
            lines += [
                f"Other terms were sealed on {self.instead_of}. Changed since: "
                f"{', '.join(f'`{each}`' for each in self.changed)}.",
                "Publish these as an amendment. They count only if `--keep` keeps them before the "
                "opening, with that day under `sealed_on`; rankings show both seals.",
            ]
        return "\n".join([*lines, *(f"Kept  {each}" for each in self.kept)])

    __repr__ = __str__


def seal(path: str | Path, *, on: date, keep: bool = False) -> Sealed:
    """The checksum of a solicitation's terms as they stand.

    on: the day. keep: write the terms beside the file too, so that what changed later can be
    named. Where other terms were sealed and kept before, a new seal needs a later day, before
    proposals are opened; else it is refused, and what changed is named.
    """
    file = solicitation_file(Path(path))
    solicitation = read_solicitation(file)
    checksum, terms = seal_of(solicitation), sealed_terms(solicitation)
    standing = standing_seals(kept_seals(file, solicitation.solicitation))
    before = standing[-1] if standing and standing[-1].checksum != checksum else None
    places = tuple(changed(before.terms, terms)) if before is not None else ()
    if before is not None and not before.kept_on < on < before.opens_on:
        raise Refusal(_not_anew(solicitation, before, on, places))
    kept = (
        (keep_terms(file, checksum, terms, kept_on=on, name=solicitation.solicitation),)
        if keep
        else ()
    )
    return Sealed(
        solicitation.solicitation,
        checksum,
        str(solicitation.opens_on),
        kept,
        str(before.kept_on) if before is not None else "",
        tuple(path_text(each) for each in places),
    )


def _not_anew(
    solicitation: SolicitationFile,
    before: KeptSeal,
    on: date,
    places: tuple[tuple[str | int, ...], ...],
) -> tuple[Problem, ...]:
    """Why terms that were sealed are not sealed anew on a day, and each place that differs."""
    why = (
        "a second seal needs a later day of its own"
        if on <= before.kept_on
        else f"proposals were opened on {before.opens_on}"
    )
    problem = Problem(
        f"Other terms were sealed and kept on {before.kept_on}, and {why}.",
        "Put back the terms that were sealed. Another competition has a folder of its own.",
        solicitation.place_of("sealed"),
    )
    return (
        problem,
        *(
            Problem(
                f"`{path_text(each)}` is not as it was sealed.",
                "Put back what was published.",
                solicitation.place_of(*each),
            )
            for each in places
        ),
    )
