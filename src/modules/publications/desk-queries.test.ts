import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDraft, makePublic } from '../../../test/make/publication.ts'
import { instant, makePublishing, makeReviewed, type Publishing } from '../../../test/make/publishing.ts'
import { discardDraft } from './actions/discard-draft.ts'
import { startEdition } from './actions/start-edition.ts'
import { submitDraft } from './actions/submit-draft.ts'
import { takeDown, takeDownInput } from './actions/take-down.ts'
import { type DeskFilter, eachForDesk, listForDesk } from './desk-queries.ts'
import { type State, states } from './state.ts'

let house: Publishing
const ids = new Map<string, string>()

beforeAll(async () => {
  house = await makePublishing()
  const { drafter, system, at } = house
  const note = (name: string, made: { publicId: string }) => ids.set(made.publicId, name)
  note('draft', await makeDraft(drafter, at, { title: '起草中的通知' }))
  const waiting = await makeDraft(drafter, at, { title: '待审查的通知' })
  note('in-review', waiting)
  await submitDraft(drafter, { publicationId: waiting.id, revision: 1 })
  note('scheduled', await makeReviewed(house, { title: '定时的通知' }, '2026-12-01 09:00'))
  note('public', await makePublic(system, at, { title: '100%公开的_通知' }, instant('2026-11-01 10:00')))
  note(
    'expired',
    await makePublic(
      system,
      at,
      { title: '到期的公示', shownUntil: '2026-11-10' },
      instant('2026-11-01 10:00'),
    ),
  )
  const target = await makePublic(system, at, { title: '新通知' }, instant('2026-11-02 10:00'))
  note('public', target)
  for (const how of ['withdrawn', 'redirected', 'gone', 'superseded'] as const) {
    const item = await makePublic(system, at, { title: `${states[how]}的通知` }, instant('2026-11-03 10:00'))
    note(how, item)
    await takeDown(
      system,
      takeDownInput.parse({
        publicationId: item.id,
        how,
        reason: '不再适用',
        to: `/notices/${target.publicId}`,
      }),
    )
  }
  const corrected = await makePublic(system, at, { title: '有更正稿的通知' }, instant('2026-11-04 10:00'))
  note('public', corrected)
  await startEdition(drafter, corrected.id)
  const thrown = await makeDraft(drafter, at, { title: '放弃的通知' })
  await discardDraft(drafter, thrown.id)
})
afterAll(() => house.leave())

const list = async (filter: DeskFilter, page = 1) =>
  (await listForDesk(house.connection.db, house.now(), filter, page)).rows

describe('the list of publications', () => {
  it('shows each in the state that its rows derive, and none whose only draft was thrown away', async () => {
    const rows = await list({})
    expect(new Map(rows.map(row => [row.publicId, row.state]))).toEqual(ids)
    expect(rows.map(row => row.title)).not.toContain('放弃的通知')
  })

  it.each(Object.keys(states) as State[])('finds by the state %s what is in that state', async state => {
    const found = (await list({ state })).map(row => row.publicId)
    for (const [id, is] of ids) {
      if (is === state) expect(found).toContain(id)
      // A public item with a correction in work is found among the drafts too
      else if (state !== 'draft') expect(found).not.toContain(id)
    }
  })

  it('finds a public item among the drafts while a correction is written', async () => {
    const found = (await list({ state: 'draft' })).find(row => row.title === '有更正稿的通知')
    expect(found).toMatchObject({ state: 'public', hasDraft: true, draftSubmittedAt: null })
  })

  it('puts what has not been public yet first, then the newest', async () => {
    const rows = await list({})
    expect(rows.slice(0, 2).map(row => row.state)).toEqual(['in-review', 'draft'])
    expect(rows[2]?.state).toBe('scheduled')
  })

  it('searches words of the title as they are written, and numbers', async () => {
    expect((await list({ words: '100%公开的_' })).map(row => row.title)).toEqual(['100%公开的_通知'])
    expect(await list({ words: '100_公开' })).toEqual([])
    const [row] = await list({ words: '到期的公示' })
    expect((await list({ words: row?.indexNo ?? '' })).map(one => one.title)).toEqual(['到期的公示'])
    expect((await list({ words: row?.publicId })).map(one => one.title)).toEqual(['到期的公示'])
  })

  it('narrows by organ, column and origin', async () => {
    expect(await list({ organId: house.at.government.id })).toEqual([])
    const notices = house.at.columns.get('notices')
    expect((await list({ columnId: notices })).length).toBe(ids.size)
    expect(await list({ columnId: house.at.columns.get('policies') })).toEqual([])
    expect(await list({ archive: true })).toEqual([])
    expect(await list({ kind: 'policy' })).toEqual([])
  })

  it('counts no further than can be paged to, and an empty page is no fault', async () => {
    const page = await listForDesk(house.connection.db, house.now(), {}, 499)
    expect(page).toMatchObject({ rows: [], total: ids.size })
  })

  it('walks over all of them in portions', async () => {
    const seen: string[] = []
    for await (const rows of eachForDesk(house.connection.db, house.now(), {}, 4))
      seen.push(...rows.map(row => row.publicId))
    expect(seen.length).toBe(ids.size)
    expect(new Set(seen)).toEqual(new Set(ids.keys()))
  })
})
