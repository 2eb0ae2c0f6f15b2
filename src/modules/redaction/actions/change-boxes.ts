import { z } from 'zod'
import { conflict, invalid, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { type Box, groundNames } from '../engine/box.ts'
import { mayRedact } from '../policy.ts'
import { changeRedaction, findRedaction, listBoxes, listPages, type Redaction } from '../queries.ts'

const side = z.number().min(-10).max(20_000)
export const rectsInput = z
  .array(z.object({ left: side, top: side, width: side.min(0.5), height: side.min(0.5) }))
  .min(1, '请先在页面上画出或选中要遮盖的地方。')
  .max(500)
export const groundInput = z.enum(groundNames, '请选择遮盖的依据。')

/** The redaction, locked, if the actor may and it still waits for boxes; one that was made is opened anew by a change. */
async function openFor(ctx: Context, db: Database, id: string): Promise<Redaction> {
  const redaction = await findRedaction(db, id, true)
  if (!redaction) throw notFound('redaction.unknown', '没有找到这份遮盖。')
  permit(mayRedact(ctx.actor, redaction.organId), 'redaction.not-allowed')
  if (redaction.state === 'open' || redaction.state === 'refused') return redaction
  throw conflict(
    'redaction.not-open',
    redaction.state === 'proved'
      ? '结果已经制作好，不能再改。要改请用原件重新开始一份。'
      : '正在读取或制作，请过一会儿再改。',
  )
}

/** Boxes that a person draws are decided by that person at once. */
export async function addBoxes(ctx: Context, id: string, boxes: readonly Box[]): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const redaction = await openFor(ctx, db, id)
    if (boxes.some(box => box.page < 1 || box.page > (redaction.pageCount ?? 0)))
      throw invalid('redaction.no-such-page', '没有这一页。请刷新页面后再试。')
    const by = { at: ctx.clock.now(), name: actorName(ctx.actor) }
    await insertBoxes(db, id, boxes, by, true)
    await record(db, ctx, redaction, `画了 ${boxes.length} 处遮盖`)
  })
}

export async function insertBoxes(
  db: Database,
  id: string,
  boxes: readonly (Box & { note?: string })[],
  by: { at: Date; name: string },
  accepted: boolean,
): Promise<void> {
  if (boxes.length === 0) return
  await db
    .insertInto('redactionBoxes')
    .values(
      boxes.map(({ page, rect, ground, note }) => ({
        id: uuidv7(by.at.getTime()),
        redactionId: id,
        page,
        rectLeft: rect.left,
        rectTop: rect.top,
        rectWidth: rect.width,
        rectHeight: rect.height,
        ground,
        note: note ?? '',
        state: accepted ? 'accepted' : 'proposed',
        proposedBy: by.name,
        proposedAt: by.at,
        decidedBy: accepted ? by.name : null,
        decidedAt: accepted ? by.at : null,
      })),
    )
    .execute()
}

export const decideBoxesInput = z.object({
  boxes: z.preprocess(
    value => [value ?? []].flat(),
    z.array(z.uuid()).min(1, '请勾选要处理的几处。').max(5000),
  ),
  decision: z.enum(['accepted', 'rejected']),
})

/** A rejected box stays on record, undone or not; it is not burnt. */
export async function decideBoxes(
  ctx: Context,
  id: string,
  { boxes, decision }: z.output<typeof decideBoxesInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const redaction = await openFor(ctx, db, id)
    await db
      .updateTable('redactionBoxes')
      .set({ state: decision, decidedBy: actorName(ctx.actor), decidedAt: ctx.clock.now() })
      .where('redactionId', '=', id)
      .where('id', 'in', boxes)
      .execute()
    const words = decision === 'accepted' ? '确认' : '取消'
    await record(db, ctx, redaction, `${words}了 ${boxes.length} 处遮盖`)
  })
}

/** Every place of a word, on all pages, becomes a box: needs no mouse and no script. @returns how many. */
export async function boxWords(
  ctx: Context,
  id: string,
  words: string,
  ground: Box['ground'],
): Promise<number> {
  const wanted = words.replace(/\s+/g, '')
  if (wanted.length < 1) throw invalid('redaction.no-words', '请填写要查找的词。')
  const found: Box[] = []
  for (const page of await listPages(ctx.db, id)) {
    const lines = Map.groupBy(page.words, word => word.line)
    for (const line of lines.values()) {
      const text = line.map(word => word.text).join('')
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
        let start = 0
        const rects = line.flatMap(word => {
          const from = Math.max(0, at - start)
          const to = Math.min(word.text.length, at + wanted.length - start)
          start += word.text.length
          if (from >= to) return []
          const each = word.rect.width / word.text.length
          return [{ ...word.rect, left: word.rect.left + from * each, width: (to - from) * each }]
        })
        for (const rect of rects) found.push({ page: page.number, rect, ground })
      }
    }
  }
  if (found.length === 0)
    throw invalid(
      'redaction.words-not-found',
      `没有找到“${wanted}”。扫描件上的字机器看不到，请在页面上画框。`,
    )
  await addBoxes(ctx, id, found)
  return found.length
}

/** The worker makes the result within a minute. Every proposal has to be decided before. */
export async function askBurning(ctx: Context, id: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const redaction = await openFor(ctx, db, id)
    const boxes = await listBoxes(db, id)
    const open = boxes.filter(box => box.state === 'proposed').length
    if (open > 0) throw invalid('redaction.undecided', `还有 ${open} 处建议没有决定。请逐处确认或者取消。`)
    await changeRedaction(db, id, { state: 'burning', pagesDone: 0, faults: '[]' })
    await record(db, ctx, redaction, '请求制作遮盖后的文件')
  })
}

async function record(db: Database, ctx: Context, redaction: Redaction, sentence: string): Promise<void> {
  await recordAct(db, ctx, {
    act: 'redaction.changed',
    sentence,
    object: { kind: 'redaction', id: redaction.id, label: redaction.title },
  })
}
