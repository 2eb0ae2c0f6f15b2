import { z } from 'zod'
import { fromBeijing, inChinese } from '#lib/beijing-time'
import { dutiesOfMany, dutiesTag, moveDuties, type NewDuty, openDuties } from '#modules/duties'
import { notify, responsibleFor } from '#modules/notifications'
import { findOrgan, listSites, type SiteRow } from '#modules/organisations'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import type { Job } from '#platform/module'
import { settleCleanups } from '../actions/publish-cleanup.ts'
import { listCleanups } from '../cleanup-queries.ts'
import { type RegisterRow, wholeRegister } from '../register-queries.ts'
import { settingsFor } from '../settings-queries.ts'
import { monthsAfter } from '../terms.ts'

/** Every night: what expires soon is to be assessed, the yearly catalogue and the next clean-up become due. */
export const watchTerms: Job = {
  name: 'normative.watch-terms',
  payload: z.unknown(),
  schedule: '20 0 * * *',
  alsoAtStart: true,
  run: async ctx => {
    const opened = await openNormativeDuties(ctx)
    if (opened > 0) ctx.log.info({ opened }, 'duties about normative documents opened')
  },
}

/** Every ten minutes: rounds whose result has opened are closed. */
export const closeCleanups: Job = {
  name: 'normative.close-cleanups',
  payload: z.unknown(),
  schedule: '*/10 * * * *',
  run: async ctx => {
    await settleCleanups(ctx)
  },
}

/** Called again it opens nothing twice. @returns how many duties were opened or moved. */
export async function openNormativeDuties(ctx: Context): Promise<number> {
  await settleCleanups(ctx)
  let changed = 0
  for (const site of await listSites(ctx.db)) {
    const documents = await wholeRegister(ctx.db, ctx.clock.now(), ctx.clock.today(), {
      siteId: site.id,
      inForce: true,
    })
    if (documents.length === 0) continue
    changed += await inTransaction(ctx.db, async db => {
      const within = { ...ctx, db }
      const done =
        (await assessments(within, site, documents)) +
        (
          await openDuties(db, ctx, [
            ...(await catalogueDuty(within, site)),
            ...(await cleanupDuty(within, site)),
          ])
        ).length
      if (done > 0) await announceChange(db, [dutiesTag(site.id)])
      return done
    })
  }
  return changed
}

/**
 * R-NOR-11: half a year before a document expires. Publishing opens the duty of what is reviewed; here it is opened for what came
 * another way or was continued, moved where a correction changed the term, and the people are told.
 */
async function assessments(ctx: Context, site: SiteRow, documents: readonly RegisterRow[]): Promise<number> {
  const { db } = ctx
  const today = ctx.clock.today()
  const soon: (RegisterRow & { validUntil: string; from: string })[] = []
  const months = new Map<string, number>()
  for (const { organId } of documents)
    if (!months.has(organId)) months.set(organId, (await settingsFor(db, organId)).assessMonths)
  for (const document of documents) {
    if (!document.validUntil || document.validUntil < today) continue
    const from = monthsAfter(document.validUntil, -(months.get(document.organId) ?? 0))
    soon.push({ ...document, validUntil: document.validUntil, from })
  }
  const duties = Map.groupBy(
    (
      await dutiesOfMany(db, {
        siteId: site.id,
        kind: 'publication',
        ids: soon.map(one => one.publicationId),
      })
    ).filter(duty => duty.rule === 'R-NOR-11'),
    duty => duty.subjectId,
  )
  let changed = 0
  const opening: NewDuty[] = []
  for (const document of soon) {
    const known = duties.get(document.publicationId) ?? []
    const limit = { fixedOn: document.validUntil }
    const open = known.find(duty => !duty.metAt && !duty.waivedAt)
    if (open && open.dueOn !== document.validUntil)
      changed += (await moveDuties(db, ctx, { ids: [open.id] }, { limit }, '文件的有效期改了')).length
    if (document.from > today || known.some(duty => duty.dueOn === document.validUntil)) continue
    if (!open)
      opening.push({
        siteId: site.id,
        organId: document.organId,
        rule: 'R-NOR-11',
        article: '规范性文件有效期届满前六个月内评估',
        title: '评估规范性文件是否继续有效',
        domain: 'supervision',
        subject: { kind: 'publication', id: document.publicationId, label: document.title },
        // Further terms come round; the first one is that of its publishing
        ...(known.length > 0 ? { period: document.validUntil } : {}),
        limit,
        startedAt: fromBeijing(document.from) ?? ctx.clock.now(),
      })
  }
  changed += (await openDuties(db, ctx, opening)).length
  await tellOwners(
    ctx,
    soon.filter(document => document.from <= today),
  )
  return changed
}

/** Each is told once of each term. */
async function tellOwners(
  ctx: Context,
  documents: readonly (RegisterRow & { validUntil: string })[],
): Promise<void> {
  const people = await responsibleFor(
    ctx.db,
    ctx.clock.today(),
    documents.map(one => ({
      id: one.publicationId,
      organId: one.organId,
      officerId: null,
      domain: 'supervision',
    })),
  )
  await notify(
    ctx.db,
    ctx,
    documents.map(one => ({
      to: people.get(one.publicationId) ?? [],
      subjectKey: `normative.term:${one.publicationId}:${one.validUntil}`,
      title: `规范性文件将于${inChinese(one.validUntil)}到期`,
      sentence: `《${one.title}》有效期至${inChinese(one.validUntil)}。请评估：继续有效、修改，还是到期失效。`,
      address: `/normative/${one.publicId}`,
      about: { kind: 'publication', id: one.publicationId },
      dueOn: one.validUntil,
    })),
  )
}

/** R-NOR-14: the catalogue of the year before, in January. */
async function catalogueDuty(ctx: Context, site: SiteRow): Promise<NewDuty[]> {
  const [year = '', month] = ctx.clock.today().split('-')
  const government = await findOrgan(ctx.db, site.organId)
  if (month !== '01' || government?.type !== 'government') return []
  const last = String(Number(year) - 1)
  return [
    {
      siteId: site.id,
      organId: government.id,
      rule: 'R-NOR-14',
      article: '每年1月31日前报送上一年度规范性文件目录',
      title: `报送${last}年规范性文件目录`,
      domain: 'supervision',
      subject: { kind: 'organ', id: government.id, label: government.name },
      period: last,
      limit: { fixedOn: `${year}-01-31` },
      startedAt: fromBeijing(`${year}-01-01`) ?? ctx.clock.now(),
    },
  ]
}

/** R-NOR-13: the next round so many months after the last; before there was any, after the first day on which the register is kept. */
async function cleanupDuty(ctx: Context, site: SiteRow): Promise<NewDuty[]> {
  const government = await findOrgan(ctx.db, site.organId)
  if (government?.type !== 'government') return []
  const { cleanupMonths } = await settingsFor(ctx.db, government.id)
  if (cleanupMonths === 0) return []
  const last = (await listCleanups(ctx.db, site.id))
    .filter(round => round.closedAt && round.scope.organIds.length === 0)
    .sort((a, b) => Number(b.closedAt) - Number(a.closedAt))[0]
  return [
    {
      siteId: site.id,
      organId: government.id,
      rule: 'R-NOR-13',
      article: '规范性文件每两年清理一次，公布继续有效、修改、废止和失效的目录',
      title: '清理规范性文件',
      domain: 'supervision',
      subject: { kind: 'organ', id: government.id, label: government.name },
      period: last?.closedAt ? `after-${last.id}` : 'first',
      limit: { amount: cleanupMonths, unit: 'months' },
      startedAt: last?.closedAt ?? ctx.clock.now(),
    },
  ]
}
