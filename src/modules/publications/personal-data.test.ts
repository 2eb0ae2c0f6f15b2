import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { filesOfEdition, findFile, storeUpload, useFile } from '#modules/files'
import { registerFileBytes } from '#modules/personal-data'
import { publish } from '#modules/publications'
import type { Context, DeskContext } from '#platform/context'
import { type FileStorage, openStorage } from '#platform/storage/storage'
import { deskVisit } from '../../../test/make/desk-visit.ts'
import { docx, pdf, sheetRow, wordParagraph, xlsx } from '../../../test/make/documents.ts'
import { fileFolder } from '../../../test/make/file-bytes.ts'
import { inventedIdentity, inventedMobile } from '../../../test/make/invented-numbers.ts'
import { makeDraft, makePublic } from '../../../test/make/publication.ts'
import { decisionOn, makePublishing, type Publishing, review } from '../../../test/make/publishing.ts'
import { deleteUnused } from '../../modules/files/queries.ts'
import { everythingIn } from '../../modules/files/reading/everything/everything-in.ts'
import { decideFindings, decideFindingsInput, findingKey } from '../personal-data/actions/decide-findings.ts'
import { findCheck, findingsOf } from '../personal-data/check-queries.ts'
import { routes as originals } from '../personal-data/desk/original.page.tsx'
import { countStock, listStock } from '../personal-data/stock-queries.ts'
import { maskFindings, maskFindingsInput } from './actions/mask-findings.ts'
import { reviewDraft } from './actions/review-draft.ts'
import { saveDraft, saveDraftInput } from './actions/save-draft.ts'
import { submitDraft } from './actions/submit-draft.ts'
import { findDraft } from './draft-queries.ts'
import { lookThroughSite } from './jobs/look-through-stock.job.ts'

let house: Publishing
let storage: FileStorage
let folder = ''
const files = await fileFolder()
const { ask } = deskVisit(originals)

beforeAll(async () => {
  house = await makePublishing()
  folder = await mkdtemp(join(tmpdir(), 'mingtang-personal-'))
  storage = openStorage(folder)
  registerFileBytes(storage)
})
afterAll(async () => {
  registerFileBytes(null)
  await files.remove()
  await rm(folder, { recursive: true, force: true })
  await house.leave()
})

const id = inventedIdentity(1)
const phone = inventedMobile(2)

const draftWith = (bodyHtml: string, more: object = {}) =>
  makeDraft(house.drafter, house.at, { bodyHtml, ...more })
const submit = (draft: { id: string; revision: number }) =>
  submitDraft(house.drafter, { publicationId: draft.id, revision: draft.revision })

async function foundIn(draft: { id: string }) {
  const edition = await findDraft(house.system.db, draft.id)
  if (!edition) throw new Error('no draft')
  return { edition, findings: await findingsOf(house.system.db, edition.id) }
}

async function attach(draft: { id: string }, name: string, bytes: Uint8Array): Promise<void> {
  const file = await storeUpload(house.drafter, await files.upload(name, bytes), {
    siteId: house.at.site.id,
    storage,
  })
  const { edition } = await foundIn(draft)
  await useFile(house.system.db, edition.id, file.id)
}

async function decide(ctx: typeof house.drafter, draft: { id: string }, decision: string, reason: string) {
  const { edition, findings } = await foundIn(draft)
  return decideFindings(
    ctx,
    decideFindingsInput.parse({
      editionId: edition.id,
      findings: findings.map(findingKey),
      decision,
      reason,
    }),
  )
}

describe('the guard before publication (X5, S-PII-07)', () => {
  it('keeps a draft back and names every place; the number itself is nowhere on record', async () => {
    const draft = await draftWith(`<p>张某，身份证号：${id}，手机${phone}。</p>`)
    await expect(submit(draft)).rejects.toMatchObject({ code: 'personal-data.undecided' })
    const message = await submit(draft).catch((error: Error) => error.message)
    expect(message).toContain('正文 › 第 1 段：身份证号')
    expect(message).not.toContain(id)
    const { findings } = await foundIn(draft)
    expect(findings.map(one => one.kind)).toEqual(['identity', 'mobile'])
    for (const table of [
      'personal_data_checks',
      'personal_data_findings',
      'personal_data_files',
      'audit_entries',
    ]) {
      const { rows } = await sql<{
        line: string
      }>`select to_jsonb(t)::text as line from ${sql.table(table)} t`.execute(house.system.db)
      expect(
        rows.filter(row => row.line.includes(id) || row.line.includes(phone)),
        table,
      ).toEqual([])
    }
  })

  it('goes on after a person has decided with a reason; the decision holds for the same value in later revisions', async () => {
    const draft = await draftWith(`<p>经办人手机 ${phone}</p>`)
    await expect(submit(draft)).rejects.toMatchObject({ code: 'personal-data.undecided' })
    await decide(house.drafter, draft, 'not-personal', '这是值班用的公务手机。')
    const { edition } = await foundIn(draft)
    const saved = await saveDraft(
      house.drafter,
      saveDraftInput.parse({
        publicationId: draft.id,
        revision: edition.revision,
        title: '改过的通知',
        source: '县水利局',
        columnIds: edition.columnIds,
        bodyHtml: `<p>新的一段。</p><p>经办人手机 ${phone}</p>`,
      }),
    )
    expect(await review(house, { id: draft.id, revision: saved.revision })).toBe('published')
  })

  it('asks for the article when something must be public by law', async () => {
    const draft = await draftWith(`<p>被处罚人身份证号 ${id}</p>`)
    await submit(draft).catch(() => {})
    await expect(decide(house.drafter, draft, 'must-be-public', '应当公开的')).rejects.toMatchObject({
      code: 'personal-data.no-ground',
    })
    expect(await decide(house.drafter, draft, 'must-be-public', '《政府信息公开条例》第二十条')).toBe(1)
    expect(await review(house, draft)).toBe('published')
  })

  it('lets nobody of another organ decide', async () => {
    const draft = await draftWith(`<p>身份证号 ${id}</p>`)
    await submit(draft).catch(() => {})
    const stranger = house.as(['legality-reviewer'], '外人')
    await expect(decide(stranger, draft, 'not-personal', '没有关系')).rejects.toMatchObject({
      refusal: 'not-allowed',
    })
  })

  it('no way round: review and publish refuse what slipped in after submission', async () => {
    const draft = await draftWith('<p>明天停水。</p>')
    await submit(draft)
    await sql`update editions set body_html = ${`<p>身份证号 ${id}</p>`} where publication_id = ${draft.id}`.execute(
      house.system.db,
    )
    await expect(reviewDraft(house.reviewer, decisionOn(draft))).rejects.toMatchObject({
      code: 'personal-data.undecided',
    })
    await expect(
      publish(
        house.reviewer,
        { publicationId: draft.id, revision: draft.revision },
        { kind: 'review', opinion: '同意' },
      ),
    ).rejects.toMatchObject({ code: 'personal-data.undecided' })
  })

  it('masking writes a clean revision, closes the original, and proves that nothing is left (S-PII-08)', async () => {
    const torn = `<p>身份证号：${id.slice(0, 8)}<strong>${id.slice(8)}</strong>，手机${phone}。</p>`
    const draft = await draftWith(torn)
    await submit(draft).catch(() => {})
    const { findings } = await foundIn(draft)
    const input = maskFindingsInput.parse({ publicationId: draft.id, findings: findings.map(findingKey) })
    expect(await maskFindings(house.drafter, input)).toBe(2)
    const after = await foundIn(draft)
    expect(after.findings).toEqual([])
    expect(after.edition.bodyHtml).toContain(id.slice(0, 6))
    expect(after.edition.bodyHtml).toContain('***')
    expect(after.edition.bodyHtml).not.toContain(id.slice(8))
    expect(after.edition.revision).toBe(draft.revision + 1)
    const { rows } = await sql<{
      body: string
    }>`select content->>'bodyHtml' as body from personal_data_originals
      where publication_id = ${draft.id}`.execute(house.system.db)
    expect(rows).toEqual([{ body: torn }])
    expect(await review(house, { id: draft.id, revision: after.edition.revision })).toBe('published')
  })

  it('looks into attachments and puts clean copies of workbooks and documents in their place', async () => {
    const draft = await draftWith('<p>名单见附件。</p>')
    await attach(
      draft,
      '名单.xlsx',
      xlsx([
        { name: '名单', rows: sheetRow(1, ['姓名', '手机']) + sheetRow(2, ['张某', Number(phone)]) },
        { name: '汇总', rows: sheetRow(1, ['姓名', '证件']) + sheetRow(2, ['张某', id]), hidden: true },
      ]),
    )
    await attach(draft, '说明.docx', docx(wordParagraph(`身份证 ${id}`)))
    await expect(submit(draft)).rejects.toMatchObject({ code: 'personal-data.undecided' })
    const { findings } = await foundIn(draft)
    expect(findings.map(one => one.place)).toContain('附件《名单.xlsx》工作表‘汇总’（隐藏） › 第 2 行 B 列')
    await maskFindings(
      house.drafter,
      maskFindingsInput.parse({ publicationId: draft.id, findings: findings.map(findingKey) }),
    )
    const closed = await sql<{ id: string; original: string }>`select f->>'id' as id, o.id as original
      from personal_data_originals o, jsonb_array_elements(o.content->'files') f
      where o.publication_id = ${draft.id}`.execute(house.system.db)
    expect(closed.rows).toHaveLength(2)
    for (const { id: file, original } of closed.rows) {
      // Kept, out of reach of every other page, and not purged
      expect(await findFile(house.system.db, file)).toBeNull()
      expect(await deleteUnused(house.system.db, file)).toBe(false)
      const path = '/personal-data-originals/:id/files/:file'
      const by = (ctx: Context) => ask(ctx as DeskContext, 'GET', path, { id: original, file })
      expect(await by(house.as(['secrecy-reviewer'], '审查员'))).toMatchObject({
        headers: { 'Cache-Control': 'private, no-store' },
      })
      await expect(by(house.drafter)).rejects.toThrow('may not open')
    }
    const after = await foundIn(draft)
    expect(after.findings).toEqual([])
    for (const file of await filesOfEdition(house.system.db, after.edition.id)) {
      const chunks: Buffer[] = []
      for await (const chunk of await storage.read(file.storageKey)) chunks.push(chunk as Buffer)
      const { pieces } = await everythingIn(file.name, Buffer.concat(chunks))
      expect(pieces.some(piece => piece.text.includes(id) || piece.text.includes(phone))).toBe(false)
      expect(pieces.some(piece => piece.text.includes('***'))).toBe(true)
    }
    expect(await review(house, { id: draft.id, revision: after.edition.revision })).toBe('published')
  })

  it('says plainly that a person has to clean a PDF', async () => {
    const draft = await draftWith('<p>名单见附件。</p>')
    await attach(draft, '名单.pdf', pdf([[{ text: `身份证${id}`, x: 50, y: 100 }]]))
    await submit(draft).catch(() => {})
    const { findings } = await foundIn(draft)
    await expect(
      maskFindings(
        house.drafter,
        maskFindingsInput.parse({ publicationId: draft.id, findings: findings.map(findingKey) }),
      ),
    ).rejects.toMatchObject({ code: 'personal-data.cannot-mask' })
  })

  it('reads a file once for its content', async () => {
    const draft = await draftWith('<p>名单见附件。</p>')
    await attach(draft, '一样.docx', docx(wordParagraph('没有什么')))
    await submit(draft)
    const read = () =>
      sql<{ at: Date }>`select max(read_at) as at from personal_data_files`.execute(house.system.db)
    const before = (await read()).rows[0]?.at
    house.setTime('2026-11-23 11:00')
    await reviewDraft(house.reviewer, decisionOn(draft))
    expect((await read()).rows[0]?.at).toEqual(before)
  })

  it('a file that nobody could look into is kept back until a person has (fail closed)', async () => {
    const draft = await draftWith('<p>见附件。</p>')
    await attach(draft, '扫描.pdf', pdf([[]]))
    await expect(submit(draft)).rejects.toMatchObject({ code: 'personal-data.undecided' })
    await decide(house.drafter, draft, 'looked-at', '逐页看过，是会议照片。')
    await submit(draft)
    registerFileBytes(null)
    const other = await draftWith('<p>见附件。</p>')
    await attach(other, '新的.docx', docx(wordParagraph('甲乙丙丁')))
    await expect(submit(other)).rejects.toMatchObject({ code: 'personal-data.still-reading' })
    registerFileBytes(storage)
  })

  it('S-WORD-03: a blocked word needs a reviewer; a warned one is only shown', async () => {
    const draft = await draftWith('<p>百家乐在线，按装水管。</p>')
    await expect(submit(draft)).rejects.toMatchObject({ code: 'personal-data.undecided' })
    const { edition, findings } = await foundIn(draft)
    expect(findings.map(one => one.certainty).sort()).toEqual(['block', 'warn'])
    const keep = (ctx: typeof house.drafter) =>
      decideFindings(
        ctx,
        decideFindingsInput.parse({
          editionId: edition.id,
          findings: findings.filter(one => one.certainty === 'block').map(findingKey),
          decision: 'keep-word',
          reason: '这里是剧目的名称。',
        }),
      )
    await expect(keep(house.drafter)).rejects.toMatchObject({ code: 'personal-data.may-not-keep-word' })
    await keep(house.reviewer)
    expect(await review(house, draft)).toBe('published')
  })

  it('counts what is public already, once, and lets it be decided', async () => {
    const item = await makePublic(house.system, house.at, {
      title: '旧名单',
      bodyHtml: `<p>身份证号 ${inventedIdentity(9)}</p>`,
    })
    const { db } = house.system
    expect(await lookThroughSite(house.system, house.at.site.id)).toBeGreaterThan(0)
    expect(await lookThroughSite(house.system, house.at.site.id)).toBe(0)
    const organs = [house.at.department.id]
    const counts = await countStock(db, organs, house.now())
    expect(counts).toContainEqual({
      kind: 'identity',
      organName: expect.any(String),
      age: '一个月内',
      found: 1,
    })
    const { rows } = await listStock(db, { organIds: organs, kind: null }, { page: 1, pageSize: 10 })
    expect(rows.map(row => row.title)).toContain('旧名单')
    const check = await findCheck(db, item.editionId)
    expect(check?.standing).toBe('public')
    const findings = await findingsOf(db, item.editionId)
    await decideFindings(
      house.reviewer,
      decideFindingsInput.parse({
        editionId: item.editionId,
        findings: findings.map(findingKey),
        decision: 'not-personal',
        reason: '是示例号码。',
      }),
    )
    const left = await listStock(db, { organIds: organs, kind: null }, { page: 1, pageSize: 10 })
    expect(left.rows.map(row => row.title)).not.toContain('旧名单')
  })

  it('decisions and closed originals cannot be changed or removed', async () => {
    for (const table of ['personal_data_decisions', 'personal_data_originals'])
      await expect(sql`delete from ${sql.table(table)}`.execute(house.system.db)).rejects.toThrow()
  })
})
