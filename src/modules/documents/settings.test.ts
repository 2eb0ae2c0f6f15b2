import { tmpdir } from 'node:os'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Context, DeskContext } from '#platform/context'
import { openStorage } from '#platform/storage/storage'
import { deskVisit, formOf } from '../../../test/make/desk-visit.ts'
import { submitDocument } from './actions/review-document.ts'
import { saveSettings, settingsInput } from './actions/save-settings.ts'
import { makeProcedure, type ProcedureHouse } from './documents-for-tests.ts'
import { documents, documentsDesk } from './module.ts'

let at: ProcedureHouse
const desk = deskVisit([
  ...(documents.deskRoutes ?? []),
  ...(documentsDesk(openStorage(tmpdir())).deskRoutes ?? []),
])
beforeAll(async () => {
  at = await makeProcedure()
})
afterAll(() => at.leave())

const staff = (ctx: Context): DeskContext => {
  if (ctx.actor.kind !== 'staff') throw new Error('not a member of staff')
  return { ...ctx, actor: ctx.actor, publicOrigin: '' }
}

it('R-EXC-13, R-EXC-12: an organ says which steps it has and when it looks again; what the law asks for stays', async () => {
  const office = staff(at.people.office)
  const shown = await desk.show(office, 'GET', '/document-settings')
  expect(shown.html).toContain('部门负责人审核 → 保密审查')
  const form = { ...formOf(shown.html), organId: at.house.at.department.id }
  const post = (more: object) =>
    desk.show(office, 'POST', '/document-settings', {}, { form: { ...form, ...more } })
  expect((await post({ reassessMonths: '0' })).html).toContain('最短 1 个月')
  expect((await post({ steps: ['secrecy-review'] })).page.status).toBe(422)
  await desk.ask(
    office,
    'POST',
    '/document-settings',
    {},
    {
      form: { organId: form.organId, steps: ['office-check'], reassessMonths: '6' },
    },
  )
  const id = await at.prepared()
  expect(await submitDocument(at.people.drafter, await at.seen(id))).toBe('secrecy-review')
  const input = settingsInput.parse({ organId: form.organId, steps: [], reassessMonths: '6' })
  await expect(saveSettings(at.people.drafter, input)).rejects.toMatchObject({ status: 403 })
})

it('what was signed is a revision of its own, with its number, by whoever signed', async () => {
  const id = await at.until('signed')
  const { document } = await at.caseOf(id)
  const kept = await at.db
    .selectFrom('draftRevisions')
    .select(['way', 'savedBy', 'fields', 'revision'])
    .where('publicationId', '=', document.publicationId)
    .orderBy('number', 'desc')
    .execute()
  expect(kept.map(one => one.way)).toEqual(['signed', 'begun'])
  expect(kept[0]).toMatchObject({
    savedBy: '罗建平',
    revision: document.sealedRevision,
    fields: { docNo: document.docNo, signedOn: '2026-11-23' },
  })
})
