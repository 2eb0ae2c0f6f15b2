import { listOrgans } from '#modules/organisations'
import { createStaff, createStaffInput, givePost, givePostInput, requireSecondFactor } from '#modules/people'
import { type Role, roles } from '#platform/actor'
import type { Context } from '#platform/context'

export interface FirstLogin {
  username: string
  password: string
  role: string
}

const first: readonly [Role, string][] = [
  ['system-administrator', 'sysadmin'],
  ['security-administrator', 'secadmin'],
  ['audit-administrator', 'auditadmin'],
]

/** An export brings no accounts: three to begin with, for three persons (S-SEC-06), in the uppermost organ. */
export async function foundAdministrators(ctx: Context): Promise<FirstLogin[]> {
  const organs = await listOrgans(ctx.db)
  const organ = organs.find(one => one.parentId === null && one.abolishedOn === null) ?? organs[0]
  if (!organ) return []
  const logins: FirstLogin[] = []
  for (const [role, username] of first) {
    const { staffId, password } = await createStaff(
      ctx,
      createStaffInput.parse({ username, name: roles[role], organId: organ.id, mustChangePassword: true }),
    )
    await givePost(ctx, givePostInput.parse({ staffId, role, organId: organ.id, fromOn: ctx.clock.today() }))
    logins.push({ username, password, role: roles[role] })
  }
  await requireSecondFactor(ctx)
  return logins
}
