import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '#platform/root'
import { type ItemContent, itemSchema } from './item.ts'

const file = z.object({
  version: z.string(),
  domains: z.array(
    z.object({
      domain: z.string(),
      /** What the items of the field have in common. */
      common: z.looseObject({}).default({}),
      items: z.array(z.looseObject({ key: z.string() })),
    }),
  ),
})

export interface StandardItem {
  key: string
  content: ItemContent
}

let known: { version: string; items: readonly StandardItem[] } | undefined

/** The standard catalogue that comes with the system, in our own wording. */
export function standardCatalogue(): { version: string; items: readonly StandardItem[] } {
  if (known) return known
  const path = join(root, 'db', 'catalogue', 'standard.json')
  const { version, domains } = file.parse(JSON.parse(readFileSync(path, 'utf8')))
  const items = domains.flatMap(({ domain, common, items }) =>
    items.map(({ key, ...facts }) => ({ key, content: itemSchema.parse({ ...common, ...facts, domain }) })),
  )
  known = { version, items }
  return known
}
