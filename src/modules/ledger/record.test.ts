import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Context } from '#platform/context'
import { applicationRole, connect } from '#platform/db/database'
import { openStorage } from '#platform/storage/storage'
import { systemContext } from '../../../test/make/government.ts'
import { makePublic } from '../../../test/make/publication.ts'
import { decisionOn } from '../../../test/make/publishing.ts'
import { testDatabase } from '../../../test/make/test-database.ts'
import { makeTestFolder } from '../../../test/make/test-folder.ts'
import { restoreArchive } from '../../app/archive/restore-archive.ts'
import { writeArchive } from '../../app/archive/write-archive.ts'
import { reviewDraft } from '../publications/actions/review-draft.ts'
import { proposeProgress, proposeProgressInput } from './actions/propose-progress.ts'
import { gatherTable } from './progress/gather-table.ts'
import { makeLedger } from './progress-for-tests.ts'
import { findPlan } from './queries.ts'

it('what is public of plans goes out and comes back the same; what waits inside stays inside', async () => {
  const at = await makeLedger([
    {
      no: '1',
      title: '公开水质',
      text: '每季度公开水质。',
      lead: ['水利局'],
      due: [{ text: '年内', date: '2026-12-31' }],
    },
    { no: '2', title: '公开招生', text: '公开招生。', responsible: ['教体局'], person: '吴桐' },
  ])
  onTestFinished(() => at.house.leave())
  const shown = await makePublic(at.house.system, at.house.at, { title: '水质公告' })
  await at.decide(
    await at.report('ofWater', 0, { state: 'done', words: '水质已公开。', publications: shown.publicId }),
  )
  await proposeProgress(
    at.keeper,
    proposeProgressInput.parse({ planId: at.planId, columnId: at.house.at.columns.get('notices') }),
  )
  const draft = await at.db
    .selectFrom('editions')
    .select(['publicationId as id', 'revision'])
    .where('sealedAt', 'is', null)
    .executeTakeFirstOrThrow()
  await reviewDraft(at.reviewer, decisionOn(draft))
  // Accepted after the table went out: inside until the next edition
  await at.decide(await at.report('ofSchool', 1, { words: '还没有公开的进展。' }))

  const { url, drop } = await testDatabase()
  const second = connect(url, { role: applicationRole })
  onTestFinished(async () => {
    await second.close()
    await drop()
  })
  const folder = await makeTestFolder()
  const storage = openStorage(await makeTestFolder())
  const exported = async (ctx: Context, name: string): Promise<string> => {
    await writeArchive(
      { db: ctx.db, clock: ctx.clock, storage, progress: () => {}, note: () => {} },
      { site: null, withClosed: false, withWithdrawnText: false, folder: join(folder, name) },
    )
    return readFile(join(folder, name, 'plans.jsonl'), 'utf8')
  }
  const there = systemContext(second.db, at.house.system.clock)
  const before = await exported(at.house.system, 'first')
  for (const inside of ['还没有公开的进展', '吴桐', '林晓', '何敏']) expect(before).not.toContain(inside)
  await restoreArchive(there, openStorage(await makeTestFolder()), join(folder, 'first'), () => {})
  expect(await exported(there, 'second')).toBe(before)

  const restored = await findPlan(second.db, { id: at.planId })
  if (!restored) throw new Error('not restored')
  const table = await gatherTable(there, restored)
  expect(table.rows[0]).toMatchObject({
    content: '公开水质',
    state: 'done',
    progress: '水质已公开。',
    reports: [{ unit: '县水利局', evidence: [shown.publicId] }],
  })
  expect(table.rows[1]).toMatchObject({ state: 'not-reported', responsible: ['县教体局'] })
})
