"""The lottery of a deal as it stands: its terms, its list, and whether both still fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from payforsuccess.deal.approvals import is_of_one_alphabet
from payforsuccess.deal.deal import Deal
from payforsuccess.errors import Problem, Refusal
from payforsuccess.evaluation.lottery.listed import AssignmentList
from payforsuccess.evaluation.lottery.shares import HOLDERS
from payforsuccess.evaluation.lottery.terms import LotteryTerms, frozen_plans, plans_drawn, terms_of
from payforsuccess.runs.assign.kept import read_list
from payforsuccess.runs.assign.kept_texts import number_problems
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.statement.in_office import version_on


@dataclass(frozen=True)
class Lottery:
    """A deal's lottery on a day: the version of the deal in force, its terms, and the list."""

    folder: DealFolder
    deal: Deal
    terms: LotteryTerms
    listed: AssignmentList


def read_lottery(folder: DealFolder, *, on: date) -> Lottery:
    """The lottery on a day. Refuses a deal whose plans state none, and a list that was changed."""
    deal = version_on(folder.history(), on)
    places = {name: deal.place_of("evaluation", name) for name in deal.evaluation}
    return Lottery(folder, deal, terms_of(deal.evaluation, places=places), read_list(folder))


def seal_problems(lottery: Lottery) -> list[Problem]:
    """What of the plans is not as it was sealed at the opening."""
    opened = lottery.listed.opened
    if opened is None:
        return []
    now = frozen_plans(lottery.deal.evaluation)
    changed = [name for name, sealed in opened.plans if now.get(name) != sealed]
    problems = [
        Problem(
            f"The plan {name} is not as it was sealed on {opened.on}.",
            "Put it back as it was. Who is drawn, and what is made of it, goes by the sealed plan; "
            "another plan needs another lottery.",
            lottery.deal.place_of("evaluation", name),
        )
        for name in changed
    ]
    if not changed and lottery.terms.fingerprint != opened.terms:
        problems.append(
            Problem(
                "The terms of the lottery are not those that were sealed.",
                "Put the plans back as they were.",
                lottery.deal.place_of("evaluation"),
            )
        )
    for name, plan in plans_drawn(lottery.deal.evaluation).items():
        if plan.seed_fingerprint not in (None, opened.seal):
            problems.append(
                Problem(
                    f"The plan {name} names another sealed seed than the one that was opened.",
                    f"Write seed_fingerprint: {opened.seal}",
                    lottery.deal.place_of("evaluation", name, "seed_fingerprint"),
                )
            )
    return problems


def writing_problems(
    listed: AssignmentList, *, by: str, on: date, today: date, texts: dict[str, str] | None = None
) -> list[Problem]:
    """What keeps anything off the list on a day: a text that is missing or has someone's number, a
    day ahead, or one before the last."""
    told = {"by": by, **(texts or {})}
    problems = [
        Problem(f"Nothing is written for --{name}.", "Write a text.")
        for name, text in told.items()
        if not text.strip()
    ]
    problems += [each for name, text in told.items() for each in number_problems(text, name)]
    if not is_of_one_alphabet(by):
        problems.append(
            Problem(
                "The name mixes letters of two alphabets, some of which only look alike.",
                "Write it in one alphabet.",
            )
        )
    if on > today:
        problems.append(Problem(f"{on} lies ahead.", "Give today or a day before."))
    last = max((link.entry.on for link in listed.links), default=on)
    if on < last:
        problems.append(
            Problem(
                f"{on} is before {last}, the day of the last entry in the list.",
                "Give that day or a later one.",
            )
        )
    return problems


def open_problems(listed: AssignmentList) -> list[Problem]:
    """Why nobody can be drawn: not both shares committed, not opened, or a share is published."""
    missing = [holder for holder in HOLDERS if holder not in listed.commitments]
    if missing:
        return [
            Problem(
                f"The {' and the '.join(missing)} committed to no share.",
                "Have each commit to one, `pfs assign commit`, before the first referral.",
            )
        ]
    if listed.opened is None:
        return [Problem("The lottery is not open.", "Open it: pfs assign open.")]
    if listed.revealed:
        return [
            Problem(
                "A share of this lottery was published, so that draws could be foreseen.",
                "The list is closed; nobody is drawn any more.",
            )
        ]
    return []


def refuse(problems: list[Problem]) -> None:
    """Stop with all problems, where there are any."""
    if problems:
        raise Refusal(problems)
