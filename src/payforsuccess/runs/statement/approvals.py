"""What people said of issued statements: a chain of files that only grows, and where each stands.

It lies in `out/approvals/`, beside the statements, which never change. A register names the newest
record, so that none goes missing unnoticed: a return that vanished would let money go.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from payforsuccess.deal.approvals import ApprovalRecord, Said, same_person
from payforsuccess.deal.results import Statement
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.governance.approval import ApprovalStanding, approval_standing
from payforsuccess.runs.files import json_bytes, locked, read_json, text_of, write_whole
from payforsuccess.runs.folder import DealFolder, read_chained, refuse_broken_chain

FOLDER = "approvals"
REGISTER = "chain.json"


def read_approvals(folder: DealFolder) -> tuple[ApprovalRecord, ...]:
    """Every record, in order; refuses where one was changed, exchanged or is missing."""
    home = folder.out / FOLDER
    found = [
        read_chained(ApprovalRecord, path, "approval") for path in sorted(home.glob("[0-9]*.json"))
    ]
    refuse_broken_chain([(r.number, r.fingerprint, r.previous) for r in found], "approval", home)
    # A process killed after the very first record left no register; one record lets no money go.
    if len(found) > 1 or (home / REGISTER).is_file():
        plain = read_json(home / REGISTER) if (home / REGISTER).is_file() else None
        count = plain.get("approvals") if isinstance(plain, dict) else None
        if (
            not isinstance(plain, dict)
            or not isinstance(count, int)
            or not 1 <= count <= len(found)
            or found[count - 1].fingerprint != text_of(plain, "fingerprint")
        ):
            raise Refusal(
                Problem(
                    sentence(
                        "The approvals are not those that the register names: one is missing "
                        "or was exchanged."
                    ),
                    sentence("Put the originals back."),
                    Place(str(home / REGISTER)),
                )
            )
    return tuple(found)


def standing_of(folder: DealFolder, statement: Statement) -> ApprovalStanding:
    """Whether an issued statement is approved, by what is on record."""
    return approval_standing(statement, read_approvals(folder))


def add_approval(
    folder: DealFolder,
    statement: Statement,
    said: Said,
    *,
    by: str,
    on: date,
    party: str | None = None,
    reason: str | None = None,
) -> ApprovalRecord:
    """Put one person's word at the end of the chain; whoever calls this holds its lock."""
    before = read_approvals(folder)
    record = ApprovalRecord(
        format=1,
        number=len(before) + 1,
        statement=statement.number,
        statement_fingerprint=statement.fingerprint,
        said=said,
        by=by,
        party=party,
        on=on,
        reason=reason,
        previous=before[-1].fingerprint if before else None,
    )
    home = folder.out / FOLDER
    content = {"approval": record.as_plain(), "fingerprint": record.fingerprint}
    write_whole(home / f"{record.number:04d}.json", json_bytes(content))
    register = {"format": 1, "approvals": record.number, "fingerprint": record.fingerprint}
    write_whole(home / REGISTER, json_bytes(register))
    return record


def note_preparer(folder: DealFolder, statement: Statement, by: str) -> None:
    """Put on record who prepared a statement, unless that stands there; they may not approve it."""
    with locked(approvals_folder(folder)):
        known = standing_of(folder, statement).prepared_by
        if same_person(by) not in map(same_person, known):
            add_approval(folder, statement, "prepared", by=by, on=statement.as_of)


def approvals_folder(folder: DealFolder) -> Path:
    """Where the records lie."""
    return folder.out / FOLDER
