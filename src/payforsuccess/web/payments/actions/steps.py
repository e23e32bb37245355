"""The steps from signed results to a warrant, each by its own person."""

from __future__ import annotations

from datetime import date

from payforsuccess.deal.reconciliation import ReconciliationRecord
from payforsuccess.deal.results import Determination
from payforsuccess.errors import Problem, Refusal
from payforsuccess.governance.roles.cases import Case
from payforsuccess.runs.folder import open_folder
from payforsuccess.runs.statement import approve as approving
from payforsuccess.runs.statement.approvals import standing_of
from payforsuccess.runs.statement.correct_number import correct_number
from payforsuccess.runs.statement.determine import determine
from payforsuccess.runs.statement.mark_paid import Paid, mark_paid
from payforsuccess.runs.statement.pay import pay
from payforsuccess.runs.statement.run_behind import newest_run
from payforsuccess.runs.statement.statements import Issued, issue, show
from payforsuccess.trail import fingerprint
from payforsuccess.web.accounts.access import Access, action
from payforsuccess.web.audit.actions import Subject, hold, record
from payforsuccess.web.initiatives.parties import parties_being, party_for
from payforsuccess.web.payments.again import again_of, refuse_found_otherwise, refuse_other
from payforsuccess.web.payments.checks import refuse_unread
from payforsuccess.web.payments.on_record import known_to_log
from payforsuccess.web.payments.permissions import case_of
from payforsuccess.web.payments.results import files_of_period, refuse_changed_since


@action
def sign_results(*, by: Access, period: int, on: date, seen: str | None = None) -> Determination:
    """The evaluator signs what the newest run measured for a period.

    seen: the checksum of the results that were on the page; others are refused.
    """
    hold()
    by.require("determine-outcomes")
    folder = open_folder(by.initiative.path)
    refuse_changed_since(folder, period, seen)
    refuse_unread(by, folder)
    measured = newest_run(folder)
    if measured is None:
        raise Refusal(
            Problem("Nothing was measured yet.", "Have the data desk measure the outcomes first.")
        )
    results, people = files_of_period(folder, measured, period)
    signed = determine(
        by.initiative.path,
        party=party_for(by, "determine-outcomes", parties_being(by, "evaluator")),
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
def sign_again(*, by: Access, period: int, reason: str, on: date, seen: str) -> Determination:
    """The evaluator signs what the newest run found in place of what was signed, and says why.

    seen: the checksum of what was on the page; anything else is refused.
    """
    hold()
    by.require("determine-outcomes")
    folder = open_folder(by.initiative.path)
    again = refuse_other(again_of(folder, period), seen)
    refuse_unread(by, folder)
    results, people = again.files(folder)
    signed = determine(
        by.initiative.path,
        party=party_for(by, "determine-outcomes", parties_being(by, "evaluator")),
        role="evaluator",
        signed_by=by.user.full_name,
        on=on,
        results=results,
        people=people,
        supersedes=again.was.number,
        reason=reason,
    )
    record(
        by.actor("determine-outcomes"),
        "results.determined",
        Subject("determination", signed.fingerprint),
        before={"number": again.was.number},
        after={
            "number": signed.number,
            "period": ", ".join(map(str, again.periods)),
            "on": on,
            "run": again.run.name,
            "reason": reason,
        },
    )
    return signed


@action
def state(*, by: Access, period: int, on: date, seen: str | None = None) -> Issued:
    """The statement of a period, drafted and issued; who does it may not approve it.

    seen: the checksum of the results as they were when its page was looked at; others are refused.
    """
    hold()
    by.require("prepare-statements")
    folder = open_folder(by.initiative.path)
    refuse_changed_since(folder, period, seen)
    refuse_found_otherwise(folder, period)
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
        party=party_for(by, "approve-payments", parties_being(by, "payor")),
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
        party=party_for(by, "approve-payments", parties_being(by, "payor")),
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
def answer(*, by: Access, number: int, says: str, on: date) -> approving.Spoken:
    """The office answers a statement that was sent back, which puts it before the payors again."""
    hold()
    by.require("prepare-statements")
    spoken = approving.answer_return(
        by.initiative.path, number, by=by.user.full_name, says=says, on=on, as_of=on
    )
    record(
        by.actor("prepare-statements"),
        "statement.answered",
        Subject("approval", spoken.record.fingerprint),
        after={"number": number, "on": on, "says": says},
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
    if told not in known_to_log(
        by.initiative
    ):  # the same button twice is one payment, and told once
        record(
            by.actor("mark-paid"),
            "statement.paid",
            Subject("payment", told),
            before={"still_open": paid.amount + paid.still_open},
            after={"number": number, "warrant": reference, "amount": paid.amount, "on": on},
        )
    return paid


@action
def correct_warrant(
    *, by: Access, statement: int, payment: str, number: str, reason: str, on: date
) -> ReconciliationRecord:
    """The office that pays corrects the number of a payment; what was entered stays on record."""
    hold()
    by.require("mark-paid", _case_of(by, statement))
    corrected = correct_number(
        by.initiative.path, payment, number=number, reason=reason, by=by.user.full_name, on=on
    )
    said = corrected.corrected
    assert said is not None
    record(
        by.actor("mark-paid"),
        "payment.number-corrected",
        Subject("warrant", corrected.fingerprint),
        before={"warrant": said.was},
        after={"number": statement, "warrant": said.number, "reason": said.reason},
    )
    return corrected


def _case_of(by: Access, number: int) -> Case:
    """What the record says of who did the earlier steps of a statement."""
    folder = open_folder(by.initiative.path)
    standing = standing_of(folder, show(by.initiative.path, number).statement)
    return case_of(standing, folder.determinations())
