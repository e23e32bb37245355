"""The registers that `pfs registers` shows.

To add one: one line here, and a module of the same name in `reports/registers` with two functions,
`NAME_entries` for programs and `NAME_document` for people, both of the facts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from payforsuccess.deal.nearest import nearest, ticked
from payforsuccess.errors import Problem, Refusal
from payforsuccess.governance.facts import Facts
from payforsuccess.reports import Document


@dataclass(frozen=True)
class Kind:
    """A register: its name, and the line that says what stands in it."""

    name: str
    says: str

    def entries(self, facts: Facts) -> Sequence[object]:
        """The entries as values, for programs."""
        found: Callable[[Facts], Sequence[object]] = getattr(self._module, f"{self._stem}_entries")
        return found(facts)

    def document(self, facts: Facts) -> Document:
        """The register as a document, for people."""
        made: Callable[[Facts], Document] = getattr(self._module, f"{self._stem}_document")
        return made(facts)

    @property
    def _stem(self) -> str:
        return self.name.replace("-", "_")

    @property
    def _module(self) -> ModuleType:
        return import_module(f"payforsuccess.reports.registers.{self._stem}")


_ALL = (
    Kind("directions", "The Board's directions from motion to completion."),
    Kind("leaders", "What leaders committed to, and days since each was last spoken with."),
    Kind("planning", "Planning team, steps, what the payor has to know, milestones, reports."),
    Kind("partners", "Payors, parties by role, what each has at stake, and their people."),
    Kind("partnership", "The partnership test with what shows it; champions, owners, parts."),
    Kind("attendance", "Meetings attended and missed, by party."),
    Kind("decisions", "Decisions with what they rest on, moves, actions, who has which part."),
    Kind("evaluators", "Evaluators' declarations, and who pays them."),
    Kind("risks", "Who bears each risk before and after, and what the public bears in any case."),
    Kind("authority", "Counsel's opinion, and the commitment to fund after success."),
    Kind("ethics", "Ethics records, and whether one is in force."),
    Kind("agreements", "Agreements with parties, days and obligations."),
    Kind("amendments", "Amendments of the deal, and the consents each needs and has."),
    Kind("disputes", "Disputes, with the clock of each step."),
    Kind("data-access", "Each source of data from request to first file, and the critical path."),
    Kind("systems", "Systems and interfaces, and which are older than their interval."),
    Kind("policies", "Fiscal, procurement and other policies, each with the change wanted."),
    Kind("levers", "The four levers side by side, and what blocks."),
    Kind("change", "New routines, teaching, hours, incentives, scale, what was taken over."),
    Kind("meetings", "Bodies and meetings: open-meeting decision, agenda, minutes."),
    Kind("records-requests", "Public records requests, and the exemption log."),
    Kind("voice", "What participants and their communities said, and the replies."),
    Kind("harms", "The harm log with its clocks."),
    Kind("handover", "Who goes on serving the people in services when the deal ends."),
)

KINDS = {kind.name: kind for kind in _ALL}


def register_named(name: str) -> Kind:
    """The register of this name; refuses one that there is not, with the nearest."""
    if name in KINDS:
        return KINDS[name]
    close = nearest(name, list(KINDS))
    raise Refusal(
        Problem(
            f"There is no register `{name}`.",
            f"Did you mean `{close}`?" if close else f"Write one of: {ticked(list(KINDS))}.",
        )
    )
