"""Why a line that was stated before comes out otherwise now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from payforsuccess.deal.results import Cause, ResultUsed, Statement
from payforsuccess.payments.history import DealHistory
from payforsuccess.payments.inputs import Used
from payforsuccess.payments.line import Key, TermInPeriod, used_fingerprint
from payforsuccess.payments.replay import Replay

Slot = tuple[str, str, str]


@dataclass(frozen=True)
class Why:
    """A cause and its sentence."""

    cause: Cause
    because: str


@dataclass(frozen=True)
class Causes:
    """Tells the causes of changes since the last statement.

    `by_program` are the lines that this program computes otherwise from the very inputs of the
    last statement. A line changed by itself when a result of its own period or point, or the
    version that governs it, is another; every other change is a knock-on of one that did.
    """

    history: DealHistory
    replayed: Replay
    last: Statement
    by_program: Mapping[Key, int]

    def of(self, key: Key) -> Why:
        """The cause of a difference in a line of an earlier period."""
        if key in self.by_program:
            return Why("program", "this version of the software computes the line otherwise")
        own = self._own(key)
        if own is not None:
            return own
        mover = self._mover(key)
        if mover is not None:
            return Why(
                "knock-on",
                f"the change of `{mover[1]}` in period {mover[0]} moved a ceiling, carried amount, "
                "condition or sum to date",
            )
        line = self.replayed.lines.get(key)
        changed = self._changed(line.used) if line is not None else []
        if changed:
            return self._of_results(changed)
        if any((item.period, item.term) == key for item in self.last.not_corrected):
            return Why("correction", "a change that was left uncorrected before")
        return Why("program", "neither results nor terms changed, and yet the line did")

    def _own(self, key: Key) -> Why | None:
        """The line's own cause: a changed result of its period or point, or another version."""
        line = self.replayed.lines.get(key)
        known = {used.fingerprint for used in self.last.versions}
        if line is None:
            governing = self.history.governing(self.history.schedule.period(key[0]))
            if governing.terms_fingerprint in known and any(
                term.name == key[1] for term in governing.payments
            ):
                return Why("determination", "the result it rested on was taken back")
            return Why(
                "amendment",
                f"under the version in force from {governing.in_force_from} it is not due",
            )
        slots = {f"period {key[0]}", *(run.part.when for run in line.parts)}
        changed = self._changed([used for used in line.used if used.when in slots])
        if changed:
            return self._of_results(changed)
        gone = self._gone(line, slots)
        if gone:
            return Why("correction", f"a result was taken out: {', '.join(gone)}")
        for deal in (line.deal, *(run.deal for run in line.parts)):
            if deal.terms_fingerprint not in known:
                return Why(
                    "amendment", f"the version in force from {deal.in_force_from} now governs it"
                )
        return None

    def _mover(self, key: Key) -> Key | None:
        """The nearest line before this one that changed by itself, of the same term if possible."""
        order = {name: at for at, name in enumerate(self._names(key))}
        here = (key[0], order.get(key[1], len(order)))
        before = [
            other
            for other in sorted(self.replayed.lines)
            if other != key
            and (other[0], order.get(other[1], len(order))) < here
            and self._own(other) is not None
        ]
        same = [other for other in before if other[1] == key[1]]
        if same or before:
            return (same or before)[-1]
        # a ceiling over several lines cuts by its own order: a later line of the period may move it
        beside = [
            other
            for other in sorted(self.replayed.lines)
            if other != key and other[0] == key[0] and self._own(other) is not None
        ]
        return beside[-1] if beside else None

    def _names(self, key: Key) -> Sequence[str]:
        line = self.replayed.lines.get(key)
        deal = line.deal if line is not None else self.history.latest
        return [term.name for term in deal.payments]

    def _changed(self, used: Sequence[Used]) -> list[Used]:
        """Results that are not what the last statement read, or that it did not read."""
        old = self._old()
        return [
            item
            for item in used
            if (before := old.get((item.outcome, item.when, item.cohort))) is None
            or before.inputs != used_fingerprint(item)
        ]

    def _gone(self, line: TermInPeriod, slots: set[str]) -> list[str]:
        now = {(used.outcome, used.when, used.cohort) for used in line.used}
        names = line.term.outcomes_read()
        return [
            f"{outcome} ({when})"
            for outcome, when, cohort in sorted(self._old())
            if outcome in names and when in slots and (outcome, when, cohort) not in now
        ]

    def _of_results(self, changed: Sequence[Used]) -> Why:
        names = ", ".join(dict.fromkeys(f"{used.outcome} ({used.when})" for used in changed))
        old = self._old()
        if all(_signed_anew(used, old) for used in changed):
            same = all(_same_evidence(used, old) for used in changed)
            why = "" if same else ", as the data behind it changed"
            return Why("determination", f"a new determination of {names}{why}")
        return Why("correction", f"the data changed: {names}")

    def _old(self) -> dict[Slot, ResultUsed]:
        return {(used.outcome, used.slot, used.cohort): used for used in self.last.results}


def _signed_anew(used: Used, old: Mapping[Slot, ResultUsed]) -> bool:
    """Whether a result that was determined before is determined anew: the new word replaces it."""
    before = old.get((used.outcome, used.when, used.cohort))
    return (
        before is not None
        and used.entry is not None
        and used.entry.determination is not None
        and before.determination is not None
        and used.entry.determination != before.determination
    )


def _same_evidence(used: Used, old: Mapping[Slot, ResultUsed]) -> bool:
    """Whether the records behind a result stayed the same."""
    before = old.get((used.outcome, used.when, used.cohort))
    entry = used.entry
    return before is not None and entry is not None and entry.result.evidence == before.evidence
