"""The look of a document on screen and on paper; the stylesheet of the HTML writer.

Colours are named in `PALETTE`, and `TEXT_ON` lists every pair of text and ground that the
stylesheet uses, so that a test can compute each contrast (WCAG 2.1, 1.4.3: at least 4.5 to 1).
"""

from __future__ import annotations

import re
from string import Template

from payforsuccess.reports.phrases import Phrases

PALETTE = {
    "paper": "#ffffff",
    "ink": "#1b1b1b",
    "quiet": "#565c65",
    "line": "#c6cace",
    "band": "#f1f3f6",
    "link": "#005ea2",
    "deep": "#162e51",
    "warning": "#faf3d1",
    "warning_edge": "#936f38",
    "information": "#e7f2f5",
    "information_edge": "#00687d",
    "ghost": "#eceef0",
}

# Text colour on ground colour, as used below.
TEXT_ON = (
    ("ink", "paper"),
    ("quiet", "paper"),
    ("link", "paper"),
    ("deep", "paper"),
    ("ink", "band"),
    ("quiet", "band"),
    ("link", "band"),
    ("deep", "band"),
    ("paper", "deep"),
    ("ink", "warning"),
    ("ink", "information"),
    ("ink", "ghost"),
    ("quiet", "ghost"),
    ("link", "ghost"),
    ("deep", "ghost"),
)

# Edges that carry meaning, such as the focus ring (WCAG 2.1, 1.4.11: at least 3 to 1).
EDGE_ON = (
    ("link", "paper"),
    ("link", "band"),
    ("warning_edge", "paper"),
    ("information_edge", "paper"),
)

_STYLE = Template("""
:root { color-scheme: light; }
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: $paper; color: $ink;
  font: 1.0625rem/1.55 "Source Sans 3", "Source Sans Pro", "Segoe UI", Roboto, "Helvetica Neue",
    "Liberation Sans", Arial, system-ui, sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: break-word;
}
.skip { position: absolute; left: -999rem; top: 0; padding: .5rem 1rem; background: $paper; }
.skip:focus { left: 0; z-index: 2; }
header, main, footer, .notices { max-width: 60rem; margin: 0 auto; padding: 0 1.5rem; }
header { padding-top: 2.75rem; }
header::before { content: ""; display: block; width: 4rem; border-top: .375rem solid $deep;
  margin-bottom: 1.25rem; }
h1, h2, h3, h4, h5, h6 { color: $deep; line-height: 1.2; text-wrap: balance; }
h1 { font-size: 2.25rem; letter-spacing: -.012em; margin: 0; max-width: 26em; }
h2 { font-size: 1.5rem; margin: 3rem 0 .75rem; padding-top: 1.25rem;
  border-top: 1px solid $line; }
h3 { font-size: 1.1875rem; margin: 2rem 0 .5rem; }
h4, h5, h6 { font-size: 1.0625rem; margin: 1.5rem 0 .375rem; }
.subtitle { font-size: 1.1875rem; color: $quiet; margin: .5rem 0 0; max-width: 44em; }
p, ul, ol { max-width: 42em; }
p { margin: 0 0 1em; }
ul, ol { padding-left: 1.4em; margin: 0 0 1em; }
li { margin-bottom: .3em; }
a { color: $link; text-underline-offset: .15em; text-decoration-thickness: .07em; }
a:hover, sup a:hover { text-decoration: underline; text-decoration-thickness: .14em; }
:focus-visible { outline: .1875rem solid $link; outline-offset: .125rem; }
.day { white-space: nowrap; }
code { font: .875em/1.5 ui-monospace, "SFMono-Regular", Consolas, "Liberation Mono", monospace;
  overflow-wrap: anywhere; }
.notices { margin-top: 1.75rem; margin-bottom: 1.5rem; display: grid; gap: .75rem;
  grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.notices .notice { margin: 0; }
.notices .notice:last-child:nth-child(odd) { grid-column: 1 / -1; }
.notice { border-left: .375rem solid $warning_edge; background: $warning; color: $ink;
  padding: .75rem 1.125rem; margin: 0 0 .75rem; }
.notice p { margin: 0; }
.notice .title { font-weight: 700; }
.notice.information { border-color: $information_edge; background: $information; }
.contents { margin: 2rem 0 0; }
.contents h2 { font-size: 1.0625rem; border: 0; padding: 0; margin: 0 0 .375rem; }
.contents ul { list-style: none; padding: 0; columns: 18rem 2; column-gap: 2rem; max-width: none; }
.particulars { margin: 0 0 1.5rem; display: grid; grid-template-columns: minmax(9rem, 14rem) 1fr; }
.particulars dt, .particulars dd { margin: 0; padding: .4375rem 0; border-top: 1px solid $line; }
.particulars dt { color: $quiet; padding-right: 1.5rem; }
.figures { margin: 1.5rem 0; display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); }
.figures > div { background: $band; border-top: .25rem solid $deep; padding: .875rem 1.125rem; }
.figures dt { color: $quiet; font-weight: 600; line-height: 1.3; }
.figures dd { margin: 0; }
.figures .value { color: $deep; font-size: 1.75rem; font-weight: 700; line-height: 1.2;
  letter-spacing: -.01em; margin: .25rem 0; }
.figures .detail { color: $quiet; font-size: .9375rem; line-height: 1.4; }
.wide { overflow-x: auto; margin: 1.25rem 0 1.75rem; }
table { border-collapse: collapse; width: 100%; font-size: 1rem; line-height: 1.4; }
caption { text-align: left; font-weight: 700; color: $deep; padding-bottom: .5rem; }
th, td { padding: .5rem .75rem; text-align: left; vertical-align: top;
  border-bottom: 1px solid $line; }
thead th { vertical-align: bottom; background: $band; color: $deep; line-height: 1.25;
  border-bottom: .125rem solid $deep; }
tbody th { font-weight: 600; }
tfoot th, tfoot td { font-weight: 700; border-bottom: 0; }
tfoot tr:first-child > * { border-top: .125rem solid $deep; }
.end { text-align: right; }
td.end { white-space: nowrap; }
.end sup { display: inline-block; width: 2.25em; text-align: left; }
figure { margin: 1.75rem 0; }
figure .picture { overflow-x: auto; }
figure svg, figure img { display: block; width: 100%; min-width: 34rem; max-width: 48rem;
  height: auto; }
svg text { font-family: "Source Sans 3", "Source Sans Pro", "Segoe UI", Roboto, "Helvetica Neue",
  "Liberation Sans", Arial, system-ui, sans-serif;
  font-variant-numeric: tabular-nums; }
figcaption { font-weight: 700; color: $deep; margin-bottom: .625rem; max-width: 42em;
  line-height: 1.4; }
details { margin: .5rem 0; }
summary { color: $link; cursor: pointer; padding: .25rem 0; width: fit-content; }
sup { line-height: 0; font-size: .75em; }
sup a { margin-left: .15em; font-weight: 600; text-decoration: none; }
.notes > ol { padding-left: 1.75rem; max-width: none; }
.notes > ol > li { margin-bottom: 1.5rem; }
.notes > ol > li::marker { font-weight: 700; color: $deep; }
.notes p { margin: 0 0 .25rem; }
.notes dl { margin: 0; font-size: .9375rem; line-height: 1.45; }
.notes dl > div { display: flex; flex-wrap: wrap; gap: 0 .5rem; }
.notes dt { color: $quiet; }
.notes dd { margin: 0; min-width: 0; }
.steps { background: $band; padding: .625rem .875rem .625rem 2.5rem; margin: .375rem 0;
  font-size: .9375rem; line-height: 1.5; max-width: none; }
.steps li { margin: 0; }
.steps .gives { font-weight: 600; }
.steps .clause { color: $quiet; }
:target { background: $warning; }
footer { padding-top: 2rem; padding-bottom: 3rem; }
.running { display: none; }
@media (max-width: 40rem) {
  h1 { font-size: 1.75rem; }
  h2 { font-size: 1.3125rem; }
  header, main, footer, .notices { padding-left: 1rem; padding-right: 1rem; }
  .particulars { display: block; }
  .particulars dd { border: 0; padding-top: 0; }
}
@media (prefers-reduced-motion: no-preference) { html { scroll-behavior: smooth; } }
@page {
  margin: 22mm 18mm 20mm;
  @top-left { content: $running; font: 700 8pt sans-serif; color: $ink; white-space: pre-wrap;
    text-align: left; width: 100%; }
  @bottom-left { content: $title; font: 8pt sans-serif; color: $quiet; width: 70%;
    text-align: left; }
  @bottom-right { content: $page " " counter(page) " " $of " " counter(pages);
    font: 8pt sans-serif; color: $quiet; }
}
@media print {
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  body { font-size: 10pt; line-height: 1.42; background: none; }
  header, main, footer, .notices { max-width: none; padding: 0; }
  header { padding-top: 0; }
  h1 { font-size: 20pt; }
  h2 { font-size: 14pt; margin-top: 18pt; padding-top: 8pt; }
  h3 { font-size: 11.5pt; margin-top: 12pt; }
  h4, h5, h6 { font-size: 10.5pt; }
  .subtitle { font-size: 11.5pt; }
  h1, h2, h3, h4, h5, h6, caption, thead, figcaption { break-after: avoid; }
  code { font-size: .8em; }
  .notices { grid-template-columns: 1fr 1fr; gap: 6pt; }
  .skip, .contents, summary, .back { display: none; }
  p, li { orphans: 3; widows: 3; }
  table { font-size: 9pt; }
  th, td { padding: 3pt 5pt; }
  p + .wide, p + figure, p + ul { break-before: avoid; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, .short, .notice, figure .picture, .figures, .particulars > *, .notes > ol > li {
    break-inside: avoid; }
  .wide, figure .picture { overflow: visible; }
  figure svg, figure img { min-width: 0; max-width: 100%; max-height: 110mm; }
  figcaption { margin-bottom: 4pt; }
  details { margin: 0; }
  details::details-content { content-visibility: visible; display: block; height: auto; }
  .figures { grid-template-columns: repeat(auto-fit, minmax(40mm, 1fr)); gap: 8pt; }
  .figures .value { font-size: 16pt; }
  .figures .detail, .notes dl, .steps { font-size: 8.5pt; }
  main a[href^="http"]::after { content: " (" attr(href) ")"; overflow-wrap: anywhere; }
  :target { background: none; }
  .running { display: block; position: fixed; z-index: -1; top: 45%; left: 0; right: 0;
    text-align: center; font-size: 24pt; font-weight: 700; line-height: 1.4; color: $ghost;
    transform: rotate(-24deg); }
}
""")


def stylesheet(*, title: str, running: str, phrases: Phrases) -> str:
    """The whole stylesheet. `running` stands at the top of every printed page, `title` below."""
    return _STYLE.substitute(
        PALETTE,
        title=css_string(title),
        running=css_string(running),
        page=css_string(phrases.page),
        of=css_string(phrases.of),
    ).lstrip("\n")


def css_string(text: str) -> str:
    """`text` as a CSS string in which nothing but letters, digits and spaces stands unescaped."""
    return '"' + re.sub(r"[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):x} ", text) + '"'
