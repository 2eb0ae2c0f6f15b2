import { z } from 'zod'
import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { getOrgan, mustStand } from '#modules/organisations'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { mayKeepAccounts } from '../policy.ts'
import { mailAddress, personName } from '../staff.ts'
import { changeStaff, lockStaffRow } from '../staff-queries.ts'

export const updateStaffInput = z.object({
  name: personName,
  organId: z.uuid('请选择所在机构。'),
  /** Left out: it stays. */
  mailAddress: mailAddress.optional(),
})
export type UpdateStaff = z.output<typeof updateStaffInput>

/** Corrects the name or moves the account to another organ. Roles stay where they were given. */
export async function updateStaff(ctx: Context, staffId: string, input: UpdateStaff): Promise<void> {
  await inTransaction(ctx.db, async db => {
    const staff = await lockStaffRow(db, staffId)
    permit(mayKeepAccounts(ctx.actor, staff.organId), 'people.may-not-update-staff')
    if (input.organId !== staff.organId) {
      permit(mayKeepAccounts(ctx.actor, input.organId), 'people.may-not-update-staff')
      mustStand(await getOrgan(db, input.organId), ctx.clock.today())
    }
    const { name, organId, mailAddress: address = staff.mailAddress } = input
    await changeStaff(db, staffId, { name, organId, mailAddress: address }, ctx.clock.now())
    await recordAct(db, ctx, {
      act: 'people.update-staff',
      sentence: `修改人员“${staff.name}”的账号`,
      object: { kind: 'staff', id: staffId, label: input.name },
      // That the address changed, not which it is: nobody needs it in the trail (S-SEC-15)
      details: {
        before: { name: staff.name, organId: staff.organId },
        after: { name, organId },
        mailAddressChanged: address !== staff.mailAddress,
      },
    })
  })
}
