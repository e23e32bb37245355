"""A county that states, approves and pays, period after period, in a process that may be killed.

Every step is tried again as someone would whose page never answered: by the same person, under the
same warrant.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from payforsuccess.errors import Refusal
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement.approvals import read_approvals
from payforsuccess.trail import fingerprint
from payforsuccess.web.accounts.access import Refused
from payforsuccess.web.audit.models import Event
from payforsuccess.web.audit.queries import check_chain
from payforsuccess.web.payments import actions
from tests.lib.approving import certified
from tests.lib.folders import a_folder, sign
from tests.web.cast import Cast, another, make_cast

ON = date(2028, 2, 1)
HOMES = ["3", "4", "5", "6"]
"""One value a period; 100.00 for each."""
HALF = 100
"""What the first of two warrants of a period pays, in cents."""
KINDS = ("determination", "statement", "approval", "payment")
Step = Callable[[], str]


def a_county(slug: str) -> Cast:
    """A county whose evaluator signed every period, with nothing stated."""
    folder = Path(settings.DEALS) / slug
    sign(a_folder(folder, certified(), homes=HOMES))
    cast = make_cast(slug, slug, folder)
    another(cast, "payor")
    return cast


def steps(cast: Cast) -> Iterator[Step]:
    """Every step of every period; each gives the checksum of the record that it left."""

    def state(period: int) -> str:
        return actions.state(
            by=cast.access("coordinator"), period=period, on=ON
        ).statement.fingerprint

    def approve(who: str, number: int) -> str:
        return actions.approve(by=cast.access(who), number=number, on=ON).record.fingerprint

    def warrant(number: int, part: int, amount: int | None) -> str:
        paid = actions.enter_warrant(
            by=cast.access("auditor-controller"),
            number=number,
            reference=f"W-{number}-{part}",
            amount=amount,
            on=ON,
            today=ON,
        )
        return fingerprint(paid.payment.as_plain())

    for number in range(1, len(HOMES) + 1):
        if number > len(open_folder(cast.initiative.path).statements()):
            yield lambda number=number: state(number)  # type: ignore[misc]
        for who in ("payor", "second-payor"):
            yield lambda who=who, number=number: approve(who, number)  # type: ignore[misc]
        for part, amount in ((1, HALF), (2, None)):
            yield lambda number=number, part=part, amount=amount: warrant(number, part, amount)  # type: ignore[misc]


def pay_on(cast: Cast, tell: Callable[[str], object]) -> None:
    """Do every step that can be done, and tell the checksum of each once it is done."""
    for step in steps(cast):
        try:
            checksum = step()
        except (Refusal, Refused):  # done before, and its page did not answer
            continue
        tell(checksum)


@dataclass(frozen=True)
class Left:
    """What a county's folder and log say. unknown: records of which the log did not know."""

    unknown: int
    paid: int
    is_done: bool


def look_after(cast: Cast, told: set[str]) -> Left:
    """What a killed process left behind, after the log caught up; fails where anything is wrong."""
    chain = check_chain()
    assert chain.is_whole, f"the chain breaks at {chain.broken_at}"
    folder = open_folder(cast.initiative.path)
    approvals = read_approvals(folder)  # refuses a chain that is not whole
    statements, payments = folder.statements(), folder.paid()
    on_record = {
        *(each.fingerprint for each in folder.determinations()),
        *(each.fingerprint for each in statements),
        *(each.fingerprint for each in approvals if each.said != "prepared"),
        *(fingerprint(each.as_plain()) for each in payments),
    }
    known = in_the_log(cast)
    assert told <= on_record, "a step that was answered for is not on record"
    assert told <= known, "a step that was answered for is not in the log"
    assert known <= on_record, "the log tells of a record that is not there"
    unknown = actions.catch_up(by=cast.access("counsel").actor(), initiative=cast.initiative)
    assert unknown == len(on_record - known)
    assert in_the_log(cast) == on_record
    assert actions.catch_up(by=cast.access("counsel").actor(), initiative=cast.initiative) == 0
    references = [each.reference for each in payments]
    assert len(references) == len(set(references)), "one warrant stands on two payments"
    for statement in statements:
        paid = sum(each.amount * 100 for each in payments if each.statement == statement.number)
        assert paid <= statement.total, f"statement {statement.number} is paid twice"
        yes = [a.by for a in approvals if (a.statement, a.said) == (statement.number, "approved")]
        assert len(yes) == len(set(yes)), "someone approved twice"
        assert not paid or len(yes) >= 2, "money moved before two people approved"
    asked = sum(statement.total for statement in statements)
    paid_in_all = int(sum(each.amount * 100 for each in payments))
    is_done = len(statements) == len(HOMES) and paid_in_all == asked
    return Left(unknown, paid_in_all, is_done)


def in_the_log(cast: Cast) -> set[str]:
    """The checksums of records of which the log tells."""
    events = Event.objects.filter(initiative=cast.slug)
    told = set(events.filter(subject_kind__in=KINDS).values_list("subject", flat=True))
    for after in events.filter(verb="records.found").values_list("after", flat=True):
        told |= set(after)
    return told


def away(cast: Cast) -> None:
    """The folder, when the county is done."""
    shutil.rmtree(cast.initiative.path)
