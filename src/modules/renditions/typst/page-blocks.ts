/** The blocks of the text, each as the standard wants it. */
export const pageBlocks = String.raw`
#let heading-of(it) = {
  show heading: shown => block(width: 100%, sticky: true, {
    if it.at("align", default: "") == "center" {
      set par(first-line-indent: 0pt)
      align(center, shown.body)
    } else { par(shown.body) }
  })
  heading(level: it.level + 1, runs-of(it.runs))
}

// 附件说明 (S-GWG-14): further lines of a name under its first sign
#let attachments-of(items) = {
  blank(1)
  set par(first-line-indent: 0pt)
  let number(at) = [#(at + 1).]
  pad(left: 2 * cell, if items.len() == 1 {
    grid(columns: (3 * cell, 1fr), [附件：], words(items.first()))
  } else {
    grid(columns: (3 * cell, if items.len() > 9 { 1.4 * cell } else { 0.9 * cell }, 1fr), row-gutter: gap,
      ..items.enumerate().map(((at, item)) => (if at == 0 [附件：], number(at), words(item))).flatten())
  })
}

// The date's right edge four blanks from the edge, the organs centred over it (S-GWG-15)
#let signature-of(it) = context {
  let widths = it.lines.map(line => measure(text(line)).width)
  let aside = calc.max(0pt, 4 * cell - (calc.max(..widths) - widths.last()) / 2)
  blank(if it.at("sealRoom", default: false) { 3 } else { 1 })
  block(breakable: false, width: 100%, {
    set par(first-line-indent: 0pt, justify: false)
    align(right, pad(right: aside, block(align(center, lines-of(it.lines)))))
  })
}

#let annex-of(it) = {
  pagebreak(weak: true)
  set par(first-line-indent: 0pt)
  if it.mark != none {
    block(in-face("hei", words(it.mark)))
    blank(1)
  }
  if it.titleLines.len() > 0 {
    title-block(it.titleLines, level: 2)
    blank(1)
  }
}

#let table-cell(it) = table.cell(
  x: it.x, y: it.y, colspan: it.colspan, rowspan: it.rowspan,
  align: (if it.align == "center" { center } else if it.align == "right" { right } else { left }) + horizon,
  // A row of few words stays on one page
  breakable: if it.rowspan == 1 and it.long == false { false } else { auto },
  {
    set par(first-line-indent: 0pt, justify: false)
    let body = it.lines.map(runs-of).join(linebreak())
    if it.head { in-face("hei", body) } else { body }
  },
)
#let table-of(it) = block(width: 100%, context {
  let from = here().position()
  let points = it.points * 1pt
  let head = it.cells.filter(one => one.y < it.headRows).map(table-cell)
  let body = it.cells.filter(one => one.y >= it.headRows).map(table-cell)
  set-size(points, 1.35 * points, {
    set block(spacing: 0pt)
    set par(spacing: 0pt)
    if it.caption != none {
      block(width: 100%, sticky: true, below: 0.4 * size, align(center, in-face("hei", words(it.caption))))
    }
    table(
      columns: it.widths.map(share => share * 1fr),
      stroke: 0.5pt + black,
      inset: (x: 0.25 * points, y: 0.35 * points),
      ..if head.len() > 0 { (table.header(repeat: it.headRows <= 4, ..head),) },
      ..body,
    )
  })
  ended-on-grid(from)
})

#let picture-of(it) = on-grid({
  set align(center)
  set par(first-line-indent: 0pt)
  let words = if it.alt == "" { "图片" } else { it.alt }
  layout(room => {
    let natural = measure(image(it.path))
    let share = calc.min(1, room.width / natural.width, 200mm / natural.height)
    image(it.path, alt: words, width: natural.width * share)
  })
})

#let block-of(it) = {
  if it.kind == "paragraph" {
    let side = it.at("align", default: none)
    if side == none { par(runs-of(it.runs)) } else {
      set par(first-line-indent: 0pt, justify: false)
      align(if side == "center" { center } else if side == "right" { right } else { left }, runs-of(it.runs))
    }
  } else if it.kind == "heading" { heading-of(it) }
  else if it.kind == "addressee" { par(first-line-indent: 0pt, words(it.text)) }
  else if it.kind == "attachments" { attachments-of(it.items) }
  else if it.kind == "signature" { signature-of(it) }
  else if it.kind == "remark" { par(words(it.text)) }
  else if it.kind == "annex" { annex-of(it) }
  else if it.kind == "table" { table-of(it) }
  else if it.kind == "picture" { picture-of(it) }
}

// 版记 (S-GWG-18): at the foot of the last page, between rules of the block's width
#let imprint = if doc.imprint.copies.len() > 0 or doc.imprint.printed != none {
  v(1fr)
  block(breakable: false, width: 100%, {
    set block(spacing: 0pt)
    set par(first-line-indent: 0pt)
    let thick = line(length: 100%, stroke: 0.35mm)
    let thin = line(length: 100%, stroke: 0.25mm)
    let row(body) = pad(x: small, y: 1.4mm, set-size(small, 1.5 * small, body))
    let rows = doc.imprint.copies.map(copy => {
      let (label, ..rest) = copy.split(regex("[：:]"))
      row(par(hanging-indent: 3 * small, words(label + "：" + rest.join("："))))
    })
    if doc.imprint.printed != none {
      let parts = doc.imprint.printed.match(regex("^(.*?)\s*((?:19|20)\d{2}年\d{1,2}月\d{1,2}日\s*印发)$"))
      rows.push(row(if parts == none { words(doc.imprint.printed) } else {
        grid(columns: (1fr, auto), words(parts.captures.at(0)), parts.captures.at(1))
      }))
    }
    thick
    rows.join(thin)
    thick
  })
}
`
