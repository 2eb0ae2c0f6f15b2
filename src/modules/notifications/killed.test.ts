import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dateInBeijing } from '#lib/beijing-time'
import { uuidv7 } from '#lib/ids'
import { openDuties } from '#modules/duties'
import { root } from '#platform/root'
import { catchMail, type MailCatcher } from '../../../test/make/mail-catcher.ts'
import { makePublishing, type Publishing } from '../../../test/make/publishing.ts'

const many = 1000
/** The process is killed as the server has taken so many: it has taken one more than the process knows of. */
const kills = [1, 137, 411, 412, 700, 999, 1004]
const program = join(root, '.cache', 'test', 'remind-and-send.mjs')

let house: Publishing
let catcher: MailCatcher
let worker: ChildProcess
beforeAll(async () => {
  house = await makePublishing()
  catcher = await catchMail(undefined, count => {
    if (kills.includes(count)) worker.kill('SIGKILL')
  })
  await build({
    entryPoints: [join(root, 'test', 'make', 'remind-and-send.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })
})
afterAll(async () => {
  await catcher.stop()
  await house.leave()
})

/** A thousand officers, each with a duty that was due yesterday. */
async function makeOfficers() {
  const { db } = house.connection
  const now = new Date()
  const officers = Array.from({ length: many }, (_, number) => ({
    id: uuidv7(),
    username: `officer${number}`,
    name: '某某',
    organId: house.at.department.id,
    mailAddress: `officer${number}@yunxi.example`,
    passwordChangedAt: now,
    createdBy: '测试',
    createdAt: now,
    updatedAt: now,
  }))
  await db.insertInto('staff').values(officers).execute()
  await openDuties(
    db,
    { ...house.system, clock: { now: () => now, today: () => dateInBeijing(now) } },
    officers.map(({ id }, number) => ({
      siteId: house.at.site.id,
      organId: house.at.department.id,
      officerId: id,
      rule: 'R-INT-02',
      article: '政策解读三个工作日',
      title: '发布政策解读',
      domain: 'interpretation',
      subject: { kind: 'publication', id: `p${number}`, label: '《农村饮水工程管护办法》' },
      limit: { fixedOn: dateInBeijing(new Date(now.getTime() - 86_400_000)) },
      startedAt: new Date(now.getTime() - 10 * 86_400_000),
    })),
  )
}

function start() {
  worker = spawn(process.execPath, [program, house.url, catcher.url], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return once(worker, 'exit')
}

describe('kill -9 in the middle of 1 000 reminders', () => {
  it('loses none; only the one under way comes twice, with the same Message-ID', async () => {
    await makeOfficers()
    for (const _ of kills) expect(await start()).toEqual([null, 'SIGKILL'])
    const ended = start()
    const counted = () =>
      house.connection.db
        .selectFrom('mails')
        .select(eb => eb.fn.countAll<number>().as('count'))
        .where('sentAt', 'is not', null)
        .executeTakeFirstOrThrow()
    await expect.poll(async () => (await counted()).count, { timeout: 60_000 }).toBe(many)
    worker.kill('SIGKILL')
    await ended
    const letters = catcher.mails.map((mail, at) => `${catcher.recipients[at]} ${mail.messageId}`)
    expect(letters).toHaveLength(many + kills.length)
    expect(new Set(letters).size).toBe(many)
    expect(new Set(catcher.recipients).size).toBe(many)
    const { told } = await house.connection.db
      .selectFrom('notifications')
      .select(eb => eb.fn.countAll<number>().as('told'))
      .executeTakeFirstOrThrow()
    expect(told).toBe(many)
  }, 180_000)
})
