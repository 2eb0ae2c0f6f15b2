import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everythingIn, filesOfEdition, storeUpload, useFile } from '#modules/files'
import { registerFileBytes, registerMask } from '#modules/personal-data'
import { type FileStorage, openStorage } from '#platform/storage/storage'
import { pdf } from '../../../test/make/documents.ts'
import { fileFolder } from '../../../test/make/file-bytes.ts'
import { inventedIdentity } from '../../../test/make/invented-numbers.ts'
import { makeDraft } from '../../../test/make/publication.ts'
import { makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { findingKey } from '../personal-data/actions/decide-findings.ts'
import { findingsOf } from '../personal-data/check-queries.ts'
import { maskFindings, maskFindingsInput } from '../publications/actions/mask-findings.ts'
import { submitDraft } from '../publications/actions/submit-draft.ts'
import { findDraft } from '../publications/draft-queries.ts'
import { maskPdf } from './mask-pdf.ts'

let house: Publishing
let storage: FileStorage
let folder = ''
const files = await fileFolder()
beforeAll(async () => {
  house = await makePublishing()
  folder = await mkdtemp(join(tmpdir(), 'mingtang-mask-'))
  storage = openStorage(folder)
  registerFileBytes(storage)
  registerMask(maskPdf)
})
afterAll(async () => {
  registerFileBytes(null)
  await files.remove()
  await rm(folder, { recursive: true, force: true })
  await house.leave()
})

describe('masking a draft with a PDF (S-PII-08)', () => {
  it('puts a clean copy in its place, in which nobody finds the number', async () => {
    const id = inventedIdentity(1)
    const draft = await makeDraft(house.drafter, house.at, { bodyHtml: '<p>名单见附件。</p>' })
    const bytes = pdf([[{ text: `公示对象身份证${id}`, x: 50, y: 100 }]])
    const file = await storeUpload(house.drafter, await files.upload('名单.pdf', bytes), {
      siteId: house.at.site.id,
      storage,
    })
    const edition = await findDraft(house.system.db, draft.id)
    if (!edition) throw new Error('no draft')
    await useFile(house.system.db, edition.id, file.id)
    await submitDraft(house.drafter, { publicationId: draft.id, revision: draft.revision }).catch(() => {})
    const keys = (await findingsOf(house.system.db, edition.id)).map(findingKey)
    expect(keys.length).toBeGreaterThan(0)
    await maskFindings(house.drafter, maskFindingsInput.parse({ publicationId: draft.id, findings: keys }))
    const [copy] = await filesOfEdition(house.system.db, edition.id)
    if (!copy) throw new Error('no copy')
    expect(copy.id).not.toBe(file.id)
    const chunks: Buffer[] = []
    for await (const chunk of await storage.read(copy.storageKey)) chunks.push(chunk as Buffer)
    const { pieces } = await everythingIn(copy.name, Buffer.concat(chunks))
    const said = pieces
      .map(piece => piece.text)
      .join('')
      .replace(/\s/g, '')
    expect(said).toContain('公示对象身份证')
    expect(said).not.toContain(id)
  })
})
