"""One of the documents about a deal or an initiative, shown in outline and written to files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from payforsuccess.reports import Document, Heading
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.documents.kinds import KINDS, Asked, Kind, document_of, kind_named


@dataclass(frozen=True, repr=False)
class Documented:
    """A document with the files it was written to; it prints as its outline."""

    kind: Kind
    document: Document
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        lines = [self.document.title]
        lines += [self.document.subtitle] if self.document.subtitle else []
        lines += [f"{each.title.upper()}: {each.says}" for each in self.document.notices]
        lines += [""]
        lines += [
            f"{'  ' * (block.level - 1)}{block.text}"
            for block in self.document.blocks
            if isinstance(block, Heading)
        ]
        lines += [""]
        if self.written:
            lines += [f"Written  {path}" for path in self.written]
        else:
            lines += ["Nothing was written; name a file with --to, as HTML, PDF or DOCX."]
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Title, notices and outline; the document itself is in the files."""
        return {
            "kind": self.kind.name,
            "title": self.document.title,
            "language": self.document.language,
            "notices": [each.title for each in self.document.notices],
            "headings": [
                {"level": block.level, "text": block.text}
                for block in self.document.blocks
                if isinstance(block, Heading)
            ],
            "written": self.written,
        }


@dataclass(frozen=True, repr=False)
class Kinds:
    """The kinds of documents there are; prints as a table."""

    kinds: tuple[Kind, ...]

    def __str__(self) -> str:
        rows = [("kind", "of", "what it is")]
        rows += [(each.name, each.of, each.says) for each in self.kinds]
        return "\n".join(in_columns(rows))

    __repr__ = __str__

    def as_plain(self) -> list[dict[str, object]]:
        """One for each kind."""
        return [
            {"kind": each.name, "of": each.of, "says": each.says, "languages": each.languages}
            for each in self.kinds
        ]


def kinds() -> Kinds:
    """Every kind of document."""
    return Kinds(tuple(KINDS.values()))


def document(kind: str, asked: Asked, *, to: Sequence[Path] = ()) -> Documented:
    """A document of the kind, written to each file of `to` as HTML, PDF or DOCX.

    Refuses a kind and a language that there is not, and all that is wrong in the files it reads;
    then nothing is written.
    """
    check_endings(to)
    found = kind_named(kind)
    made = document_of(found, asked)
    return Documented(found, made, write_document(made, to) if to else ())
