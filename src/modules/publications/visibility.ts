import { type RawBuilder, type SqlBool, sql } from 'kysely'

/**
 * The one gate to what the public sees: the edition (`e`, or another alias) is open at `now`. Deny by default: a draft has
 * no interval, a scheduled edition's begins later, a withdrawn one's has ended. Whatever shows publications asks here.
 */
export function isPublic(now: Date, alias = 'e'): RawBuilder<SqlBool> {
  const edition = sql.raw(alias)
  return sql<SqlBool>`(${edition}.public_from <= ${now} and (${edition}.public_until is null or ${edition}.public_until > ${now}))`
}
