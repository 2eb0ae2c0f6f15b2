import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeDraft, makePublic } from '../../../../test/make/publication.ts'
import { instant } from '../../../../test/make/publishing.ts'
import { makePublishingDesk, type PublishingDesk } from '../../../../test/make/publishing-desk.ts'

let desk: PublishingDesk
beforeAll(async () => {
  desk = await makePublishingDesk()
  const { house, drafter } = desk
  await makeDraft(drafter, house.at, { title: '=SUM(A1) 的通知' })
  for (let number = 1; number <= 52; number++)
    await makePublic(house.system, house.at, { title: `第${number}号公告` }, instant('2026-11-01 10:00'))
}, 120_000)
afterAll(() => desk.leave())

const list = (query: Record<string, string> = {}) =>
  desk.show(desk.reviewer, 'GET', '/publications', {}, { query })

describe('the list on the desk', () => {
  it('pages, and keeps the filter on the way', async () => {
    const { html } = await list({ state: 'public' })
    expect(html).toContain('共 52 件')
    expect(html).toContain('href="/publications?state=public&amp;page=2"')
    expect((await list({ state: 'public', page: '2' })).html).toContain('第1号公告')
  })

  it('links public items to what readers see, and drafts to nothing', async () => {
    const { html } = await list({ words: '的通知' })
    expect(html).toContain('起草中')
    expect(html).not.toContain('http://localhost:3000/')
    expect((await list({ words: '第7号公告' })).html).toContain('http://localhost:3000/notices/')
  })

  it('takes nonsense in the address for no filter, and says why it is empty', async () => {
    expect((await list({ state: 'nonsense', organ: '1; drop', page: '-3' })).html).toContain('共 53 件')
    expect((await list({ words: '没有这样的' })).html).toContain('没有符合这些条件的发布物')
  })

  it('goes out as a table that no spreadsheet program runs', async () => {
    const reply = await desk.ask(desk.reviewer, 'GET', '/publications/export.csv')
    if (reply.kind !== 'content' || typeof reply.body === 'string' || reply.body instanceof Uint8Array)
      throw new Error('not a stream')
    const lines = (await text(reply.body)).split('\r\n')
    expect(lines[0]).toContain('﻿"标题","状态"')
    expect(lines.length).toBe(1 + 53 + 1)
    expect(lines.some(line => line.startsWith(`"'=SUM(A1) 的通知","起草中"`))).toBe(true)
  })
})
