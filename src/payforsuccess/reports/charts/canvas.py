"""An empty drawing in the house style, and the drawing as SVG text: the same marks, the same bytes.

Matplotlib is imported here alone and only when something is drawn. Nothing goes through its global
state: figures are built as objects, settings hold for one drawing.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from io import StringIO
from textwrap import fill
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from payforsuccess.errors import Problem, Refusal
from payforsuccess.reports.figure import Svg
from payforsuccess.reports.markup import printable, svg_markup
from payforsuccess.reports.svg import SVG, local_name, with_unique_ids

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

# Colours of Okabe and Ito, dark enough for thin lines on white (3 to 1 and more), and told apart
# by readers who do not see red or green. Every mark also differs by shape, dash or label.
INK = "#1b1b1b"
QUIET = "#565c65"
LINE = "#c6cace"
GROUND = "#f1f3f6"
BLUE = "#005ea2"
ORANGE = "#b04a00"
WIDTH_INCHES = 6.8
LABEL_LETTERS = 92

NO_LIBRARY = Problem(
    "Charts are drawn with matplotlib, which is not installed.",
    "Install it with: pip install 'payforsuccess[analysis]'.",
)

# Text stays text, so that it can be searched, enlarged and read aloud; ids come from a fixed salt.
_SETTINGS: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "payforsuccess",
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.edgecolor": QUIET,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.unicode_minus": True,
    "xtick.color": QUIET,
    "ytick.color": QUIET,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "lines.solid_capstyle": "butt",
    # A dollar sign is a dollar sign, not the start of a formula.
    "text.parse_math": False,
}

_FONT = re.compile(r"(?:(?P<weight>bold|[1-9]00) )?(?P<size>[\d.]+px) (?P<family>.+)")


def drawn(height_inches: float, draw: Callable[[Drawing, Axes], None]) -> Svg:
    """What `draw` puts on a fresh drawing of the house's width, as SVG.

    Refuses, with what to install, where the drawing library is missing.
    """
    try:
        import matplotlib
        from matplotlib.backends.backend_svg import FigureCanvasSVG
        from matplotlib.figure import Figure as Drawing
    except ModuleNotFoundError as missing:
        raise Refusal(NO_LIBRARY) from missing

    written = StringIO()
    with matplotlib.rc_context(), warnings.catch_warnings():
        # Letters the measuring font lacks are still written as text, in the reader's own font.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from font")
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)  # type: ignore[arg-type]
        drawing = Drawing(figsize=(WIDTH_INCHES, height_inches), layout="constrained")
        drawing.patch.set_visible(False)
        axes = drawing.add_subplot()
        axes.patch.set_visible(False)
        draw(drawing, axes)
        FigureCanvasSVG(drawing).print_svg(written, metadata={"Date": None, "Creator": None})
    return Svg(cleaned(written.getvalue()))


def label(text: str) -> str:
    """The name of an axis, printable, in lines that fit the drawing."""
    return fill(printable(text), LABEL_LETTERS)


def cleaned(text: str) -> str:
    """Matplotlib's SVG without metadata, style sheet, style attributes and idle ids.

    A style sheet inside a drawing would reach the whole page it stands in, and a page with a
    strict policy refuses style attributes; presentation attributes say the same.
    """
    text = re.sub(r"<\?xml.*?\?>|<!DOCTYPE.*?>", "", text, flags=re.DOTALL)
    root = ElementTree.fromstring(text)
    _clean(root)
    root = with_unique_ids(root, "")
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    # What matplotlib's style sheet says of every mark.
    for name, value in (("xmlns", SVG), ("stroke-linejoin", "round"), ("stroke-linecap", "butt")):
        root.set(name, value)
    return svg_markup(root)


def _clean(element: ElementTree.Element) -> None:
    for child in list(element):
        if local_name(str(child.tag)) in {"metadata", "style"}:
            element.remove(child)
        else:
            _clean(child)
    for rule in filter(None, element.attrib.pop("style", "").split(";")):
        name, _, value = (part.strip() for part in rule.partition(":"))
        # Older versions write one shorthand for size, weight and family.
        if name == "font" and (found := _FONT.fullmatch(value)):
            element.set("font-size", found["size"])
            element.set("font-family", found["family"])
            if found["weight"]:
                element.set("font-weight", found["weight"])
        else:
            element.set(name, value)
