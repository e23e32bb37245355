"""The notes at the end of an HTML document, each with the way back to where it is used."""

from __future__ import annotations

from payforsuccess.reports.document import Document
from payforsuccess.reports.html_blocks import Pen
from payforsuccess.reports.markup import EMPTY, Markup, element, escaped, joined
from payforsuccess.reports.note import Note
from payforsuccess.trail import Step


def notes_markup(document: Document, pen: Pen) -> Markup:
    """All notes, in the order in which they are met; written last, when their uses are known."""
    if not document.notes:
        return EMPTY
    notes = sorted(document.notes, key=lambda note: pen.note_numbers[note.key])
    return element(
        "section",
        element("h2", escaped(pen.phrases.notes), id="notes"),
        element("ol", *(_note(note, pen) for note in notes)),
        class_="notes",
        role="doc-endnotes",
        aria_labelledby="notes",
    )


def _note(note: Note, pen: Pen) -> Markup:
    words = pen.phrases
    number = pen.note_numbers[note.key]
    facts = [
        (words.clause, escaped(note.clause)),
        (words.run, _code(note.run)),
        (words.fingerprint, _code(note.fingerprint)),
        (words.evidence, _code(note.evidence)),
    ]
    shown = [
        element("div", element("dt", escaped(label)), element("dd", value))
        for label, value in facts
        if value
    ]
    return element(
        "li",
        element("p", escaped(note.says), _ways_back(note, number, pen)),
        _steps(note, pen),
        element("dl", *shown) if shown else EMPTY,
        id=f"note-{number}",
    )


def _code(text: str) -> Markup:
    return element("code", escaped(text)) if text else EMPTY


def _ways_back(note: Note, number: int, pen: Pen) -> Markup:
    links = [
        element(
            "a",
            escaped("↩"),
            href=f"#reference-{number}-{use}",
            role="doc-backlink",
            aria_label=f"{pen.phrases.back} ({number}.{use})",
        )
        for use in range(1, pen.references[note.key] + 1)
    ]
    return element("span", *(joined(Markup(" "), link) for link in links), class_="back")


def _steps(note: Note, pen: Pen) -> Markup:
    if not note.steps:
        return EMPTY
    entries = [_step(step) for whole in note.steps for step in in_order(whole)]
    return element("ol", *entries, class_="steps", aria_label=pen.phrases.steps)


def in_order(step: Step) -> tuple[Step, ...]:
    """A step after all the steps it rests on, as a person would write them down."""
    return (*(below for part in step.of for below in in_order(part)), step)


def _step(step: Step) -> Markup:
    return element(
        "li",
        escaped(f"{step.says} = "),
        element("span", escaped(step.gives), class_="gives"),
        element("span", escaped(f" [{step.clause}]"), class_="clause") if step.clause else EMPTY,
    )
