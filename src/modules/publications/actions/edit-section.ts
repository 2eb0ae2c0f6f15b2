import { z } from 'zod'
import { notFound, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { cleanBody } from '#modules/files'
import { actorName } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { publicationOf, textOfEdition } from '../draft-queries.ts'
import { keepFirst, keepRevision } from '../draft-revisions.ts'
import { mayDraft } from '../policy.ts'
import { beatLock, findLock, freeLock, type SectionLock, takeLock } from '../section-locks.ts'
import { printOf, sectionsOf, withSection } from '../sections.ts'
import { changeText, holdDraft } from './change-text.ts'

const place = { publicationId: z.uuid(), section: z.string().regex(/^[a-z0-9]{1,16}$/) }
export const openSectionInput = z.object({ ...place, over: z.boolean().default(false) })
export const saveSectionInput = z.object({
  ...place,
  /** What the part was when it was opened (`printOf`). */
  base: z.string().max(64),
  bodyHtml: z.string().max(4_000_000, '这一节太长：最多约 400 万字符。'),
})

/** Takes the lock of a part of the draft, or tells who has it. Taking it over is on record. */
export async function openSection(
  ctx: DeskContext,
  input: z.output<typeof openSectionInput>,
): Promise<SectionLock> {
  return inTransaction(ctx.db, async db => {
    const { publication, draft } = await holdDraft(ctx, db, input.publicationId)
    const section = sectionsOf(draft.bodyHtml).find(one => one.key === input.section)
    if (!section)
      throw notFound('publications.no-section', '这一节已经不在了：也许同事改了标题。请回到全文重新选择。')
    const before = await findLock(db, publication.id, input.section)
    const lock = await takeLock(db, publication.id, input.section, ctx.actor, ctx.clock.now(), input.over)
    if (input.over && before && before.staffId !== ctx.actor.id)
      await recordAct(db, ctx, {
        act: 'publications.section-taken-over',
        sentence: `从${before.staffName}手里接管了《${draft.title}》的“${section.heading}”一节`,
        object: { kind: 'publication', id: publication.id, label: draft.title },
      })
    return lock
  })
}

/** A sign of life. @returns who has the part now: oneself, or who took it over. */
export async function beatSection(
  ctx: DeskContext,
  input: { publicationId: string; section: string },
): Promise<{ held: true } | { held: false; by: string }> {
  const publication = await publicationOf(ctx.db, input.publicationId)
  permit(publication !== undefined && mayDraft(ctx.actor, publication.organId), 'publications.may-not-draft')
  if (await beatLock(ctx.db, input.publicationId, input.section, ctx.actor.id, ctx.clock.now()))
    return { held: true }
  const lock = await findLock(ctx.db, input.publicationId, input.section)
  return { held: false, by: lock?.staffName ?? '同事' }
}

/** `kept`: the text could not go into the draft and stays as a revision of its own. */
export type SectionSaved =
  | { outcome: 'saved'; revision: number; section: string }
  | { outcome: 'kept'; number: number; why: 'taken' | 'changed' | 'gone'; by: string }

/**
 * Saves one part and nothing else: whoever saved another part meanwhile is not in the way. Where a colleague has taken this part
 * over, or it is not any more what it was, nothing is overwritten and nothing lost.
 */
export async function saveSection(
  ctx: DeskContext,
  input: z.output<typeof saveSectionInput>,
): Promise<SectionSaved> {
  return inTransaction(ctx.db, async db => {
    const held = await holdDraft(ctx, db, input.publicationId)
    const { publication, draft } = held
    const mine = cleanBody(input.bodyHtml)
    const current = sectionsOf(draft.bodyHtml).find(one => one.key === input.section)
    const lock = await findLock(db, publication.id, input.section)
    const taken = lock !== undefined && lock.staffId !== ctx.actor.id
    const body = withSection(draft.bodyHtml, input.section, mine)
    if (taken || !current || body === null || printOf(current.html) !== input.base) {
      await keepFirst(db, draft)
      const number = await keepRevision(
        db,
        {
          ...draft,
          bodyHtml: body ?? `${draft.bodyHtml}\n${mine}`,
          editedBy: actorName(ctx.actor),
          editedById: ctx.actor.id,
          editedAt: ctx.clock.now(),
        },
        'taken-over',
        false,
      )
      const why = taken ? 'taken' : current ? 'changed' : 'gone'
      return { outcome: 'kept', number, why, by: taken ? lock.staffName : draft.editedBy }
    }
    const revision = await changeText(
      ctx,
      db,
      held,
      { ...textOfEdition(draft), bodyHtml: body },
      { way: 'section', sentence: `修改《${draft.title}》的“${current.heading}”一节` },
    )
    await freeLock(db, publication.id, input.section, ctx.actor.id)
    const at = sectionsOf(draft.bodyHtml).findIndex(one => one.key === input.section)
    return { outcome: 'saved', revision, section: sectionsOf(body)[at]?.key ?? input.section }
  })
}
