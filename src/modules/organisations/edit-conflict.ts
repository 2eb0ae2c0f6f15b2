/**
 * Two people had the same form open. Of each field three texts are known: what stood there when the second opened the
 * form, what the first has saved since, and what the second has typed.
 */
export interface Merged<Content> {
  /** What the form shows next: the second's own words, and the first's where the second had not touched the field. */
  content: Content
  /** Fields that the other one changed. */
  fields: { field: keyof Content & string; keeps: 'theirs' | 'mine' }[]
}

export function mergeEdits<Content extends object>(
  seen: Content | null,
  saved: Content,
  typed: Content,
): Merged<Content> {
  const content = { ...typed }
  const fields: Merged<Content>['fields'] = []
  for (const field of Object.keys(saved) as (keyof Content & string)[]) {
    const equal = (a: Content, b: Content) => JSON.stringify(a[field]) === JSON.stringify(b[field])
    if (equal(saved, typed) || (seen !== null && equal(seen, saved))) continue
    const untouched = seen !== null && equal(seen, typed)
    if (untouched) content[field] = saved[field]
    fields.push({ field, keeps: untouched ? 'theirs' : 'mine' })
  }
  return { content, fields }
}
