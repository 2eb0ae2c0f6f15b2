import { z } from 'zod'
import { dateInBeijing } from '#lib/beijing-time'
import { Refused } from '#lib/errors'
import { listSites } from '#modules/organisations'
import {
  allKinds,
  findPublicView,
  isPrinted,
  itemsForPlans,
  kindOf,
  listHistory,
  type PublicView,
} from '#modules/publications'
import type { Context } from '#platform/context'
import type { Job } from '#platform/module'
import { getRendition } from '../actions/get-rendition.ts'
import type { Press } from '../making/press.ts'
import { type Format, formats } from '../making/rendition.ts'
import { knownEditions, listWaiting } from '../queries.ts'

/** A minute's work; what is more waits for the next. */
const atOnce = 40
const payload = z.object({}).loose()

/**
 * Every minute: what was published or corrected since yesterday gets its PDF and Word before anybody asks, and what an erasure took
 * away, or what failed, is made again. Archive imports are made when somebody asks for them.
 */
export const makeAheadJob = (press: Press): Job<z.output<typeof payload>> => ({
  name: 'renditions.make-ahead',
  payload,
  schedule: '* * * * *',
  async run(ctx) {
    const made = await makeAhead(ctx, press)
    if (made > 0) ctx.log.info({ made }, 'renditions made ahead')
  },
})

/** @returns how many were made. */
export async function makeAhead(ctx: Context, press: Press): Promise<number> {
  let made = 0
  const make = async (view: PublicView, format: Format) => {
    if (made >= atOnce) return
    try {
      await getRendition(ctx, press, view, format)
      made++
    } catch (error) {
      // It is on record; the others go on
      if (!(error instanceof Refused)) throw error
    }
  }
  for (const view of await newViews(ctx))
    for (const format of Object.keys(formats) as Format[]) await make(view, format)
  for (const waiting of await listWaiting(ctx.db, ctx.clock.now(), atOnce)) {
    const [item] = await itemsForPlans(ctx.db, ctx.clock.now(), { publicId: waiting.publicId })
    const view = item && (await viewOf(ctx, { ...waiting, kind: item.kind }))
    if (view) await make(view, waiting.format)
  }
  return made
}

/** Editions of the last two days that nobody has tried to make in every format yet. */
async function newViews(ctx: Context): Promise<PublicView[]> {
  const now = ctx.clock.now()
  const from = dateInBeijing(new Date(now.getTime() - 24 * 3600 * 1000))
  const printed = new Set(
    allKinds()
      .filter(isPrinted)
      .map(kind => kind.name),
  )
  const views: PublicView[] = []
  for (const { id: siteId } of await listSites(ctx.db))
    for (const act of ['published', 'corrected'] as const) {
      const entries = await listHistory(ctx.db, now, { siteId, act, from }, 200)
      const known = await knownEditions(
        ctx.db,
        entries.map(entry => entry.publicId),
      )
      for (const { kind, publicId, editionNumber: number, address } of entries) {
        if (number === null || address === null || !printed.has(kind)) continue
        if (known.has(`${publicId} ${number}`)) continue
        const view = await viewOf(ctx, { siteId, publicId, number, kind })
        if (view) views.push(view)
      }
    }
  return views
}

/** Null when readers may not see it any more. */
async function viewOf(
  ctx: Context,
  { siteId, publicId, number, kind }: { siteId: string; publicId: string; number: number; kind: string },
): Promise<PublicView | null> {
  const where = { siteId, publicId, number, segment: kindOf(kind).segment }
  const view = await findPublicView(ctx.db, ctx.clock.now(), where)
  return view && !('how' in view) ? view : null
}
