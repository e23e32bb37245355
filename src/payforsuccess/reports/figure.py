"""A picture that can also be heard: an image, words that stand in for it, and its numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from payforsuccess.reports.inline import required
from payforsuccess.reports.svg import parse_svg
from payforsuccess.reports.table import Table

_PNG_START = b"\x89PNG\r\n\x1a\n"
_JPEG_START = b"\xff\xd8\xff"


@dataclass(frozen=True)
class Svg:
    """A drawing as SVG text that holds no script, no style sheet and no outside resource."""

    text: str

    def __post_init__(self) -> None:
        parse_svg(self.text)


@dataclass(frozen=True)
class Raster:
    """A picture as the bytes of a PNG or JPEG file."""

    data: bytes

    def __post_init__(self) -> None:
        if not self.data.startswith((_PNG_START, _JPEG_START)):
            raise ValueError("a picture is a PNG or a JPEG file")

    @property
    def media_type(self) -> str:
        """`image/png` or `image/jpeg`, told from the first bytes."""
        return "image/png" if self.data.startswith(_PNG_START) else "image/jpeg"


@dataclass(frozen=True)
class Figure:
    """A picture with its caption, its alternative text, and a table of the same numbers.

    alternative: what a reader who does not see the picture must know, never the words "a chart".
    table: the numbers drawn; shown under the picture, or folded into a part that opens.
    """

    image: Svg | Raster
    alternative: str
    caption: str
    table: Table | None = None
    table_shown: Literal["below", "folded"] = "folded"

    def __post_init__(self) -> None:
        required(self.alternative, "a figure's alternative text")
        required(self.caption, "a figure's caption")
        if self.alternative.strip() == self.caption.strip():
            raise ValueError("a figure's alternative text must say more than its caption")
