import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Role } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import type { Content } from '#platform/http/reply'
import { deskVisit } from '../../../../test/make/desk-visit.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { makeTestFolder } from '../../../../test/make/test-folder.ts'
import { wording } from '../module.ts'

const { ask, show } = deskVisit(wording.deskRoutes)
let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

function person(
  name: string,
  roles: readonly Role[],
  organ: { id: string } = house.at.government,
): DeskContext {
  const { actor, ...rest } = house.as(roles, name, organ)
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...rest, actor, publicOrigin: 'http://localhost:3000' }
}
const openness = () => person('何敏', ['openness-office'])
const textOf = async (reply: Awaited<ReturnType<typeof ask>>) => {
  let text = ''
  const { body } = reply as Content
  if (typeof body === 'string') return body
  for await (const chunk of body as NodeJS.ReadableStream) text += String(chunk)
  return text
}

describe('词表', () => {
  it('is shown, exported, and tries a text', async () => {
    const { html } = await show(openness(), 'GET', '/site-health/words', {}, { query: { find: '部署' } })
    expect(html).toContain('布署')
    const tried = await show(openness(), 'POST', '/site-health/words/try', {}, { form: { text: '工作布署' } })
    expect(tried.html).toContain('第 3 字“布署”')
    expect(await textOf(await ask(openness(), 'GET', '/site-health/words.csv'))).toContain('"布署","部署"')
  })

  it('an import names its faults, shows what it would change, then does it', async () => {
    const path = join(await makeTestFolder(), 'words.csv')
    const upload = { field: 'file', name: '词表.csv', path, size: 1, tooLarge: false }
    const head = '词语,正确写法,处理,类别,例外,来源,日期,使用\n'
    await writeFile(path, `${head}通之,通知,也许,错别字,,校对,,是\n`)
    const wrong = await show(openness(), 'POST', '/site-health/words', {}, { uploads: [upload] })
    expect(wrong.page.status).toBe(422)
    expect(wrong.html).toContain('请填“拦截”或“提醒”')
    await writeFile(path, `${head}通之,通知,提醒,错别字,,校对,,是\n布署,,提醒,错别字,,校对,,否\n`)
    const right = await show(openness(), 'POST', '/site-health/words', {}, { uploads: [upload] })
    expect(right.html).toContain('新增 1 条，更改 1 条')
    const content = `${head}通之,通知,提醒,错别字,,校对,,是\n布署,,提醒,错别字,,校对,,否\n`
    const done = await ask(
      openness(),
      'POST',
      '/site-health/words',
      {},
      { form: { content, next: 'import' } },
    )
    expect(done).toMatchObject({ kind: 'redirect', to: '/site-health/words?done=2' })
    const { html } = await show(openness(), 'GET', '/site-health/words', {}, { query: { find: '布署' } })
    expect(html).toContain('不检查')
  })
})
