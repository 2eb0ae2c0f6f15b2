import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskVisit } from '../../../test/make/desk-visit.ts'
import { inventedIdentity } from '../../../test/make/invented-numbers.ts'
import { makeDraft } from '../../../test/make/publication.ts'
import { makePublishingDesk, type PublishingDesk } from '../../../test/make/publishing-desk.ts'
import { findDraft } from '../publications/draft-queries.ts'
import { findingKey } from './actions/decide-findings.ts'
import { findingsOf } from './check-queries.ts'
import { personalData } from './module.ts'

let desk: PublishingDesk
const pages = deskVisit(personalData.deskRoutes)
beforeAll(async () => {
  desk = await makePublishingDesk()
})
afterAll(() => desk.leave())

const id = inventedIdentity(3)

/** A draft with an identity number that was refused at submission. */
async function refusedDraft(title: string) {
  const draft = await makeDraft(desk.house.drafter, desk.house.at, {
    title,
    bodyHtml: `<p>身份证号 ${id}</p>`,
  })
  const params = { id: draft.publicId }
  const reply = await desk.ask(desk.drafter, 'POST', '/publications/:id', params, {
    form: { act: 'submit', revision: String(draft.revision) },
  })
  const edition = await findDraft(desk.house.system.db, draft.id)
  if (!edition) throw new Error('no draft')
  return { draft, edition, reply, params }
}

describe('the pages of the search for personal data (X5)', () => {
  it('a refused submission leads to the places, masked, with the acts that are open', async () => {
    const { edition, reply } = await refusedDraft('名单一')
    expect(reply).toMatchObject({ kind: 'redirect', to: `/personal-data/${edition.id}?done=blocked` })
    const { html } = await pages.show(
      desk.drafter,
      'GET',
      '/personal-data/:id',
      { id: edition.id },
      { query: { done: 'blocked' } },
    )
    expect(html).toContain('正文 › 第 1 段')
    expect(html).toContain('遮盖勾选的')
    expect(html).not.toContain(id)
  })

  it('a decision without a reason comes back with what was ticked; with one it is on record', async () => {
    const { edition } = await refusedDraft('名单二')
    const keys = (await findingsOf(desk.house.system.db, edition.id)).map(findingKey)
    const form = { findings: keys, decision: 'not-personal', reason: '' }
    const { page } = await pages.show(
      desk.drafter,
      'POST',
      '/personal-data/:id',
      { id: edition.id },
      { form },
    )
    expect(page.status).toBe(422)
    const good = await pages.ask(
      desk.drafter,
      'POST',
      '/personal-data/:id',
      { id: edition.id },
      { form: { ...form, reason: '是示例号码。' } },
    )
    expect(good).toMatchObject({ to: `/personal-data/${edition.id}?done=decided` })
    const { html } = await pages.show(desk.drafter, 'GET', '/personal-data/:id', { id: edition.id })
    expect(html).toContain('是示例号码。')
  })

  it('masking by the button, then the closed original for the reviewer alone, audited', async () => {
    const { edition, params } = await refusedDraft('名单三')
    const keys = (await findingsOf(desk.house.system.db, edition.id)).map(findingKey)
    const reply = await desk.ask(desk.drafter, 'POST', '/publications/:id/mask', params, {
      form: { findings: keys },
    })
    expect(reply).toMatchObject({ to: `/personal-data/${edition.id}?done=masked` })
    const seen = await pages.show(desk.reviewer, 'GET', '/personal-data/:id', { id: edition.id })
    const original = /\/personal-data-originals\/([0-9a-f-]{36})/.exec(seen.html)?.[1] ?? ''
    const { html } = await pages.show(desk.reviewer, 'GET', '/personal-data-originals/:id', { id: original })
    expect(html).toContain(id)
    await expect(
      pages.ask(desk.drafter, 'GET', '/personal-data-originals/:id', { id: original }),
    ).rejects.toThrow()
    const drafter = await pages.show(desk.drafter, 'GET', '/personal-data/:id', { id: edition.id })
    expect(drafter.html).not.toContain('personal-data-originals')
  })

  it('the reviewer sees what is open and what was decided before deciding to publish', async () => {
    const { draft, edition, params } = await refusedDraft('名单四')
    const review = await desk.show(desk.reviewer, 'GET', '/publications/:id/review', params)
    expect(review.html).toContain('等待决定')
    expect(review.html).toContain(`/personal-data/${edition.id}`)
    expect(review.html).toContain(draft.publicId)
  })

  it('lists open drafts for those who decide in the organ', async () => {
    await refusedDraft('名单五')
    const { html } = await pages.show(desk.drafter, 'GET', '/personal-data')
    expect(html).toContain('名单五')
    expect(html).not.toContain(id)
  })
})
