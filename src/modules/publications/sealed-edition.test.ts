import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '#platform/db/database'
import { makePublishing, makeReviewed, type Publishing } from '../../../test/make/publishing.ts'
import { listEditions } from './draft-queries.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const db = () => house.connection.db

describe('what is sealed stays', () => {
  const refused = (statement: ReturnType<typeof sql>) => expect(statement.execute(db())).rejects

  it('the application cannot change or delete a sealed edition', async () => {
    const item = await makeReviewed(house)
    const [edition] = await listEditions(db(), item.id)
    const id = edition?.id
    await refused(sql`update editions set title = '改' where id = ${id}`).toThrow('never changed')
    await refused(
      sql`update editions set public_from = public_from - interval '1 day' where id = ${id}`,
    ).toThrow('never changed')
    await refused(
      sql`update editions set sealed_at = null, public_from = null, digest = null where id = ${id}`,
    ).toThrow('never changed')
    await refused(sql`delete from editions where id = ${id}`).toThrow('never deleted')
    await refused(sql`truncate editions cascade`).toThrow('permission denied')
    await refused(sql`insert into file_uses (edition_id, file_id, role, title, position)
      values (${id}, ${crypto.randomUUID()}, 'attachment', '附件', 1)`).toThrow('never change')
  })

  it.each(['clearances', 'publishing_acts', 'review_steps'])('%s is append-only', async table => {
    await makeReviewed(house)
    await refused(sql`delete from ${sql.table(table)}`).toThrow('permission denied')
    await refused(sql`update ${sql.table(table)} set id = id`).toThrow('permission denied')
  })

  it('even their owner cannot change them', async () => {
    const owner = connect(house.url, { max: 1 })
    try {
      for (const table of ['clearances', 'publishing_acts', 'review_steps'])
        await expect(sql`delete from ${sql.table(table)}`.execute(owner.db)).rejects.toThrow('append-only')
    } finally {
      await owner.close()
    }
  })
})
