import { momentInBeijing } from '#lib/beijing-time'
import { invalid, type Refused } from '#lib/errors'
import { type ActObject, type Recorder, recordAct } from '#modules/audit'
import { type Database, evenIfUndone } from '#platform/db/database'

/** The names under which the moment of publishing stands in tables, exports and page tags, without case and dashes. */
const timesOfPublishing: ReadonlySet<string> = new Set([
  'publicat',
  'firstpublicat',
  'publicfrom',
  'publishedat',
  'pubdate',
  'releasedat',
  'releasetime',
  'sealedat',
  'sortat',
])

/** The first of these names in a form or in JSON, however deep. */
export function timeNamedIn(given: unknown): string | null {
  if (Array.isArray(given)) return firstOf(given, timeNamedIn)
  if (typeof given !== 'object' || given === null) return null
  return firstOf(Object.entries(given), ([name, value]) =>
    timesOfPublishing.has((name.split('.').at(-1) ?? '').toLowerCase().replace(/[_-]/g, ''))
      ? name
      : timeNamedIn(value),
  )
}

function firstOf<Item>(items: readonly Item[], find: (item: Item) => string | null): string | null {
  for (const item of items) {
    const found = find(item)
    if (found !== null) return found
  }
  return null
}

/**
 * The moment of publishing comes from the clock of the server alone (S-META-04): a form or a request that names it was made by
 * hand. It is refused, whoever sends it, and stays on record.
 * @param where what was called: `/publications/new`
 */
export async function refuseNamedTimes(
  ctx: Recorder & { db: Database },
  given: unknown,
  where: string,
): Promise<void> {
  const name = timeNamedIn(given)
  if (name === null) return
  await recordBackdating(ctx.db, ctx, `向 ${where} 提交了“${name}”`)
  throw refusal(`发布时间只由服务器的时钟决定，不能填写（${name}）。`)
}

/** A moment that has passed is not a schedule but a forged date of publishing (S-CHK-01). */
export async function pastRefused(
  db: Database,
  ctx: Recorder,
  wanted: Date,
  object: ActObject,
): Promise<Refused> {
  await recordBackdating(db, ctx, `要把公开时间定在已经过去的 ${momentInBeijing(wanted)}`, object)
  return invalid(
    'publications.schedule-past',
    '定时发布的时间已经过去。要马上发布，请把它清空；要定时，请改成以后的时间。',
  )
}

/** On record also when the transaction is undone. */
export const recordBackdating = (
  db: Database,
  by: Recorder,
  what: string,
  object?: ActObject,
): Promise<void> =>
  evenIfUndone(db, outside =>
    recordAct(outside, by, {
      act: 'publications.backdating-refused',
      sentence: `${what}，已拒绝：发布时间不能倒填`,
      object,
      outcome: 'refused',
    }),
  )

const refusal = (message: string) => invalid('publications.backdating-refused', message)
