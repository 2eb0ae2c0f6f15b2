/** What stands above the text: 发文机关标志, number, red rule and title, by the form of the document. */
export const pageHead = `
#let red-rule = line(length: 100%, stroke: 0.6mm + red)
#let red-mark(points, body) = {
  set text(fill: red)
  set-size(points, 1.2 * points, in-face("mark", body))
}

// Joint issuers stand in a column of one width, “文件” beside them (S-GWG-07)
#let joint-mark = {
  let longest = calc.max(1, ..doc.marks.map(name => name.clusters().len()))
  let points = calc.min(40pt, 150mm / (longest + 2.4), 110mm / (1.25 * calc.max(1, doc.marks.len())))
  let spread(name) = {
    let signs = name.clusters()
    let free = (longest - signs.len()) * points / calc.max(1, signs.len() - 1)
    red-mark(points, box(width: longest * points, signs.map(sign => text(sign)).join(h(free))))
  }
  grid(columns: (auto, auto), column-gutter: 0.4 * points, align: horizon,
    stack(spacing: 0.25 * points, ..doc.marks.map(spread)), red-mark(points, [文件]))
}
#let mark = {
  set align(center)
  set par(first-line-indent: 0pt, justify: false)
  if doc.form == "document" and doc.marks.len() > 1 { joint-mark } else {
    red-mark(mark-size, doc.marks.join("　") + if doc.form == "document" { "文件" })
  }
}

#let number-line = {
  let number = if doc.docNo != none { words(doc.docNo) }
  set par(first-line-indent: 0pt, justify: false)
  if doc.signatory != none {
    // A paper that goes upwards (S-GWG-09)
    pad(x: cell, grid(columns: (1fr, auto), number, [签发人：#in-face("kai", words(doc.signatory))]))
  } else { align(if doc.form == "letter" { right } else { center }, number) }
}

// The mark stands so far below the upper edge of the text, the rule 4 mm below the number (S-GWG-10, S-GWG-21)
#let headed(above, between, ruled) = {
  on-grid({
    set block(spacing: 0pt)
    v(above)
    mark
    if doc.docNo != none {
      v(between * pitch + gap)
      number-line
    }
    if ruled {
      v(4mm)
      red-rule
    }
  })
  blank(2)
}
#let letter-head = {
  place(top, dy: 30mm - 37mm, block(width: 100%, mark))
  if doc.docNo != none {
    // Under the double line, 7/8 of a sign's height away, in the corner (S-GWG-20)
    on-grid({
      set block(spacing: 0pt)
      v(letter-rule + 1mm + 0.3mm - 37mm + 0.875 * size)
      number-line
    })
    blank(2)
  } else { blank(3) }
}
#let head = if doc.marks.len() > 0 {
  if doc.form == "document" { headed(35mm, 2, true) }
  else if doc.form == "letter" { letter-head }
  else if doc.form == "order" { headed(20mm, 2, false) }
  else if doc.form == "minutes" { headed(35mm, 1, true) }
}

#let title-size = enlarged(22pt)
#let title-block(lines, level: 1) = {
  show heading: it => block(width: 100%, sticky: level > 1, {
    set align(center)
    set par(first-line-indent: 0pt, justify: false)
    set text(size: title-size, tracking: 0pt, ..line-box(title-size, size))
    in-face("title", it.body)
  })
  heading(level: level, lines-of(lines))
}
`
