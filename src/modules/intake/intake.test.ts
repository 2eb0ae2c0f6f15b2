import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DeskContext } from '#platform/context'
import { root } from '#platform/root'
import { deskVisit } from '../../../test/make/desk-visit.ts'
import { makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { grounds } from '../documents/document.ts'
import { apiDocument } from './api-document.ts'
import { routes as callPages } from './desk/calls.page.tsx'
import { routes as tokenPages } from './desk/tokens.page.tsx'

let house: Publishing
beforeAll(async () => {
  house = await makePublishing()
})
afterAll(() => house.leave())

const { ask, show } = deskVisit([...callPages, ...tokenPages])
const administrator = () => house.as(['security-administrator'], '安管') as DeskContext

describe('docs/intake-api.md', () => {
  it('names every field and every ground that the interface knows', async () => {
    const text = await readFile(join(root, 'docs', 'intake-api.md'), 'utf8')
    for (const name of [...Object.keys(apiDocument.shape), ...Object.keys(grounds)])
      expect(text).toContain(`\`${name}\``)
  })
})

describe('the pages', () => {
  it('tell a new key once, and never again; a stopped one says who stopped it', async () => {
    const form = { organId: house.at.department.id, name: '协同办公系统', expiresOn: '2027-11-22' }
    const made = await show(administrator(), 'POST', '/intake-tokens', {}, { form })
    const { html } = await show(administrator(), 'GET', '/intake-tokens')
    const [key = ''] = /mtk_[\w-]{43}/.exec(made.html) ?? []
    expect(key).toHaveLength(47)
    expect(html).not.toMatch(/mtk_/)
    expect(html).toContain('没有用过')
    const id = /name="id" value="([^"]+)"/.exec(html)?.[1] ?? ''
    await ask(administrator(), 'POST', '/intake-tokens', {}, { form: { act: 'revoke', id } })
    expect((await show(administrator(), 'GET', '/intake-tokens')).html).toContain('安管于2026-11-23停用')
  })

  it('keep what was typed when a field is wrong', async () => {
    const form = { organId: house.at.department.id, name: '协', expiresOn: '2026-02-30' }
    const { page, html } = await show(administrator(), 'POST', '/intake-tokens', {}, { form })
    expect(page.status).toBe(422)
    expect(html).toContain('到期日不是存在的日期')
    expect(html).toContain('value="协"')
    const past = { organId: house.at.department.id, name: '协同', expiresOn: '2026-11-01' }
    expect((await show(administrator(), 'POST', '/intake-tokens', {}, { form: past })).html).toContain(
      '到期日应在今天以后',
    )
  })

  it('say why the list is empty', async () => {
    const office = house.as(['general-office'], '文档') as DeskContext
    expect((await show(office, 'GET', '/intake')).html).toContain('还没有办公系统交来公文')
    expect((await show(office, 'GET', '/intake', {}, { query: { outcome: 'refused' } })).html).toContain(
      '没有符合条件的记录',
    )
  })
})
