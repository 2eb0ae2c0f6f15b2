import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { applicationRole, connect } from '#platform/db/database'
import { emptyDatabase } from '#platform/db/empty-database'
import { testDatabase } from '../../../test/make/test-database.ts'

it('empties every table, append-only ones too, and leaves the connection with the role it had', async () => {
  const { url, drop } = await testDatabase()
  const { db, close } = connect(url, { role: applicationRole, max: 1 })
  try {
    await sql`insert into clearances (id, kind, opinion, given_by, given_at)
      values (gen_random_uuid(), 'sample', '样例', '系统', now())`.execute(db)
    await emptyDatabase(db)
    const { rows } = await sql<{ left: number; role: string; foundedAs: string }>`
      select (select count(*)::int from clearances) as left, current_user as role,
        (select founded_as from installation) as founded_as`.execute(db)
    expect(rows).toEqual([{ left: 0, role: applicationRole, foundedAs: 'empty' }])
    await expect(sql`delete from clearances`.execute(db)).rejects.toThrow('permission denied')
    const asleep = await sql`select 1 from pg_trigger where not tgisinternal and tgenabled = 'D'`.execute(db)
    expect(asleep.rows).toEqual([])
  } finally {
    await close()
    await drop()
  }
})
