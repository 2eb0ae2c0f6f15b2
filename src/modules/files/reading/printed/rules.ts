/** A line that is drawn, along an edge of the page. */
export type Rule = { x1: number; y1: number; x2: number; y2: number }

export type Corner = readonly [x: number, y: number]

/** A box thinner than this is a line that was filled. */
const THIN = 3

/** The straight sides of a path along the edges of the page; of a thin box the one line that it shows. A box that is filled has no sides. */
export function rulesOfCorners(corners: readonly Corner[], stroked = true): Rule[] {
  const box = ruleBetween(corners)
  if (box && (box.x2 - box.x1 <= THIN || box.y2 - box.y1 <= THIN)) return [box]
  if (!stroked) return []
  return corners.flatMap((corner, i) => {
    const next = corners[i + 1]
    const side = next ? ruleBetween([corner, next]) : null
    return side && (side.x2 - side.x1 <= 0.5 || side.y2 - side.y1 <= 0.5) ? [side] : []
  })
}

function ruleBetween(corners: readonly Corner[]): Rule | null {
  if (corners.length < 2) return null
  const xs = corners.map(([x]) => x)
  const ys = corners.map(([, y]) => y)
  return { x1: Math.min(...xs), x2: Math.max(...xs), y1: Math.min(...ys), y2: Math.max(...ys) }
}
