"""The page of a PDF as Typst sets it.

It is given the document as JSON, and reads no text of it as markup.
"""

from __future__ import annotations

TEMPLATE = r"""
// A document as it was handed over, as JSON: no text of a document is ever read as markup.
#let told = json(bytes(sys.inputs.document))
#let words = told.words
#let ink = rgb("#1b1b1b")
#let quiet = rgb("#565c65")
#let rule = rgb("#8a8f96")
#let warning = rgb("#fff4d6")
#let information = rgb("#e8f1f8")
#let link-ink = rgb("#0b4f8a")

#set document(title: told.title, date: none)
#set text(lang: told.language, region: told.region, size: 10pt, fill: ink, hyphenate: false)
#set par(leading: 0.62em, spacing: 0.9em, justify: false)
#set page(
  paper: "us-letter",
  flipped: told.is_wide,
  margin: (x: 0.9in, top: 0.95in, bottom: 0.85in),
  header: context {
    set text(size: 8pt, fill: quiet)
    // Halves: a long title leaves the notices room, and both may take a second line.
    grid(
      columns: (1fr, 1fr),
      column-gutter: 1em,
      align: (left + top, right + top),
      told.running,
      told.title,
    )
  },
  footer: context {
    set text(size: 8pt, fill: quiet)
    align(right, [#words.page #counter(page).display() #words.of #counter(page).final().first()])
  },
)
#show heading: set block(above: 1.5em, below: 0.7em, sticky: true)
#show heading.where(level: 1): set text(size: 20pt)
#show heading.where(level: 2): set text(size: 14pt)
#show heading.where(level: 3): set text(size: 11.5pt)
#show link: set text(fill: link-ink)
#show link: underline

#let inline(part) = {
  // No space of any width stands between the pieces, so that what is copied is the word itself.
  if part.kind == "plain" { part.pieces.join(box()) }
  else if part.kind == "strong" { strong(part.text) }
  else if part.kind == "exactly" {
    text(font: "DejaVu Sans Mono", size: 0.82em, part.pieces.join(box()))
  }
  else if part.kind == "link" {
    if part.to.starts-with("#") { link(label(part.to.slice(1)), part.text) }
    else if part.is_address { link(part.to, part.text) }
    else { part.text }
  }
  else if part.kind == "note" {
    // In brackets: a small raised figure beside an amount would read as a power.
    super(link(label("note-" + str(part.number)), "[" + str(part.number) + "]"))
  }
}
#let line-of(parts) = parts.map(inline).join()

#let notice(block-of) = block(
  width: 100%,
  breakable: false,
  inset: 9pt,
  fill: if block-of.weight == "warning" { warning } else { information },
  stroke: (left: 3pt + if block-of.weight == "warning" { rgb("#b7791f") } else { link-ink }),
  [#par(strong(block-of.title)) #par(block-of.says)],
)

#let table-of(one) = {
  let size = if one.columns.len() <= 5 { 9pt } else if one.columns.len() <= 8 { 8pt } else { 7pt }
  set text(size: size)
  set par(leading: 0.5em)
  let side(end) = if end { right } else { left }
  let cells(row, is-footer) = row.enumerate().map(((at, each)) => {
    let said = line-of(each.parts)
    table.cell(
      colspan: each.spans,
      breakable: not each.is_whole,
      align: side(each.is_end) + top,
      if (at == 0 and one.has_row_headers) or is-footer { strong(said) } else { said },
    )
  })
  show figure: set block(breakable: true, above: 1.1em, below: 1.3em)
  figure(
    kind: table,
    supplement: none,
    numbering: none,
    caption: figure.caption(position: top, strong(one.caption)),
    table(
      columns: one.widths.map(width => width * 1fr),
      stroke: (x, y) => (bottom: 0.5pt + rule, top: if y == 0 { 1pt + ink } else { none }),
      inset: (x: 4pt, y: 4pt),
      table.header(..one.columns.map(column => table.cell(
        align: side(column.is_number) + bottom,
        strong(column.title),
      ))),
      ..one.rows.map(row => cells(row, false)).flatten(),
      ..if one.footer.len() > 0 {
        (table.footer(repeat: false, ..one.footer.map(row => cells(row, true)).flatten()),)
      },
    ),
  )
}
#show figure.caption: set align(left)
// A table's name is never left behind at the foot of a page.
#show figure.caption: it => block(sticky: true, it)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure: set align(left)

#let picture(one) = {
  let data = if one.format == "svg" { bytes(one.text) } else { bytes(one.octets) }
  show figure: set block(breakable: false, above: 1.2em, below: 1.2em)
  figure(
    kind: image,
    supplement: none,
    numbering: none,
    alt: one.alternative,
    caption: figure.caption(position: top, strong(one.caption)),
    layout(room => image(
      data, format: one.format, width: calc.min(room.width, one.inches * 1in), alt: one.alternative,
    )),
  )
  if one.table != none { table-of(one.table) }
}

#let draw(one) = {
  if one.kind == "heading" {
    [#heading(level: one.level, one.text)#label(one.anchor)]
  } else if one.kind == "paragraph" { par(line-of(one.parts)) }
  else if one.kind == "list" {
    if one.is_numbered { enum(tight: false, ..one.items.map(line-of)) }
    else { list(tight: false, ..one.items.map(line-of)) }
  } else if one.kind == "particulars" {
    let items = one.particulars.map(each => terms.item(each.label, line-of(each.parts)))
    terms(tight: false, hanging-indent: 1.2em, ..items)
  } else if one.kind == "figures" {
    grid(
      columns: one.figures.len() * (1fr,),
      column-gutter: 10pt,
      ..one.figures.map(each => block(
        width: 100%, inset: 8pt, stroke: 0.5pt + rule, radius: 2pt, breakable: false,
        [
          #text(size: 8.5pt, fill: quiet, each.label) \
          #text(size: 15pt, weight: "bold", each.value) \
          #text(size: 8pt, line-of(each.detail))
        ],
      )),
    )
  } else if one.kind == "table" { table-of(one) }
  else if one.kind == "figure" { picture(one) }
  else if one.kind == "notice" { notice(one) }
}

#heading(level: 1, told.title)
#if told.subtitle != "" { text(size: 12pt, fill: quiet, told.subtitle) }
#for one in told.notices { notice(one) }
#if told.lists_contents {
  show outline.entry: set block(above: 0.55em)
  outline(title: none, depth: 2, target: heading.where(level: 2))
}
#for one in told.blocks { draw(one) }
#if told.notes.len() > 0 {
  [#heading(level: 2, words.notes)#label("notes")]
  for one in told.notes {
    let number = str(one.number)
    block(above: 0.9em, below: 0.4em)[#strong("[" + number + "]") #one.says#label("note-" + number)]
    if one.steps.len() > 0 { enum(..one.steps) }
    for fact in one.facts {
      let said = fact.text
      if fact.is_exact { said = text(font: "DejaVu Sans Mono", size: 7pt, said) }
      block(above: 0.3em, below: 0.3em, inset: (left: 1.2em), text(size: 8pt)[#fact.label: #said])
    }
  }
}
"""
