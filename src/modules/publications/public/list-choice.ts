import { z } from 'zod'
import { isPlainDate } from '#lib/beijing-time'
import { pageNumber } from '#lib/paging'
import type { Incoming } from '#platform/http/route'
import type { ListFilter } from '../list-queries.ts'
import { type Validity, validities } from '../validity.ts'

const text = (longest: number) =>
  z
    .string()
    // The database takes no zero sign, and nobody searches by what cannot be seen
    .transform(value => value.replace(/\p{Cc}+/gu, ' ').trim())
    .pipe(z.string().min(1))
    .transform(value => value.slice(0, longest))
const day = z.string().refine(isPlainDate)

const longestQuestion = 200

/** What a reader may choose on a list, in the order in which addresses state it. */
const choices = {
  q: text(longestQuestion),
  within: text(longestQuestion),
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
  on: day,
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
    // Each search within the results adds words to those before
    const said = name === 'within' ? [query.within].flat().join(' ') : first(name)
    const parsed = choices[name].safeParse(said)
    if (parsed.success) choice[name] = parsed.data
  }
  return choice
}

/** What the address asks and could not be taken as it stands, said to the reader: nothing is left out in silence. */
export function misreadIn(query: Incoming['query']): string[] {
  const first = (name: string) => [query[name]].flat()[0]?.trim() ?? ''
  const long = [first('q'), first('within')].some(words => words.length > longestQuestion)
  const days = [first('from'), first('to'), first('on')].filter(day => day !== '' && !isPlainDate(day))
  return [
    ...(long ? [`问题太长，只按前 ${longestQuestion} 个字查找。`] : []),
    ...days.map(day => `没有“${day.slice(0, 20)}”这一天，没有按它查找。日期请写成 2023-05-01 的样子。`),
  ]
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
  const words = [choice.q, choice.within].filter(asked => asked !== undefined)
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
    on: choice.on,
    ...(choice.form ? { field: { name: 'form' as const, value: choice.form } } : {}),
    ...(choice.archive === 'no' ? { withoutArchive: true } : {}),
    ...(words.length > 0
      ? { words, order: choice.sort === 'time' ? ('newest' as const) : ('relevance' as const) }
      : {}),
  }
}
