import { type Role, roles } from '#platform/actor'

/**
 * S-SEC-06: who runs the system, who gives the rights and who watches over both are three persons, and none of them
 * does the work that is run, allowed and watched.
 */
export const administratorRoles = [
  'system-administrator',
  'security-administrator',
  'audit-administrator',
] as const satisfies readonly Role[]

export function isAdministrator(role: Role): boolean {
  return (administratorRoles as readonly Role[]).includes(role)
}

/** Why one person may not hold these roles together, in words; null when they may. */
export function separationFault(held: readonly Role[]): string | null {
  const distinct = [...new Set(held)]
  const administrator = distinct.find(isAdministrator)
  if (administrator === undefined || distinct.length === 1) return null
  const other = distinct.find(role => role !== administrator) as Role
  return isAdministrator(other)
    ? `“${roles[administrator]}”和“${roles[other]}”必须由不同的人担任（三员分立）。请另选一个人。`
    : `担任“${roles[administrator]}”的人不能再担任其他角色（“${roles[other]}”）。请另选一个人，或先撤销其中一个角色。`
}
