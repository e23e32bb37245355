"""The readiness of a concept as a document: result, knock-outs, every criterion, advice."""

from __future__ import annotations

from payforsuccess.reports.document import (
    Block,
    Document,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.inline import Strong
from payforsuccess.reports.note import Notice
from payforsuccess.reports.table import Column, Row, Table, cell
from payforsuccess.selection.readiness import CriterionFound, Readiness

ILLUSTRATIVE = Notice("Made up", "The concept and its scores were made up to show the method.")


def readiness_document(found: Readiness) -> Document:
    """The readiness report (R22, R32): scores with their evidence, never a person's data."""
    concept, criteria = found.concept, found.criteria
    approved = (
        f"Approved by {criteria.approved_by}."
        if criteria.approved_by
        else "No body has approved this set of criteria."
    )
    return Document(
        title=f"Readiness: {concept.concept}",
        language="en",
        subtitle=f"{concept.department}; {criteria.title}, version {criteria.version}",
        notices=(ILLUSTRATIVE,) if concept.standing != "real" else (),
        blocks=(
            KeyFigures(
                (
                    KeyFigure("Result", found.standing, ("“ready” says nothing of a mechanism",)),
                    KeyFigure(
                        "Total",
                        f"{float(found.total):.1f} of 100",
                        (f"{_people(len(found.by_assessor))}; spread {float(found.spread):.1f}",),
                    ),
                    KeyFigure(
                        "Weight on good evidence",
                        f"{float(found.good_share):.0%}",
                        ("evidence of grade A or B",),
                    ),
                )
            ),
            Particulars(
                (
                    Particular("For whom", (concept.population,)),
                    Particular("What is done", (concept.intervention,)),
                    Particular("Aim", (concept.aim,)),
                    Particular("Criteria", (f"{criteria.says} {approved}",)),
                )
            ),
            Heading(2, "Knock-outs", "knock-outs"),
            *_knock_outs(found),
            *_doubts(found),
            Heading(2, "What to do next", "advice"),
            *_advice(found),
            Heading(2, "Every criterion", "criteria"),
            _table(found, "programmatic"),
            _table(found, "operational"),
            Heading(2, "Assessors", "assessors"),
            Table(
                "Each assessor's own total",
                (Column("Assessor"), Column("Total of 100", is_number=True)),
                tuple(
                    (cell(name), cell(f"{float(total):.1f}")) for name, total in found.by_assessor
                ),
            ),
        ),
    )


def _people(number: int) -> str:
    return "1 assessor" if number == 1 else f"{number} assessors"


def _knock_outs(found: Readiness) -> tuple[Block, ...]:
    if not found.knock_outs:
        return (paragraph("None: no criterion lies below its floor, and the aim is preventive."),)
    return (
        paragraph(
            "Any one of these makes the concept not suitable, whatever its total. They can be put "
            "right and the concept assessed again."
        ),
        ItemList(tuple((each,) for each in found.knock_outs)),
    )


def _doubts(found: Readiness) -> tuple[Block, ...]:
    if not found.doubts:
        return ()
    return (
        paragraph(
            "Below the floor by some assessors, though not by the mean. It knocks nothing out; "
            "settle it among the assessors before anyone relies on the total."
        ),
        ItemList(tuple((doubt_text(one),) for one in found.doubts)),
    )


def doubt_text(one: CriterionFound) -> str:
    """Who puts a criterion below its floor while the mean is not below it."""
    return (
        f"{one.criterion.title}: below the floor of {one.criterion.floor} by "
        f"{', '.join(one.below)}; the mean is {float(one.mean):.2f}"
    )


def _advice(found: Readiness) -> tuple[Block, ...]:
    if not found.weak:
        return (
            paragraph("No criterion lies in the lower half of the scale, or below anyone's floor."),
        )
    return (
        ItemList(
            tuple(
                (Strong(f"{one.criterion.title}."), f" {one.criterion.advice}")
                for one in found.weak
            ),
            is_numbered=True,
        ),
    )


def _table(found: Readiness, kind: str) -> Table:
    top = len(found.criteria.scale) - 1
    return Table(
        f"{kind.capitalize()} criteria, scored 0 to {top}",
        (
            Column("Criterion"),
            Column("Weight", is_number=True),
            Column("Mean", is_number=True),
            Column("From, to"),
            Column("Floor", is_number=True),
            Column("Evidence seen"),
        ),
        tuple(_row(one) for one in found.found if one.criterion.kind == kind),
    )


def _row(one: CriterionFound) -> Row:
    seen = "; ".join(dict.fromkeys(f"{score.grade}: {score.evidence}" for score in one.scores))
    floor = "none" if one.criterion.floor is None else str(one.criterion.floor)
    below = " (below)" if one.is_below_floor else ""
    return (
        cell(one.criterion.title),
        cell(f"{float(one.criterion.weight):g}"),
        cell(f"{float(one.mean):.2f}"),
        cell(f"{one.lowest}, {one.highest}"),
        cell(f"{floor}{below}"),
        cell(seen),
    )
