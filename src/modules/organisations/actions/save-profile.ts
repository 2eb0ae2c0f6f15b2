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
import { optionalDay, organId, profileContent, text } from '../input.ts'
import { mustStand, organTag } from '../organ.ts'
import { mayEditProfile } from '../policy.ts'
import { contentOf, type OrganProfile, profileVersion } from '../profile.ts'
import { currentProfile, profileHistory, writeProfile } from '../profile-queries.ts'
import { listOrgansAbove, lockOrgan } from '../queries.ts'
import { changedMeanwhile } from './update-organ.ts'

export const saveProfileInput = profileContent.extend({
  organId: organId('机构'),
  /** Left out: today. */
  validFrom: optionalDay('生效日期'),
  /** `profileVersion` of the row the form was filled from; commands leave it out. */
  version: text('版本', 60).nullable().default(null),
})
export type SaveProfile = z.output<typeof saveProfileInput>

/**
 * What the organ says of itself from a day on. A change is a new dated row; a second one for the same day replaces that
 * day's row. The past is not touched: only the very first row of an organ may begin on an earlier day.
 */
export async function saveProfile(ctx: Context, input: SaveProfile): Promise<OrganProfile> {
  return inTransaction(ctx.db, async db => {
    const organ = await lockOrgan(db, input.organId)
    const above = await listOrgansAbove(db, organ.id)
    permit(mayEditProfile(ctx.actor, { id: organ.id, above }), 'organisations.may-not-edit-profile')

    const today = ctx.clock.today()
    const validFrom = input.validFrom ?? today
    mustStand(organ, validFrom)
    const rows = await profileHistory(db, organ.id)
    if (rows.length > 0 && validFrom < today)
      throw invalid(
        'organisations.profile-of-the-past',
        `生效日期不能早于今天（${inChinese(today)}）。以前的内容有误，请办理“更正历史内容”并写明理由。`,
      )
    const seen = rows.find(row => row.validFrom <= validFrom) ?? null
    if (input.version !== null && input.version !== profileVersion(seen))
      throw conflict('organisations.changed-meanwhile', changedMeanwhile(seen?.changedBy ?? ''))

    const content = contentOf(input)
    await writeProfile(
      db,
      { id: uuidv7(), organId: organ.id, validFrom, ...content },
      { by: actorName(ctx.actor), at: ctx.clock.now() },
    )
    await recordAct(
      db,
      { actor: ctx.actor, clock: ctx.clock },
      {
        act: 'organisations.save-profile',
        sentence: `修改“${organ.name}”的机构职能等信息，自${inChinese(validFrom)}起`,
        object: { kind: 'organ', id: organ.id, label: organ.name },
        details: { validFrom, ...changes(seen, content) },
      },
    )
    await announceChange(db, [organTag(organ.id)])
    return (await currentProfile(db, organ.id, validFrom)) as OrganProfile
  })
}
