"""A few people of random roles, and the steps of a payment that they try in random order."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from hypothesis import strategies as st

from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.initiative.disputes import Objection
from payforsuccess.runs.statement.approvals import read_approvals
from payforsuccess.web.accounts.access import Access, Refused, access_to
from payforsuccess.web.accounts.models import User
from payforsuccess.web.audit.models import Event
from payforsuccess.web.payments import actions
from tests.web.cast import Cast

ON = date(2028, 2, 1)
PEOPLE = ("Ash", "Bay", "Cy", "Dee", "Eve")
ROLES = ("coordinator", "payor", "auditor-controller", "evaluator", "provider")
USUAL = ("coordinator", "payor", "payor", "auditor-controller", "evaluator")
KINDS = {
    "state": "coordinator",
    "approve": "payor",
    "return": "payor",
    "pay": "auditor-controller",
    "object": "payor",
    "settle": "coordinator",
}
"""Each step, and the role whose step it is."""
AMOUNTS = (None, 1, 100, 250, 10_000)


@dataclass(frozen=True)
class Tried:
    """One try of one step: by whom, on which statement, and with what."""

    kind: str
    who: int
    number: int
    amount: int | None
    is_by_role: bool

    @property
    def reference(self) -> str:
        """A warrant number that other tries may use too."""
        return f"W-{self.number}-{self.amount}"


def _held(own: str) -> st.SearchStrategy[set[str]]:
    """The usual role of someone, and now and then another one."""
    return st.sampled_from((own, own, own, *ROLES)).map(lambda other: {own, other})


roles_of_people = st.tuples(*(_held(own) for own in USUAL))
tries = st.builds(
    Tried,
    # What moves a payment on comes up more often than what holds it up.
    kind=st.sampled_from(["state", *["approve"] * 4, "return", *["pay"] * 4, "object", "settle"]),
    who=st.integers(0, len(PEOPLE) - 1),
    number=st.sampled_from([1, 1, 1, 2]),
    amount=st.sampled_from(AMOUNTS),
    is_by_role=st.sampled_from([True, True, False]),
)


@dataclass
class Payment:
    """A county of one example, and what was done in it. paid: cents by warrant number."""

    cast: Cast
    users: dict[str, User]
    folder: Path
    paid: dict[str, int] = field(default_factory=dict)

    def access(self, tried: Tried) -> Access:
        """The access of whoever tries: someone whose step it is, or anyone at all."""
        everyone = list(self.users.values())
        if tried.is_by_role:
            role = KINDS[tried.kind]
            held = [user for user in everyone if user.memberships.filter(role=role).exists()]
            everyone = held or everyone
        return access_to(everyone[tried.who % len(everyone)], self.cast.slug)

    def attempt(self, tried: Tried) -> bool:
        """Whether the step was done: what changes something leaves one event, the rest none."""
        by = self.access(tried)
        before, events = self.content(), Event.objects.count()
        approved = self.approvers(tried.number)
        try:
            self.steps(by, tried)[tried.kind]()
        except (Refusal, Refused):
            assert self.content() == before, f"a refused step left something: {tried}"
            assert Event.objects.count() == events, f"a refused step is in the log: {tried}"
            return False
        # The same warrant entered twice is one payment: it changes nothing, and is told once.
        told = 0 if self.content() == before else 1
        assert Event.objects.count() == events + told, f"not {told} event for {tried}"
        self.hold(by, tried, approved)
        return True

    def steps(self, by: Access, tried: Tried) -> dict[str, Callable[[], object]]:
        """Each step as an action."""
        number = tried.number
        line = open_folder(self.folder).statements()
        terms = (line[0].lines[0].term,) if line else ("unit-price",)
        return {
            "state": lambda: actions.state(by=by, period=number, on=ON),
            "approve": lambda: actions.approve(by=by, number=number, on=ON),
            "return": lambda: actions.send_back(by=by, number=number, reason="Look again", on=ON),
            "pay": lambda: actions.enter_warrant(
                by=by,
                number=number,
                reference=tried.reference,
                amount=tried.amount,
                on=ON,
                today=ON,
            ),
            "object": lambda: actions.object_to(
                by=by,
                number=number,
                objection=Objection(terms, "Section 3", tried.amount or 50),
                on=ON,
            ),
            "settle": lambda: actions.settle(
                by=by, name=f"statement-{number}-1", says="So.", on=ON
            ),
        }

    def hold(self, by: Access, tried: Tried, approved: list[str]) -> None:
        """What must be so for the step that was just done, by what was on record before it."""
        name = by.user.full_name
        if tried.kind in ("approve", "pay"):
            assert name not in self.preparers(tried.number), f"{name} prepared it: {tried}"
            assert name not in approved, f"{name} approved it before: {tried}"
        if tried.kind == "approve":
            signed = [each.signed_by for each in open_folder(self.folder).determinations()]
            assert name not in signed, f"{name} determined the results"
        if tried.kind == "pay":
            assert len(set(approved)) >= 2, "paid before two people approved"
            (made,) = [
                each
                for each in open_folder(self.folder).paid()
                if each.reference == tried.reference
            ]
            self.paid[tried.reference] = int(made.amount * 100)

    def preparers(self, number: int) -> list[str]:
        """Who prepared a statement."""
        said = read_approvals(open_folder(self.folder))
        return [each.by for each in said if (each.statement, each.said) == (number, "prepared")]

    def approvers(self, number: int) -> list[str]:
        """Who approved it since it was last returned."""
        found: list[str] = []
        for each in read_approvals(open_folder(self.folder)):
            if each.statement == number:
                found = [] if each.said == "returned" else found
                found += [each.by] if each.said == "approved" else []
        return found

    def content(self) -> dict[str, bytes]:
        """Every file of the folder that people count on; locks and drafts are not among them."""
        return {
            str(path.relative_to(self.folder)): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file() and "drafts" not in path.parts and "lock" not in path.name
        }

    def away(self) -> None:
        """The folder of the example."""
        shutil.rmtree(self.folder)
