"""Where each statement and number of the report comes from, as notes that are made once."""

from __future__ import annotations

from collections.abc import Iterable

from payforsuccess.deal.record import Source
from payforsuccess.governance.blueprint.said import Stated
from payforsuccess.governance.initiative.evidence import Paper
from payforsuccess.reports.inline import Content, Inline, NoteReference
from payforsuccess.reports.note import Note
from payforsuccess.trail import Step


class NoteBook:
    """Collects the notes of one document while it is written; each key is kept once.

    proposed_by: who stands behind what is marked as a proposal.
    """

    def __init__(self, proposed_by: str = "this program") -> None:
        self._notes: dict[str, Note] = {}
        self.proposed_by = proposed_by

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes so far."""
        return tuple(self._notes.values())

    def note(
        self,
        key: str,
        says: str,
        *,
        clause: str = "",
        checksum: str = "",
        evidence: str = "",
        steps: tuple[Step, ...] = (),
    ) -> NoteReference:
        """A note under its key, and the mark that leads to it."""
        self._notes.setdefault(
            key,
            Note(
                key,
                says,
                clause=clause,
                fingerprint=checksum,
                evidence=evidence,
                steps=steps,
            ),
        )
        return NoteReference(key)

    def paper(self, paper: Paper) -> NoteReference:
        """The mark of a paper."""
        return self.note(
            f"paper {paper.title} {paper.where}",
            _sentence(paper.title),
            evidence=paper.where,
            checksum=paper.sha256 or "",
        )

    def papers(self, papers: Iterable[Paper]) -> Content:
        """The marks of several papers."""
        return tuple(self.paper(each) for each in papers)

    def sources(self, sources: Iterable[Source]) -> Content:
        """The marks of sources of the library."""
        return tuple(
            self.note(f"source {each.id}", _sentence(each.title), evidence=each.url)
            for each in sources
        )

    def standing(self, stated: Stated) -> Content:
        """`Sourced`, `Adopted` with its marks, or whose proposal it is."""
        marks = self.papers(stated.sources)
        match stated.standing:
            case "sourced":
                return ("From a source ", *marks)
            case "adopted":
                return ("Adopted ", *marks)
            case "proposal":
                said: Inline = f"Proposal of {self.proposed_by}"
                return (said, *((" ", *marks) if marks else ()))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
