import { notFound, Refused } from '#lib/errors'
import { findPublicView, kindOf, type PublicView, publicationTag } from '#modules/publications'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { isThere, keepRendition, type Press } from '../making/press.ts'
import type { Format } from '../making/rendition.ts'
import { toPrint } from '../making/to-print.ts'
import { findKept, type Kept, lockEdition, saveKept, saveProblem } from '../queries.ts'
import { readEdition } from '../read-edition.ts'

/**
 * The rendition of an edition that readers may see: the one that is kept when nothing has changed since, else made now. Whoever asks
 * meanwhile waits for the same one, here and in other processes.
 */
export async function getRendition(
  ctx: Context,
  press: Press,
  view: PublicView,
  format: Format,
): Promise<Kept> {
  const now = ctx.clock.now()
  const kept = await keptAsIs(ctx.db, press, await toPrint(ctx.db, now, view), view.editionId, format)
  if (kept) return kept
  return press.once(`${view.editionId} ${format}`, () => make(ctx, press, view, format))
}

async function make(ctx: Context, press: Press, asked: PublicView, format: Format): Promise<Kept> {
  const { editionId, siteId, publicId, number } = asked
  const of = { editionId, siteId, publicId, number }
  try {
    return await inTransaction(ctx.db, async db => {
      await lockEdition(db, of.editionId)
      // It may have been erased, or left, while others were at it
      const now = ctx.clock.now()
      const view = await viewAgain(db, now, asked)
      const what = await toPrint(db, now, view)
      const kept = await keptAsIs(db, press, what, of.editionId, format)
      if (kept) return kept
      const bytes = await press.write(readEdition(what.source), format, what.pictures)
      const made = {
        recipe: press.recipe(what, format),
        ...(await keepRendition(press.storage, of.editionId, bytes)),
      }
      const before = await saveKept(db, of, format, { ...made, madeAt: now })
      // Bytes that go too early are made again; bytes that stayed would be found by nobody
      if (before && before !== made.storageKey) await press.storage.remove(before)
      await announceChange(db, [publicationTag(asked.id)])
      return made
    })
  } catch (error) {
    if (error instanceof Refused) throw error
    const problem = error instanceof Error ? error.message : String(error)
    await saveProblem(ctx.db, of, format, problem.slice(0, 2000), ctx.clock.now())
    ctx.log.error({ edition: of.editionId, format, err: error }, 'a rendition could not be made')
    throw notMade()
  }
}

const notMade = () =>
  new Refused(
    'unavailable',
    'renditions.not-made',
    '这个文件没有制作成功，已经记下，工作人员会处理。请先看网页上的文字，也可以用浏览器打印。',
  )

async function keptAsIs(
  db: Database,
  press: Press,
  what: Awaited<ReturnType<typeof toPrint>>,
  editionId: string,
  format: Format,
): Promise<Kept | null> {
  const kept = await findKept(db, editionId, format)
  if (kept?.recipe !== press.recipe(what, format)) return null
  return (await isThere(press.storage, kept.storageKey)) ? kept : null
}

async function viewAgain(db: Database, now: Date, asked: PublicView): Promise<PublicView> {
  const { siteId, publicId, kind, number } = asked
  const found = await findPublicView(db, now, { siteId, publicId, segment: kindOf(kind).segment, number })
  if (!found || 'how' in found) throw notFound('renditions.gone', '这份文件已经停止公开。')
  return found
}
