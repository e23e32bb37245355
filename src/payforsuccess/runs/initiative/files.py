"""An initiative's folder: what people did and decided, beside the deal once there is one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.reading.reader import read_whole
from payforsuccess.deal.results import Statement
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.errors import Place, Problem, Refusal, sentence
from payforsuccess.evaluation.lottery.entries import Assigned
from payforsuccess.governance.approval import approval_standing
from payforsuccess.governance.capacity import CapacityFile
from payforsuccess.governance.conditions.themes import CONDITIONS
from payforsuccess.governance.facts import DrawnFound, Facts, StatementFound
from payforsuccess.governance.gate import known_conditions
from payforsuccess.governance.initiative import Initiative
from payforsuccess.governance.late_payment import late_payment
from payforsuccess.governance.lifecycle import Lifecycle
from payforsuccess.runs.assign.kept import read_list
from payforsuccess.runs.blueprint.issued import Issued, issued_versions
from payforsuccess.runs.files import read_bytes
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.initiative.capacity_sets import capacity_set_of
from payforsuccess.runs.initiative.found import money_found, readiness_found
from payforsuccess.runs.selection.found import selection_found
from payforsuccess.runs.statement.approvals import read_approvals
from payforsuccess.trail import RunInput, fingerprint_bytes

FILE = "initiative.yaml"
CAPACITY = "capacity.yaml"
LIFECYCLE = "lifecycle.yaml"

AFile = TypeVar("AFile", bound=WholeFile)
Found = TypeVar("Found")


@dataclass(frozen=True)
class InitiativeFolder:
    """Where the files of one initiative lie."""

    root: Path

    def read(self, model: type[AFile], name: str) -> AFile | None:
        """A file of the folder; None where there is none."""
        path = self.root / name
        if not path.is_file():
            return None
        return read_whole(model, read_bytes(path), file=str(path))

    def inputs(self, *names: str) -> tuple[RunInput, ...]:
        """Those of the files named that are there, with what they hold."""
        return tuple(
            RunInput(name, name, fingerprint_bytes(read_bytes(self.root / name)))
            for name in names
            if (self.root / name).is_file()
        )


@dataclass(frozen=True)
class OpenedInitiative:
    """Everything that could be read of an initiative, on a day."""

    folder: InitiativeFolder
    facts: Facts
    lifecycle: Lifecycle


def initiative_folder(path: DealPath) -> InitiativeFolder:
    """The folder named by itself, by `initiative.yaml` or by a deal file in it."""
    given = Path(path)
    if not given.exists():
        raise Refusal(
            Problem(
                sentence("There is no such file."), sentence("Check the name."), Place(str(given))
            )
        )
    root = given if given.is_dir() else given.parent
    if not (root / FILE).is_file():
        raise Refusal(
            Problem(
                sentence("There is no {file} in this folder.", file=FILE),
                sentence(
                    "Write down who takes part and what was decided; the reference of the file "
                    "shows every key."
                ),
                Place(str(root)),
            )
        )
    return InitiativeFolder(root)


def open_initiative(path: DealPath, *, on: date, with_money: bool = False) -> OpenedInitiative:
    """The initiative with its deal, capacities and lifecycle; every file's problems at once.

    with_money: work out forecast and budget too, for conditions that ask for them.
    The lifecycle is `lifecycle.yaml` of the folder, or the one that comes with the program.
    """
    folder = initiative_folder(path)
    problems: list[Problem] = []

    def attempt(read: Callable[[], Found | None]) -> Found | None:
        try:
            return read()
        except Refusal as refusal:
            problems.extend(refusal.problems)
            return None

    initiative = attempt(lambda: folder.read(Initiative, FILE))
    capacity = attempt(lambda: folder.read(CapacityFile, CAPACITY))
    lifecycle = attempt(lambda: folder.read(Lifecycle, LIFECYCLE) or shipped_lifecycle())
    versions = attempt(lambda: _versions_of(folder)) or ()
    deal = _in_force(versions, on)
    capacity_set = attempt(
        lambda: capacity_set_of(capacity, beside=folder.root) if capacity else None
    )
    statements = (attempt(lambda: _statements_of(folder)) if versions else None) or ()
    found_statements = attempt(lambda: _found(folder, statements, on)) or ()
    drawn = (attempt(lambda: _drawn(folder)) if versions else None) or ()
    issued = attempt(lambda: issued_versions(folder.root)) or ()
    determined = (attempt(lambda: _determined_on(folder)) if versions else None) or ()
    payments = (attempt(lambda: open_folder(folder.root).paid()) if versions else None) or ()
    readiness = attempt(lambda: readiness_found(folder.root))
    selection = attempt(lambda: selection_found(folder.root))
    # In a tuple of one: nothing found is no refusal.
    ahead = attempt(lambda: (money_found(folder.root),)) if with_money and deal else None
    if lifecycle is not None:
        try:
            known_conditions(lifecycle, CONDITIONS)
        except Refusal as refusal:
            problems.extend(refusal.problems)
    if problems or initiative is None or lifecycle is None:
        raise Refusal(problems)
    facts = Facts(
        _reported(initiative, issued),
        on,
        deal=deal,
        readiness=readiness,
        selection=selection,
        money=ahead[0] if ahead else None,
        capacity=capacity,
        capacity_set=capacity_set,
        statements=found_statements,
        versions=versions,
        determined_on=determined,
        drawn=drawn,
        late=(
            late_payment(statements, payments, deal.disputes.late_interest, on=on)
            if deal is not None and statements
            else None
        ),
    )
    return OpenedInitiative(folder, facts, lifecycle)


def shipped_lifecycle() -> Lifecycle:
    """The lifecycle that comes with the program."""
    name = "pay-for-success.yaml"
    text = (files("payforsuccess.governance") / "lifecycles" / name).read_bytes()
    return read_whole(Lifecycle, text, file=name)


def _versions_of(folder: InitiativeFolder) -> tuple[Deal, ...]:
    """Every version of the deal beside the initiative; none where there is no deal yet."""
    if not (folder.root / "deal.yaml").is_file():
        return ()
    return tuple(open_folder(folder.root).history().versions)


def _in_force(versions: Sequence[Deal], on: date) -> Deal | None:
    """The version in force on the day, or the first that is to be."""
    in_force = [version for version in versions if version.in_force_from <= on]
    return in_force[-1] if in_force else versions[0] if versions else None


def _statements_of(folder: InitiativeFolder) -> tuple[Statement, ...]:
    """The statements that were issued of the deal beside the initiative."""
    return open_folder(folder.root).statements()


def _determined_on(folder: InitiativeFolder) -> tuple[date, ...]:
    """The days of the determinations of the deal beside the initiative."""
    return tuple(each.on for each in open_folder(folder.root).determinations())


def _drawn(folder: InitiativeFolder) -> tuple[DrawnFound, ...]:
    """Whom the list of draws beside the deal says chance assigned, by day and ethics record."""
    listed = read_list(open_folder(folder.root))
    people = Counter(
        (link.entry.on, link.entry.ethics)
        for link in listed.links
        if isinstance(link.entry, Assigned)
    )
    return tuple(DrawnFound(on, number, ethics) for (on, ethics), number in sorted(people.items()))


def _reported(initiative: Initiative, issued: Sequence[Issued]) -> Initiative:
    """With the day of the first issued blueprint as that of the report, where none is stated."""
    motion = initiative.motion
    if motion is None or not issued or motion.reported_on or motion.report_dated_on:
        return initiative
    answered = motion.model_copy(update={"reported_on": issued[0].on})
    return initiative.model_copy(update={"motion": answered})


def _found(
    folder: InitiativeFolder, statements: Sequence[Statement], on: date
) -> tuple[StatementFound, ...]:
    """What disputes and gates have to know of statements, approved by who approved by the day."""
    if not statements:
        return ()
    records = [each for each in read_approvals(open_folder(folder.root)) if each.on <= on]
    return tuple(
        StatementFound(
            each.number,
            each.as_of,
            tuple(dict.fromkeys(line.term for line in each.lines)),
            each.is_determined,
            approval_standing(each, records).why_not,
        )
        for each in statements
    )
