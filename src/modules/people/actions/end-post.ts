import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { getOrgan } from '#modules/organisations'
import { actorName, roles } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayGiveRights } from '../policy.ts'
import { endPosts, getPost } from '../post-queries.ts'
import { lockStaffRow } from '../staff-queries.ts'
import { mustNotBeLastAdministrator } from './must-not-be-last-administrator.ts'

/** Takes a role back at once; who is deputy in it stops being so with it. */
export async function endPost(ctx: Context, postId: string): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const post = await getPost(db, postId)
    const staff = await lockStaffRow(db, post.staffId)
    permit(mayGiveRights(ctx.actor, post.organId), 'people.may-not-end-post')
    if (post.endedAt !== null) return
    await mustNotBeLastAdministrator(db, staff, [post.role], ctx.clock.today())
    await endPosts(db, [postId], actorName(ctx.actor), ctx.clock.now())
    const organ = await getOrgan(db, post.organId)
    await recordAct(db, ctx, {
      act: 'people.end-post',
      sentence: `撤销“${staff.name}”在${organ.shortName}的“${roles[post.role]}”角色`,
      object: { kind: 'staff', id: staff.id, label: staff.name },
      details: { role: post.role, organId: post.organId },
    })
  })
}
