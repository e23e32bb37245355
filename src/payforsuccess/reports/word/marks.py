"""The few marks of a Word file that python-docx has no call for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shape import InlineShape
    from docx.text.paragraph import Paragraph


def set_language(whole: Document, language: str) -> None:
    """The language of all text, for spelling and for screen readers."""
    defaults = whole.styles.element.find(qn("w:docDefaults"))
    properties = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in properties.findall(qn("w:lang")):
        properties.remove(old)
    tag = OxmlElement("w:lang")
    tag.set(qn("w:val"), language if "-" in language else f"{language}-US")
    properties.append(tag)


def describe_picture(shape: InlineShape, alternative: str) -> None:
    """The words that stand in for the picture."""
    shape._inline.docPr.set("descr", alternative)


def bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    """A place that links lead to."""
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for tag in (start, end):
        tag.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    paragraph._p.insert(0, start)
    paragraph._p.append(end)


def link(paragraph: Paragraph, text: str, to: str, style: str = "Hyperlink") -> None:
    """A link to an address, or to a bookmark for `#name`."""
    tag = OxmlElement("w:hyperlink")
    if to.startswith("#"):
        tag.set(qn("w:anchor"), to[1:])
    else:
        tag.set(
            qn("r:id"),
            paragraph.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True),
        )
    run = paragraph.add_run(text)
    run._r.style = style
    paragraph._p.remove(run._r)
    tag.append(run._r)
    paragraph._p.append(tag)
