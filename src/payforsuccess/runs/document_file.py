"""A document as a file, in the form that the file's name asks for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from payforsuccess.errors import Place, Problem, Refusal
from payforsuccess.reports import Document, write_html
from payforsuccess.runs.files import write_whole


def _pdf(document: Document) -> bytes:
    from payforsuccess.reports.pdf import write_pdf

    return write_pdf(document)


def _docx(document: Document) -> bytes:
    from payforsuccess.reports.word import write_docx

    return write_docx(document)


WRITERS: dict[str, Callable[[Document], bytes]] = {
    ".html": write_html,
    ".pdf": _pdf,
    ".docx": _docx,
}
"""The writer of each ending; PDF and DOCX need the extra `documents`."""


def check_endings(paths: Iterable[Path]) -> None:
    """Refuse files whose names end in nothing that can be written, before any work is done."""
    problems = [
        Problem(
            f"A document cannot be written as `{path.name}`.",
            "End the name in .html, .pdf or .docx.",
            Place(str(path)),
        )
        for path in paths
        if path.suffix.lower() not in WRITERS
    ]
    if problems:
        raise Refusal(problems)


def write_document(document: Document, paths: Iterable[Path]) -> tuple[Path, ...]:
    """Write the document to each file; each appears whole or not at all.

    Every form is made before the first file is written, so that one that cannot be made leaves
    nothing behind.
    """
    targets = tuple(paths)
    check_endings(targets)
    made = [(path, WRITERS[path.suffix.lower()](document)) for path in targets]
    for path, content in made:
        write_whole(path, content)
    return targets


def write_page(document: Document, path: Path) -> None:
    """Write the document as one HTML page to a file of any name, whole or not at all."""
    write_whole(path, write_html(document))
