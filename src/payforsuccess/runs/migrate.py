"""A deal file of an older format brought to the present one, a format at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from payforsuccess.deal.deal import FORMAT
from payforsuccess.deal.reading import parse
from payforsuccess.deal.reading.tree import Scalar, place_at
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import read_bytes, write_whole
from payforsuccess.runs.folder import open_folder

Migration = Callable[[bytes], bytes]

MIGRATIONS: dict[int, Migration] = {}
"""From format n to n + 1, by n. Format 1 is the first, so there is none yet; a later one rewrites
the text of the file, keeps its comments, and leaves the meaning of every key as it was."""


@dataclass(frozen=True, repr=False)
class Migrated:
    """What became of the file."""

    file: str
    from_format: int
    to_format: int

    def __str__(self) -> str:
        if self.from_format == self.to_format:
            return f"{self.file} is in format {self.to_format}, the present one. Nothing to do."
        return f"{self.file}: brought from format {self.from_format} to {self.to_format}."

    __repr__ = __str__


def migrate(
    path: str | os.PathLike[str],
    *,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    to_format: int = FORMAT,
) -> Migrated:
    """Bring a deal file to the present format; refuses a format that no version has had.

    The file is replaced whole, and only when every step has been done.
    """
    file = open_folder(path).deal_file
    content = read_bytes(file)
    written, where = _format_of(content, str(file))
    if written > to_format:
        raise Refusal(
            Problem(
                f"The file is written in format {written}; this version reads up to {to_format}.",
                "Use a newer version of this software.",
                where,
            )
        )
    for step in range(written, to_format):
        if step not in migrations:
            raise Refusal(
                Problem(
                    f"There is no way from format {step} to {step + 1}.",
                    f"The first format is {min([*migrations, FORMAT])}; correct the number.",
                    where,
                )
            )
        content = migrations[step](content)
    if written != to_format:
        write_whole(file, content)
    return Migrated(str(file), written, to_format)


def _format_of(content: bytes, file: str) -> tuple[int, Place]:
    parsed = parse(content, file)
    if parsed.tree is None:
        raise Refusal(parsed.problems)
    entry = parsed.tree.items.get("format")
    node = entry.node if entry is not None else None
    where = place_at(parsed.tree, ("format",), file)
    if not isinstance(node, Scalar) or not (node.text.isascii() and node.text.isdecimal()):
        raise Refusal(
            Problem(
                "The file does not say in which format it is written.",
                f"Write a whole number, such as `format: {FORMAT}`.",
                where,
            )
        )
    return int(node.text[:9]), where
