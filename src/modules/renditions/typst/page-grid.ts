/**
 * The grid of the page. Every line of text is a box as high as its type is large, with the same space below it, so that 22 lines
 * fill the 225 mm from the first upper edge to the last lower one (S-GWG-02, S-GWG-03). Whatever is larger takes whole lines.
 */
export const pageGrid = `
#let large = doc.print == "large"
#let enlarged(points) = points * (if large { 1.5 } else { 1 })
#let size = doc.grid.points * 1pt
#let pitch = (225mm - size) / (doc.grid.lines - 1)
#let gap = pitch - size
#let cell = 156mm / doc.grid.characters
#let red = rgb("#d7000f")
#let small = enlarged(14pt)

// Type of one size in the middle of a box of a height; Chinese signs reach from -0.12 to 0.88 of their size
#let line-box(points, high) = {
  let below = calc.min(0pt, 0.38 * points - high / 2)
  (top-edge: high + below, bottom-edge: below)
}
#let set-size(points, line, body) = {
  set text(size: points, tracking: 0pt, ..line-box(points, points))
  set par(leading: line - points, spacing: line - points)
  body
}
#let in-face(name, body) = text(font: faces.at(name).families, weight: faces.at(name).weight, body)
#let blank(count) = v(count * pitch)
// As many whole lines as it needs
#let on-grid(body) = layout(room => {
  let high = measure(block(width: room.width, body)).height
  let lines = calc.ceil((high + gap) / pitch - 0.001)
  block(height: lines * pitch - gap, width: 100%, body)
})
// What has its own lines ends where a line of the grid ends; from where it began, so that many do not wait for each other
#let ended-on-grid(from) = {
  // Nothing but a place: that of the space itself would move with it
  block(height: 0pt, width: 100%, above: 0pt, below: 0pt, [#metadata(none) <own-lines-end>])
  context {
    let end = query(selector(<own-lines-end>).before(here())).last().location().position()
    let high = if end.page == from.page { end.y - from.y } else { end.y - 37mm }
    let lines = calc.ceil((high + gap) / pitch - 0.001)
    v(lines * pitch - gap - high)
  }
}

// A number or an address without an end would run off the page
#let endless = regex("[!-~]{25,}")
#let words(it) = {
  let at = 0
  for found in it.matches(endless) {
    text(it.slice(at, found.start))
    found.text.clusters().map(sign => box(sign)).join()
    at = found.end
  }
  text(it.slice(at))
}
#let run-of(run) = {
  let made = words(run.text)
  if "face" in run { made = in-face(run.face, made) }
  if "bold" in run { made = text(weight: faces.strong.weight, made) }
  if "underline" in run { made = underline(offset: 0.18em, made) }
  if "strike" in run { made = strike(made) }
  if run.at("raised", default: "") == "sup" { made = super(made) }
  if run.at("raised", default: "") == "sub" { made = sub(made) }
  made
}
#let runs-of(runs) = runs.map(run-of).join()
#let lines-of(lines) = lines.map(words).join(linebreak())
`
