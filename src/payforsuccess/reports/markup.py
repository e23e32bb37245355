"""Markup that is escaped by construction: text becomes markup only through `escaped`."""

from __future__ import annotations

import re
from typing import NewType
from xml.etree import ElementTree

Markup = NewType("Markup", str)

EMPTY = Markup("")
_VOID = frozenset({"meta", "img", "br"})
# Elements that end their line, so that the file can be read and compared by people.
_OWN_LINE = frozenset(
    {
        *("p", "div", "ul", "ol", "li", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "figure", "figcaption"),
        *("details", "summary", "aside", "nav", "header", "section", "title", "meta"),
    }
)
_HOLDS_WORDS = frozenset({"text", "tspan", "title", "desc"})

# Characters a page may not hold, and marks that reverse the order of letters: with those, a
# hostile name could make the amount beside it read differently from what it is.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;"})


def printable(text: str) -> str:
    """The text with the replacement character for what cannot, or must not, be printed."""
    return _UNPRINTABLE.sub("\ufffd", text)


def escaped(text: str) -> Markup:
    """The text as markup; what cannot be printed becomes the replacement character."""
    return Markup(printable(text).translate(_ESCAPES))


def joined(*parts: Markup) -> Markup:
    """The parts, one after the other."""
    return Markup("".join(parts))


def element(name: str, /, *children: Markup, **attributes: str | None) -> Markup:
    """An element. Attributes that are None are left out; `class_` and `aria_label` lose their `_`.

    Attributes stand in the order given, so the same call makes the same bytes.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escaped(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    end = "\n" if name in _OWN_LINE else ""
    if name in _VOID:
        return Markup(f"<{name}{written}>{end}")
    return Markup(f"<{name}{written}>{''.join(children)}</{name}>{end}")


def lines(*parts: Markup) -> Markup:
    """The parts that are not empty, each on a line of its own."""
    return Markup("".join(part if part.endswith("\n") else f"{part}\n" for part in parts if part))


def svg_markup(tree: ElementTree.Element) -> Markup:
    """An SVG tree as markup for an HTML page, without name space prefixes."""
    name = str(tree.tag).rpartition("}")[2]
    written = "".join(f' {key}="{escaped(value)}"' for key, value in tree.attrib.items())
    if name in _HOLDS_WORDS:
        inside = str(escaped(tree.text or ""))
        inside += "".join(svg_markup(child) + escaped(child.tail or "") for child in tree)
    else:
        inside = "".join(svg_markup(child) for child in tree)
    return Markup(f"<{name}{written}>{inside}</{name}>")
