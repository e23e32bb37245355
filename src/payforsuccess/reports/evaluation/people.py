"""The way of the participants by arm, as a figure and a table, and whose outcome is not known."""

from __future__ import annotations

from payforsuccess.reports.charts.boxes import WIDTH, Box, Level, draw_boxes
from payforsuccess.reports.document import Block, Heading, Particular, Particulars, paragraph
from payforsuccess.reports.evaluation.counts import ELSEWHERE, RECORDS, excluded_of
from payforsuccess.reports.evaluation.facts import STAGES
from payforsuccess.reports.evaluation.names import allocation_of, why_not_known
from payforsuccess.reports.evaluation.small import HIDDEN
from payforsuccess.reports.evaluation.telling import Telling
from payforsuccess.reports.figure import Figure
from payforsuccess.reports.numbers import decimal_text, name_text, percent_text
from payforsuccess.reports.table import Cell, Column, Table, cell
from payforsuccess.trail import Step

GRID = "The Clearinghouse's grid used here is to be checked against the handbook."
_STAGES = {
    "referred": "Referred",
    "eligible": "Found eligible",
    "assigned": "Assigned",
    "linked": "Found in an agency's records",
    "enrolled": "Enrolled",
    "took_part": "Took part",
    "deaths": "Died in their window",
    "moves": "Moved out of reach in their window",
}
_OTHER_ARM = "in an arm that this plan does not compare"
_NBSP = "\N{NO-BREAK SPACE}"


def people_blocks(telling: Telling) -> tuple[Block, ...]:
    """The flow as a figure with its table, then attrition."""
    return (
        Heading(3, "The participants"),
        flow_figure(telling),
        *attrition_blocks(telling),
    )


def flow_figure(telling: Telling) -> Figure:
    """Boxes from the records to analysis, one column an arm, with a table of every stage."""
    return Figure(
        image=draw_boxes(_levels(telling)),
        alternative=_in_words(telling),
        caption=f"{telling.title}: participants from assignment to analysis",
        table=flow_table(telling),
        table_shown="below",
    )


def flow_table(telling: Telling) -> Table:
    """One row a stage, one column an arm; what is not recorded says so, and small counts hide."""
    estimate, numbers = telling.estimate, telling.numbers
    labels = [arm.arm for arm in estimate.arms]
    mark = telling.mark("flow", "people counted from the records by arm and stage")
    rows: list[tuple[Cell, ...]] = []

    def row(says: str, name: str) -> None:
        counts = [numbers.count(f"{name}/{label}") for label in labels]
        whole = [cell(numbers.count(name))] if len(labels) > 1 else []
        rows.append((Cell((says, mark)), *(cell(text) for text in counts), *whole))

    for name, says in _STAGES.items():
        if name == "deaths":
            for status in _statuses(telling):
                row(f"Not known: {why_not_known(status)}", f"lost/{status}")
        if any(numbers.has(f"{name}/{label}") for label in labels):
            row(says, name)
    row("Analysed", "analysed")
    everyone = [Column("All", is_number=True)] if len(labels) > 1 else []
    return Table(
        f"{telling.title}: people by stage and arm",
        (
            Column("Stage"),
            *(Column(f"Arm “{label}”", is_number=True) for label in labels),
            *everyone,
        ),
        tuple(rows),
    )


def attrition_blocks(telling: Telling) -> tuple[Block, ...]:
    """The share of people without a known outcome, overall and by arm, against the boundary."""
    estimate, says = telling.estimate, telling.numbers.says_lost
    reading = estimate.attrition
    overall = percent_text(float(reading.overall))
    mark = telling.mark(
        "attrition",
        "people without a known outcome over people assigned",
        *((Step("people whose outcome is not known / people assigned", overall),) if says else ()),
    )
    told = [Particular("Of all people", (overall if says else HIDDEN, mark))]
    if len(estimate.arms) > 1:
        apart = f"{decimal_text(100 * float(reading.difference))} percentage points"
        told.append(Particular("Treated less control", (apart if says else HIDDEN, mark)))
        for label, limit in (
            ("Largest difference allowed, cautious", reading.cautious),
            ("Largest difference allowed, optimistic", reading.optimistic),
        ):
            text = (
                "beyond the grid"
                if limit is None
                else f"{decimal_text(100 * float(limit))} percentage points"
            )
            # The limit is a function of the overall share, and would tell it.
            told.append(Particular(label, (text if says else HIDDEN,)))
        told.append(Particular("What Works Clearinghouse", (reading.reading,)))
    return (
        Heading(4, "Whose outcome is not known"),
        Particulars(tuple(told)),
        *((paragraph(GRID),) if len(estimate.arms) > 1 else ()),
    )


def _statuses(telling: Telling) -> list[str]:
    found = (each.status for flow in telling.estimate.flow for each in flow.not_known)
    return sorted(dict.fromkeys(found))


def _excluded(telling: Telling) -> list[tuple[str, str]]:
    """Why enrolments are not of the plan's people, and how many."""
    excluded = excluded_of(telling.plan) or {}
    return [
        (
            _OTHER_ARM if why == "other-arm" else why_not_known(why),
            telling.numbers.count(f"{ELSEWHERE}/{why}"),
        )
        for why in excluded
    ]


def _levels(telling: Telling) -> tuple[Level, ...]:
    estimate, numbers = telling.estimate, telling.numbers
    middle, wide = WIDTH / 2, WIDTH * 0.34
    levels: list[Level] = []
    if numbers.has(RECORDS):
        told = ("In the records", _n(numbers.count(RECORDS)))
        levels.append((Box(told, middle, wide),))
        if excluded := _excluded(telling):
            reasons = (f"{why}: {count}" for why, count in excluded)
            levels.append((Box(("Left out", *reasons), WIDTH * 0.83, WIDTH * 0.32, True),))
    several = len(estimate.arms) > 1
    if several:
        how = allocation_of(estimate.design)
        levels.append((Box((how, _n(numbers.count("assigned"))), middle, wide),))
    column = WIDTH / max(1, len(estimate.arms))
    stages = [_stages(telling, arm.arm) for arm in estimate.arms]
    levels += [
        tuple(
            Box(says, (at + 0.5) * column, min(WIDTH * 0.44, column - 12))
            for at, says in enumerate(stage)
        )
        for stage in zip(*stages, strict=True)
    ]
    return tuple(levels)


def _stages(telling: Telling, label: str) -> tuple[tuple[str, ...], ...]:
    """The boxes of one arm: assigned, what became of them, analysed."""
    numbers = telling.numbers
    arms = telling.estimate.arms
    passed = [
        f"{_STAGES[name]}: {numbers.count(f'{name}/{label}')}"
        for name in (*STAGES, "linked", "took_part", "deaths", "moves")
        if any(numbers.has(f"{name}/{arm.arm}") for arm in arms)
    ]
    lost = [
        f"Not known, {_short(status)}: {numbers.count(f'lost/{status}/{label}')}"
        for status in _statuses(telling)
    ]
    between = [(*passed, *lost)] if passed or lost else []
    return (
        (label, _n(numbers.count(f"assigned/{label}"))),
        *between,
        ("Analysed", _n(numbers.count(f"analysed/{label}"))),
    )


def _in_words(telling: Telling) -> str:
    estimate, numbers = telling.estimate, telling.numbers
    said = []
    if numbers.has(RECORDS):
        said.append(f"In the records: {numbers.count(RECORDS)}.")
        said += [f"Left out, {why}: {count}." for why, count in _excluded(telling)]
    for arm in estimate.arms:
        label = arm.arm
        told = [
            f"{_STAGES[name].lower()} {numbers.count(f'{name}/{label}')}"
            for name in _STAGES
            if numbers.has(f"{name}/{label}")
        ]
        told += [
            f"outcome not known ({_short(status)}) {numbers.count(f'lost/{status}/{label}')}"
            for status in _statuses(telling)
        ]
        told.append(f"analysed {numbers.count(f'analysed/{label}')}")
        said.append(f"{label}: {', '.join(told)}.")
    return " ".join(said)


def _short(status: str) -> str:
    """The first words of why, since the measure's rule is told in full elsewhere."""
    return name_text(status).lower()


def _n(count: str) -> str:
    return f"n{_NBSP}={_NBSP}{count}"
