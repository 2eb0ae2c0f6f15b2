import type { PlainDate } from '#lib/beijing-time'
import { conflict } from '#lib/errors'
import { type Role, roles } from '#platform/actor'
import type { Database } from '#platform/db/database'
import { countOtherHolders, lockAdministrators } from '../post-queries.ts'

/** Without them nobody could make an account or give a right any more, short of the server's own commands. */
const indispensable: readonly Role[] = ['system-administrator', 'security-administrator']

/** Refuses what would leave the installation without one of its administrators. */
export async function mustNotBeLastAdministrator(
  db: Database,
  staff: { id: string; name: string },
  losing: readonly Role[],
  on: PlainDate,
): Promise<void> {
  const lost = indispensable.filter(role => losing.includes(role))
  if (lost.length === 0) return
  await lockAdministrators(db)
  for (const role of lost) {
    if ((await countOtherHolders(db, role, on, staff.id)) > 0) continue
    throw conflict(
      'people.last-administrator',
      `${staff.name}是唯一的“${roles[role]}”。请先让另一个人担任这个角色，再办理。`,
    )
  }
}
