import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Role } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import type { Upload } from '#platform/http/route'
import { openStorage } from '#platform/storage/storage'
import { deskVisit } from '../../../../test/make/desk-visit.ts'
import { zip } from '../../../../test/make/documents.ts'
import { makePublishing, type Publishing } from '../../../../test/make/publishing.ts'
import { printed } from '../import-for-tests.ts'
import { goOn } from '../jobs/go-on-with-imports.job.ts'
import { importDesk, policies } from '../module.ts'
import { folderOf } from '../uploads/lay-out.ts'

let house: Publishing
let folder: string
let desk: ReturnType<typeof deskVisit>
beforeAll(async () => {
  house = await makePublishing()
  folder = await mkdtemp(join(tmpdir(), 'mingtang-test-'))
  desk = deskVisit([...(policies.deskRoutes ?? []), ...(importDesk(openStorage(folder)).deskRoutes ?? [])])
})
afterAll(async () => {
  await house.leave()
  await rm(folder, { recursive: true, force: true })
})

const person = (name: string, roles: readonly Role[]): DeskContext => {
  const { actor, ...rest } = house.as(roles, name, house.at.government)
  if (actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...rest, actor, publicOrigin: 'http://localhost:3000' }
}
const officer = () => person('何敏', ['openness-office'])

let serial = 0
async function bring(name: string, content: string | Uint8Array, tooLarge = false): Promise<Upload> {
  const path = join(folder, `brought-${serial++}`)
  await writeFile(path, content)
  return { field: 'files', name, path, size: (await stat(path)).size, tooLarge }
}

async function upload(uploads: readonly Upload[], form = {}): Promise<string> {
  const reply = await desk.ask(
    officer(),
    'POST',
    '/imports/new',
    {},
    { form: { site: 'yunxi', ...form }, uploads },
  )
  if (reply.kind !== 'redirect') throw new Error(JSON.stringify(reply))
  return reply.to.split('/').at(-1) ?? ''
}

/** The page once the work behind it is done. */
const settled = (path: string, params: Record<string, string>) =>
  vi.waitFor(
    async () => {
      const { html, page } = await desk.show(officer(), 'GET', path, params)
      expect(html).not.toContain('data-refresh-after')
      return { html, page }
    },
    { timeout: 20_000, interval: 100 },
  )

describe('an import from the desk', () => {
  it('is previewed first and writes nothing; then it becomes drafts or goes out, and each file is told', async () => {
    const packed = zip([
      {
        name: '2021/公厕.txt',
        bytes: printed('关于新建公厕的通知', '云水〔2021〕7号', '云溪县水利局（yunxi）'),
      },
      { name: '2021/图表.rar', bytes: 'Rar!' },
    ])
    const id = await upload([
      await bring('通知.txt', printed('关于河道保洁的通知', '云水〔2021〕2号', '云溪县水利局（yunxi）')),
      await bring('旧文件.zip', packed),
    ])
    const preview = await settled('/import-uploads/:upload', { upload: id })
    expect(preview.html).toContain('关于河道保洁的通知')
    expect(preview.html).toContain('关于新建公厕的通知')
    expect(preview.html).toContain('图表.rar')
    expect(preview.html).not.toContain('mingtang-imports')
    expect(await house.connection.db.selectFrom('publications').select('id').execute()).toEqual([])

    const blank = await desk.show(officer(), 'POST', '/import-uploads/:upload', { upload: id }, { form: {} })
    expect(blank.html).toContain('请选择存为草稿')
    const begun = await desk.ask(
      officer(),
      'POST',
      '/import-uploads/:upload',
      { upload: id },
      { form: { mode: 'publish' } },
    )
    const run = begun.kind === 'redirect' ? (begun.to.split('/').at(-1) ?? '') : ''
    const done = await settled('/imports/:run', { run })
    expect(done.html).toContain('已公开')
    expect(done.html).not.toContain('mingtang-imports')
    await expect(
      desk.ask(officer(), 'POST', '/import-uploads/:upload', { upload: id }, { form: { mode: 'draft' } }),
    ).rejects.toThrow('已经开始导入')
    const again = await desk.ask(officer(), 'GET', '/import-uploads/:upload', { upload: id })
    expect(again).toMatchObject({ kind: 'redirect', to: `/imports/${run}` })
    await vi.waitFor(() => expect(stat(folderOf(id))).rejects.toThrow())
  })

  it('goes on where a process died: an abandoned preview and an abandoned run', async () => {
    const id = await upload([
      await bring('通知.txt', printed('关于节水的通知', '云水〔2021〕9号', '云溪县水利局（yunxi）')),
    ])
    await settled('/import-uploads/:upload', { upload: id })
    const { db } = house.connection
    await db
      .updateTable('importUploads')
      .set({ state: 'previewing', heartbeatAt: new Date(house.now().getTime() - 120_000), preview: null })
      .where('id', '=', id)
      .execute()
    await goOn(house.system, openStorage(folder))
    const { html } = await settled('/import-uploads/:upload', { upload: id })
    expect(html).toContain('关于节水的通知')
    const begun = await desk.ask(
      officer(),
      'POST',
      '/import-uploads/:upload',
      { upload: id },
      { form: { mode: 'draft' } },
    )
    const run = begun.kind === 'redirect' ? (begun.to.split('/').at(-1) ?? '') : ''
    await settled('/imports/:run', { run })
    // As if the process had died before it could say that it had finished
    await db
      .updateTable('importRuns')
      .set({ state: 'running', heartbeatAt: new Date(house.now().getTime() - 120_000), finishedAt: null })
      .where('id', '=', run)
      .execute()
    await goOn(house.system, openStorage(folder))
    expect((await settled('/imports/:run', { run })).html).toContain('存为草稿')
    const drafts = await db
      .selectFrom('editions')
      .select('id')
      .where('title', '=', '关于节水的通知')
      .execute()
    expect(drafts).toHaveLength(1)
  })

  it('says what is wrong with what was brought, and lets nobody else in', async () => {
    const none = await desk.show(
      officer(),
      'POST',
      '/imports/new',
      {},
      { form: { site: 'yunxi' }, uploads: [] },
    )
    expect(none.html).toContain('请选择要导入的文件')
    const large = [await bring('全站.zip', 'PK', true)]
    const tooLarge = await desk.show(
      officer(),
      'POST',
      '/imports/new',
      {},
      { form: { site: 'yunxi' }, uploads: large },
    )
    expect(tooLarge.html).toContain('超过 2 GB')
    const address = await desk.show(officer(), 'POST', '/imports/new', {}, { form: { from: '旧网站' } })
    expect(address.html).toContain('原网址请写成')
    await expect(desk.ask(person('林晓', ['drafter']), 'GET', '/imports/new')).rejects.toThrow('may not open')
  })

  it('files that had their day are removed', async () => {
    const id = await upload([await bring('随手.txt', '随手一页')])
    await settled('/import-uploads/:upload', { upload: id })
    house.setTime('2027-01-05 09:00')
    await goOn(house.system, openStorage(folder))
    expect((await settled('/import-uploads/:upload', { upload: id })).html).toContain('已经清除')
  })
})
