"""What a budget rests on beside the deal: budget.yaml, value.yaml, the rules for votes."""

from __future__ import annotations

from dataclasses import dataclass

from payforsuccess.deal.budget import BudgetFile
from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading import read_budget, read_value
from payforsuccess.deal.value import ValueFile
from payforsuccess.deal.votes import VoteRules
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import DealFolder
from payforsuccess.runs.vote_rules import vote_rules
from payforsuccess.trail import RunInput, fingerprint_bytes

FILE = "budget.yaml"
VALUE = "value.yaml"


@dataclass(frozen=True)
class BudgetFiles:
    """The budget, the rules by which it is voted on, and the value of outcomes where it is told."""

    budget: BudgetFile
    rules: VoteRules
    value: ValueFile | None
    inputs: tuple[RunInput, ...]


def has_budget(folder: DealFolder) -> bool:
    """Whether budget.yaml lies beside the deal."""
    return (folder.root / FILE).is_file()


def read_budget_file(folder: DealFolder, deal: Deal) -> BudgetFile:
    """`budget.yaml` beside the deal; refuses where there is none, and all it has wrong."""
    path = folder.root / FILE
    if not has_budget(folder):
        raise Refusal(
            Problem(
                f"There is no {FILE} beside the deal.",
                "Write down the funds, and where their money comes from; the how-to “Provide for "
                "payments” shows such a file.",
                Place(str(path)),
            )
        )
    return read_budget(read_bytes(path), deal, file=str(path))


def open_budget(folder: DealFolder, deal: Deal) -> BudgetFiles:
    """All that a budget rests on beside its forecast; every file's problems at once."""
    problems: list[Problem] = []
    budget: BudgetFile | None = None
    value: ValueFile | None = None
    try:
        budget = read_budget_file(folder, deal)
    except Refusal as refusal:
        problems += refusal.problems
    path = folder.root / VALUE
    if path.is_file():
        try:
            value = read_value(read_bytes(path), deal, file=str(path))
        except Refusal as refusal:
            problems += refusal.problems
    if problems or budget is None:
        raise Refusal(problems)
    names = [name for name in (FILE, VALUE, "payments.yaml") if (folder.root / name).is_file()]
    inputs = [
        RunInput(name, name, fingerprint_bytes(read_bytes(folder.root / name))) for name in names
    ]
    inputs += [
        RunInput(f"statement {each.number}", "", each.fingerprint) for each in folder.statements()
    ]
    rules, content = vote_rules(budget.votes, beside=folder.root, where=budget.place_of("votes"))
    inputs.append(RunInput(f"rules for votes: {budget.votes}", "", fingerprint_bytes(content)))
    return BudgetFiles(budget, rules, value, tuple(inputs))
