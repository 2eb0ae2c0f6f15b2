import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makePublic } from '../../../../test/make/publication.ts'
import { documentFacts, makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { findPublic } from '../list-queries.ts'
import { renewOutdated } from './renew-entries.job.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

describe('entries of an older making', () => {
  it('are made anew with everything that was said of them, and then left alone', async () => {
    const { db } = house.connection
    await makePublic(house.system, house.at, documentFacts('云溪县水库办法', { docNo: '云政发〔2026〕1号' }))
    await makePublic(
      house.system,
      house.at,
      documentFacts('废止的决定', { docNo: '云政发〔2026〕2号', repeals: '云政发〔2026〕1号 @ 2026-11-02' }),
    )
    await sql`update search_entries set words_version = 0, tsv = '', title_tsv = ''`.execute(db)
    const found = async () => {
      const asked = { siteId: house.at.site.id, words: ['水库'], validity: 'repealed' as const }
      return (await findPublic(db, house.now(), asked, { page: 1, pageSize: 9 })).rows.map(row => row.title)
    }
    expect(await found()).toEqual([])
    expect(await renewOutdated(house.system)).toBe(2)
    expect(await found()).toEqual(['云溪县水库办法'])
    expect(await renewOutdated(house.system)).toBe(0)
  })
})
