import type { PDFPageProxy } from 'pdfjs-dist/types/src/display/api.d.ts'
import type { Matrix } from '../printed/oriented-texts.ts'
import { type Corner, type Rule, rulesOfCorners } from '../printed/rules.ts'

type Operators = Record<
  | 'stroke'
  | 'closeStroke'
  | 'fill'
  | 'eoFill'
  | 'fillStroke'
  | 'eoFillStroke'
  | 'closeFillStroke'
  | 'closeEOFillStroke'
  | 'save'
  | 'restore'
  | 'transform'
  | 'constructPath'
  | 'paintFormXObjectBegin'
  | 'paintFormXObjectEnd',
  number
>
type Multiply = (a: readonly number[], b: readonly number[]) => number[]

/** The straight lines a page draws, thin boxes among them: what the tables of a PDF are ruled with. */
export async function rulesOf(
  page: PDFPageProxy,
  operators: Operators,
  multiply: Multiply,
  viewport: readonly number[],
): Promise<Rule[]> {
  const { fnArray, argsArray } = await page.getOperatorList()
  const rules: Rule[] = []
  const { stroke, closeStroke, fillStroke, eoFillStroke, closeFillStroke, closeEOFillStroke } = operators
  const strokes = new Set([stroke, closeStroke, fillStroke, eoFillStroke, closeFillStroke, closeEOFillStroke])
  // A path may also only clip what comes after it: that shows no line.
  const fills = new Set([operators.fill, operators.eoFill])
  const outer: (readonly number[])[] = []
  let matrix: readonly number[] = viewport
  for (const [i, operator] of fnArray.entries()) {
    const args = argsArray[i] as unknown[]
    if (operator === operators.save) outer.push(matrix)
    else if (operator === operators.restore || operator === operators.paintFormXObjectEnd)
      matrix = outer.pop() ?? viewport
    else if (operator === operators.transform) matrix = multiply(matrix, args as number[])
    else if (operator === operators.paintFormXObjectBegin) {
      outer.push(matrix)
      if (Array.isArray(args[0])) matrix = multiply(matrix, args[0] as number[])
    } else if (operator === operators.constructPath) {
      const [path] = (args[1] ?? []) as (ArrayLike<number> | null)[]
      const stroked = strokes.has(args[0] as number)
      if (path && (stroked || fills.has(args[0] as number)))
        rules.push(...rulesOfPath(path, matrix as Matrix, stroked))
    }
  }
  return rules
}

const MOVE = 0
const LINE = 1
const CLOSE = 4
const COORDINATES = [2, 2, 6, 4, 0]

function rulesOfPath(path: ArrayLike<number>, [a, b, c, d, e, f]: Matrix, stroked: boolean): Rule[] {
  const rules: Rule[] = []
  let corners: Corner[] = []
  const finish = () => {
    rules.push(...rulesOfCorners(corners, stroked))
    corners = []
  }
  for (let i = 0; i < path.length; ) {
    const step = path[i++] ?? 0
    const count = COORDINATES[step] ?? 0
    if (step === MOVE) finish()
    const [x, y] = [path[i + count - 2] ?? 0, path[i + count - 1] ?? 0]
    if (step === MOVE || step === LINE) corners.push([a * x + c * y + e, b * x + d * y + f])
    else if (step === CLOSE && corners[0]) corners.push(corners[0])
    i += count
  }
  finish()
  return rules
}
