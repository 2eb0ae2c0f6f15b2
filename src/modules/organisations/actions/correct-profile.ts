import type { z } from 'zod'
import { inChinese } from '#lib/beijing-time'
import { conflict, invalid, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { announceChange } from '#platform/http/cache-news'
import { changes } from '../changes.ts'
import { day, organId, profileContent, reason, text } from '../input.ts'
import { mustStand, organTag } from '../organ.ts'
import { mayEditProfile } from '../policy.ts'
import { contentOf, type OrganProfile, profileVersion } from '../profile.ts'
import { currentProfile, insertCorrection, writeProfile } from '../profile-queries.ts'
import { listOrgansAbove, lockOrgan } from '../queries.ts'
import { changedMeanwhile } from './update-organ.ts'

export const correctProfileInput = profileContent.extend({
  organId: organId('机构'),
  validFrom: day('生效日期'),
  reason,
  version: text('版本', 60).nullable().default(null),
})
export type CorrectProfile = z.output<typeof correctProfileInput>

/** The only way to change the past: the day's earlier text and the reason are kept for good and shown in the history. */
export async function correctProfile(ctx: Context, input: CorrectProfile): Promise<OrganProfile> {
  return inTransaction(ctx.db, async db => {
    const organ = await lockOrgan(db, input.organId)
    const above = await listOrgansAbove(db, organ.id)
    permit(mayEditProfile(ctx.actor, { id: organ.id, above }), 'organisations.may-not-edit-profile')

    const today = ctx.clock.today()
    if (input.validFrom >= today)
      throw invalid('organisations.not-the-past', '更正只用于今天以前的内容；今天起的变动请直接修改。')
    mustStand(organ, input.validFrom)
    const seen = await currentProfile(db, organ.id, input.validFrom)
    if (input.version !== null && input.version !== profileVersion(seen))
      throw conflict('organisations.changed-meanwhile', changedMeanwhile(seen?.changedBy ?? ''))

    const replaced = seen?.validFrom === input.validFrom ? contentOf(seen) : null
    const content = contentOf(input)
    const changed = { by: actorName(ctx.actor), at: ctx.clock.now() }
    await insertCorrection(db, {
      id: uuidv7(),
      organId: organ.id,
      validFrom: input.validFrom,
      before: replaced,
      reason: input.reason,
      correctedBy: changed.by,
      correctedAt: changed.at,
    })
    await writeProfile(
      db,
      { id: uuidv7(), organId: organ.id, validFrom: input.validFrom, ...content },
      changed,
    )
    await recordAct(
      db,
      { actor: ctx.actor, clock: ctx.clock },
      {
        act: 'organisations.correct-profile',
        sentence: `更正“${organ.name}”自${inChinese(input.validFrom)}起的机构信息：${input.reason}`,
        object: { kind: 'organ', id: organ.id, label: organ.name },
        details: { validFrom: input.validFrom, reason: input.reason, ...changes(seen, content) },
      },
    )
    await announceChange(db, [organTag(organ.id)])
    return (await currentProfile(db, organ.id, input.validFrom)) as OrganProfile
  })
}
