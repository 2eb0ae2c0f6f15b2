import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskContext } from '#platform/context'
import type { Incoming } from '#platform/http/route'
import { deskVisit, htmlOf } from '../../../test/make/desk-visit.ts'
import { readerOf, visit } from '../../../test/make/public-visit.ts'
import { makePublic } from '../../../test/make/publication.ts'
import { documentFacts, instant, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { takeDown, takeDownInput } from '../publications/actions/take-down.ts'
import { praiseOf } from './around.ts'
import { forgetReadersOfYesterday } from './jobs/forget-readers.job.ts'
import { interpretation } from './module.ts'
import { routes as rating } from './public/rating.page.tsx'
import { routes as selections } from './public/selections.page.tsx'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const reader = () => readerOf(house.system, house.at.site)
const read = (address: string) => visit(reader(), interpretation.publicRoutes ?? [], address)
const makeInterpretation = (title: string, more: object = {}, at = instant('2026-11-20 09:00')) =>
  makePublic(
    house.system,
    house.at,
    {
      kind: 'interpretation',
      column: 'interpretation',
      title,
      fields: { form: 'text', interpreter: '供水股' },
      bodyHtml: '<h2>一、背景</h2><p>说明。</p>',
      ...more,
    },
    at,
  )

const post = (params: Record<string, string>, form: Incoming['form'], more: Partial<Incoming> = {}) => {
  const [route] = (params.file ? rating : selections).filter(one => one.method === 'POST')
  if (!route) throw new Error('no route')
  return route.handle(reader(), {
    method: 'POST',
    url: '',
    params,
    query: {},
    form,
    uploads: [],
    headers: {},
    cookies: {},
    ip: '10.0.0.1',
    ...more,
  })
}
const rate = (file: string, grade: string, more: Partial<Incoming> & { words?: string } = {}) =>
  post({ file }, { grade, words: more.words ?? '' }, more)
const desk = deskVisit(interpretation.deskRoutes)
const at = (ctx: Publishing['drafter']) => ({ ...ctx, publicOrigin: 'http://localhost:3000' }) as DeskContext

describe('readers rate an interpretation', () => {
  it('without a login, once a day each; the last word counts, and figures wait for enough readers', async () => {
    const { publicId, id } = await makeInterpretation('水费解读')
    const page = await read(`/interpretations/${publicId}/rating`)
    expect(page.words).toContain('完全看懂，很有帮助')
    expect(await rate(publicId, '2', { words: '看不懂第二段' })).toMatchObject({ status: 303 })
    await rate(publicId, '5')
    await rate(publicId, '5')
    const rows = await house.connection.db
      .selectFrom('ratingCounts')
      .select(['grade', 'count'])
      .where('publicationId', '=', id)
      .where('count', '>', 0)
      .execute()
    expect(rows).toEqual([{ grade: 5, count: 1 }])
    expect((await read(`/interpretations/${publicId}/rating`)).words).not.toContain('人评价，')
    for (let other = 2; other <= 10; other++)
      await rate(publicId, other > 8 ? '1' : '4', { ip: `10.0.0.${other}` })
    expect((await read(`/interpretations/${publicId}/rating`)).words).toContain('10 人评价，80% 看懂')
    expect(await praiseOf(reader(), id)).toEqual([
      { title: '10 人评价，80% 看懂', address: `/interpretations/${publicId}/rating` },
    ])
  })

  it('a form without a grade comes back with the words', async () => {
    const { publicId } = await makeInterpretation('停水解读')
    const reply = await post({ file: publicId }, { words: '太长' })
    expect(reply).toMatchObject({ kind: 'page', status: 422 })
    expect(reply.kind === 'page' && htmlOf(reply)).toContain('太长')
  })

  it('words are for staff: without numbers of persons, never on a public page', async () => {
    const { publicId } = await makeInterpretation('报停解读')
    await rate(publicId, '3', { words: '请打13800138000告诉我', ip: '10.0.1.1' })
    expect((await read(`/interpretations/${publicId}/rating`)).words).not.toContain('告诉我')
    const { html } = await desk.show(at(house.drafter), 'GET', '/interpretation-ratings/:id', {
      id: publicId,
    })
    expect(html).toContain('请打＊＊告诉我')
    expect((await desk.show(at(house.drafter), 'GET', '/interpretation-ratings')).html).toContain('报停解读')
  })

  it('not from another site, not what has left, and not without end from one address', async () => {
    const { publicId, id } = await makeInterpretation('将撤下的解读')
    await expect(rate(publicId, '5', { headers: { 'sec-fetch-site': 'cross-site' } })).rejects.toMatchObject({
      status: 403,
    })
    await takeDown(house.system, takeDownInput.parse({ publicationId: id, how: 'withdrawn', reason: '有误' }))
    await expect(rate(publicId, '5')).rejects.toMatchObject({ status: 404 })
    const items = await Promise.all(Array.from({ length: 41 }, (_, n) => makeInterpretation(`第${n}篇`)))
    for (const item of items.slice(0, 40)) await rate(item.publicId, '5', { ip: '10.9.9.9' })
    expect(await rate(items[40]?.publicId ?? '', '5', { ip: '10.9.9.9' })).toMatchObject({ status: 429 })
  })

  it('leaves no trace of the reader after the day', async () => {
    const db = house.connection.db
    const left = async () =>
      (
        await sql<{
          n: number
        }>`select ((select count(*) from rating_readers) + (select count(*) from rating_salts))::int as n`.execute(
          db,
        )
      ).rows[0]?.n
    expect(await left()).toBeGreaterThan(0)
    house.setTime('2026-11-24 00:01')
    await forgetReadersOfYesterday.run(house.system, {})
    expect(await left()).toBe(0)
    house.setTime('2026-11-23 10:00')
  })
})

describe('the column of leaders (I3)', () => {
  it('says who spoke, and which organs have not yet this year', async () => {
    const before = await read('/interpretations/leaders')
    expect(before.words).toContain('今年还没有')
    expect(before.words).toContain('县水利局')
    await makeInterpretation('局长谈节水', {
      fields: {
        form: 'interview',
        interpreter: '罗建平',
        interpreterPost: '局长',
        isLeader: true,
        heldOn: '2026-11-19',
        speakers: ['罗建平 局长'],
      },
    })
    const { words } = await read('/interpretations/leaders')
    expect(words).toContain('2 个单位中 1 个')
    expect(words).toContain('局长 罗建平')
    const lastYear = await read('/interpretations/leaders?year=2025')
    expect(lastYear.words).toContain('2025年没有')
    expect(lastYear.words).not.toContain('罗建平')
  })
})

describe('the yearly selection (I4)', () => {
  it('from nominations over votes and scores to a result in which every figure opens', async () => {
    const office = at(house.as(['openness-office'], '何敏', house.at.government))
    const juror = at(house.as(['leader'], '周县长', house.at.government))
    const head = at(house.as(['department-head'], '崔丽娟'))
    const [first, second] = [await makeInterpretation('甲解读'), await makeInterpretation('乙解读')]
    const old = await makeInterpretation('去年的解读', {}, instant('2025-11-20 09:00'))
    const round = {
      siteId: house.at.site.id,
      year: '2026',
      juryWeight: '60',
      readerWeight: '40',
      chosen: '1',
      votesFrom: '2026-12-01',
      votesUntil: '2026-12-05',
      revision: '0',
    }
    const wrong = await desk.show(
      office,
      'POST',
      '/selections',
      {},
      { form: { ...round, votesUntil: '2026-11-01' } },
    )
    expect(wrong.html).toContain('投票截止不能早于开始')
    const made = await desk.ask(office, 'POST', '/selections', {}, { form: round })
    const id = (made.kind === 'redirect' && /selections\/([^?]+)/.exec(made.to)?.[1]) || ''
    const nominate = (publicId: string) =>
      desk.ask(
        head,
        'POST',
        '/selections/:id/nominate',
        { id },
        {
          form: { publication: publicId, reason: '群众说看得懂' },
        },
      )
    expect(await nominate(old.publicId)).toMatchObject({ status: 400 })
    expect(await nominate(first.publicId)).toMatchObject({ status: 303 })
    expect(await nominate(first.publicId)).toMatchObject({ status: 409 })
    house.setTime('2026-11-23 10:01')
    await nominate(second.publicId)
    const nominated = await house.connection.db
      .selectFrom('selectionNominations')
      .select('id')
      .where('publicationId', '=', second.id)
      .executeTakeFirst()
    const takeBack = (reason: string) => {
      const form = { nominationId: nominated?.id ?? '', reason }
      return desk.ask(head, 'POST', '/selections/:id/take-back', { id }, { form })
    }
    // Taken back for a reason until voting begins, and put up again
    expect(await takeBack('')).toMatchObject({ status: 422 })
    expect(await takeBack('内容要先更正')).toMatchObject({ status: 303 })
    expect(await nominate(second.publicId)).toMatchObject({ status: 303 })
    await expect(read('/interpretations/selections/2026')).rejects.toMatchObject({ status: 404 })

    house.setTime('2026-12-02 10:00')
    expect(await nominate(second.publicId)).toMatchObject({ status: 409 })
    expect(await takeBack('内容要先更正')).toMatchObject({ status: 409 })
    const ballot = await read('/interpretations/selections/2026')
    expect(ballot.words).toContain('甲解读')
    const ids = [...ballot.html.matchAll(/name="nomination" value="([^"]+)"/g)].map(([, one]) => one ?? '')
    const vote = (nomination: string | undefined, ip: string) =>
      post({ year: '2026' }, { nomination: nomination ?? '' }, { ip })
    expect(await vote(ids[1], '10.0.0.1')).toMatchObject({ to: expect.stringContaining('done=counted') })
    expect(await vote(ids[1], '10.0.0.1')).toMatchObject({ to: expect.stringContaining('done=already') })
    await vote(ids[1], '10.0.0.2')
    await vote(ids[0], '10.0.0.3')

    const score = (ctx: DeskContext, nominationId: string | undefined, points: string) =>
      desk.ask(
        ctx,
        'POST',
        '/selections/:id/score',
        { id },
        {
          form: { nominationId: nominationId ?? '', score: points, comment: '清楚' },
        },
      )
    await expect(score(head, ids[0], '100')).rejects.toMatchObject({ status: 403 })
    await score(juror, ids[0], '90')
    const publish = () => desk.ask(office, 'POST', '/selections/:id/publish', { id })
    expect(await publish()).toMatchObject({ status: 409 })
    house.setTime('2026-12-06 09:00')
    expect(await publish()).toMatchObject({ status: 409 })
    await score(juror, ids[1], '60')
    expect(await publish()).toMatchObject({ status: 303 })

    // 甲: 90 × 0.6 + 50 × 0.4 = 74; 乙: 60 × 0.6 + 100 × 0.4 = 76
    const result = await read('/interpretations/selections/2026')
    expect(result.words).toContain('2026年度优秀解读')
    expect(result.words.indexOf('乙解读')).toBeLessThan(result.words.indexOf('甲解读'))
    expect(result.words).toContain('（60 × 60 + 100 × 40）÷ 100')
    expect(result.words).toContain('2026年12月2日 2 票')
    expect(result.words).not.toContain('周县长')
    expect(await praiseOf(reader(), second.id)).toEqual([
      { title: '2026年度优秀解读', address: '/interpretations/selections/2026' },
    ])
    expect((await read('/interpretations?q=乙解读')).words).toContain('2026年度优秀解读')
    expect(await score(juror, ids[0], '1')).toMatchObject({ status: 409 })

    await takeDown(
      house.system,
      takeDownInput.parse({ publicationId: second.id, how: 'withdrawn', reason: '有误' }),
    )
    const after = await read('/interpretations/selections/2026')
    expect(after.words).not.toContain('乙解读')
    expect(after.words).toContain('已停止公开的一篇')
    house.setTime('2026-11-23 10:00')
  })
})

describe('an interpretation on its page and in lists', () => {
  it('is linked with its policy both ways, in every form (R-INT-06, S-FUN-04)', async () => {
    const { itemRoutes } = await import('#modules/publications')
    const item = (address: string) =>
      visit(reader(), [...itemRoutes('interpretations'), ...itemRoutes('policies')], address)
    const policy = await makePublic(
      house.system,
      house.at,
      documentFacts('供水价格办法', { docNo: '云政办发〔2026〕77号' }),
    )
    const transcript = `<p>${'各位居民，今天说一说供水价格。'.repeat(6)}</p>`
    const video = await makeInterpretation('视频说水价', {
      interprets: `《供水价格办法》 /policies/${policy.publicId}`,
      fields: { form: 'video', interpreter: '供水股', mediaAddress: 'https://video.yunxi.example/1' },
      bodyHtml: transcript,
    })
    const qa = await makeInterpretation('水价问答', {
      interprets: `《供水价格办法》 /policies/${policy.publicId}`,
      fields: { form: 'qa', interpreter: '供水股' },
      bodyHtml: '<p>问：水价多少？</p><p>答：2.60元。</p><p>问：到哪里办？</p><p>答：水厂。</p>',
    })
    const shown = await item(`/interpretations/${video.publicId}`)
    expect(shown.words).toContain('文字版')
    expect(shown.words).toContain('视频 · 解读人：供水股')
    expect(shown.links).toContain(`/policies/${policy.publicId}`)
    expect(shown.links).toContain(`/interpretations/${video.publicId}/rating`)
    expect(shown.html).toContain('data-leaving="https://video.yunxi.example/1"')
    const answers = await item(`/interpretations/${qa.publicId}`)
    expect(answers.words).toContain('本文回答 2 个问题')
    expect(JSON.stringify(answers.reply.kind === 'page' && answers.reply.jsonLd)).toContain(
      '"@type":["Article","FAQPage"]',
    )
    const of = await item(`/policies/${policy.publicId}`)
    expect(of.links).toContain(`/interpretations/${video.publicId}`)
    expect(of.links).toContain(`/interpretations/${qa.publicId}`)
    expect((await read('/interpretations?form=video')).words).toContain('视频说水价')
    expect((await read('/interpretations?form=video')).words).not.toContain('水价问答')
    await takeDown(
      house.system,
      takeDownInput.parse({ publicationId: qa.id, how: 'withdrawn', reason: '有误' }),
    )
    expect((await item(`/policies/${policy.publicId}`)).links).not.toContain(
      `/interpretations/${qa.publicId}`,
    )
  })

  it('tells quietly which parts explain what (R-INT-04)', async () => {
    const { itemRoutes } = await import('#modules/publications')
    const made = await makeInterpretation('办法解读', {
      bodyHtml: '<h2>一、出台背景</h2><p>…</p><h2>二、收费标准</h2><p>…</p>',
    })
    const { words, html } = await visit(
      reader(),
      itemRoutes('interpretations'),
      `/interpretations/${made.publicId}`,
    )
    expect(words).toContain('这篇解读说明：背景依据')
    expect(html).toContain('href="#s-2"')
  })
})
