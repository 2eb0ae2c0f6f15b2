import { join } from 'node:path'
import { encode } from 'fast-png'
import { z } from 'zod'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import type { Job } from '#platform/module'
import { insertBoxes } from '../actions/change-boxes.ts'
import { burn } from '../engine/burn.ts'
import { pagesOf } from '../engine/open-pages.ts'
import { wordsOf } from '../engine/page.ts'
import { NotOpened } from '../engine/pdfium.ts'
import { type Fault, prove } from '../engine/prove.ts'
import { bytesUnder, inFolder, keepBytes, keepFile } from '../keep-bytes.ts'
import { personalPlaces } from '../personal-places.ts'
import { changeRedaction, findRedaction, listBoxes, listWaiting, type Redaction } from '../queries.ts'

const payload = z.object({}).loose()

/** Every minute: files that wait are read page by page, and results made and proved. Twice gives the same bytes. */
export const workJob: Job<z.output<typeof payload>> = {
  name: 'redaction.work',
  payload,
  schedule: '* * * * *',
  run: work,
}

export async function work(ctx: Context): Promise<void> {
  for (const redaction of await listWaiting(ctx.db)) {
    try {
      if (redaction.state === 'reading') await readPages(ctx, redaction)
      else await make(ctx, redaction)
    } catch (error) {
      const why =
        error instanceof NotOpened ? error.message : '制作时出错，没有结果。请把原件另存为 PDF 后重新开始。'
      if (!(error instanceof NotOpened))
        ctx.log.error({ err: error, redaction: redaction.id }, 'a redaction failed')
      const state = redaction.state === 'reading' ? 'unreadable' : 'refused'
      await changeRedaction(ctx.db, redaction.id, { state, faults: JSON.stringify([{ page: null, why }]) })
    }
  }
}

async function readPages(ctx: Context, { id, fileName, sourceKey }: Redaction): Promise<void> {
  const pages = await pagesOf(fileName, await bytesUnder(sourceKey))
  try {
    await ctx.db.deleteFrom('redactionPages').where('redactionId', '=', id).execute()
    const proposed: ReturnType<typeof personalPlaces> = []
    await changeRedaction(ctx.db, id, { pageCount: pages.count, pagesDone: 0 })
    for (let number = 1; number <= pages.count; number++) {
      const page = await pages.read(number)
      const { width, height, rgb } = page.picture
      const picture = await keepBytes(id, encode({ width, height, data: rgb, channels: 3, depth: 8 }))
      await ctx.db
        .insertInto('redactionPages')
        .values({
          redactionId: id,
          number,
          width: page.width,
          height: page.height,
          pictureKey: picture.key,
          words: JSON.stringify(wordsOf(page.lines)),
          unseen: page.unseen,
        })
        .execute()
      proposed.push(...personalPlaces(page))
      await changeRedaction(ctx.db, id, { pagesDone: number })
    }
    await inTransaction(ctx.db, async db => {
      const now = await findRedaction(db, id, true)
      if (now?.state !== 'reading') return
      const boxes = proposed.map(place => ({ ...place, ground: 'PRIVACY' as const }))
      await insertBoxes(db, id, boxes, { at: ctx.clock.now(), name: '系统（个人信息检查）' }, false)
      await changeRedaction(db, id, { state: 'open', leftOut: JSON.stringify(pages.leftOut) })
    })
  } finally {
    pages.close()
  }
}

async function make(ctx: Context, redaction: Redaction): Promise<void> {
  const { id, fileName, sourceKey, title } = redaction
  const boxes = (await listBoxes(ctx.db, id)).filter(box => box.state === 'accepted')
  const pages = await pagesOf(fileName, await bytesUnder(sourceKey))
  try {
    await inFolder(async folder => {
      const path = join(folder, 'result.pdf')
      const progress = (done: number) => changeRedaction(ctx.db, id, { pagesDone: done })
      await burn(pages, boxes, { title, progress }, path)
      const faults = await prove(pages, boxes, path)
      const kept = faults.length === 0 ? await keepFile(id, path) : null
      await finish(ctx, redaction, faults, kept)
    })
  } finally {
    pages.close()
  }
}

async function finish(
  ctx: Context,
  { id, title }: Redaction,
  faults: readonly Fault[],
  kept: { key: string; sha256: string; size: number } | null,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const now = await findRedaction(db, id, true)
    if (now?.state !== 'burning') return
    const result = kept && { resultKey: kept.key, resultSha256: kept.sha256, resultSize: kept.size }
    const state = kept ? 'proved' : 'refused'
    await changeRedaction(db, id, {
      state,
      faults: JSON.stringify(faults),
      finishedAt: ctx.clock.now(),
      ...result,
    })
    await recordAct(db, ctx, {
      act: 'redaction.finished',
      sentence: kept ? '制作了遮盖后的文件，核验没有遗留' : `遮盖后的文件核验没有通过，${faults.length} 处`,
      object: { kind: 'redaction', id, label: title },
    })
  })
}
