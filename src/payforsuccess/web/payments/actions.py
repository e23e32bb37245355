"""Everything that moves a payment on: each calls one run, in one transaction with one event.

A run writes to the deal's folder, which no database takes back, under a checksum of its own. The
event names that checksum and is written after the run: where the run refuses, there is no event. A
process killed between the two leaves a record without an event, which `catch_up` finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.results import Determination
from payforsuccess.errors import Problem, Refusal
from payforsuccess.governance.initiative.voice import Dispute
from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.initiative.disputes import Objection, open_dispute, settle_dispute
from payforsuccess.runs.statement import approve as approving
from payforsuccess.runs.statement.approvals import read_approvals, standing_of
from payforsuccess.runs.statement.determine import determine
from payforsuccess.runs.statement.mark_paid import Paid, mark_paid
from payforsuccess.runs.statement.pay import pay
from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.runs.statement.statements import Issued, issue, show
from payforsuccess.trail import fingerprint
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Actor, Subject, hold, record
from payforsuccess.web.audit.models import Event
from payforsuccess.web.initiatives.models import Initiative
from payforsuccess.web.payments.results import files_of_period


@action
def sign_results(*, by: Access, period: int, on: date) -> Determination:
    """The evaluator signs what the newest run measured for a period."""
    hold()
    by.require("determine-outcomes")
    folder = open_folder(by.initiative.path)
    measured = newest_run(folder)
    if measured is None:
        raise Refusal(
            Problem("Nothing was measured yet.", "Have the data desk measure the outcomes first.")
        )
    results, people = files_of_period(folder, measured, period)
    signed = determine(
        by.initiative.path,
        party=_party(by, "evaluator"),
        role="evaluator",
        signed_by=by.user.full_name,
        on=on,
        results=results,
        people=people,
    )
    record(
        by.actor("determine-outcomes"),
        "results.determined",
        Subject("determination", signed.fingerprint),
        after={"number": signed.number, "period": period, "on": on, "run": measured.name},
    )
    return signed


@action
def state(*, by: Access, period: int, on: date) -> Issued:
    """The statement of a period, drafted and issued; who does it may not approve it."""
    hold()
    by.require("prepare-statements")
    folder = open_folder(by.initiative.path)
    measured = newest_run(folder)
    people = None
    if measured is not None:
        people = files_of_period(folder, measured, period, all_before=True)[1]
    draft = pay(by.initiative.path, period=period, as_of=on, people=people)
    issued = issue(by.initiative.path, draft=draft.path, by=by.user.full_name)
    statement = issued.statement
    record(
        by.actor("prepare-statements"),
        "statement.issued",
        Subject("statement", statement.fingerprint),
        after={"number": statement.number, "period": period, "total": statement.total},
    )
    return issued


@action
def approve(*, by: Access, number: int, on: date) -> approving.Spoken:
    """One person of a payor approves an issued statement."""
    hold()
    by.require("approve-payments", _case_of(by, number))
    spoken = approving.approve(
        by.initiative.path,
        number,
        by=by.user.full_name,
        party=_party(by, "payor"),
        on=on,
        as_of=on,
    )
    record(
        by.actor("approve-payments"),
        "statement.approved",
        Subject("approval", spoken.record.fingerprint),
        after={"number": number, "on": on, "is_approved": spoken.standing.is_approved},
    )
    return spoken


@action
def send_back(*, by: Access, number: int, reason: str, on: date) -> approving.Spoken:
    """One person of a payor returns a statement, and why; approvals before it no longer count."""
    hold()
    by.require("approve-payments", _case_of(by, number))
    spoken = approving.return_statement(
        by.initiative.path,
        number,
        by=by.user.full_name,
        party=_party(by, "payor"),
        reason=reason,
        on=on,
        as_of=on,
    )
    record(
        by.actor("approve-payments"),
        "statement.returned",
        Subject("approval", spoken.record.fingerprint),
        after={"number": number, "on": on, "reason": reason},
    )
    return spoken


@action
def enter_warrant(
    *, by: Access, number: int, reference: str, amount: int | None, on: date, today: date
) -> Paid:
    """The Auditor-Controller's office enters the warrant under which money went out."""
    hold()
    by.require("mark-paid", _case_of(by, number))
    paid = mark_paid(
        by.initiative.path,
        number,
        by=by.user.full_name,
        on=on,
        reference=reference,
        amount=amount,
        today=today,
    )
    told = fingerprint(paid.payment.as_plain())
    if told not in _known(by.initiative):  # the same button twice is one payment, and told once
        record(
            by.actor("mark-paid"),
            "statement.paid",
            Subject("payment", told),
            before={"still_open": paid.amount + paid.still_open},
            after={"number": number, "warrant": reference, "amount": paid.amount, "on": on},
        )
    return paid


@action
def object_to(*, by: Access, number: int, objection: Objection, on: date) -> Dispute:
    """A party objects to lines of a statement; the undisputed rest is paid."""
    hold()
    by.require("dispute-lines")
    dispute = open_dispute(
        by.initiative.path,
        number,
        objection,
        raised_by=_party(by, "payor", "provider", "investor"),
        on=on,
    )
    record(
        by.actor("dispute-lines"),
        "dispute.opened",
        Subject("dispute", dispute.name),
        after={
            "statement": number,
            "lines": ", ".join(objection.lines),
            "clause": objection.clause,
            "amount": objection.amount,
        },
    )
    return dispute


@action
def settle(*, by: Access, name: str, says: str, on: date) -> Dispute:
    """How a dispute was settled, as those who decide it told the coordinator."""
    hold()
    by.require("keep-initiative")
    dispute = settle_dispute(by.initiative.path, name, says=says, on=on)
    record(
        by.actor("keep-initiative"),
        "dispute.settled",
        Subject("dispute", name),
        after={"says": says, "on": on},
    )
    return dispute


@action
def export(*, by: Access, number: int, form: str, checksum: str) -> None:
    """Someone took a statement out of here as a file."""
    by.require("see-terms-and-statements")
    record(
        by.actor("see-terms-and-statements"),
        "statement.exported",
        Subject("statement", str(number)),
        after={"form": form, "checksum": checksum},
    )


@action
def look_at_line(*, by: Access, number: int, line: int) -> None:
    """Someone looked at the people behind a line, under study numbers."""
    record(
        by.actor("see-linked-records"),
        "line.people-viewed",
        Subject("statement", str(number)),
        after={"line": line},
    )


def _case_of(by: Access, number: int) -> Case:
    """What the record says of who did the earlier steps of a statement."""
    folder = open_folder(by.initiative.path)
    standing = standing_of(folder, show(by.initiative.path, number).statement)
    return Case(
        prepared_by=standing.prepared_by,
        determined_by=tuple(each.signed_by for each in folder.determinations()),
        approved_by=tuple(each.by for each in standing.approved),
    )


def _party(by: Access, *roles: str) -> str:
    """The party of the deal for which the person speaks in one of the roles."""
    held = {m.organisation.party for m in by.memberships if m.role in roles} - {""}
    parties = {p.name for p in by.initiative.deal.parties if set(roles) & set(p.roles)}
    found = sorted(held & parties)
    if len(found) == 1:
        return found[0]
    named = " or ".join(roles)
    what = f"is no {named} in the deal" if not found else f"is more than one {named} of the deal"
    raise Refusal(
        Problem(
            f"The organisation you work for {what}.",
            "Ask the coordinator to correct your role here, or the party's in the deal.",
        )
    )


@dataclass(frozen=True)
class OnRecord:
    """A record of the deal's folder: its kind, its checksum, and who is named on it."""

    kind: str
    checksum: str
    who: str


@action
def catch_up(*, by: Actor, initiative: Initiative) -> int:
    """Tell the log how many records lie in the folder of which it does not know, and which.

    They were written by the command line, or by a process that was killed before its transaction
    ended. Each is told once. Nothing is written where nothing is new.
    """
    hold()
    known = _known(initiative)
    new = [each for each in _on_record(initiative) if each.checksum not in known]
    if new:
        record(
            by,
            "records.found",
            Subject("records", fingerprint([each.checksum for each in new])),
            after={each.checksum: f"{each.kind} by {each.who}" for each in new},
        )
    return len(new)


def _known(initiative: Initiative) -> set[str]:
    """The checksums that events tell of."""
    events = Event.objects.filter(initiative=initiative.slug)
    told = set(
        events.filter(
            subject_kind__in=("determination", "statement", "approval", "payment")
        ).values_list("subject", flat=True)
    )
    for after in events.filter(verb="records.found").values_list("after", flat=True):
        told |= set(after)
    return told


def _on_record(initiative: Initiative) -> Iterator[OnRecord]:
    folder = open_folder(initiative.path)
    for signed in folder.determinations():
        yield OnRecord("determination", signed.fingerprint, signed.signed_by)
    for statement in folder.statements():
        yield OnRecord("statement", statement.fingerprint, "the office")
    for said in read_approvals(folder):
        if said.said != "prepared":
            yield OnRecord("approval", said.fingerprint, said.by)
    for payment in folder.paid():
        yield OnRecord("payment", fingerprint(payment.as_plain()), "the office")
