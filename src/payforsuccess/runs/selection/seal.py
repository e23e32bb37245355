"""The seal of a solicitation's terms, to publish before proposals are opened."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from payforsuccess.runs.selection.kept import keep_terms
from payforsuccess.runs.selection.solicitations import read_solicitation, solicitation_file
from payforsuccess.selection.seal import seal_of, sealed_terms


@dataclass(frozen=True, repr=False)
class Sealed:
    """The checksum of terms, weights, days and the panel's members. kept: where they were kept."""

    solicitation: str
    sealed: str
    opens_on: str
    kept: tuple[Path, ...] = ()

    def __str__(self) -> str:
        lines = [
            f"{self.solicitation}: terms, weights, days and the panel's members",
            f"  sealed: {self.sealed}",
            f"Publish it and write it into the file with `sealed_on`, before {self.opens_on}.",
            *(f"Kept  {each}" for each in self.kept),
        ]
        return "\n".join(lines)

    __repr__ = __str__


def seal(path: str | Path, *, keep: bool = False) -> Sealed:
    """The checksum of a solicitation's terms as they stand.

    keep: write the terms beside the file too, so that what changed later can be named.
    """
    file = solicitation_file(Path(path))
    solicitation = read_solicitation(file)
    checksum = seal_of(solicitation)
    kept = (keep_terms(file.parent, checksum, sealed_terms(solicitation)),) if keep else ()
    return Sealed(solicitation.solicitation, checksum, str(solicitation.opens_on), kept)
