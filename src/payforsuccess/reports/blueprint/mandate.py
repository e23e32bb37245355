"""The front of the report: the motion and its clock, the directions, the advisory group."""

from __future__ import annotations

from collections.abc import Iterator

from payforsuccess.governance.clock import ReportClock, clocks_between, is_before, report_clock
from payforsuccess.governance.conditions.condition import Met
from payforsuccess.governance.initiative.mandate import Adviser, AdvisoryGroup, Direction, Motion
from payforsuccess.reports.blueprint.facts import ReportFacts
from payforsuccess.reports.blueprint.parts import table
from payforsuccess.reports.document import (
    Block,
    Heading,
    ItemList,
    Particular,
    Particulars,
    paragraph,
)
from payforsuccess.reports.inline import Content, NoteReference, Strong
from payforsuccess.reports.note import Notice
from payforsuccess.reports.note_book import NoteBook
from payforsuccess.reports.numbers import counted, day_text
from payforsuccess.reports.table import Cell, Row, cell
from payforsuccess.trail import Step


def mandate_blocks(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    """What the governing body asked for (R15, R21), and who advised (R16 to R20)."""
    motion = facts.told.initiative.motion
    yield Heading(2, "What was asked for", "mandate")
    if motion is None:
        yield paragraph("No motion is on file.")
    else:
        yield Particulars(
            (
                Particular("Motion", (motion.title, *_paper(motion, notes))),
                Particular("Of", (motion.body,)),
                Particular("Adopted", _adopted(motion, notes)),
            )
        )
        yield Heading(3, "The clock of the report", "clock")
        yield from _clock(facts, motion, notes)
        yield Heading(3, "The directions", "directions")
        yield from _directions(facts, motion, notes)
    yield Heading(2, "The advisory group", "advisory-group")
    yield from _group(facts, notes)


def _paper(motion: Motion, notes: NoteBook) -> Content:
    return () if motion.paper is None else (" ", notes.paper(motion.paper))


def _adopted(motion: Motion, notes: NoteBook) -> Content:
    if motion.adopted_on is not None:
        return (day_text(motion.adopted_on), *_paper(motion, notes))
    between = motion.adopted_between
    if between is None:
        return (Strong("Not known."),)
    return (
        f"Between {day_text(between.first)} and {day_text(between.last)} ",
        notes.paper(between.source),
        "; ",
        Strong("the day itself is not known."),
    )


def _clock(facts: ReportFacts, motion: Motion, notes: NoteBook) -> Iterator[Block]:
    if is_before(motion, on=facts.told.on):
        yield paragraph("The motion was not adopted by then, so no clock runs yet.")
        return
    clock = report_clock(motion, on=facts.told.on)
    both = clocks_between(motion, on=facts.told.on)
    if clock is not None:
        mark = _clock_note("clock", clock, motion, notes)
        yield Particulars(
            (
                Particular("First due", (day_text(clock.first_due), " ", mark)),
                Particular("Due now", (day_text(clock.due), *_extended(clock), " ", mark)),
                Particular("Stands", (f"{clock.status} ", mark)),
                *_past_first(clock, mark),
                Particular(
                    "Reminders", ("; ".join(day_text(day) for day in clock.reminders), " ", mark)
                ),
            )
        )
    elif both is not None:
        early, late = both
        marks = (
            " ",
            _clock_note("clock from the first day", early, motion, notes),
            _clock_note("clock from the last day", late, motion, notes),
        )
        due = f"Between {day_text(early.due)} and {day_text(late.due)}"
        issued = "not issued" if early.reported_on is None else day_text(early.reported_on)
        if early.dated_on is not None:
            issued = f"Not known; the report is dated {day_text(early.dated_on)}"
        yield Particulars(
            (
                Particular("Due", (due, *marks)),
                Particular("Report issued", (issued,)),
                Particular("Late", (_late_between(early, late), *marks)),
            )
        )
    else:
        yield Notice(
            "No due day",
            "The day on which the motion was adopted is not known, so neither the due day nor how "
            "late the report is can be computed.",
        )
    extensions = [each for each in motion.extensions if each.on <= facts.told.on]
    if extensions:
        yield table(
            "Extensions granted",
            ("New due day", "Granted by", "On", "Reason"),
            [
                (cell(day_text(e.to)), cell(e.by), cell(day_text(e.on)), cell(e.reason))
                for e in extensions
            ],
        )
    else:
        yield paragraph("No extension is on record.")


def _extended(clock: ReportClock) -> Content:
    return ("; extended",) if clock.due != clock.first_due else ()


def _past_first(clock: ReportClock, mark: NoteReference) -> tuple[Particular, ...]:
    if clock.due == clock.first_due or not clock.days_past_first:
        return ()
    past = f"{counted(clock.days_past_first, 'day')} past the first due day, whatever was granted "
    return (Particular("Past the first due day", (past, mark)),)


def _late_between(early: ReportClock, late: ReportClock) -> str:
    if early.dated_on is not None:
        return f"at least {counted(late.days_late, 'day')}" if late.days_late else "not known"
    if not early.days_late:
        return "not late"
    if not late.days_late:
        return f"at most {counted(early.days_late, 'day')}"
    if early.days_late == late.days_late:
        return counted(late.days_late, "day")
    return f"at least {counted(late.days_late, 'day')}, at most {counted(early.days_late, 'day')}"


def _clock_note(key: str, clock: ReportClock, motion: Motion, notes: NoteBook) -> NoteReference:
    until = clock.reported_on
    counted_to = "the day of this document" if until is None else f"its issue on {day_text(until)}"
    if clock.dated_on is not None:
        counted_to = f"{day_text(clock.dated_on)}, the day printed on it"
    return notes.note(
        key,
        f"The motion asks for the report within {motion.report_within_days} calendar days of its "
        "adoption.",
        clause=motion.title,
        steps=(
            Step(
                f"adoption on {day_text(clock.adopted_on)} and {motion.report_within_days} days",
                day_text(clock.first_due),
            ),
            Step(
                f"from {day_text(clock.due)}, the due day, to {counted_to}",
                f"{counted(clock.days_late, 'day')} late" if clock.days_late else "not late",
            ),
        ),
    )


def _directions(facts: ReportFacts, motion: Motion, notes: NoteBook) -> Iterator[Block]:
    if not motion.directions:
        yield paragraph("The directions of the motion are not on file.")
        return
    overdue = [each for each in motion.directions if each.is_overdue(on=facts.told.on)]
    if overdue:
        yield Notice("Overdue", f"{counted(len(overdue), 'direction')} past the due day.")
    yield table(
        "Each direction, who answers for it, and where it stands",
        ("No.", "Direction", "Owner", "Due", "Status", "Shown by"),
        [_direction(at, each, facts, notes) for at, each in enumerate(motion.directions, 1)],
    )


def _direction(at: int, each: Direction, facts: ReportFacts, notes: NoteBook) -> Row:
    due = "no day set" if each.due is None else day_text(each.due)
    late = ", overdue" if each.is_overdue(on=facts.told.on) else ""
    shown: Content = ("nothing on file",)
    if each.evidence:
        shown = tuple(
            part for paper in each.evidence for part in (f"{paper.title} ", notes.paper(paper))
        )
    return (
        cell(str(at)),
        cell(each.says),
        cell(each.owner),
        cell(f"{due}{late}"),
        cell(each.standing(on=facts.told.on, written=day_text)),
        Cell(shown),
    )


def _group(facts: ReportFacts, notes: NoteBook) -> Iterator[Block]:
    yield paragraph(
        "The group has one purpose only, to develop the blueprint. External experts give their "
        "time free, need Counsel's clearance, and may not compete for the first initiative; nor "
        "may their organisations and affiliates."
    )
    complete = all(isinstance(found, Met) for _, found in facts.advisory)
    yield paragraph(Strong("Complete." if complete else "Incomplete."))
    items: list[Content] = []
    for condition, found in facts.advisory:
        if isinstance(found, Met):
            items.append((Strong("Met: "), f"{condition.says} {found.by}."))
        else:
            items.append((Strong("Not shown: "), f"{condition.says} {found.found}"))
    yield ItemList(tuple(items))
    group = facts.told.initiative.advisory_group
    if group is None or not group.members:
        return
    yield table(
        f"Members, convened by {group.convened_by}",
        ("Member", "Organisation", "As", "Seated", "Time given free", "Cleared by Counsel"),
        [_member(each) for each in group.members],
    )
    yield from _barred(group)


def _member(each: Adviser) -> Row:
    external = each.kind == "external"
    free = (
        f"signed {day_text(each.attestation.on)}" if each.attestation is not None else "not signed"
    )
    cleared = (
        f"{each.clearance.by}, {day_text(each.clearance.on)}: {each.clearance.basis}"
        if each.clearance is not None
        else "not cleared"
    )
    return (
        cell(each.name),
        cell(each.organisation),
        cell("external expert" if external else (each.office or "office").replace("-", " ")),
        cell("no day on file" if each.seated_on is None else day_text(each.seated_on)),
        cell(free if external else "not asked of an office"),
        cell(cleared if external else "not asked of an office"),
    )


def _barred(group: AdvisoryGroup) -> Iterator[Block]:
    barred = [
        name
        for each in group.members
        if each.kind == "external"
        for name in (each.name, each.organisation, *each.affiliates)
    ]
    if barred:
        yield paragraph(
            "Barred from competing for the first initiative by this service: "
            f"{', '.join(dict.fromkeys(barred))}."
        )
