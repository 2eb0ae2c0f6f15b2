import { docNosIn } from '../doc-no.ts'
import type { Doubt } from '../recognised.ts'
import type { Unit } from './flow.ts'
import { alike } from './found-relations.ts'
import { mentionsIn } from './mentions.ts'

/** Numbers that the text names, each once and in their order, without those of `others`. */
export function citesIn(units: readonly Unit[], others: readonly { docNo: string | null }[]): string[] {
  const taken = new Set(others.map(one => one.docNo))
  const named = new Set<string>()
  for (const unit of units) {
    const text = unit.rows ? unit.rows.map(row => row.join('\n')).join('\n') : unit.text
    for (const { docNo } of docNosIn(text)) if (docNo !== null && !taken.has(docNo)) named.add(docNo)
  }
  return [...named]
}

/** A document that only talks of others names what they do. */
export function plannedDoubts(units: readonly Unit[]): Doubt[] {
  if (!units.some(unit => /废止|修改为/.test(unit.masked))) return []
  const why =
    '标题像是解读、说明或征求意见稿，里面说到的废止和修改没有采用。如果它是正式文件，请对照原件补上。'
  return [{ field: 'repeals', why }]
}

export function suspensionDoubts(title: string | null): Doubt[] {
  const about = (title ?? '').replace(/《.*》/, '')
  if (!/暂停(?:执行|施行|实施)|暂缓(?:执行|实施)/.test(about)) return []
  const why = '它暂停执行另一份文件。暂停不是废止，没有登记；请核对那份文件的页面要不要说明。'
  return [{ field: 'repeals', why }]
}

/** The number with which the text names a document of that title. */
export function numberNamedWith(title: string, units: readonly Unit[]): string | null {
  for (const unit of units) {
    if (unit.rows || !unit.text.includes('《')) continue
    const named = mentionsIn(unit.text).find(
      one => one.docNo !== null && one.title !== null && alike(one.title, title),
    )
    if (named) return named.docNo
  }
  return null
}
