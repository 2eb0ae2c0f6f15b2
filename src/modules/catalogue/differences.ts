import { channels, type ItemContent, levels, modes } from './item.ts'

/** The fields by which an item is compared with the standard, with the heads of the standard sheet. */
export const fieldNames = {
  domain: '领域',
  level1: '一级事项',
  level2: '二级事项',
  level3: '三级事项',
  elements: '公开内容',
  ground: '公开依据',
  limit: '公开时限',
  body: '公开主体',
  channels: '公开渠道',
  audience: '公开对象',
  mode: '公开方式',
  levels: '公开层级',
  code: '法定类别',
  place: '网站位置',
} as const satisfies Record<keyof ItemContent, string>
export type Field = keyof ItemContent
export const fields = Object.keys(fieldNames) as Field[]

/** What a field says, in words. */
export function fieldWords(content: ItemContent, field: Field): string {
  if (field === 'channels') return content.channels.map(code => channels[code]).join('、')
  if (field === 'levels') return content.levels.map(level => levels[level]).join('、')
  return field === 'mode' ? modes[content.mode] : content[field]
}

const said = (content: ItemContent, field: Field) => {
  const value = content[field]
  return typeof value === 'string' ? value : value.toSorted().join()
}

export const differing = (one: ItemContent, other: ItemContent): Field[] =>
  fields.filter(field => said(one, field) !== said(other, field))

/** What the standard says anew of an item since it was last decided about here. */
export interface News {
  field: Field
  /** Whether the field was changed here: taking the new one would give that up. */
  isLocal: boolean
}

/** @param content as it is here @param before the standard as it was last decided about @param now the standard as it is */
export function newsOf(content: ItemContent, before: ItemContent, now: ItemContent): News[] {
  const local = new Set(differing(content, before))
  const stillOther = new Set(differing(content, now))
  return differing(before, now)
    .filter(field => stillOther.has(field))
    .map(field => ({ field, isLocal: local.has(field) }))
}

/** Why each field that differs from the standard does so: who changed it last said why; a field that is as the standard needs no reason. */
export function reasonsAfter(
  item: { content: ItemContent; reasons: Readonly<Record<string, string>> },
  content: ItemContent,
  standard: ItemContent,
  reason: string | null,
): Record<string, string> {
  const changed = new Set(differing(item.content, content))
  return Object.fromEntries(
    differing(content, standard).map(field => [
      field,
      (changed.has(field) ? reason : item.reasons[field]) ?? item.reasons[field] ?? reason ?? '',
    ]),
  )
}

/** The content with the given fields as the other says them. */
export function withFields(content: ItemContent, from: ItemContent, taken: readonly Field[]): ItemContent {
  return { ...content, ...Object.fromEntries(taken.map(field => [field, from[field]])) }
}
