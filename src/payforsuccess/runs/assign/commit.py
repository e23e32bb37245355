"""Commit to a share, and open the lottery once both are committed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from payforsuccess.deal.approvals import may_be_one
from payforsuccess.errors import Place, Problem, sentence
from payforsuccess.evaluation.lottery.entries import Committed, Opened
from payforsuccess.evaluation.lottery.shares import Holder, other_holder, seal_of
from payforsuccess.evaluation.lottery.terms import frozen_plans
from payforsuccess.runs.assign.ethics import ethics_in_force
from payforsuccess.runs.assign.kept import add_entries, assignments_folder
from payforsuccess.runs.assign.lottery import (
    Lottery,
    open_problems,
    read_lottery,
    refuse,
    seal_problems,
    writing_problems,
)
from payforsuccess.runs.assign.share_file import Passphrase, new_share
from payforsuccess.runs.files import locked
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.statement.in_office import party_problems


@dataclass(frozen=True, repr=False)
class CommittedTo:
    """What is published: who committed to a share, and its checksum. The share stays secret."""

    holder: Holder
    party: str
    commitment: str
    file: Path
    waits_for: Holder | None

    def __str__(self) -> str:
        lines = [
            f"{self.party} ({self.holder}) is committed to a share of the seed.",
            f"  commitment: {self.commitment}",
            f"  The share is kept, locked, in {self.file}.",
            "Publish the commitment. Keep the file and its passphrase apart, and from the other "
            "party: without them nobody is drawn.",
        ]
        lines.append(
            f"The {self.waits_for} has yet to commit."
            if self.waits_for
            else "Both are committed. Open the lottery before the first referral: pfs assign open"
        )
        return "\n".join(lines)

    __repr__ = __str__


@dataclass(frozen=True, repr=False)
class OpenedLottery:
    """The seal of a lottery, to publish and to write into the plan, and what it froze."""

    seal: str
    on: date
    plans: Mapping[str, str]
    ethics: str
    head: str

    def __str__(self) -> str:
        lines = [
            f"The lottery is open from {self.on}.",
            f"  seed_fingerprint: {self.seal}",
            *(f"  plan {name} frozen: {sealed}" for name, sealed in self.plans.items()),
            f"  ethics: {self.ethics}",
            "Publish these, and write the seed_fingerprint into the plan. Who was referred before "
            "is not drawn.",
        ]
        return "\n".join([*lines, f"Head of the list: {self.head}"])

    __repr__ = __str__


def commit_share(
    path: DealPath,
    *,
    holder: Holder,
    party: str,
    by: str,
    to: Path,
    passphrase: Passphrase,
    on: date,
    today: date,
    instead: bool = False,
) -> CommittedTo:
    """Draw a holder's share, keep it locked in the holder's own file, and record its commitment.

    instead: replace a share that was lost, before the lottery is opened. Refuses a party without
    the role, a person or a party that committed to the other share, a file in the deal's folder,
    and a lottery that is open.
    """
    folder = open_folder(path)
    with locked(assignments_folder(folder)):
        lottery = read_lottery(folder, on=on)
        problems = writing_problems(
            lottery.listed, by=by, on=on, today=today, texts={"party": party}
        )
        problems += party_problems(lottery.deal, party, holder, on=on, what=sentence("A share"))
        problems += _holder_problems(lottery, holder, party=party, by=by, instead=instead)
        if to.resolve().is_relative_to(folder.root.resolve()):
            problems.append(
                Problem(
                    "The share would lie in the deal's folder, where others come.",
                    "Keep it where the party alone can read it.",
                    Place(str(to)),
                )
            )
        refuse(problems)
        commitment = new_share(holder, to, passphrase(holder))
        listed = add_entries(folder, lottery.listed, [Committed(on, by, party, holder, commitment)])
    other = other_holder(holder)
    return CommittedTo(
        holder, party, commitment, to, None if other in listed.commitments else other
    )


def open_lottery(path: DealPath, *, by: str, on: date, today: date) -> OpenedLottery:
    """Freeze the plans and open the list, so that people referred from that day on can be drawn.

    Refuses while a share is missing or no ethics record is in force, and a second opening.
    """
    folder = open_folder(path)
    with locked(assignments_folder(folder)):
        lottery = read_lottery(folder, on=on)
        listed = lottery.listed
        problems = writing_problems(listed, by=by, on=on, today=today)
        if listed.opened is not None:
            problems.append(
                Problem(f"The lottery was opened on {listed.opened.on}.", "It is opened once.")
            )
        elif set(listed.commitments) != {"evaluator", "payor"}:
            problems += open_problems(listed)
        refuse(problems)
        ethics = ethics_in_force(folder, lottery.deal, on=on)
        made = {holder: each.commitment for holder, each in listed.commitments.items()}
        frozen = frozen_plans(lottery.deal.evaluation)
        opened = Opened(
            on,
            by,
            seal_of(made["evaluator"], made["payor"]),
            lottery.terms.fingerprint,
            tuple(sorted(frozen.items())),
            ethics.fingerprint,
        )
        after = Lottery(folder, lottery.deal, lottery.terms, listed.and_then([opened]))
        refuse(seal_problems(after))
        head = add_entries(folder, listed, [opened]).head
    return OpenedLottery(opened.seal, on, frozen, str(ethics), head or "")


def _holder_problems(
    lottery: Lottery, holder: Holder, *, party: str, by: str, instead: bool
) -> list[Problem]:
    listed = lottery.listed
    problems = []
    if listed.opened is not None:
        problems.append(
            Problem(
                f"The lottery was opened on {listed.opened.on} with both shares.",
                "Shares are committed before that, and stay.",
            )
        )
    elif holder in listed.commitments and not instead:
        one = listed.commitments[holder]
        problems.append(
            Problem(
                f"{one.party} committed to the share of the {holder} on {one.on}.",
                "Use that one; if it was lost, commit to another with --instead.",
            )
        )
    other = listed.commitments.get(other_holder(holder))
    if other is not None and may_be_one(by, other.by):
        problems.append(
            Problem(
                f"{by} made the share of the {other.holder} too, or may be who did: {other.by}.",
                "Have someone else make this one: nobody owns the lottery.",
            )
        )
    if other is not None and other.party == party:
        problems.append(
            Problem(
                f"{party} committed to the share of the {other.holder} too.",
                "Have another party commit to this one: nobody owns the lottery.",
            )
        )
    return problems
