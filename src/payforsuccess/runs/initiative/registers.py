"""A register of an initiative as it stands on a day, in words, as values, and as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.reports import Document
from payforsuccess.reports.text import write_text
from payforsuccess.runs.columns import in_columns
from payforsuccess.runs.document_file import check_endings, write_document
from payforsuccess.runs.folder import DealPath
from payforsuccess.runs.initiative.files import open_initiative
from payforsuccess.runs.initiative.register_kinds import KINDS, Kind, register_named


@dataclass(frozen=True, repr=False)
class Register:
    """One register: its entries, and the document made of them; it prints as that document."""

    kind: Kind
    initiative: str
    standing: str
    on: date
    entries: tuple[object, ...]
    document: Document
    written: tuple[Path, ...] = ()

    def __str__(self) -> str:
        lines = [write_text(self.document)]
        lines += ["", *(f"Written  {path}" for path in self.written)] if self.written else []
        return "\n".join(lines)

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """The entries as values: days as year-month-day, amounts as exact texts."""
        return {
            "register": self.kind.name,
            "initiative": self.initiative,
            "standing": self.standing,
            "on": self.on,
            "entries": self.entries,
            "written": self.written,
        }


@dataclass(frozen=True, repr=False)
class RegisterKinds:
    """The registers there are; prints as a table."""

    kinds: tuple[Kind, ...]

    def __str__(self) -> str:
        return "\n".join(in_columns([(each.name, each.says) for each in self.kinds]))

    __repr__ = __str__

    def as_plain(self) -> dict[str, object]:
        """Name and line of each."""
        return {"registers": [{"name": each.name, "says": each.says} for each in self.kinds]}


def register_kinds() -> RegisterKinds:
    """Every register that can be asked for."""
    return RegisterKinds(tuple(KINDS.values()))


def register(name: str, path: DealPath, *, on: date, to: Sequence[Path] = ()) -> Register:
    """A register as it stands on a day, from `initiative.yaml` and what lies beside it.

    Clocks, days and standings are worked out anew each time. to: files to write it to, as HTML, PDF
    or DOCX. Refuses a register that there is not, and all that is wrong in a file.
    """
    kind = register_named(name)
    check_endings(to)
    facts = open_initiative(path, on=on).facts
    document = kind.document(facts)
    written = write_document(document, to) if to else ()
    return Register(
        kind,
        facts.initiative.initiative,
        facts.initiative.standing,
        on,
        tuple(kind.entries(facts)),
        document,
        written,
    )
