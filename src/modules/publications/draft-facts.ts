import type { PlainDate } from '#lib/beijing-time'
import { type EditionText, plainText } from './edition.ts'
import { commonFields, type Kind } from './kind.ts'
import { inWords, kindFields } from './kind-fields.ts'
import type { Relations } from './relate-works.ts'
import { writeWorkLine } from './work-line.ts'

/** Everything that an edition says, by whoever: a stored one, or a form that could not be saved. */
export interface Said {
  text: EditionText
  shownUntil: PlainDate | null
  relations: Relations
  /** Names of its columns, the main one first. */
  columns: readonly string[]
  /** Titles of its attachments in their order. */
  attachments: readonly string[]
}

export interface Fact {
  name: string
  label: string
  value: string
}

/** What links and effects are called where a kind gives them no name of its own. */
export const relationLabels: Readonly<Record<string, string>> = {
  interprets: '解读的文件',
  cites: '依据和引用的文件',
  replaces: '取代的文件',
  repeals: '废止的文件',
  amends: '修改的文件',
  'partly-repeals': '部分废止的文件',
  answers: '答复的事项',
  'reports-on': '报告的事项',
  'see-also': '参见',
}

/** Type of link → lines as they stand in the form. */
export function relationTexts(relations: Relations): Record<string, string> {
  const texts: Record<string, string> = {}
  for (const { type, line } of [...relations.links, ...relations.effects])
    texts[type] = [texts[type], writeWorkLine(line)].filter(Boolean).join('\n')
  return texts
}

/** An edition as named facts, in the order of the form: what two editions are compared by. The body stands apart. */
function factsOf(kind: Kind, said: Said): Fact[] {
  const { text } = said
  const relations = relationTexts(said.relations)
  return [
    { name: 'title', label: '标题', value: text.title },
    ...kind.uses.map(field => ({ name: field, label: commonFields[field], value: shown(text[field]) })),
    ...kindFields(kind).map(field => ({
      name: field.formName,
      label: field.label,
      value: inWords(field, text.fields[field.name]),
    })),
    ...Object.keys(relationLabels)
      .filter(type => relations[type])
      .map(type => ({
        name: type,
        label: kind.links?.[type] ?? relationLabels[type] ?? type,
        value: (relations[type] ?? '').split('\n').sort().join('\n'),
      })),
    { name: 'columnIds', label: '栏目', value: said.columns.join('\n') },
    { name: 'shownUntil', label: '公示截止日', value: said.shownUntil ?? '' },
    { name: 'attachments', label: '附件', value: said.attachments.join('\n') },
  ]
}

const shown = (value: string | string[] | null) => (Array.isArray(value) ? value.join('、') : (value ?? ''))

export interface ChangedFact {
  name: string
  label: string
  before: string
  after: string
}

/** The facts that differ. */
export function changedFacts(kind: Kind, before: Said, after: Said): ChangedFact[] {
  const [old, fresh] = [factsOf(kind, before), factsOf(kind, after)]
  const names = [...new Set([...old, ...fresh].map(fact => fact.name))]
  return names.flatMap(name => {
    const [was, is] = [old.find(fact => fact.name === name), fresh.find(fact => fact.name === name)]
    if ((was?.value ?? '') === (is?.value ?? '')) return []
    return [
      { name, label: is?.label ?? was?.label ?? name, before: was?.value ?? '', after: is?.value ?? '' },
    ]
  })
}

export const bodyOf = (said: Said): string => plainText(said.text.bodyHtml)
