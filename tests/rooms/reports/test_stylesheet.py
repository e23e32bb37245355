"""The stylesheet: contrast computed from its colours, and what paper needs."""

from __future__ import annotations

import re

import pytest

from payforsuccess.reports.charts import canvas
from payforsuccess.reports.phrases import ENGLISH, SPANISH, Phrases
from payforsuccess.reports.stylesheet import EDGE_ON, PALETTE, TEXT_ON, css_string, stylesheet

SHEET = stylesheet(title="Statement", running="Not certified", phrases=ENGLISH)


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_reckoned_as_the_guideline_does():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(("text", "ground"), TEXT_ON)
def test_text_stands_out_from_its_ground(text, ground):
    assert contrast(PALETTE[text], PALETTE[ground]) >= 4.5


@pytest.mark.parametrize(("edge", "ground"), EDGE_ON)
def test_edges_that_mean_something_stand_out(edge, ground):
    assert contrast(PALETTE[edge], PALETTE[ground]) >= 3


def rules() -> list[tuple[str, dict[str, str]]]:
    found = re.findall(r"([^{}]+)\{([^{}]*)\}", SHEET)
    return [
        (selector.strip(), dict(re.findall(r"([a-z-]+):\s*([^;]+)", body)))
        for selector, body in found
    ]


def test_every_colour_comes_from_the_palette():
    used = set(re.findall(r"#[0-9a-f]{3,8}\b", SHEET))
    assert used <= set(PALETTE.values())


def test_every_text_colour_and_ground_is_among_the_pairs_that_are_checked():
    names = {colour: name for name, colour in PALETTE.items()}
    texts, grounds = {text for text, _ in TEXT_ON}, {ground for _, ground in TEXT_ON}
    for selector, body in rules():
        colour, ground = body.get("color"), body.get("background")
        # The titles behind the text of a printed page are decoration: the words stand above it.
        if colour in names and selector != ".running":
            assert names[colour] in texts, selector
        if ground in names:
            assert names[ground] in grounds, selector
        if colour in names and ground in names:
            assert (names[colour], names[ground]) in TEXT_ON, selector


@pytest.mark.parametrize("colour", [canvas.INK, canvas.QUIET])
def test_words_in_drawings_stand_out(colour):
    assert contrast(colour, "#ffffff") >= 4.5
    assert contrast(colour, canvas.GROUND) >= 4.5


@pytest.mark.parametrize("colour", [canvas.BLUE, canvas.ORANGE])
def test_marks_in_drawings_stand_out(colour):
    assert contrast(colour, "#ffffff") >= 4.5


def test_focus_can_be_seen():
    assert ":focus-visible { outline: .1875rem solid" in SHEET
    assert "outline: none" not in SHEET


def test_paper_repeats_table_headers_opens_folded_tables_and_prints_links():
    assert "thead { display: table-header-group; }" in SHEET
    assert "tfoot { display: table-row-group; }" in SHEET
    assert "details::details-content { content-visibility: visible" in SHEET
    assert 'a[href^="http"]::after { content: " (" attr(href) ")"' in SHEET
    assert 'counter(page) " " "of" " " counter(pages)' in SHEET
    assert '@top-left { content: "Not certified"' in SHEET


def test_nothing_is_left_unfilled():
    assert "$" not in SHEET


@pytest.mark.parametrize("text", ['"; } </style><script>', "\\", "\n}", "é’·"])
def test_hostile_text_stays_inside_its_string(text):
    assert re.fullmatch(r'"(?:[A-Za-z0-9 ]|\\[0-9a-f]+ )*"', css_string(text))


def test_phrases_say_something_in_every_language():
    for phrases in (ENGLISH, SPANISH):
        assert all(getattr(phrases, name) for name in Phrases.__dataclass_fields__)
