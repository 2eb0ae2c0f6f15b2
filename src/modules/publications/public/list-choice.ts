import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { pageNumber } from '#lib/paging'
import { tsqueryOf } from '#modules/search'
import type { Incoming } from '#platform/http/route'
import type { ListFilter } from '../list-queries.ts'
import { type Validity, validities } from '../validity.ts'

const text = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .transform(value => value.slice(0, longest))
const day = z.string().refine(isPlainDate)

/** What a reader may choose on a list, in the order in which addresses state it. */
const choices = {
  q: text(200),
  within: text(200),
  column: z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)*$/),
  kind: z.string().regex(/^[a-z-]{1,40}$/),
  organ: z.string().regex(/^[a-z0-9-]{1,40}$/),
  theme: text(40),
  genre: text(20),
  form: text(40),
  validity: z.enum(Object.keys(validities) as [Validity]),
  year: z.string().regex(/^(19|20)\d{2}$/),
  from: day,
  to: day,
  archive: z.literal('no'),
  sort: z.literal('time'),
}
export type ChoiceName = keyof typeof choices

/** The whole state of a list stands in its address, so that it can be shared and found again. */
export type ListChoice = { [name in ChoiceName]?: string | undefined } & { page: number }

/** Reads the address; what makes no sense is left out, as if it had not been asked. */
export function readChoice(query: Incoming['query']): ListChoice {
  const first = (name: string) => [query[name]].flat()[0]
  const choice: ListChoice = { page: pageNumber(first('page')) }
  for (const name of choiceNames) {
    const parsed = choices[name].safeParse(first(name))
    if (parsed.success) choice[name] = parsed.data
  }
  return choice
}

export const choiceNames = Object.keys(choices) as ChoiceName[]

/** The address of a list with some of the choice changed; a new choice begins on its first page. */
export function choiceAddress(path: string, choice: ListChoice, change: Partial<ListChoice> = {}): string {
  const next = { ...choice, page: 1, ...change }
  const query = new URLSearchParams()
  for (const name of choiceNames) {
    const value = next[name]
    if (value !== undefined) query.set(name, value)
  }
  if (next.page > 1) query.set('page', String(next.page))
  return query.size > 0 ? `${path}?${query}` : path
}

/** What narrows the list beside the words asked for. */
export const narrowing = (choice: ListChoice): ChoiceName[] =>
  choiceNames.filter(name => name !== 'q' && name !== 'sort' && choice[name] !== undefined)

export const isNarrowed = (choice: ListChoice) => narrowing(choice).length > 0

/** The choice as a filter. Words are asked for together with those of the search within the results. */
export function filterOf(siteId: string, choice: ListChoice): ListFilter {
  const words = [choice.q, choice.within].flatMap(asked => (asked && tsqueryOf(asked)) || [])
  return {
    siteId,
    ...(choice.kind ? { kinds: [choice.kind] } : {}),
    columnPath: choice.column,
    organKey: choice.organ,
    theme: choice.theme,
    genre: choice.genre,
    year: choice.year ? Number(choice.year) : undefined,
    from: choice.from,
    to: choice.to,
    validity: choice.validity as Validity | undefined,
    ...(choice.form ? { field: { name: 'form', value: choice.form } } : {}),
    ...(choice.archive === 'no' ? { withoutArchive: true } : {}),
    ...(words.length > 0
      ? {
          tsquery: words.join(' & '),
          order: choice.sort === 'time' ? ('newest' as const) : ('relevance' as const),
          exact: choice.q,
        }
      : {}),
  }
}
