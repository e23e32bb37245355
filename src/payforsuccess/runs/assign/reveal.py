"""Publish a share once nobody is to be drawn any more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.approvals import may_be_one
from payforsuccess.errors import Place, Problem
from payforsuccess.evaluation.lottery.entries import Revealed
from payforsuccess.evaluation.lottery.shares import Holder, fits, other_holder
from payforsuccess.runs.assign.kept import add_entries, assignments_folder, read_list
from payforsuccess.runs.assign.lottery import refuse, writing_problems
from payforsuccess.runs.assign.share_file import Passphrase, holder_of, open_share
from payforsuccess.runs.files import locked
from payforsuccess.runs.folder import DealPath, open_folder


@dataclass(frozen=True, repr=False)
class RevealedShare:
    """A published share, and whose is still sealed."""

    holder: Holder
    share: str
    waits_for: Holder | None
    head: str

    def __str__(self) -> str:
        lines = [
            f"The share of the {self.holder} is published, and the list is closed.",
            f"  share: {self.share}",
        ]
        lines.append(
            f"The {self.waits_for} has yet to publish."
            if self.waits_for
            else "Both are published. Anyone can draw all of it again: pfs assign verify"
        )
        return "\n".join([*lines, f"Head of the list: {self.head}"])

    __repr__ = __str__


def reveal_share(
    path: DealPath, share: Path, *, passphrase: Passphrase, by: str, on: date, today: date
) -> RevealedShare:
    """Publish the share in a file. From then on nobody is drawn: the rest could be foreseen.

    Refuses a share that was not committed to or is published, a lottery that was never opened, and
    a person who committed to or published the other share.
    """
    folder = open_folder(path)
    with locked(assignments_folder(folder)):
        listed = read_list(folder)
        problems = writing_problems(listed, by=by, on=on, today=today)
        holder = holder_of(share)
        other = other_holder(holder)
        if listed.opened is None:
            problems.append(
                Problem("The lottery was never opened.", "There is nothing to be drawn again.")
            )
        if holder in listed.revealed:
            problems.append(
                Problem(f"The share of the {holder} is published.", "Nothing is to be done.")
            )
        people = {
            each.by for each in (listed.commitments.get(other), listed.revealed.get(other)) if each
        }
        if any(may_be_one(by, name) for name in people):
            problems.append(
                Problem(
                    f"{by} acted for the {other}, or may be who did.",
                    f"Have the {holder} publish its own share.",
                )
            )
        refuse(problems)
        opened = open_share(share, passphrase(holder))
        if not fits(holder, opened.share, opened.salt, listed.commitments[holder].commitment):
            refuse(
                [
                    Problem(
                        f"This is not the share that the {holder} committed to.",
                        "Name the file that was written when the commitment was made.",
                        Place(str(share)),
                    )
                ]
            )
        entry = Revealed(on, by, holder, opened.share.hex(), opened.salt.hex())
        listed = add_entries(folder, listed, [entry])
    return RevealedShare(
        holder, entry.share, None if other in listed.revealed else other, listed.head or ""
    )
