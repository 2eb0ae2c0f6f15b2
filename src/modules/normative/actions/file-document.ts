import { z } from 'zod'
import { dateInBeijing, fromBeijing, isPlainDate, nextMidnight } from '#lib/beijing-time'
import { conflict, invalid, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { recordAct } from '#modules/audit'
import { dutiesTag, meetDuties } from '#modules/duties'
import { actorId, actorName } from '#platform/actor'
import { clockAt } from '#platform/clock'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { mayFile, mayRegister } from '../policy.ts'
import { wholeRegister } from '../register-queries.ts'
import { filingsOf } from '../registration-queries.ts'
import { governmentOf } from '../settings-queries.ts'
import { registerTag } from '../tags.ts'
import { documentNamed } from './document-named.ts'

const filedTo = z.string().trim().min(2, '请写明报给哪个机关。').max(100)
const filedOn = z.string().trim().refine(isPlainDate, '报送日期不是存在的日期。')
const receiptNo = z.string().trim().max(100, '备案号最多 100 字。').default('')

export const filingInput = z.object({
  publicationId: z.uuid(),
  seen: z.coerce.number().int().min(0).default(0),
  filedTo,
  filedOn,
  receiptNo,
  note: z.string().trim().max(300).default(''),
  reason: z.preprocess(
    blankAsNull,
    z.string().trim().min(4, '请写明为什么更正（至少 4 个字）。').max(300).nullish(),
  ),
})

/** The end of the day on which it was done, or now, if that day is not over. */
function endOf(day: string, now: Date): Date {
  const start = fromBeijing(day) ?? now
  return new Date(Math.min(nextMidnight(start).getTime() - 1, now.getTime()))
}

/** Records that a document was filed (R-NOR-12); it meets the duty on the day of the filing. Put right by a further revision. */
export async function fileDocument(ctx: Context, input: z.output<typeof filingInput>): Promise<void> {
  const { publicationId, seen, reason, ...facts } = input
  await inTransaction(ctx.db, async db => {
    const document = await documentNamed({ ...ctx, db }, { id: publicationId })
    permit(mayFile(ctx.actor, document.organId), 'normative.may-not-file')
    if (document.isDraft || !document.firstPublicAt)
      throw conflict('normative.not-public', '文件公布以后才报备案。')
    if (facts.filedOn > ctx.clock.today())
      throw invalid('normative.day-ahead', '报送日期还没有到：报送以后再登记。')
    const began = document.signedOn ?? dateInBeijing(document.firstPublicAt)
    if (facts.filedOn < began)
      throw invalid('normative.day-before', `报送日期早于文件的成文日期（${began}），请核对。`)
    if (seen > 0 && !reason) throw invalid('normative.no-reason', '请写明为什么更正。')
    const done = await db
      .insertInto('normativeFilings')
      .values({
        publicationId,
        revision: seen + 1,
        ...facts,
        reason: seen > 0 ? (reason ?? null) : null,
        recordedBy: actorName(ctx.actor),
        recordedById: actorId(ctx.actor),
        recordedAt: ctx.clock.now(),
      })
      .onConflict(on => on.columns(['publicationId', 'revision']).doNothing())
      .returning('revision')
      .executeTakeFirst()
    if (!done || (await filingsOf(db, publicationId))[0]?.revision !== seen + 1)
      throw conflict('normative.recorded-meanwhile', '您打开之后同事登记过。请看过再改。')
    const at = endOf(facts.filedOn, ctx.clock.now())
    await meetDuties(
      db,
      { actor: ctx.actor, clock: clockAt(() => at) },
      { rules: ['R-NOR-12'], subject: { kind: 'publication', id: publicationId } },
      {
        kind: 'filing',
        id: publicationId,
        label: `${facts.filedOn} 报${facts.filedTo}备案${facts.receiptNo ? `，备案号 ${facts.receiptNo}` : ''}`,
      },
    )
    await recordAct(db, ctx, {
      act: seen > 0 ? 'normative.filing-corrected' : 'normative.filed',
      sentence: `登记《${document.title}》${facts.filedOn} 报${facts.filedTo}备案${reason ? `（更正：${reason}）` : ''}`,
      object: { kind: 'publication', id: publicationId, label: document.title },
    })
    await announceChange(db, [registerTag(document.siteId), dutiesTag(document.siteId)])
  })
}

export const yearlyCatalogueInput = z.object({
  organId: z.uuid(),
  siteId: z.uuid(),
  year: z.coerce.number().int().min(2000).max(2100),
  filedTo,
  filedOn,
  receiptNo,
})

/** The catalogue of last year's documents was handed in (R-NOR-14); it meets the duty of that year. */
export async function fileCatalogue(
  ctx: Context,
  input: z.output<typeof yearlyCatalogueInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const government = await governmentOf(db, input.organId)
    permit(mayRegister(ctx.actor, government.id), 'normative.may-not-register')
    if (input.filedOn > ctx.clock.today() || input.filedOn <= `${input.year}-12-31`)
      throw invalid('normative.catalogue-day', `${input.year} 年的目录在年度结束以后报送，日期不能晚于今天。`)
    const documents = (
      await wholeRegister(db, ctx.clock.now(), ctx.clock.today(), {
        siteId: input.siteId,
        publishedIn: input.year,
      })
    ).length
    const done = await db
      .insertInto('normativeCatalogues')
      .values({
        governmentId: government.id,
        year: input.year,
        filedTo: input.filedTo,
        filedOn: input.filedOn,
        receiptNo: input.receiptNo,
        documents,
        recordedBy: actorName(ctx.actor),
        recordedById: actorId(ctx.actor),
        recordedAt: ctx.clock.now(),
      })
      .onConflict(on => on.doNothing())
      .returning('year')
      .executeTakeFirst()
    if (!done) throw conflict('normative.catalogue-filed', `${input.year} 年的目录已经登记报送。`)
    const at = endOf(input.filedOn, ctx.clock.now())
    const subject = { kind: 'organ', id: government.id }
    await meetDuties(
      db,
      { actor: ctx.actor, clock: clockAt(() => at) },
      { rules: ['R-NOR-14'], subject, period: String(input.year) },
      { ...subject, label: `${input.filedOn} 报送 ${input.year} 年目录（${documents} 件）` },
    )
    await recordAct(db, ctx, {
      act: 'normative.catalogue-filed',
      sentence: `登记报送 ${input.year} 年规范性文件目录，${documents} 件`,
      object: { kind: 'organ', id: government.id, label: government.name },
    })
    await announceChange(db, [registerTag(input.siteId), dutiesTag(input.siteId)])
  })
}
