/** Boxes on the picture of a page: drawn with the mouse, or chosen word by word and line by line with the keyboard. */
const svg = document.querySelector<SVGSVGElement>('svg[data-redaction-page]')
const form = document.querySelector<HTMLInputElement>('input[name="rects"]')?.form
if (svg && form) boxesOn(svg, form)

interface Rect {
  left: number
  top: number
  width: number
  height: number
}

function boxesOn(page: SVGSVGElement, form: HTMLFormElement): void {
  const words = [...page.querySelectorAll<SVGRectElement>('rect[data-word]')]
  const field = form.querySelector<HTMLInputElement>('input[name="rects"]')
  const status = form.querySelector<HTMLElement>('[data-redaction-status]')
  const marks: SVGRectElement[] = []
  let drawn: Rect[] = []
  let from = -1
  let to = -1

  const say = (text: string) => {
    if (status) status.textContent = text
  }
  const show = (rects: readonly Rect[]) => {
    for (const mark of marks.splice(0)) mark.remove()
    for (const { left, top, width, height } of rects) {
      const mark = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
      const all = {
        x: left,
        y: top,
        width,
        height,
        fill: 'blue',
        'fill-opacity': 0.25,
        stroke: 'blue',
        'stroke-width': 1,
      }
      for (const [name, value] of Object.entries(all)) mark.setAttribute(name, String(value))
      page.append(mark)
      marks.push(mark)
    }
    if (field) field.value = JSON.stringify(rects)
  }
  const chosen = () => words.slice(Math.min(from, to), Math.max(from, to) + 1)
  const choose = () => {
    const picked = chosen()
    show([...drawn, ...rowsOf(picked)])
    say(`选中：${picked.map(word => word.dataset.word).join('')}。按回车遮盖。`)
  }

  page.addEventListener('keydown', event => {
    if (event.key === 'Enter') {
      event.preventDefault()
      form.querySelector<HTMLButtonElement>('button[name="act"][value="draw"]')?.click()
      return
    }
    if (event.key === 'Escape') {
      drawn = []
      from = to = -1
      show([])
      say('已经取消选择。')
      return
    }
    const next = goal(event.key)
    if (next === null) return
    event.preventDefault()
    to = next
    if (event.key === 'l' || event.key === 'L') {
      from = words.findIndex(word => word.dataset.line === words[to]?.dataset.line)
      to = words.findLastIndex(word => word.dataset.line === words[from]?.dataset.line)
    } else if (!event.shiftKey || from < 0) from = to
    choose()
  })

  function goal(key: string): number | null {
    if (words.length === 0) return null
    const last = words.length - 1
    if (key === 'ArrowRight') return Math.min(last, to + 1)
    if (key === 'ArrowLeft') return Math.max(0, to - 1)
    if (key === 'Home') return 0
    if (key === 'End') return last
    if (key === 'l' || key === 'L') return Math.max(0, to)
    if (key !== 'ArrowDown' && key !== 'ArrowUp') return null
    const here = words[Math.max(0, to)]
    const line = Number(here?.dataset.line) + (key === 'ArrowDown' ? 1 : -1)
    const row = words.flatMap((word, at) => (Number(word.dataset.line) === line ? [at] : []))
    const x = here?.x.baseVal.value ?? 0
    const far = (at: number) => Math.abs((words[at]?.x.baseVal.value ?? 0) - x)
    return row.sort((one, other) => far(one) - far(other))[0] ?? Math.max(0, to)
  }

  const place = (event: PointerEvent) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(page.getScreenCTM()?.inverse())
    return { x: point.x, y: point.y }
  }
  let start: { x: number; y: number } | null = null
  const between = (event: PointerEvent): Rect | null => {
    if (!start) return null
    const end = place(event)
    return {
      left: Math.min(start.x, end.x),
      top: Math.min(start.y, end.y),
      width: Math.abs(end.x - start.x),
      height: Math.abs(end.y - start.y),
    }
  }
  page.addEventListener('pointerdown', event => {
    if (event.button !== 0) return
    start = place(event)
    page.setPointerCapture(event.pointerId)
    event.preventDefault()
    page.focus()
  })
  page.addEventListener('pointermove', event => {
    const rect = between(event)
    if (rect) show([...drawn, rect])
  })
  page.addEventListener('pointerup', event => {
    const rect = between(event)
    start = null
    if (rect && rect.width > 2 && rect.height > 2) drawn = [...drawn, rect]
    show(drawn)
    say(drawn.length > 0 ? `画了 ${drawn.length} 处，选好依据后按“遮盖选中的地方”。` : '')
  })
}

/** Words of one line are one box. */
function rowsOf(words: readonly SVGRectElement[]): Rect[] {
  const rows = Map.groupBy(words, word => word.dataset.line)
  return [...rows.values()].map(row => {
    const boxes = row.map(word => word.getBBox())
    const left = Math.min(...boxes.map(box => box.x))
    const top = Math.min(...boxes.map(box => box.y))
    const right = Math.max(...boxes.map(box => box.x + box.width))
    const bottom = Math.max(...boxes.map(box => box.y + box.height))
    return { left, top, width: right - left, height: bottom - top }
  })
}
