"""Drawings made safe to stand inside a page: checked when built, ids made unique when written."""

from __future__ import annotations

import re
from xml.etree import ElementTree

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

# What a chart needs, and no more. No `style` element: its rules would reach the whole page.
ALLOWED_ELEMENTS = frozenset(
    {
        *("svg", "g", "defs", "use", "clipPath", "title", "desc", "text", "tspan"),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon"),
    }
)
_LOCAL_URL = re.compile(r"url\(#([^)]+)\)")
_ANY_URL = re.compile(r"url\((?!#)", re.IGNORECASE)


def local_name(name: str) -> str:
    """`path` for `{http://www.w3.org/2000/svg}path`."""
    return name.rpartition("}")[2]


def parse_svg(text: str) -> ElementTree.Element:
    """The drawing as a tree.

    Refuses (ValueError) what is not well-formed, an unknown element, a document type, an event
    handler, a style attribute, a reference that leaves the drawing, and a drawing with no viewBox.
    """
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise ValueError("a drawing holds no document type")
    try:
        root = ElementTree.fromstring(text)
    except ElementTree.ParseError as error:
        raise ValueError("a drawing must be well-formed SVG") from error
    if root.tag != f"{{{SVG}}}svg" or "viewBox" not in root.attrib:
        raise ValueError("a drawing is an svg element with a viewBox")
    for element in root.iter():
        if local_name(str(element.tag)) not in ALLOWED_ELEMENTS:
            raise ValueError(f"a drawing may not hold {local_name(str(element.tag))!r}")
        for name, value in element.attrib.items():
            _check_attribute(local_name(name).lower(), value)
    return root


def _check_attribute(name: str, value: str) -> None:
    if name.startswith("on") or name in {"style", "class"}:
        raise ValueError(f"a drawing may not hold the attribute {name!r}")
    if name == "href" and not value.startswith("#"):
        raise ValueError("a drawing may not refer to anything outside itself")
    if _ANY_URL.search(value):
        raise ValueError("a drawing may not refer to anything outside itself")


def with_unique_ids(root: ElementTree.Element, prefix: str) -> ElementTree.Element:
    """A copy whose ids, and the references to them, start with `prefix`; ids unused are dropped."""
    used = {
        reference
        for element in root.iter()
        for name, value in element.attrib.items()
        for reference in _references(local_name(name), value)
    }
    return _copied(root, prefix, used)


def _references(name: str, value: str) -> list[str]:
    return [value[1:]] if name == "href" else _LOCAL_URL.findall(value)


def _copied(element: ElementTree.Element, prefix: str, used: set[str]) -> ElementTree.Element:
    copy = ElementTree.Element(element.tag)
    for name, value in element.attrib.items():
        plain = local_name(name)
        if plain == "id":
            if value in used:
                copy.set("id", prefix + value)
        elif plain == "href":
            copy.set("href", f"#{prefix}{value[1:]}")
        else:
            copy.set(plain, _LOCAL_URL.sub(lambda found: f"url(#{prefix}{found[1]})", value))
    copy.text, copy.tail = element.text, element.tail
    copy.extend(_copied(child, prefix, used) for child in element)
    return copy
