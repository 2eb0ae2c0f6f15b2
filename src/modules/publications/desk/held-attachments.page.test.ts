import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { uuidv7 } from '#lib/ids'
import { makeDraft } from '../../../../test/make/publication.ts'
import { makePublishingDesk, type PublishingDesk } from '../../../../test/make/publishing-desk.ts'

let desk: PublishingDesk
beforeAll(async () => {
  desk = await makePublishingDesk()
})
afterAll(() => desk.leave())

it('imported attachments wait here until somebody has looked through them (S-PII)', async () => {
  const { house, reviewer, drafter } = desk
  const { db } = house.connection
  expect((await desk.show(reviewer, 'GET', '/held-attachments')).html).toContain('没有待核查的附件')
  const made = await makeDraft(house.drafter, house.at, { title: '低保名单公示' })
  const fileId = uuidv7()
  await sql`insert into files (id, site_id, public_id, name, media_type, size, sha256, storage_key, state, uploaded_by, uploaded_at, held)
    values (${fileId}, ${house.at.site.id}, 'abcdefgh23', '名单.xlsx', 'application/zip', 2048, ${'a'.repeat(64)}, 'k', 'checked',
      '导入', now(), true)`.execute(db)
  await sql`insert into file_uses (edition_id, file_id, role, title, position)
    select id, ${fileId}, 'attachment', '低保名单', 0 from editions where publication_id = ${made.id}`.execute(
    db,
  )

  const { html } = await desk.show(reviewer, 'GET', '/held-attachments')
  expect(html).toContain('低保名单公示')
  expect(html).toContain('href="/files/abcdefgh23/')
  const form = { publicationId: made.id, fileIds: fileId }
  const none = await desk.show(
    reviewer,
    'POST',
    '/held-attachments',
    {},
    { form: { publicationId: made.id } },
  )
  expect(none.page.status).toBe(422)
  expect(none.html).toContain('请选择核查过的附件')
  await expect(desk.ask(drafter, 'POST', '/held-attachments', {}, { form })).rejects.toThrow('may not open')
  const done = await desk.ask(reviewer, 'POST', '/held-attachments', {}, { form })
  expect(done).toMatchObject({ kind: 'redirect', to: '/held-attachments?opened=1' })
  expect((await desk.show(reviewer, 'GET', '/held-attachments')).html).toContain('没有待核查的附件')
})
