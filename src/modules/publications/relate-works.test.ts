import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDraft, makePublic } from '../../../test/make/publication.ts'
import {
  documentFacts,
  makePublishing,
  makeReviewed,
  type Publishing,
  review,
} from '../../../test/make/publishing.ts'
import { publish } from './actions/publish.ts'
import { saveDraft, saveDraftInput } from './actions/save-draft.ts'
import { startEdition } from './actions/start-edition.ts'
import { takeDown } from './actions/take-down.ts'
import { findDraft } from './draft-queries.ts'
import { relationsOf } from './draft-relations.ts'
import { linkedWorks } from './overview-queries.ts'
import { findPublicView } from './public-queries.ts'
import type { PublicView } from './public-view.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const db = () => house.connection.db
async function viewOf(publicId: string): Promise<PublicView> {
  const found = await findPublicView(db(), house.now(), {
    siteId: house.at.site.id,
    publicId,
    segment: 'policies',
  })
  if (!found || !('bodyHtml' in found)) throw new Error('not public')
  return found
}

let serial = 100
const nextNo = () => `云政办发〔2026〕${++serial}号`
const publicDocument = (title: string, more: object = {}) =>
  makePublic(house.system, house.at, documentFacts(title, { docNo: nextNo(), ...more }))
const worksOfNo = async (docNo: string) =>
  (await sql`select publication_id from works where doc_no = ${docNo}`.execute(db())).rows

describe('works that are resolved later', () => {
  it('a repeal that arrives before the document it repeals reaches it, by number', async () => {
    house.setTime('2026-11-23 10:00')
    const docNo = nextNo()
    const repealing = await publicDocument('废止的决定', { repeals: `${docNo} 《旧办法》 @ 2026-12-01` })
    expect((await viewOf(repealing.publicId)).effects).toEqual([
      { type: 'repeals', title: '旧办法', docNo, kind: null, address: null, effectiveFrom: '2026-12-01' },
    ])
    const repealed = await publicDocument('云溪县旧办法', { docNo })
    expect(await viewOf(repealed.publicId)).toMatchObject({ validity: 'in-force' })
    expect((await viewOf(repealing.publicId)).effects).toMatchObject([
      { title: '云溪县旧办法', address: `/policies/${repealed.publicId}` },
    ])
    house.setTime('2026-12-01 00:00')
    expect(await viewOf(repealed.publicId)).toMatchObject({
      validity: 'repealed',
      effectsOnIt: [{ type: 'repeals', title: '废止的决定', effectiveFrom: '2026-12-01' }],
    })
  })

  it('works that waited under its number and under its title become one', async () => {
    const docNo = nextNo()
    const byNumber = await publicDocument('按文号引用', { cites: docNo })
    const byTitle = await publicDocument('按标题引用', { cites: '《合并的办法》' })
    const both = await publicDocument('都写了', { cites: `${docNo}\n《合并的办法》` })
    const cited = await publicDocument('合并的办法', { docNo })
    const view = await viewOf(cited.publicId)
    expect(view.linkedFrom.map(work => work.title).sort()).toEqual(
      ['按文号引用', '按标题引用', '都写了'].sort(),
    )
    for (const item of [byNumber, byTitle, both])
      expect((await viewOf(item.publicId)).links).toMatchObject([{ address: `/policies/${cited.publicId}` }])
    expect(await worksOfNo(docNo)).toEqual([{ publicationId: cited.id }])
  })

  it('a document with another number is another work, though its title is the same', async () => {
    const cited = nextNo()
    const citing = await publicDocument('引用去年的通知', { cites: `${cited} 《关于防汛的通知》` })
    await publicDocument('关于防汛的通知')
    expect((await viewOf(citing.publicId)).links).toMatchObject([{ docNo: cited, address: null }])
  })

  it('a correction keeps its work, and a new number finds those that waited for it', async () => {
    const right = nextNo()
    const citing = await publicDocument('引用正确文号', { cites: right })
    const wrong = await publicDocument('文号写错的办法')
    await startEdition(house.system, wrong.id)
    const form = { ...(await findDraft(db(), wrong.id)), docNo: right, changeNote: '文号有误' }
    const { revision } = await saveDraft(
      house.system,
      saveDraftInput.parse({ ...form, publicationId: wrong.id }),
    )
    await publish(
      house.system,
      { publicationId: wrong.id, revision },
      { kind: 'sample', publicAt: house.now() },
    )
    expect((await viewOf(citing.publicId)).links).toMatchObject([{ address: `/policies/${wrong.publicId}` }])
    expect(await worksOfNo(right)).toEqual([{ publicationId: wrong.id }])
  })

  it('an address finds a document that is not public yet', async () => {
    const draft = await makeDraft(
      house.system,
      house.at,
      documentFacts('按地址引用的办法', { docNo: nextNo() }),
    )
    const citing = await publicDocument('先发的解读', { cites: `/policies/${draft.publicId}` })
    expect((await viewOf(citing.publicId)).links).toEqual([])
    await publish(
      house.system,
      { publicationId: draft.id, revision: draft.revision },
      { kind: 'sample', publicAt: house.now() },
    )
    expect((await viewOf(citing.publicId)).links).toMatchObject([
      { title: '按地址引用的办法', address: `/policies/${draft.publicId}` },
    ])
  })

  it('a citation is saved while the cited document is being published: they find each other', async () => {
    const docNo = nextNo()
    const cited = await makeDraft(house.system, house.at, documentFacts('同时公开的办法', { docNo }))
    let published: Promise<unknown> | undefined
    const citing = await db()
      .transaction()
      .execute(async open => {
        const draft = await makeDraft(
          { ...house.system, db: open },
          house.at,
          documentFacts('引用它的办法', { docNo: nextNo(), cites: docNo }),
        )
        published = publish(
          house.system,
          { publicationId: cited.id, revision: cited.revision },
          { kind: 'sample', publicAt: house.now() },
        )
        await sleep(200)
        return draft
      })
    await published
    await publish(
      house.system,
      { publicationId: citing.id, revision: citing.revision },
      { kind: 'sample', publicAt: house.now() },
    )
    expect((await viewOf(citing.publicId)).links).toMatchObject([{ address: `/policies/${cited.publicId}` }])
  })

  it('many acts on works that speak of one another never lock each other out', async () => {
    const drafts: { id: string; publicId: string }[] = []
    for (let n = 0; n < 6; n++)
      drafts.push(await makeDraft(house.system, house.at, documentFacts(`相互 ${n}`, { docNo: nextNo() })))
    const everyOther = (id: string) =>
      drafts.flatMap(one => (one.id === id ? [] : `/policies/${one.publicId}`)).join('\n')
    const sample = { kind: 'sample', publicAt: house.now() } as const
    await Promise.all(
      drafts.map(async ({ id }, n) => {
        const form = { ...(await findDraft(db(), id)), publicationId: id, cites: everyOther(id) }
        const { revision } = await saveDraft(house.system, saveDraftInput.parse(form))
        if (n % 2 === 0) await makePublic(house.system, house.at, { cites: everyOther(id) })
        await publish(house.system, { publicationId: id, revision }, sample)
      }),
    )
    for (const { publicId } of drafts) {
      const view = await viewOf(publicId)
      expect(view.links.filter(work => work.address)).toHaveLength(5)
      expect(view.linkedFrom.filter(work => work.kind !== 'notice')).toHaveLength(5)
    }
  })
})

describe('what a citation shows', () => {
  it('what its writer wrote, also where another wrote the number with another title', async () => {
    const docNo = nextNo()
    await makeDraft(house.drafter, house.at, { cites: `${docNo} 《别人写的标题》` })
    const citing = await publicDocument('引用', { cites: `${docNo} 《我写的标题》` })
    expect((await viewOf(citing.publicId)).links).toMatchObject([{ docNo, title: '我写的标题' }])
    const { rows } = await sql<{ id: string }>`
      select id from editions where publication_id = ${citing.id}`.execute(db())
    expect((await relationsOf(db(), rows[0]?.id ?? '')).links).toMatchObject([
      { type: 'cites', line: { docNo, title: '我写的标题' } },
    ])
  })

  it('nothing of a document that is scheduled, but the number that was cited', async () => {
    house.setTime('2026-12-02 10:00')
    const docNo = nextNo()
    const byNumber = await publicDocument('按文号引用', { cites: docNo })
    const scheduled = await makeReviewed(
      house,
      documentFacts('到点才公开的标题', { docNo }),
      '2026-12-03 09:00',
    )
    const byAddress = await publicDocument('按地址引用', { cites: `/policies/${scheduled.publicId}` })
    const facts = async () =>
      JSON.stringify([
        (await viewOf(byNumber.publicId)).links,
        (await viewOf(byAddress.publicId)).links,
        ...(await linkedWorks(db(), house.now(), [byNumber.id, byAddress.id], 'cites')).values(),
      ])
    expect(await facts()).not.toContain('到点才公开的标题')
    expect((await viewOf(byNumber.publicId)).links).toMatchObject([{ title: docNo, address: null }])
    house.setTime('2026-12-03 09:00')
    expect((await facts()).split('到点才公开的标题')).toHaveLength(5)
  })

  it('of a document that has left, the last title that was public; never one of a correction that did not open', async () => {
    house.setTime('2026-12-04 10:00')
    const cited = await publicDocument('公开过的标题')
    const citing = await publicDocument('引用', { cites: `/policies/${cited.publicId}` })
    await startEdition(house.drafter, cited.id)
    const form = { ...(await findDraft(db(), cited.id)), title: '没有公开的新标题', changeNote: '更正' }
    const { revision } = await saveDraft(
      house.drafter,
      saveDraftInput.parse({ ...form, publicationId: cited.id }),
    )
    await review(house, { id: cited.id, revision }, '2026-12-06 09:00')
    expect((await viewOf(citing.publicId)).links).toMatchObject([{ title: '公开过的标题' }])
    house.setTime('2026-12-05 10:00')
    await takeDown(house.reviewer, { publicationId: cited.id, how: 'withdrawn', reason: '误发', to: '' })
    expect((await viewOf(citing.publicId)).links).toMatchObject([{ title: '公开过的标题', address: null }])
  })

  it('effects of scheduled and withdrawn documents count only while they are public', async () => {
    house.setTime('2026-12-07 10:00')
    const target = await publicDocument('被废止的办法')
    const repealing = await makeReviewed(
      house,
      documentFacts('废止它的决定', {
        docNo: nextNo(),
        repeals: `/policies/${target.publicId} @ 2026-12-01`,
      }),
      '2026-12-08 09:00',
    )
    expect(await viewOf(target.publicId)).toMatchObject({ validity: 'in-force', effectsOnIt: [] })
    house.setTime('2026-12-08 09:00')
    expect(await viewOf(target.publicId)).toMatchObject({ validity: 'repealed' })
    house.setTime('2026-12-08 10:00')
    await takeDown(house.reviewer, { publicationId: repealing.id, how: 'withdrawn', reason: '误发', to: '' })
    expect(await viewOf(target.publicId)).toMatchObject({ validity: 'in-force', effectsOnIt: [] })
  })
})
