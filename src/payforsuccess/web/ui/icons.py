"""Small pictures that stand inside the page, drawn in the colour of the text around them.

Shapes of states differ in outline, so that they are told apart without colour. Icons are those of
USWDS (Material Icons, Apache 2.0). Every picture is hidden from screen readers: the word beside it
says the same.
"""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe


def _shape(inside: str) -> SafeString:
    return mark_safe(
        '<svg class="pfs-shape" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" '
        f'focusable="false">{inside}</svg>'
    )


_LINE = 'fill="none" stroke="currentColor" stroke-width="1.8"'
_MARK = 'fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'

SHAPES: dict[str, SafeString] = {
    # a full disc with a tick
    "good": _shape(
        '<circle cx="8" cy="8" r="8" fill="currentColor"/>'
        f'<path d="M4.4 8.3 7 10.8l4.6-5" {_MARK}/>'
    ),
    # a triangle with an exclamation mark
    "watch": _shape(
        '<path d="M8 .8 16 15H0z" fill="currentColor"/>'
        f'<path d="M8 6v4" {_MARK}/><circle cx="8" cy="12.7" r="1.1" fill="#fff"/>'
    ),
    # an octagon with a cross
    "bad": _shape(
        '<path d="M4.7 0h6.6L16 4.7v6.6L11.3 16H4.7L0 11.3V4.7z" fill="currentColor"/>'
        f'<path d="m5.3 5.3 5.4 5.4m0-5.4-5.4 5.4" {_MARK}/>'
    ),
    # a broken ring
    "unknown": _shape(f'<circle cx="8" cy="8" r="6.8" {_LINE} stroke-dasharray="3.1 2.2"/>'),
    # a clock
    "waiting": _shape(
        f'<circle cx="8" cy="8" r="7" {_LINE}/><path d="M8 4v4.3l2.8 1.6" {_LINE} '
        'stroke-linecap="round"/>'
    ),
    # a diamond
    "info": _shape('<path d="M8 0l8 8-8 8-8-8z" fill="currentColor"/>'),
}

_PATHS = {
    "check": "M9 16.17 4.83 12l-1.42 1.41L9 19 21 7l-1.41-1.41z",
    "print": "M19 8H5c-1.66 0-3 1.34-3 3v6h4v4h12v-4h4v-6c0-1.66-1.34-3-3-3zm-3 11H8v-5h8v5z"
    "m3-7c-.55 0-1-.45-1-1s.45-1 1-1 1 .45 1 1-.45 1-1 1zm-1-9H6v4h12V3z",
    "open": "M16.59 8.59 12 13.17 7.41 8.59 6 10l6 6 6-6z",
    "up": "m7 14 5-5 5 5z",
    "down": "m7 10 5 5 5-5z",
    "both": "M12 5.83 15.17 9l1.41-1.41L12 3 7.41 7.59 8.83 9zm0 12.34L8.83 15l-1.41 1.41"
    "L12 21l4.59-4.59L15.17 15z",
}


def icon(name: str) -> SafeString:
    """A picture to stand beside a word; KeyError for one that is not drawn here."""
    return mark_safe(
        '<svg class="pfs-icon" viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" '
        f'focusable="false"><path fill="currentColor" d="{_PATHS[name]}"/></svg>'
    )
