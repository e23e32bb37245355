"""The blueprint report: a draft at any time, a numbered version once all four parts are there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.governance.blueprint.complete import missing_of
from payforsuccess.reports import Document
from payforsuccess.reports.blueprint import ReportFacts, blueprint_document
from payforsuccess.runs.blueprint.issued import (
    Issued,
    blueprints_folder,
    issued_versions,
    keep_version,
    kept_file,
    version_folder,
)
from payforsuccess.runs.blueprint.read import FILE, OpenedBlueprint, open_blueprint
from payforsuccess.runs.blueprint.told import Blueprinted, Reopened
from payforsuccess.runs.document_file import WRITERS, check_endings, write_document
from payforsuccess.runs.files import clear_unfinished, locked, read_bytes, write_whole
from payforsuccess.runs.folder import DealPath
from payforsuccess.runs.initiative.files import initiative_folder

_PACKAGES = {".pdf": "typst", ".docx": "docx"}
_SOURCES = (
    FILE,
    "initiative.yaml",
    "deal.yaml",
    "assumptions.yaml",
    "budget.yaml",
    "lifecycle.yaml",
    "capacity.yaml",
)


def blueprint(path: DealPath, *, on: date, to: Sequence[Path] = ()) -> Blueprinted:
    """The blueprint as it stands on a day, as a draft; written to each file of `to`.

    What a part lacks and what is open is marked in the report. What stands on record and must not
    be is among the `problems` of what comes back.
    """
    check_endings(to)
    opened = open_blueprint(path, on=on)
    issued = issued_versions(opened.root)
    facts = _reported(opened.facts, issued[0].on if issued else None)
    written = write_document(blueprint_document(facts), to) if to else ()
    return Blueprinted(facts, issued, opened.problems, written)


def issue_blueprint(
    path: DealPath, *, on: date, to: Sequence[Path] = (), today: date | None = None
) -> Blueprinted:
    """Issue the next version of the report, kept under `out/blueprints` and never changed.

    Refuses while one of the four parts lacks something (R14, R27), while something is on record
    that must not be, and without a new entry in `changes` that says who changed what and why; a
    day after `today` too.
    """
    check_endings(to)
    opened = open_blueprint(path, on=on)
    problems = [*(each.problem for each in missing_of(opened.facts.told)), *opened.problems]
    if today is not None and on > today:
        problems.append(Problem(f"{on} lies ahead.", "Issue it today, or as of a day before."))
    # What is refused leaves nothing behind, not even the folder in which versions lie.
    problems += _changes(opened, issued_versions(opened.root), on)
    if problems:
        raise Refusal(problems)
    with locked(blueprints_folder(opened.root)):
        clear_unfinished(blueprints_folder(opened.root))
        before = issued_versions(opened.root)
        # Another process may have issued one since.
        if problems := _changes(opened, before, on):
            raise Refusal(problems)
        facts = _reported(opened.facts, before[0].on if before else on)
        facts = replace(facts, number=len(before) + 1)
        document = blueprint_document(facts)
        files = {**_forms(document), **_sources(opened)}
        record = keep_version(opened.root, before, facts.blueprint, files, on=on)
    written = write_document(document, to) if to else ()
    return Blueprinted(
        facts,
        (*before, record),
        (),
        (version_folder(opened.root, record.number), *written),
    )


def reopen_blueprint(path: DealPath, number: int, *, to: Sequence[Path] = ()) -> Reopened:
    """An issued version, byte for byte as it was issued; copied to each file of `to`.

    Reads nothing that was written since. Refuses a version that there is not, one that was changed
    or exchanged, and a form in which it was not kept.
    """
    check_endings(to)
    root = initiative_folder(path).root
    versions = issued_versions(root)
    if not 1 <= number <= len(versions):
        there = f"1 to {len(versions)}" if len(versions) > 1 else str(len(versions))
        raise Refusal(
            Problem(
                f"There is no version {number} of this blueprint.",
                f"Write {there}." if versions else "No version was issued yet.",
                Place(str(blueprints_folder(root))),
            )
        )
    version = versions[number - 1]
    for each in version.files:
        kept_file(root, version, each.name)
    copies = [(file, kept_file(root, version, f"blueprint{file.suffix.lower()}")) for file in to]
    for file, content in copies:
        write_whole(file, content)
    return Reopened(version, tuple(to))


def _reported(facts: ReportFacts, issued_on: date | None) -> ReportFacts:
    """The facts with the first issue as the day of the report, where the motion states none."""
    initiative = facts.told.initiative
    motion = initiative.motion
    if motion is None or issued_on is None or motion.reported_on or motion.report_dated_on:
        return facts
    answered = motion.model_copy(update={"reported_on": issued_on})
    told = replace(facts.told, initiative=initiative.model_copy(update={"motion": answered}))
    return replace(facts, told=told)


def _changes(opened: OpenedBlueprint, before: Sequence[Issued], on: date) -> list[Problem]:
    """What is wrong with the changes on file, against those of the version issued last (R13)."""
    told = opened.facts.blueprint
    earlier = before[-1].changes if before else ()
    where = told.place_of("changes")
    problems = []
    if told.changes[: len(earlier)] != earlier:
        problems.append(
            Problem(
                f"The changes up to version {len(before)} are not those with which it was issued.",
                "Put them back, and add the new change at the end.",
                where,
            )
        )
    elif len(told.changes) == len(earlier):
        problems.append(
            Problem(
                f"Nothing says what changed since version {len(before)}.",
                "Add who changed what, when and why at the end of `changes`.",
                where,
            )
        )
    if told.changes[-1].on > on:
        problems.append(
            Problem(
                "The last change lies after the day of issue.",
                "Correct its day, or issue on a later one.",
                told.place_of("changes", len(told.changes) - 1, "on"),
            )
        )
    if before and on < before[-1].on:
        problems.append(
            Problem(
                f"Version {len(before)} was issued on {before[-1].on}, after this day.",
                "Issue on a later day.",
                where,
            )
        )
    return problems


def _forms(document: Document) -> dict[str, bytes]:
    """The report in every form that can be written here: HTML always, others with their package."""
    return {
        f"blueprint{ending}": write(document)
        for ending, write in WRITERS.items()
        if ending not in _PACKAGES or find_spec(_PACKAGES[ending]) is not None
    }


def _sources(opened: OpenedBlueprint) -> dict[str, bytes]:
    """The files that the report was made from, as they lie in the folder."""
    root = opened.root
    names = [*_SOURCES, opened.facts.blueprint.financing.votes]
    names += [each.link.criteria for each in opened.facts.linked]
    names += [f"amendments/{path.name}" for path in sorted((root / "amendments").glob("*.yaml"))]
    return {
        f"sources/{name}": read_bytes(root / name)
        for name in dict.fromkeys(names)
        if (root / name).is_file()
    }
