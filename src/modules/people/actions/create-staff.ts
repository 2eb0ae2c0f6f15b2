import { hashPassword } from 'better-auth/crypto'
import { z } from 'zod'
import { conflict, permit } from '#lib/errors'
import { blankAsNull } from '#lib/forms'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { getOrgan, mustStand } from '#modules/organisations'
import { actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { storePassword } from '../login-queries.ts'
import { oneTimePassword, rememberedPasswords } from '../password-rules.ts'
import { mayKeepAccounts } from '../policy.ts'
import { mailAddress, personName, username } from '../staff.ts'
import { findStaffByUsername, insertStaff, isFormTaken } from '../staff-queries.ts'

export const createStaffInput = z.object({
  username,
  name: personName,
  organId: z.uuid('请选择所在机构。'),
  mailAddress: mailAddress.optional(),
  formKey: z.preprocess(blankAsNull, z.uuid().nullish()),
  /** False for accounts of the sample, whose passwords are random and printed: only the system itself may ask for it. */
  mustChangePassword: z.boolean().default(true),
})
export type CreateStaff = z.output<typeof createStaffInput>

export interface NewStaff {
  staffId: string
  username: string
  /** Shown or printed once; only its hash is kept. */
  password: string
}

/** Makes an account without any role, with a random password to begin with. */
export async function createStaff(ctx: Context, asked: CreateStaff): Promise<NewStaff> {
  permit(mayKeepAccounts(ctx.actor, asked.organId), 'people.may-not-create-staff')
  const password = oneTimePassword()
  const hash = await hashPassword(password)
  const id = uuidv7()
  const now = ctx.clock.now()

  await inTransaction(ctx.db, async db => {
    mustStand(await getOrgan(db, asked.organId), ctx.clock.today())
    if (asked.formKey && (await isFormTaken(db, asked.formKey))) {
      throw conflict('people.form-taken', '这张表已经提交过，账号已经建好。需要新的初始密码时，请重置密码。')
    }
    if (await findStaffByUsername(db, asked.username)) throw usernameTaken(asked.username)
    await insertStaff(db, {
      id,
      username: asked.username,
      name: asked.name,
      organId: asked.organId,
      mailAddress: asked.mailAddress ?? null,
      mustChangePassword: asked.mustChangePassword || ctx.actor.kind !== 'system',
      passwordChangedAt: now,
      formKey: asked.formKey ?? null,
      createdBy: actorName(ctx.actor),
      createdAt: now,
      updatedAt: now,
    })
    await storePassword(db, id, hash, now, rememberedPasswords)
    await recordAct(db, ctx, {
      act: 'people.create-staff',
      sentence: `新建人员账号“${asked.name}”（${asked.username}）`,
      object: { kind: 'staff', id, label: asked.name },
      details: { username: asked.username, organId: asked.organId },
    })
  })
  return { staffId: id, username: asked.username, password }
}

const usernameTaken = (name: string) =>
  conflict('people.username-taken', `用户名“${name}”已经有人用了。请换一个，例如在后面加数字。`)
