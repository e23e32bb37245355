"""One plan being told: its facts, which numbers may be said, and notes that are made once."""

from __future__ import annotations

from dataclasses import dataclass, field

from payforsuccess.deal.estimates import Effect, Estimate
from payforsuccess.reports.evaluation.facts import PlanShown
from payforsuccess.reports.evaluation.names import effect_text, interval_text
from payforsuccess.reports.evaluation.small import HIDDEN, Numbers
from payforsuccess.reports.inline import NoteReference
from payforsuccess.reports.note import Note
from payforsuccess.reports.numbers import percent_text
from payforsuccess.reports.table import Cell
from payforsuccess.trail import Step


@dataclass
class Notes:
    """Collects the notes of one document while it is written; each key is kept once."""

    run: str
    kept: dict[str, Note] = field(default_factory=dict)

    def note(
        self,
        key: str,
        says: str,
        *,
        fingerprint: str = "",
        evidence: str = "",
        clause: str = "",
        steps: tuple[Step, ...] = (),
    ) -> NoteReference:
        """A note under its key, and the mark that leads to it."""
        self.kept.setdefault(
            key,
            Note(
                key,
                says,
                run=self.run,
                clause=clause,
                fingerprint=fingerprint,
                evidence=evidence,
                steps=steps,
            ),
        )
        return NoteReference(key)


@dataclass(frozen=True)
class Telling:
    """What the parts of the report on one plan share. at: the plan's place among all."""

    plan: PlanShown
    at: int
    numbers: Numbers
    notes: Notes

    @property
    def estimate(self) -> Estimate:
        """What the plan found."""
        return self.plan.shown.estimate

    @property
    def title(self) -> str:
        """The plan's name as a heading."""
        return self.plan.shown.title

    @property
    def confidence(self) -> str:
        """`95%`."""
        return percent_text(float(self.estimate.confidence), 1).replace(".0%", "%")

    def mark(self, kind: str, says: str, *steps: Step) -> NoteReference:
        """The mark of a computation of this plan, with the estimate it is part of."""
        return self.notes.note(
            f"{kind}-{self.at}",
            f"{self.title}: {says}",
            fingerprint=self.checksum(self.estimate.fingerprint),
            evidence=self.checksum(self.estimate.evidence),
            steps=steps,
        )

    def checksum(self, of_found: str) -> str:
        """A checksum of what was found, where nothing is hidden; none otherwise.

        All but a few counts of an estimate is printed or public, so whoever tries those counts in
        turn would know the hidden ones by the checksum.
        """
        return of_found if self.numbers.threshold is None else ""

    def effect(self, effect: Effect) -> str:
        """The effect with its unit, where it may be said."""
        return effect_text(effect) if self.numbers.says_outcomes else HIDDEN

    def interval(self, effect: Effect) -> str:
        """Its interval, where it may be said."""
        if effect.interval is None:
            return "none given"
        return interval_text(effect) if self.numbers.says_outcomes else HIDDEN

    def of_outcomes(self, text: str) -> str:
        """A text computed from outcomes, where it may be said."""
        return text if self.numbers.says_outcomes else HIDDEN


def marked(text: str, *marks: NoteReference) -> Cell:
    """A cell with the marks of its computation."""
    return Cell((text, *marks))
