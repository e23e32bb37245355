"""A small document with one of everything, and small facts for each figure."""

from __future__ import annotations

from fractions import Fraction

from payforsuccess.reports import (
    Block,
    Cell,
    Column,
    Document,
    Exactly,
    Figure,
    Heading,
    ItemList,
    KeyFigure,
    KeyFigures,
    Link,
    Note,
    NoteReference,
    Notice,
    Particular,
    Particulars,
    Raster,
    Strong,
    Svg,
    Table,
    cell,
    paragraph,
)
from payforsuccess.reports.charts import (
    ArmRate,
    FlowArm,
    OutcomeByArm,
    ParticipantFlow,
    PaymentCurve,
    Piece,
    Point,
    Reason,
)
from payforsuccess.trail import Step

# One white point.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a494441"
    "5478da63f80f00010101001cb08c990000000049454e44ae426082"
)
DRAWING = Svg(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">'
    '<defs><clipPath id="clip"><rect width="5" height="5"/></clipPath></defs>'
    '<path clip-path="url(#clip)" d="M0 0L9 9"/><text>n = 216</text></svg>'
)


def a_table(**changes: object) -> Table:
    given: dict[str, object] = {
        "caption": "Lines, in USD",
        "columns": (Column("Line"), Column("Amount", is_number=True)),
        "rows": ((cell("Housing"), cell("620,978.40")), (cell("Jail"), cell("0.00"))),
        "footer": ((cell("Total"), cell("620,978.40")),),
    }
    return Table(**(given | changes))  # type: ignore[arg-type]


def a_figure(**changes: object) -> Figure:
    given: dict[str, object] = {
        "image": DRAWING,
        "alternative": "A line that rises from 0 to 9.",
        "caption": "What is paid",
        "table": a_table(),
    }
    return Figure(**(given | changes))  # type: ignore[arg-type]


def a_document(*blocks: Block, **changes: object) -> Document:
    given: dict[str, object] = {
        "title": "A statement",
        "language": "en",
        "blocks": blocks or (paragraph("Words."),),
    }
    return Document(**(given | changes))  # type: ignore[arg-type]


def a_full_document() -> Document:
    """One of everything, two figures of one drawing, and a note that is met twice."""
    return Document(
        title="Statement 3",
        language="en",
        subtitle="Denver, period 3",
        notices=(
            Notice("Not certified", "No payment can be approved."),
            Notice("Synthetic data", "These people do not exist."),
        ),
        blocks=(
            KeyFigures(
                (KeyFigure("Due", "USD 620,978.40", ("41,070 days", NoteReference("days"))),)
            ),
            Heading(2, "Lines", "lines"),
            paragraph("See ", Link("the study", "https://example.org/study"), Strong(" now"), "."),
            a_table(
                rows=(
                    (cell("Housing"), Cell(("620,978.40", NoteReference("days")))),
                    (Cell((Link("Jail", "#jail"),)), cell("0.00")),
                )
            ),
            Heading(3, "Lines"),
            a_figure(),
            a_figure(table_shown="below"),
            a_figure(image=Raster(PNG), table=None),
            Heading(2, "Jail", "jail"),
            ItemList((("One",), ("Two",))),
            ItemList((("First",), ("Then",)), is_numbered=True),
            Particulars((Particular("Deal", (Exactly("sha256:ab"),)),)),
            Notice("One result was refused", "Its feed is late.", "information"),
            Heading(2, "Third"),
            Heading(2, "Fourth"),
            paragraph("Paid on people", NoteReference("people"), "."),
        ),
        notes=(
            Note("people", "People counted", run="run-7"),
            Note(
                "days",
                "Days times price",
                run="run-7",
                clause="4.2",
                fingerprint="sha256:cd",
                steps=(
                    Step(
                        "41,070 days x 15.12 USD",
                        "620,978.40 USD",
                        "4.2",
                        (Step("days housed less days jailed", "41,070 days"),),
                    ),
                ),
            ),
        ),
    )


def a_curve(**changes: object) -> PaymentCurve:
    """Denver's published jail schedule up to 65 percent: a jump at 20, a bend at 30."""
    given: dict[str, object] = {
        "title": "What the jail line pays",
        "outcome": "Fewer jail days",
        "unit": "percent",
        "currency": "USD",
        "pieces": (
            Piece(Point(0, 0), Point(20, 0)),
            Piece(Point(20, 320_000_000), Point(30, 480_000_000)),
            Piece(Point(30, 480_000_000), Point(65, 613_000_000), includes_end=True),
        ),
        "paid": Point(Fraction("27.5"), 440_000_000),
        "ceiling": 613_000_000,
    }
    return PaymentCurve(**(given | changes))  # type: ignore[arg-type]


def two_arms(**changes: object) -> OutcomeByArm:
    given: dict[str, object] = {
        "title": "Arrests by arm",
        "outcome": "Arrested within 52 weeks",
        "arms": (
            ArmRate("Control", 66 / 216, 0.248, 0.37, of=216, number=66),
            ArmRate("Financial aid", 48 / 216, 0.172, 0.283, of=216, number=48),
        ),
        "interval": "95% interval (Wilson)",
        "as_of": "30 June 1980",
    }
    return OutcomeByArm(**(given | changes))  # type: ignore[arg-type]


def a_flow(**changes: object) -> ParticipantFlow:
    given: dict[str, object] = {
        "title": "Participants",
        "arms": (
            FlowArm("Financial aid", 216, 216, 216),
            FlowArm("Control", 216, 210, 216, lost=(Reason("moved", 4), Reason("died", 2))),
        ),
        "assessed": 500,
        "excluded": (Reason("not eligible", 60), Reason("declined", 8)),
    }
    return ParticipantFlow(**(given | changes))  # type: ignore[arg-type]
