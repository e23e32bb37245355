"""A payment's way from results to the warrant: its steps, and whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from payforsuccess.governance.approval import ENOUGH
from payforsuccess.governance.roles.actions import Action

StepName = Literal[
    "measured", "checked", "determined", "stated", "objections", "answered", "approved", "paid"
]
Standing = Literal["done", "current", "waiting"]


@dataclass(frozen=True)
class CycleFacts:
    """What is on record of one period on a day.

    results_on: when its results were measured last. has_validator: whether the deal names one;
    checked_on, checked_by: of the look at the checks on that measurement. determined_on,
    determined_by: the newest determination of the period. stated_on, stated_by: of the issued
    statement. objections_until: the last day on which a line of it can be disputed. approved_by,
    approved_on: people whose approval counts. is_approved: by two people, of every payor with a
    part. returned_on, returned_by, reason: the last return of the statement, by a person of a
    payor; answered_on, answered_by: what the office said to it. disputed, payable, paid: minor
    units. why_not_approvable: what keeps any approval away.
    """

    period_over_on: date
    results_on: date | None = None
    has_validator: bool = False
    checked_on: date | None = None
    checked_by: str = ""
    determined_on: date | None = None
    determined_by: str = ""
    stated_on: date | None = None
    stated_by: str = ""
    objections_until: date | None = None
    approved_by: tuple[str, ...] = ()
    approved_on: date | None = None
    is_approved: bool = False
    returned_on: date | None = None
    returned_by: str = ""
    reason: str = ""
    answered_on: date | None = None
    answered_by: str = ""
    disputed: int = 0
    payable: int = 0
    paid: int = 0
    paid_on: date | None = None
    why_not_approvable: tuple[str, ...] = ()


@dataclass(frozen=True)
class CycleStep:
    """One step: how it stands, who did it and when; `needs` is the permission that does it."""

    name: StepName
    standing: Standing
    by: str = ""
    on: date | None = None
    needs: Action | None = None


@dataclass(frozen=True)
class Cycle:
    """All steps, in order. current: the one that is to be done now; None when all is done."""

    steps: tuple[CycleStep, ...]

    @property
    def current(self) -> CycleStep | None:
        """The step that waits for someone."""
        return next((step for step in self.steps if step.standing == "current"), None)

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do."""
        return self.current is None


def cycle_of(facts: CycleFacts, *, on: date) -> Cycle:
    """How a period's payment stands on a day.

    Each step waits for the one before. The window for objections is a step of waiting: nobody does
    it, and approval need not wait for its end, since a disputed line is held back by itself
    (R124); it goes on to its last day though all is paid before. Once all that is left is in
    dispute there is nothing to pay: then the objections are the step that is due. A statement that
    was sent back waits for an answer before anyone approves it; one that nobody sent back has no
    such step. A statement that asks for nothing is done once it is stated and approved by nobody.
    Where the deal names a validator, its look at the checks comes before a signature (R120).
    """
    is_stated = facts.stated_on is not None
    asks = facts.payable + facts.paid + facts.disputed
    nothing_due = is_stated and asks == 0
    window_over = facts.objections_until is not None and on > facts.objections_until
    settled = nothing_due or (facts.paid > 0 and facts.payable == 0 and facts.disputed == 0)
    only_disputed = facts.is_approved and facts.payable == 0 and facts.disputed > 0
    done = {
        "measured": facts.results_on is not None or facts.determined_on is not None or is_stated,
        "checked": facts.checked_on is not None or facts.determined_on is not None or is_stated,
        "determined": facts.determined_on is not None or is_stated,
        "stated": is_stated,
        "objections": is_stated
        and facts.disputed == 0
        and (window_over or nothing_due or (settled and facts.objections_until is None)),
        "answered": facts.answered_on is not None or facts.is_approved or nothing_due,
        "approved": nothing_due or facts.is_approved,
        "paid": settled,
    }
    people = f"{len(facts.approved_by)} of {ENOUGH}: {', '.join(facts.approved_by)}"
    told: dict[StepName, tuple[str, date | None, Action | None]] = {
        "measured": ("", facts.results_on, "plan-evaluation"),
        "checked": (facts.checked_by, facts.checked_on, "validate-determinations"),
        "determined": (facts.determined_by, facts.determined_on, "determine-outcomes"),
        "stated": (facts.stated_by, facts.stated_on, "prepare-statements"),
        "objections": (
            "",
            facts.objections_until,
            "keep-initiative" if only_disputed else "dispute-lines",
        ),
        "answered": (facts.answered_by, facts.answered_on, "prepare-statements"),
        "approved": (people if facts.approved_by else "", facts.approved_on, "approve-payments"),
        "paid": ("", facts.paid_on, "mark-paid"),
    }
    if not facts.has_validator:
        del told["checked"]
    if facts.returned_on is None:
        del told["answered"]
    waits = [name for name in told if not done[name] and (name != "objections" or only_disputed)]
    first = waits[0] if waits else None
    return Cycle(
        tuple(
            CycleStep(
                name,
                "done" if done[name] else "current" if name == first else "waiting",
                *told[name],
            )
            for name in told
        )
    )
