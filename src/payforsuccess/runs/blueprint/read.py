"""A blueprint with all that its report rests on: initiative, deal, criteria, votes, lessons."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from payforsuccess.deal.deal import Deal
from payforsuccess.deal.public_risk import HONEST, said_without_risk
from payforsuccess.deal.record import Record, Source
from payforsuccess.deal.votes import VoteRules
from payforsuccess.deal.whole_file import WholeFile
from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.finance.budget.requests import Requests, requests_of
from payforsuccess.governance.blueprint import Blueprint
from payforsuccess.governance.blueprint.blueprint import ComparatorUsed
from payforsuccess.governance.blueprint.complete import BlueprintFacts, SetFound
from payforsuccess.governance.conditions.mandate import THEME as MANDATE
from payforsuccess.governance.votes import VotesNeeded, votes_needed
from payforsuccess.reports.blueprint.facts import CriteriaLinked, LessonCited, ReportFacts
from payforsuccess.runs.blueprint.ahead import looked_ahead
from payforsuccess.runs.finance.budget_files import has_budget, read_budget_file
from payforsuccess.runs.folder import DealPath, open_folder
from payforsuccess.runs.initiative.files import (
    InitiativeFolder,
    OpenedInitiative,
    initiative_folder,
    open_initiative,
)
from payforsuccess.runs.library.files import library_deal, library_sources
from payforsuccess.runs.selection.sets import criteria_set
from payforsuccess.runs.vote_rules import vote_rules

FILE = "blueprint.yaml"
Found = TypeVar("Found")


@dataclass(frozen=True)
class OpenedBlueprint:
    """A blueprint that was read, with what stands on record and must not be."""

    root: Path
    facts: ReportFacts
    problems: tuple[Problem, ...]


def open_blueprint(path: DealPath, *, on: date) -> OpenedBlueprint:
    """The blueprint beside an initiative, as of a day; every file's problems at once.

    The payment structure is that of `deal.yaml`, once there is one; requests for augmentations
    come from `budget.yaml`, what payors may owe by year from `assumptions.yaml`. Refuses a folder
    without `blueprint.yaml`, a set of criteria, rules for votes or a lesson that is not there, and
    all that is wrong in a file.
    """
    folder = initiative_folder(path)
    root = folder.root
    problems: list[Problem] = []

    def attempt(find: Callable[[], Found]) -> Found | None:
        try:
            return find()
        except Refusal as refusal:
            problems.extend(refusal.problems)
            return None

    opened = attempt(lambda: open_initiative(path, on=on))
    blueprint = attempt(lambda: _blueprint(folder))
    if opened is None or blueprint is None:
        raise Refusal(problems)
    deal = opened.facts.deal
    linked = attempt(lambda: _linked(blueprint, root))
    rules = attempt(
        lambda: vote_rules(
            blueprint.financing.votes,
            beside=root,
            where=blueprint.place_of("financing", "votes"),
        )[0]
    )
    learned = attempt(lambda: _learned(blueprint))
    asked = attempt(lambda: _requests(root, deal, rules))
    ahead = attempt(lambda: looked_ahead(root, deal))
    votes = attempt(lambda: _votes(rules, on))
    if (
        problems
        or linked is None
        or rules is None
        or learned is None
        or asked is None
        or ahead is None
    ):
        raise Refusal(problems)
    requests, checksum, standing = asked
    facts = ReportFacts(
        BlueprintFacts(
            blueprint,
            opened.facts.initiative,
            on,
            tuple(_set_found(each, on) for each in linked),
            deal,
        ),
        linked,
        tuple((condition, condition.look(opened.facts)) for condition in MANDATE.conditions),
        rules,
        votes or (),
        tuple(lesson for _, lessons in learned for lesson in lessons),
        tuple(record for record, _ in learned),
        requests,
        checksum,
        standing,
        *ahead,
    )
    return OpenedBlueprint(root, facts, _on_record(blueprint, opened, requests))


def _blueprint(folder: InitiativeFolder) -> Blueprint:
    found = folder.read(Blueprint, FILE)
    if found is None:
        raise Refusal(
            Problem(
                f"There is no {FILE} in this folder.",
                "Write it beside initiative.yaml; the how-to “Write a blueprint” shows how.",
                Place(str(folder.root)),
            )
        )
    return found


def _on_record(
    blueprint: Blueprint, opened: OpenedInitiative, requests: Requests | None
) -> tuple[Problem, ...]:
    """What must not be: on the advisory group, on the requests, and in words on risk."""
    return (
        *MANDATE.problems(opened.facts),
        *(requests.problems if requests is not None else ()),
        *_without_risk(blueprint),
        *_without_risk(opened.facts.initiative),
    )


def _without_risk(file: WholeFile) -> Iterator[Problem]:
    """Where a file says that the public bears no risk, which the report would print (R131)."""
    for path in said_without_risk(file.as_plain()):
        yield Problem(
            "This says that the public bears no risk, and it always bears some.",
            HONEST,
            file.place_of(*path),
        )


def _linked(blueprint: Blueprint, root: Path) -> tuple[CriteriaLinked, ...]:
    return tuple(
        CriteriaLinked(
            link,
            criteria_set(
                link.criteria,
                link.version,
                beside=root,
                where=blueprint.place_of("criteria", "sets", at),
            ),
        )
        for at, link in enumerate(blueprint.criteria.sets)
    )


def _set_found(each: CriteriaLinked, on: date) -> SetFound:
    approved = each.link.approved
    by = approved.by if approved is not None and approved.on <= on else ""
    return SetFound(
        each.criteria.title,
        frozenset(one.kind for one in each.criteria.criteria),
        by or each.criteria.approved_by or "",
    )


def _votes(rules: VoteRules | None, on: date) -> tuple[VotesNeeded, ...]:
    if rules is None:
        return ()
    return tuple(votes_needed(rules, rule.change, on=on) for rule in rules.rules)


def _requests(
    root: Path, deal: Deal | None, rules: VoteRules | None
) -> tuple[Requests | None, str, str]:
    if deal is None or rules is None:
        return None, "", ""
    folder = open_folder(root)
    if not has_budget(folder):
        return None, "", ""
    budget = read_budget_file(folder, deal)
    own, _ = vote_rules(budget.votes, beside=root, where=budget.place_of("votes"))
    return requests_of(budget, own), budget.fingerprint, budget.standing


def _learned(blueprint: Blueprint) -> tuple[tuple[Record, tuple[LessonCited, ...]], ...]:
    sources = {each.id: each for each in library_sources().sources} if blueprint.comparators else {}
    return tuple(
        _comparator(blueprint, at, each, sources) for at, each in enumerate(blueprint.comparators)
    )


def _comparator(
    blueprint: Blueprint, at: int, used: ComparatorUsed, sources: dict[str, Source]
) -> tuple[Record, tuple[LessonCited, ...]]:
    try:
        record = library_deal(used.deal).record
    except Refusal as refusal:
        where = blueprint.place_of("comparators", at, "deal")
        raise Refusal([each.at(where) for each in refusal.problems]) from None
    cited: list[LessonCited] = []
    for number, lesson in enumerate(used.lessons):
        found = [each for each in record.lessons if each.says.startswith(lesson.begins)]
        if len(found) != 1:
            many = "no lesson" if not found else f"{len(found)} lessons"
            raise Refusal(
                Problem(
                    f"The library has {many} of {used.deal} that begin so.",
                    f"Copy the first words of one; `pfs library show {used.deal}` lists them.",
                    blueprint.place_of("comparators", at, "lessons", number, "begins"),
                )
            )
        (one,) = found
        cited.append(
            LessonCited(
                record.name,
                one.about,
                one.says,
                lesson.used_for,
                tuple(_source(each, sources) for each in one.sources),
            )
        )
    return record, tuple(cited)


def _source(cited: str, sources: dict[str, Source]) -> Source:
    """The source of an id; an INDIGO record is one record of the source `indigo`."""
    name, _, number = cited.partition(":")
    source = sources[name]
    if not number:
        return source
    title = source.title.partition(";")[0]
    return Source(id=cited, title=f"{title}; record {number}", url=source.url)
