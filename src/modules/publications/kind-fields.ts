import type { z } from 'zod'
import { type RawForm, textOf } from '#lib/forms'
import type { Kind } from './kind.ts'

/** A field of a kind's own, as the editor asks for it. */
export interface KindField {
  name: string
  /** Its name in the form, `fields.interpreter`. */
  formName: string
  label: string
  hint: string | undefined
  input: Exclude<NonNullable<z.GlobalMeta['input']>, 'data'>
  options: Record<string, string>
  required: boolean
  group: string | undefined
}

/** The fields of a kind, told by its schema and what `.meta` says of them. */
export function kindFields(kind: Kind): KindField[] {
  return Object.entries(kind.fields.shape).flatMap(([name, schema]) => {
    const field = schema as z.ZodType
    const meta = metaOf(field)
    if (meta.input === 'data') return []
    return {
      name,
      formName: `fields.${name}`,
      label: meta.label ?? name,
      hint: meta.hint,
      input: meta.input ?? 'text',
      options: meta.options ?? {},
      required: !field.safeParse(undefined).success,
      group: meta.group,
    }
  })
}

/** `.optional()` and `.default()` put a schema around the one that was described. */
function metaOf(schema: z.ZodType): z.GlobalMeta {
  const own = schema.meta()
  if (own) return own
  const inner = (schema.def as { innerType?: z.ZodType }).innerType
  return inner ? metaOf(inner) : {}
}

/** What a form says of them; an empty field says nothing. */
export function kindValues(kind: Kind, raw: RawForm): Record<string, unknown> {
  const values: Record<string, unknown> = {}
  for (const field of kindFields(kind)) {
    const text = textOf(raw, field.formName).trim()
    if (field.input === 'checkbox') values[field.name] = text !== ''
    else if (text !== '') values[field.name] = field.input === 'lines' ? linesOf(text) : text
  }
  return values
}

const linesOf = (text: string) =>
  text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')

/** The other way: what an edition says, as the form's texts. */
export function kindTexts(kind: Kind, fields: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    kindFields(kind).map(field => [
      field.formName,
      textOfValue(fields[field.name], field.input === 'checkbox'),
    ]),
  )
}

function textOfValue(value: unknown, isBox: boolean): string {
  if (isBox) return value === true ? 'yes' : ''
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.join('\n') : String(value)
}

/** A value in words, for comparing. */
export function inWords(field: KindField, value: unknown): string {
  if (field.input === 'checkbox') return value === true ? '是' : '否'
  const text = textOfValue(value, false)
  return field.options[text] ?? text
}
