"""A document as a PDF file built to the rules of PDF/UA-1."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

from payforsuccess.errors import Problem, Refusal
from payforsuccess.reports.document import Document
from payforsuccess.reports.pdf.template import TEMPLATE
from payforsuccess.reports.pdf.told import told

_NO_LETTER = re.compile(r'the text `"(.+?)"` could not be displayed')
# A file says when it was made only through what it holds: the same document, the same bytes.
_MADE = datetime(2000, 1, 1, tzinfo=UTC)


def write_pdf(document: Document) -> bytes:
    """The document as one PDF file that needs no font and nothing else from outside.

    Typst writes it in its PDF/UA-1 mode: tagged, with language, title, table headers and texts in
    place of pictures; it writes no file that lacks one. It was built to those rules; nobody
    certified it. The same document gives the same bytes. Refuses to run without the extra
    `documents`.
    """
    try:
        import typst
    except ImportError as missing:
        raise Refusal(
            Problem(
                "PDF files need a package that is not installed: typst.",
                "Install it with: pip install 'payforsuccess[documents]', or ask for HTML.",
            )
        ) from missing
    try:
        whole = typst.compile(
            TEMPLATE.encode(),
            format="pdf",
            # Fonts of the machine would give each machine another file.
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(told(document), ensure_ascii=False)},
            pdf_standards=["ua-1"],
            timestamp=_MADE,
        )
    except typst.TypstError as fault:
        letters = _NO_LETTER.search(str(fault))
        if letters is None:
            raise
        raise Refusal(
            Problem(
                f"The letters “{letters[1]}” are in no font that comes with the program.",
                "Write them in Latin letters, or ask for HTML or DOCX.",
            )
        ) from fault
    if not isinstance(whole, bytes):
        raise TypeError("typst gave pages in place of one file")
    return whole
