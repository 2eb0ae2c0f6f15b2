import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RawForm } from '#lib/forms'
import type { PublicContext } from '#platform/context'
import type { Page } from '#platform/http/reply'
import { formOf, htmlOf } from '../../../../test/make/desk-visit.ts'
import { readerOf, visit } from '../../../../test/make/public-visit.ts'
import { documentFacts, makeReviewed } from '../../../../test/make/publishing.ts'
import { requests } from '../module.ts'
import { makeRequests, type RequestsHouse } from '../requests-for-tests.ts'

let at: RequestsHouse
let reader: PublicContext
beforeAll(async () => {
  at = await makeRequests()
  reader = readerOf(at.house.system, at.house.at.site)
})
afterAll(() => at.leave())

async function post(
  path: string,
  form: RawForm,
  headers = {},
): Promise<{ page: Page; html: string; words: string }> {
  const route = requests.publicRoutes?.find(one => one.path === path && one.method === 'POST')
  const reply = await route?.handle(reader, {
    method: 'POST',
    url: path,
    params: {},
    query: {},
    form,
    uploads: [],
    headers,
    cookies: {},
    ip: '192.0.2.7',
  })
  if (reply?.kind !== 'page') throw new Error('not a page')
  const html = htmlOf(reply)
  return { page: reply, html, words: html.replace(/<[^>]*>/g, '') }
}

const what = () => ({
  organId: at.house.at.department.id,
  purpose: 'information',
  description: '农村饮水安全工程供水办法',
  way: 'online',
  carrier: 'electronic',
})
const who = {
  kind: 'citizen',
  name: '赵一凡',
  idKind: 'resident-id',
  idNumber: '990105199003070870',
  phone: '13800001234',
}

/** Fills the page as a reader does and sends what the form then holds. */
const fill = (html: string, more: RawForm): RawForm => ({ ...formOf(html), back: '', ...more })

async function apply() {
  const first = await visit(reader, requests.publicRoutes ?? [], '/requests/new')
  const second = await post('/requests/new', fill(first.html, what()))
  const third = await post('/requests/new', fill(second.html, who))
  return { second, third, receipt: await post('/requests/new', fill(third.html, {})) }
}
const codeIn = (html: string) => /[2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4}/.exec(html)?.[0] ?? ''
const numberIn = (html: string) => /\d{8}-\d{3}/.exec(html)?.[0] ?? ''

describe('applying, in three steps without account or script (R-REQ-03, R-REQ-04)', () => {
  it('ends in a receipt with number, code, the day to be expected and its arithmetic (R-LET-11)', async () => {
    const { third, receipt } = await apply()
    expect(third.words).toContain('赵一凡')
    expect(numberIn(receipt.html)).toMatch(/^20261123-\d{3}$/)
    expect(codeIn(receipt.html)).not.toBe('')
    // Confirmed on 24 November at the latest, and twenty working days from there
    expect(receipt.words).toContain('2026年12月22日')
    expect(receipt.words).toContain('第 20 个工作日')
    expect(receipt.words).not.toContain('赵一凡')
  })

  it('the last page sent again shows the same number and the same code', async () => {
    const first = await visit(reader, requests.publicRoutes ?? [], '/requests/new')
    const form = { ...formOf(first.html), ...what(), ...who, at: 'check' }
    const [one, two] = await Promise.all([post('/requests/new', form), post('/requests/new', form)])
    expect(numberIn(one.html)).toBe(numberIn(two.html))
    expect(codeIn(one.html)).toBe(codeIn(two.html))
  })

  it('says before the second step what is public already and may answer (条例 Art. 36(1))', async () => {
    await makeReviewed(at.house, documentFacts('农村饮水安全工程供水办法'))
    expect((await apply()).second.words).toContain('也许就是您要找的')
  })

  it('a step back loses nothing; what is missing is told field by field', async () => {
    const { third } = await apply()
    const back = await post('/requests/new', { ...formOf(third.html), back: 'what' })
    expect(formOf(back.html)).toMatchObject({ description: what().description, idNumber: who.idNumber })
    const wrong = await post('/requests/new', fill(third.html, { at: 'who', idNumber: '1' }))
    expect(wrong.page.status).toBe(422)
    expect(wrong.words).toContain('居民身份证号码不对')
    expect(formOf(wrong.html)).toMatchObject({ name: '赵一凡', description: what().description })
  })

  it('is kept by nobody on the way, and its address is told to nobody', async () => {
    const { second, receipt } = await apply()
    for (const { page } of [second, receipt])
      expect(page).toMatchObject({
        headers: { 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
        noIndex: true,
      })
  })

  it('is not taken from a form on another site', async () => {
    await expect(post('/requests/new', what(), { 'sec-fetch-site': 'cross-site' })).rejects.toMatchObject({
      status: 403,
    })
  })
})

describe('following a case', () => {
  it('shows where it stands, its clock, and what the applicant can do now', async () => {
    const { id, code } = await at.until('correcting')
    const { number } = (await at.caseOf(id)).request
    const shown = await post('/requests/track', { number, code })
    expect(shown.words).toContain('待申请人补正')
    expect(shown.words).toContain('请写明是哪个乡镇的工程。')
    const [, correct = ''] = shown.html.split('id="receive-correction"')
    const done = await post('/requests/track', {
      ...formOf(correct.split('</form>')[0] ?? ''),
      words: '石塘镇',
    })
    expect(done.words).toContain('收到您的补正，答复期限重新计算')
    expect(done.words).toContain('2026年12月21日')
    expect(done.words).not.toContain('赵一凡')
  })

  it('takes a submission back within ten minutes (S-ACC-06)', async () => {
    const { receipt } = await apply()
    const [, undo = ''] = receipt.html.split('value="take-back"')
    expect(undo).not.toBe('')
    const done = await post('/requests/track', {
      number: numberIn(receipt.html),
      code: codeIn(receipt.html),
      act: 'take-back',
    })
    expect(done.words).toContain('提交后即收回')
  })

  it('shows the answer once it was served, not while it is only signed', async () => {
    const signed = await at.until('signed')
    const served = await at.until('served')
    const look = async ({ id, code }: { id: string; code: string }) =>
      (await post('/requests/track', { number: (await at.caseOf(id)).request.number, code })).words
    expect(await look(signed)).not.toContain('予以公开')
    expect(await look(served)).toContain('予以公开')
  })

  it('a wrong code shows nothing but the form', async () => {
    const { id } = await at.until('processing')
    const { number } = (await at.caseOf(id)).request
    const shown = await post('/requests/track', { number, code: 'aaaa-bbbb-cccc' })
    expect(shown.page.status).toBe(404)
    expect(shown.words).not.toContain('办理中')
    expect(shown.html).not.toContain('aaaa-bbbb-cccc')
  })
})
