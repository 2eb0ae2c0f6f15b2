import { z } from 'zod'
import { invalid } from './errors.ts'

z.config(z.locales.zhCN())

/** What a form posted: one text a field, several for fields that repeat. */
export type RawForm = Record<string, string | string[]>

/** Field name → what is wrong with it, in words a person can act on. */
export type FormErrors = Record<string, string>

export type FormResult<Value> = { ok: true; value: Value } | { ok: false; errors: FormErrors; raw: RawForm }

/** Checks a posted form by the action's own schema; on failure gives back what was typed, so that nothing is lost. */
export function readForm<Schema extends z.ZodType>(
  schema: Schema,
  raw: RawForm,
): FormResult<z.output<Schema>> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return { ok: true, value: parsed.data }
  const errors: FormErrors = {}
  for (const issue of parsed.error.issues) {
    const field = issue.path.join('.')
    errors[field] ??= issue.message
  }
  return { ok: false, errors, raw }
}

/** Input that our own pages always send whole. @throws invalid when somebody made it by hand, or a page is out of date. */
export function mustRead<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const [first] = parsed.error.issues
  throw invalid(
    'forms.unreadable',
    `${first?.message ?? '提交的内容不完整'}。请回到上一页，刷新以后再试一次。`,
  )
}

/** An empty text field means “not stated”. */
export const blankAsNull = (value: unknown) =>
  typeof value === 'string' && value.trim() === '' ? null : value

/** One text of a field that should not repeat. */
export function textOf(raw: RawForm, name: string): string {
  const value = raw[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** All texts of a field that may repeat. */
export function textsOf(raw: RawForm, name: string): string[] {
  const value = raw[name]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}
