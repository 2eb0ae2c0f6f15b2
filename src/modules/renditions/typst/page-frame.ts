/** What stands on every page, and the look of the text on all of them. */
export const pageFrame = `
// The dashes 7 mm below the text; odd pages right, even ones left, one blank from the edge (S-GWG-19)
#let page-number = context {
  let number = counter(page).get().first()
  let is-bare = doc.form == "letter" and number == 1
  set par(first-line-indent: 0pt)
  if not is-bare {
    set align(if calc.odd(number) { right } else { left })
    pad(x: small, text(size: small, tracking: 0pt, top-edge: 0.34em, bottom-edge: 0pt)[— #number —])
  }
  if number == counter(page).final().first() and doc.foot.len() > 0 {
    place(bottom + center, dy: if is-bare { -22mm } else { -8mm },
      block(width: 156mm, align(center, set-size(enlarged(9pt), enlarged(13pt), text(fill: luma(80), lines-of(doc.foot))))))
  }
}

#let mark-size = {
  let longest = calc.max(1, ..doc.marks.map(name => name.clusters().len()))
  let beside = if doc.form == "document" { 2 } else { 0 }
  calc.max(22pt, calc.min(52pt, 150mm / (longest + beside)))
}
// The upper of the two double lines of a letter, 4 mm below its mark (S-GWG-20)
#let letter-rule = 30mm + mark-size + 4mm
#let letter-lines = if doc.form == "letter" {
  let thick = line(length: 170mm, stroke: 0.9mm + red)
  let thin = line(length: 170mm, stroke: 0.3mm + red)
  place(top + center, dy: letter-rule, stack(spacing: 1mm, thick, thin))
  place(bottom + center, dy: -20mm, stack(spacing: 1mm, thin, thick))
}

#set document(
  title: doc.title,
  author: doc.about.author,
  keywords: doc.about.keywords,
  date: datetime(..doc.about.date),
)
#set page(
  width: 210mm,
  height: 297mm,
  // A hair more than 225 mm, so that no rounding costs the last line
  margin: (left: 28mm, right: 26mm, top: 37mm, bottom: 34.98mm),
  footer-descent: 6.98mm,
  footer: page-number,
  background: context { if counter(page).get().first() == 1 { letter-lines } },
  foreground: if doc.watermark != none {
    rotate(-45deg, text(
      size: calc.min(120pt, 400pt / doc.watermark.clusters().len()),
      tracking: 0pt,
      weight: faces.hei.weight,
      font: faces.hei.families,
      fill: rgb(90, 90, 90, 46),
      doc.watermark,
    ))
  },
)
#set text(
  lang: "zh",
  region: "cn",
  font: faces.body.families,
  weight: faces.body.weight,
  // Only the fonts that were named: others would make other pages on other machines
  fallback: false,
  size: size,
  tracking: cell - size,
  cjk-latin-spacing: none,
  hyphenate: false,
  costs: (orphan: 0%, widow: 0%, runt: 0%),
  ..line-box(size, size),
)
#set par(
  leading: gap,
  spacing: gap,
  justify: true,
  linebreaks: "simple",
  first-line-indent: (amount: 2 * cell, all: true),
)
#set block(above: gap, below: gap)
#show heading: set block(above: gap, below: gap)
#show heading: set text(size: size, weight: faces.body.weight)
// Raised and lowered signs leave the lines where they are
#set super(typographic: false, size: 0.62em)
#set sub(typographic: false, size: 0.62em)
#show super: set text(top-edge: 0pt, bottom-edge: 0pt)
#show sub: set text(top-edge: 0pt, bottom-edge: 0pt)
`
