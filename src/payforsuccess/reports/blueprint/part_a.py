"""Part a: the criteria for choosing interventions, in both groups."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.reports.blueprint.facts import CriteriaLinked, ReportFacts
from payforsuccess.reports.blueprint.parts import guidelines, head, open_points, table
from payforsuccess.reports.document import Block, Heading, Particular, Particulars
from payforsuccess.reports.inline import Content, NoteReference, Strong
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.numbers import day_text, number_text
from payforsuccess.reports.table import Cell, Row, cell
from payforsuccess.selection.criteria import CriteriaSet, Criterion


def part_a(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    """Criteria with definition, evidence asked for and scale (R22)."""
    yield from head(facts, "a")
    if facts.blueprint.criteria.guidelines:
        yield from guidelines(
            "How the criteria are applied", facts.blueprint.criteria.guidelines, notes, none=""
        )
    for at, each in enumerate(facts.linked, start=1):
        yield from _set(f"criteria-{at}", each, facts, notes)
    yield from open_points(facts, "a")


def _set(anchor: str, each: CriteriaLinked, facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    criteria = each.criteria
    mark = notes.note(
        f"criteria {criteria.name} {criteria.version}",
        f"The set of criteria “{criteria.title}”, version {criteria.version}.",
        checksum=criteria.fingerprint,
    )
    yield Heading(3, f"{criteria.title}, version {criteria.version}", anchor)
    yield Particulars(
        (
            Particular("Whose it is", (criteria.says,)),
            Particular("Approved", _approved(each, facts, notes)),
        )
    )
    for kind in ("programmatic", "operational"):
        own = [one for one in criteria.criteria if one.kind == kind]
        if own:
            yield table(
                f"{kind.capitalize()} criteria ({criteria.title})",
                ("Criterion", "Definition", "Evidence to ask for", "#Weight", "Floor"),
                [_criterion(one, mark) for one in own],
            )
    yield from _scale(criteria, mark)


def _approved(each: CriteriaLinked, facts: ReportFacts, notes: NoteBook) -> Content:
    approved = each.link.approved
    if approved is not None and approved.on <= facts.told.on:
        paper = () if approved.paper is None else (" ", notes.paper(approved.paper))
        return (f"by {approved.by} on {day_text(approved.on)}", *paper)
    if each.criteria.approved_by is not None:
        return (f"by {each.criteria.approved_by}, as the set itself says",)
    return (Strong("No body has approved it."),)


def _criterion(one: Criterion, mark: NoteReference) -> Row:
    return (
        cell(one.title),
        cell(one.says),
        cell(one.evidence),
        Cell((f"{number_text(one.weight)} ", mark)),
        cell("none" if one.floor is None else str(one.floor)),
    )


def _scale(criteria: CriteriaSet, mark: NoteReference) -> Iterator[Block]:
    yield table(
        f"The scale ({criteria.title})",
        ("Score", "What it means"),
        [(Cell((f"{score} ", mark)), cell(says)) for score, says in enumerate(criteria.scale)],
    )
    yield table(
        f"Grades of evidence ({criteria.title})",
        ("Grade", "What earns it", "Counts as good evidence"),
        [(cell(one.name), cell(one.says), cell(one.is_good)) for one in criteria.grades],
    )
    yield table(
        f"Bands of the total, of 100 ({criteria.title})",
        ("From", "Band", "Passes readiness"),
        [
            (Cell((f"{number_text(one.from_)} ", mark)), cell(one.title), cell(one.is_ready))
            for one in criteria.bands
        ],
    )
