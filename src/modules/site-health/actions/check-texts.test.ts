import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publish, saveDraft, startEdition, takeDown } from '#modules/publications'
import { makePublic } from '../../../../test/make/publication.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { draftInput } from '../../publications/actions/draft-input.ts'
import { findDraft } from '../../publications/draft-queries.ts'
import { importWords } from '../../wording/actions/import-words.ts'
import { recheckWords } from '../jobs/recheck-words.job.ts'
import { listStored } from '../queries.ts'
import { acknowledgeFinding } from './acknowledge-finding.ts'
import { checkLinks, isOneOf } from './check-links.ts'
import { readTexts } from './read-texts.ts'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const found = async (state: 'open' | 'resolved' = 'open') =>
  listStored(house.connection.db, { siteIds: [house.at.site.id], state }, { limit: 100, offset: 0 })
const site = () => house.at.site
const openness = () => house.as(['openness-office'], '何敏', house.at.government)

async function correct(id: string, bodyHtml: string) {
  await startEdition(house.system, id)
  const draft = await findDraft(house.connection.db, id)
  await saveDraft(house.system, {
    ...draftInput.parse({ ...draft, changeNote: '更正' }),
    bodyHtml,
    publicationId: id,
    revision: 1,
  })
  await publish(house.system, { publicationId: id, revision: 2 }, { kind: 'review', opinion: '可以公开' })
}

describe('words in public texts (S-WORD-03)', () => {
  it('are found with place, rule, suggestion and since when; read once, and ended by a correction', async () => {
    const item = await makePublic(house.system, house.at, {
      title: '布署冬修',
      bodyHtml: '<p>己经开工，己经见效。</p>',
    })
    await makePublic(house.system, house.at, { title: '办公平台说明', bodyHtml: '<p>澳门利新娱乐城注册</p>' })
    expect(await readTexts(house.system, site())).toBe(2)
    expect(await readTexts(house.system, site())).toBe(0)
    const [spam, ...typos] = await found()
    expect(spam).toMatchObject({ rule: 'S-CHK-01', severity: 'block', since: '2026-11-23' })
    expect(typos.map(one => [one.rule, one.evidence.slice(0, 9)]).sort()).toEqual([
      ['S-WORD-03', '“己经” 2 处：'],
      ['S-WORD-03', '“布署”：布署冬修'],
    ])
    expect(typos[0]?.remedy).toContain('建议改为')
    expect(typos[0]?.who).toBe(house.at.department.name)
    house.setTime('2026-11-24 10:00')
    await correct(item.id, '<p>已经开工。</p>')
    expect(await readTexts(house.system, site())).toBe(1)
    // The title has stayed as it was
    expect((await found()).map(one => one.rule)).toEqual(['S-CHK-01', 'S-WORD-03'])
    expect((await found('resolved')).map(one => one.resolvedOn)).toEqual(['2026-11-24'])
  })

  it('a changed list reads the stock anew; without a change nothing is read', async () => {
    const word = {
      text: '开工',
      replacement: '动工',
      severity: 'warn',
      class: 'other',
      exceptions: [],
      source: '测试',
      sourceDate: '',
      used: true,
    } as const
    expect(await importWords(openness(), [word])).toBe(1)
    expect(await importWords(openness(), [{ ...word, sourceDate: '2026-11-24' }])).toBe(0)
    await recheckWords.run(house.system, {})
    expect((await found()).map(one => one.evidence).join()).toContain('“开工”')
    await importWords(openness(), [{ ...word, used: false }])
    await recheckWords.run(house.system, {})
    expect((await found()).map(one => one.evidence).join()).not.toContain('“开工”')
    await expect(importWords(house.drafter, [word])).rejects.toThrow('权限')
  })

  it('what is taken down is no longer found', async () => {
    const [spam] = await found()
    const id = spam?.place.desk?.split('/').at(-1) ?? ''
    await takeDown(house.system, { publicationId: id, how: 'withdrawn', reason: '被植入', to: '' })
    await readTexts(house.system, site())
    expect((await found()).map(one => one.rule)).not.toContain('S-CHK-01')
  })
})

describe('links to our own site (S-CHK-17)', () => {
  it('answer by the data: public, moved with an end, withdrawn, never there, a page, a column', async () => {
    const open = await makePublic(house.system, house.at, { title: '在的' })
    const gone = await makePublic(house.system, house.at, { title: '撤了的' })
    const moved = await makePublic(house.system, house.at, { title: '并走的' })
    const to = `/notices/${open.publicId}`
    const base = '/notices'
    house.setTime('2026-11-24 11:00')
    await takeDown(house.system, { publicationId: gone.id, how: 'withdrawn', reason: '有误', to: '' })
    await takeDown(house.system, { publicationId: moved.id, how: 'redirected', reason: '合并', to })
    const hrefs = [
      ...[to, `/s/yunxi${to}`, `https://www.yunxi.example${to}?from=1#s-1`, `${base}/${moved.publicId}`],
      ...['/columns/policies/normative', '/topics/spring', '/search?q=1', '#s-1', '/'],
      ...[`${base}/${gone.publicId}`, `${base}/zzzzzzzzzz`, '/files/zzzzzzzzzz/a.pdf', '/columns/none'],
      ...['./P0201.doc', '/s/none/notices', '/old/t20190101_1.html'],
    ]
    const links = hrefs.map(href => `<p><a href="${href}">见此</a></p>`).join('')
    await makePublic(house.system, house.at, { title: '有链接的', bodyHtml: links })
    await readTexts(house.system, site())
    const isPage = isOneOf(['/', '/search', '/topics/:key', '/columns/*'])
    const count = await checkLinks(house.system, site(), isPage)
    const broken = (await found()).filter(one => one.rule === 'S-CHK-17')
    expect(broken.map(one => one.evidence).sort()).toEqual(
      [
        [`${base}/${gone.publicId}`, '指向的内容已经停止公开（410）'],
        [`${base}/zzzzzzzzzz`, '本站没有这个地址（404）'],
        ['/files/zzzzzzzzzz/a.pdf', '本站没有这个地址（404）'],
        ['/columns/none', '本站没有这个地址（404）'],
        ['./P0201.doc', '本站没有这个地址（404）'],
        ['/s/none/notices', '本站没有这个地址（404）'],
        ['/old/t20190101_1.html', '本站没有这个地址（404）'],
      ]
        .map(([href, reason]) => `“见此”指向 ${href}：${reason}。`)
        .sort(),
    )
    expect(count).toBe(7)
    expect(broken[0]?.place.address).toMatch(/^\/notices\//)
  })

  it('a known fault is acknowledged with a reason, once, by the openness office', async () => {
    const [one] = await found()
    const input = {
      siteId: site().id,
      finding: one?.key ?? '',
      since: one?.since ?? '',
      place: '有链接的',
      reason: '对方正在改版，月底恢复',
    }
    await acknowledgeFinding(openness(), input)
    await acknowledgeFinding(openness(), input)
    const rows = await house.connection.db.selectFrom('findingAcknowledgements').select('reason').execute()
    expect(rows).toEqual([{ reason: input.reason }])
    await expect(acknowledgeFinding(house.drafter, input)).rejects.toThrow('权限')
  })
})
