import { type Inside, readInto } from './everything-in.ts'
import { markupPieces } from './markup-pieces.ts'
import type { Part } from './open-parts.ts'
import { otherParts } from './package-pieces.ts'
import { type Gathered, within } from './piece.ts'
import { attributeOf, walkXml } from './xml-walk.ts'

/** .ofd (GB/T 33190): the text of every page by its lines, also what lies under a box or is set invisible; then all other parts. */
export async function ofdPieces(
  gathered: Gathered,
  file: Inside,
  parts: ReadonlyMap<string, Part>,
): Promise<void> {
  const read = new Set<string>()
  for (const [name, part] of parts) {
    const place = placeOf(name)
    if (place === null) continue
    read.add(name)
    linesOf(gathered, await part.text(), within(file.place, place))
  }
  for (const [name, part] of parts) {
    if (!/\/Attachs?\//i.test(name) || /\.xml$/i.test(name) || name.endsWith('/')) continue
    read.add(name)
    const label = name.replace(/^.*\//, '')
    gathered.add({ text: label, kind: 'file-name', place: within(file.place, '附带文件的名称') })
    const inner = within(file.place, `附带的文件“${label}”`)
    await readInto(gathered, { name: label, bytes: await part.bytes(), place: inner, depth: file.depth + 1 })
  }
  const start = parts.get('OFD.xml')
  if (start) {
    read.add('OFD.xml')
    markupPieces(gathered, await start.text(), within(file.place, '文档属性'), 'property')
  }
  await otherParts(gathered, file, parts, read)
}

function placeOf(name: string): string | null {
  const page = /Pages?\/Page_?(\d+)\//i.exec(name)?.[1]
  if (page && /\.xml$/i.test(name)) return `第 ${Number(page) + 1} 页`
  if (/Tpls?\/.*\.xml$/i.test(name)) return '页面模板'
  return /Annots?\/.*\.xml$/i.test(name) ? '注释' : null
}

/** Objects of the same height belong to one line; letters may each have an object of their own. */
function linesOf(gathered: Gathered, xml: string, place: string): void {
  const lines = new Map<number, { x: number; text: string }[]>()
  let object: { x: number; y: number; text: string } | null = null
  let takes = false
  for (const step of walkXml(xml)) {
    if (step.is === 'text') {
      if (takes && object) object.text += step.text
      else gathered.add({ text: step.text, kind: 'comment', place })
      continue
    }
    if (step.name === 'TextObject') {
      if (step.is === 'open') {
        const [x = 0, y = 0] = (attributeOf(step.attributes, 'Boundary') ?? '').split(/\s+/).map(Number)
        object = { x, y, text: '' }
      } else if (object) {
        const line = Math.round(object.y)
        lines.set(line, [...(lines.get(line) ?? []), { x: object.x, text: object.text.trim() }])
        object = null
      }
    } else if (step.name === 'TextCode') takes = step.is === 'open' && !step.empty
  }
  for (const [, texts] of [...lines].sort(([one], [other]) => one - other)) {
    const inOrder = texts.toSorted((one, other) => one.x - other.x).map(({ text }) => text)
    // Single letters are set close; whole texts beside one another are columns
    const joint = inOrder.every(text => text.length <= 2) ? '' : ' '
    gathered.add({ text: inOrder.join(joint), kind: 'text', place })
  }
}
