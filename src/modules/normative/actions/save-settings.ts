import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { maySetNormative } from '../policy.ts'
import { governmentOf } from '../settings-queries.ts'

const count = (least: number, most: number) =>
  z.coerce
    .number('请填写数字。')
    .int('请填写整数。')
    .min(least, `最小 ${least}。`)
    .max(most, `最大 ${most}。`)
const organ = z
  .preprocess(value => (value === '' ? null : value), z.uuid('请重新选择。').nullable())
  .default(null)

export const settingsInput = z
  .object({
    organId: z.uuid(),
    revision: z.coerce.number().int().min(0),
    numberCode: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9\u4e00-\u9fa5]{0,12}$/, '代码用字母、数字或汉字，最多 12 个。'),
    numberPattern: z
      .string()
      .trim()
      .max(60)
      .refine(
        text => text.includes('{year}') && /\{serial(?::\d)?\}/.test(text),
        '样式里要有 {year} 和 {serial}，例如 {code}GS-{year}-{serial:4}。',
      ),
    termYears: count(1, 20),
    trialYears: count(1, 20),
    assessMonths: count(1, 24),
    legalityLeast: count(0, 60),
    legalityMost: count(1, 60),
    competitionMost: count(1, 60),
    opinionDays: count(1, 90),
    marketOpinionDays: count(1, 90),
    cleanupMonths: count(0, 120),
    legalityOrganId: organ,
    competitionOrganId: organ,
    filedTo: z.string().trim().max(100).default(''),
  })
  .refine(said => said.legalityLeast <= said.legalityMost, {
    path: ['legalityMost'],
    message: '最长的时限不能短于最短的。',
  })
  .refine(said => said.trialYears <= said.termYears, {
    path: ['trialYears'],
    message: '暂行、试行的有效期不能长于一般的。',
  })

/** What holds for a government and the organs below it; numbers that were given stay as they are. */
export async function saveSettings(ctx: Context, input: z.output<typeof settingsInput>): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const government = await governmentOf(db, input.organId)
    permit(maySetNormative(ctx.actor, government.id), 'normative.may-not-set')
    const { revision, ...settings } = input
    const changed = { changedBy: actorName(ctx.actor), changedAt: ctx.clock.now() }
    const done = await db
      .insertInto('normativeSettings')
      .values({ ...settings, organId: government.id, ...changed })
      .onConflict(on =>
        on
          .column('organId')
          .doUpdateSet({
            ...settings,
            organId: government.id,
            ...changed,
            revision: sql`normative_settings.revision + 1`,
          })
          .where('normativeSettings.revision', '=', revision),
      )
      .returning('revision')
      .executeTakeFirst()
    if (!done || (revision === 0) !== (done.revision === 1))
      throw conflict('normative.settings-changed', '您打开之后同事改过设置。请看过再改。')
    await recordAct(db, ctx, {
      act: 'normative.settings-saved',
      sentence: `修改${government.shortName}规范性文件的设置`,
      object: { kind: 'organ', id: government.id, label: government.name },
      details: settings,
    })
  })
}
