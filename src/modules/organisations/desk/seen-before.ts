import type { z } from 'zod'

/** What the form showed when it was opened, as it came back with it; null when that cannot be read any more. */
export function seenBefore<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
