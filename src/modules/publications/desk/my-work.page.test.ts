import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskContext } from '#platform/context'
import { makeDraft, makePublic } from '../../../../test/make/publication.ts'
import { decisionOn, instant, makeReviewed } from '../../../../test/make/publishing.ts'
import { makePublishingDesk, type PublishingDesk } from '../../../../test/make/publishing-desk.ts'
import { reviewDraft } from '../actions/review-draft.ts'
import { submitDraft } from '../actions/submit-draft.ts'

let desk: PublishingDesk
beforeAll(async () => {
  desk = await makePublishingDesk()
})
afterAll(() => desk.leave())

/** Heading of each group → titles in it. */
async function groups(ctx: DeskContext): Promise<Record<string, string[]>> {
  const { html } = await desk.show(ctx, 'GET', '/')
  const parts = html.split('<section class="sheet">').slice(1)
  return Object.fromEntries(
    parts.map(part => [
      /<h2>([^<]*?) ?·/.exec(part)?.[1]?.trim() ?? '',
      [...part.matchAll(/href="\/publications\/\w{10}">([^<]+)<\/a><div/g)].map(found => found[1] ?? ''),
    ]),
  )
}

describe('my work', () => {
  it('says why it is empty and what to do', async () => {
    const { html } = await desk.show(desk.drafter, 'GET', '/')
    expect(html).toContain('现在没有等您办的稿子')
    expect(html).toContain('href="/publications/new"')
  })

  it('shows each person what waits for him, and nobody what is another’s', async () => {
    const { house, drafter, reviewer, colleague } = desk
    await makeDraft(drafter, house.at, { title: '没写完的' })
    const waiting = await makeDraft(drafter, house.at, { title: '送审的' })
    await submitDraft(drafter, { publicationId: waiting.id, revision: 1 })
    const back = await makeDraft(drafter, house.at, { title: '被退回的' })
    await submitDraft(drafter, { publicationId: back.id, revision: 1 })
    await reviewDraft(
      reviewer,
      decisionOn({ id: back.id, revision: 1 }, { decision: 'return', opinion: '请补充时段' }),
    )
    await makeReviewed(house, { title: '下周的' }, '2026-11-30 09:00')
    await makeReviewed(house, { title: '明年的' }, '2027-03-01 09:00')
    await makePublic(house.system, house.at, { title: '刚公开的' }, instant('2026-11-20 09:00'))
    await makePublic(house.system, house.at, { title: '去年的' }, instant('2025-11-20 09:00'))

    expect(await groups(drafter)).toEqual({
      退回给我的: ['被退回的'],
      我的稿子: ['没写完的'],
      '已送审，等同事审查': ['送审的'],
      今后两周定时发布: ['下周的'],
      本单位最近公开的: ['刚公开的'],
    })
    expect(await groups(reviewer)).toMatchObject({ 等我审查: ['送审的'] })
    expect(Object.keys(await groups(colleague))).toEqual(['今后两周定时发布', '本单位最近公开的'])
    expect(await groups(desk.person('他局', ['secrecy-reviewer'], house.at.government))).toEqual({})
    expect((await desk.show(drafter, 'GET', '/')).html).toContain('何敏：请补充时段')
  })

  it('does not give a reviewer what he himself wrote last (R-EXC-13)', async () => {
    const both = desk.person('身兼两职', ['drafter', 'secrecy-reviewer'])
    const own = await makeDraft(both, desk.house.at, { title: '自己写的' })
    await submitDraft(both, { publicationId: own.id, revision: 1 })
    expect((await groups(both)).等我审查).toEqual(['送审的'])
    expect((await groups(desk.reviewer)).等我审查).toEqual(['送审的', '自己写的'])
  })

  it('is open to administrators too, who find out that publishing is not theirs (S-SEC-06)', async () => {
    const { html } = await desk.show(desk.person('周敏', ['system-administrator']), 'GET', '/')
    expect(html).toContain('您的角色不办理发布')
    expect(html).not.toContain('刚公开的')
  })
})
