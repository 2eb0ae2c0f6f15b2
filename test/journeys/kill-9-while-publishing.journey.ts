import { spawn } from 'node:child_process'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { load } from 'cheerio'
import { afterAll, describe, expect, it } from 'vitest'
import { root } from '#platform/root'
import { makeTestFolder } from '../make/test-folder.ts'
import { type BuiltSite, startBuiltSite } from './built-site.ts'
import { type Clerk, clerkAt } from './clerk.ts'

const word = '管网抢修公告'
const cleanUp: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const one of cleanUp.reverse()) await one()
})

/** What the desk said was done before the power went. */
interface Acknowledged {
  drafts: string[]
  published: string[]
}

interface Office {
  drafter: Clerk
  reviewer: Clerk
  /** The form of a new notice, filled in but for its title. */
  form: Record<string, string>
}

async function openOffice(site: () => BuiltSite): Promise<Office> {
  const [drafter, reviewer] = await Promise.all(
    ['shenxiaolan', 'pengzhiwen'].map(name => clerkAt(() => site().deskUrl, site().account(name))),
  )
  if (!drafter || !reviewer) throw new Error('nobody came to work')
  const choice = await drafter.open('/publications/new')
  const optionOf = (name: string, label: string) =>
    choice(`select[name=${name}] option`)
      .filter((_, option) => choice(option).text() === label)
      .attr('value') ?? ''
  const place = {
    kind: 'notice',
    organ: optionOf('organ', '云溪县水利局'),
    site: optionOf('site', '云溪县人民政府'),
  }
  const address = `/publications/new?${new URLSearchParams(place)}`
  const page = await drafter.open(address)
  const notices = page('select[name=mainColumn] option').filter(
    (_, option) => page(option).text() === '通知公告',
  )
  const form = { ...(await drafter.formAt(address)), mainColumn: notices.attr('value') ?? '', next: 'submit' }
  return { drafter, reviewer, form }
}

/** Writes, submits, reviews and publishes one notice after the other, until the site is gone. */
async function publishUntilDark({ drafter, reviewer, form }: Office, round: string, done: Acknowledged) {
  try {
    for (let serial = 1; ; serial++) {
      const title = `${word}${round}第${serial}号`
      const bodyHtml = `<p>${title}的正文。</p>`
      const drafted = await drafter.send('/publications/new', {
        ...form,
        title,
        bodyHtml,
        formKey: crypto.randomUUID(),
      })
      const id = drafted.split(/[/?]/)[2] ?? ''
      done.drafts.push(id)
      const review = {
        decision: 'publish',
        openness: 'proactive',
        secrecyChecked: 'yes',
        opinion: '同意公开。',
      }
      const address = `/publications/${id}/review`
      await reviewer.send(address, { ...(await reviewer.formAt(address)), ...review })
      done.published.push(id)
    }
  } catch (error) {
    // The connection breaks as the process dies; anything else is a fault
    if (!(error instanceof TypeError)) throw error
  }
}

async function strike(
  site: BuiltSite,
  office: Office,
  round: string,
  done: Acknowledged,
  andTheServer = false,
) {
  const before = done.published.length
  const work = Promise.all([1, 2].map(hand => publishUntilDark(office, `${round}轮${hand}手`, done)))
  let over = false
  work
    .catch(() => {})
    .finally(() => {
      over = true
    })
  // Once work is under way, at any moment of the next
  while (done.published.length === before && !over) await sleep(5)
  await sleep(Math.random() * 400)
  if (andTheServer) {
    const pid = await readFile(join(site.dataDir, 'postgres', 'postmaster.pid'), 'utf8')
    process.kill(Number.parseInt(pid, 10), 'SIGKILL')
  }
  await site.kill9()
  await work
}

/** Everything that a page, and the pages after it, link to. */
async function linksFrom(first: string): Promise<Set<string>> {
  const links = new Set<string>()
  for (let url: string | undefined = first; url !== undefined; ) {
    const page = load(await (await fetch(url)).text())
    for (const link of page('main a[href], loc').toArray())
      links.add(page(link).attr('href') ?? page(link).text())
    const next = page('main a[rel=next]').attr('href')
    url = next && new URL(next, first).href
  }
  return links
}

async function deskIds(clerk: Clerk): Promise<string[]> {
  const ids = new Set<string>()
  for (let address: string | undefined = `/publications?${new URLSearchParams({ words: word })}`; address; ) {
    const page: Awaited<ReturnType<Clerk['open']>> = await clerk.open(address)
    for (const link of page('main a[href^="/publications/"]').toArray()) {
      const id = /^\/publications\/([a-z0-9]{10})$/.exec(page(link).attr('href') ?? '')?.[1]
      if (id) ids.add(id)
    }
    address = page('main a[rel=next]').attr('href')
  }
  return [...ids]
}

/** Page, JSON, list, search and site map say of every item the same; what was acknowledged is there. */
async function expectAllOrNothing(site: BuiltSite, office: Office, done: Acknowledged) {
  const known = await deskIds(office.drafter)
  expect(known).toEqual(expect.arrayContaining(done.drafts))
  const [list, map] = await Promise.all([
    linksFrom(`${site.publicUrl}/columns/notices`),
    linksFrom(`${site.publicUrl}/sitemap.xml?page=1`),
  ])
  const search = await linksFrom(`${site.publicUrl}/search?${new URLSearchParams({ q: word })}`)
  for (const id of known) {
    const path = `/notices/${id}`
    const [page, json] = await Promise.all([path, `${path}.json`].map(one => fetch(site.publicUrl + one)))
    const says = {
      page: page?.status === 200,
      json: json?.status === 200,
      list: list.has(path),
      search: search.has(path),
      map: map.has(site.publicUrl + path),
    }
    const whole = says.page
    expect(says, id).toEqual({ page: whole, json: whole, list: whole, search: whole, map: whole })
    if (whole) expect(await page?.text(), id).toMatch(/第\d+号的正文。/)
    else expect(done.published, id).not.toContain(id)
  }
}

/** The audit trail has no gap. */
function checkAudit(env: Record<string, string>): Promise<number | null> {
  const child = spawn(process.execPath, [join(root, 'dist', 'main.js'), 'command', 'check-audit'], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  })
  return new Promise(resolve => child.once('exit', resolve))
}

describe('kill -9 while publishing', () => {
  it('leaves all of an item or nothing of it: the process seven times, on a server', async () => {
    const first = await startBuiltSite()
    cleanUp.push(() => first.stop())
    const { databaseUrl, dataDir } = first
    let site = first
    const done: Acknowledged = { drafts: [], published: [] }
    const office = await openOffice(() => site)
    for (let round = 1; round <= 7; round++) {
      await strike(site, office, `甲${round}`, done)
      site = await startBuiltSite({ databaseUrl, dataDir })
    }
    cleanUp.push(() => site.stop())
    expect(done.published.length).toBeGreaterThanOrEqual(7)
    await expectAllOrNothing(site, office, done)
    expect(await checkAudit({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir })).toBe(0)
  })

  it('and the process with its own database, three times', async () => {
    const dataDir = await makeTestFolder()
    cleanUp.push(() => rm(dataDir, { recursive: true, force: true }))
    let site = await startBuiltSite({ databaseUrl: 'embedded', dataDir })
    const done: Acknowledged = { drafts: [], published: [] }
    const office = await openOffice(() => site)
    for (let round = 1; round <= 3; round++) {
      await strike(site, office, `乙${round}`, done, true)
      site = await startBuiltSite({ databaseUrl: 'embedded', dataDir })
    }
    cleanUp.push(() => site.stop())
    expect(done.published.length).toBeGreaterThanOrEqual(3)
    await expectAllOrNothing(site, office, done)
  })
})
