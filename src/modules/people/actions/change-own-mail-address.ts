import { z } from 'zod'
import { recordAct } from '#modules/audit'
import type { Staff } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mailAddress } from '../staff.ts'
import { changeStaff, lockStaffRow } from '../staff-queries.ts'

export const changeOwnMailAddressInput = z.object({ mailAddress })

/** Everybody says where the own reminders go. */
export async function changeOwnMailAddress(
  ctx: Context & { actor: Staff },
  input: z.output<typeof changeOwnMailAddressInput>,
): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const staff = await lockStaffRow(db, ctx.actor.id)
    if (staff.mailAddress === input.mailAddress) return
    await changeStaff(db, staff.id, { mailAddress: input.mailAddress }, ctx.clock.now())
    await recordAct(db, ctx, {
      act: 'people.change-own-mail-address',
      sentence: input.mailAddress === null ? '删除了自己的邮箱地址' : '修改了自己的邮箱地址',
      object: { kind: 'staff', id: staff.id, label: staff.name },
    })
  })
}
