import type { z } from 'zod'
import { type FormErrors, type FormResult, type RawForm, readForm } from '#lib/forms'

/** Form fields with dotted names, `leaders.0.name`, and the nested values that the schemas know. */
type Nested = { [key: string]: Nested | string | string[] }

const mostRows = 200

/** Numbered rows become lists without the empty ones, so that the numbers of the errors fit the form shown again. */
export function nest(raw: RawForm): Record<string, unknown> {
  const top: Nested = Object.create(null)
  for (const [name, value] of Object.entries(raw)) {
    const path = name.split('.')
    if (path.some(step => /^\d+$/.test(step) && Number(step) >= mostRows)) continue
    const last = path.pop() ?? name
    let at = top
    for (const step of path) {
      const next = at[step]
      const inner: Nested = typeof next === 'object' && !Array.isArray(next) ? next : Object.create(null)
      at[step] = inner
      at = inner
    }
    at[last] = value
  }
  return listed(top) as Record<string, unknown>
}

function listed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, listed(inner)] as const)
  if (entries.length === 0 || !entries.every(([key]) => /^\d+$/.test(key))) return Object.fromEntries(entries)
  return entries
    .toSorted((a, b) => Number(a[0]) - Number(b[0]))
    .map(([, row]) => row)
    .filter(
      row => typeof row !== 'object' || Object.values(row as object).some(cell => String(cell).trim() !== ''),
    )
}

/** The other way: what a form shows for these values. Lists of texts stand one a line. */
export function unnest(value: object, prefix = ''): RawForm {
  const form: RawForm = {}
  for (const [key, inner] of Object.entries(value)) {
    const name = `${prefix}${key}`
    if (Array.isArray(inner) && inner.length === 0) continue
    if (inner === null || inner === undefined || inner === false) form[name] = ''
    else if (inner === true) form[name] = 'yes'
    else if (Array.isArray(inner) && inner.every(item => typeof item !== 'object'))
      form[name] = inner.join('\n')
    else if (typeof inner === 'object') Object.assign(form, unnest(inner, `${name}.`))
    else form[name] = String(inner)
  }
  return form
}

/** `readForm` for dotted names; an error inside a field that is one box on the page is put on the box. */
export function readNestedForm<Schema extends z.ZodType>(
  schema: Schema,
  raw: RawForm,
): FormResult<z.output<Schema>> {
  const nested = nest(raw)
  const result = readForm(schema, nested as RawForm)
  if (result.ok) return result
  const shown = { ...raw, ...unnest(nested) }
  const errors: FormErrors = {}
  for (const [path, message] of Object.entries(result.errors)) {
    let field = path
    while (!(field in shown) && field.includes('.')) field = field.slice(0, field.lastIndexOf('.'))
    errors[field] ??= message
  }
  return { ok: false, errors, raw: unnest(nested) }
}
