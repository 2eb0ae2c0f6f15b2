import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publish, startEdition, submitDraft } from '#modules/publications'
import { root } from '#platform/root'
import { inventedIdentity } from '../../../test/make/invented-numbers.ts'
import { receiveSigned } from './actions/receive-signed.ts'
import { publishDocument } from './actions/sign-document.ts'
import { makeProcedure, type ProcedureHouse } from './documents-for-tests.ts'

let at: ProcedureHouse
beforeAll(async () => {
  at = await makeProcedure()
})
afterAll(() => at.leave())

const refusedWith = (code: string) => expect.objectContaining({ code })

describe('no other way to the public (R-EXC-09, R-EXC-10)', () => {
  it('`publish` is called by the review, the signed document and the import alone; the sample is its own', async () => {
    const callers: string[] = []
    for (const folder of ['src/modules', 'src/app'])
      for (const name of await readdir(join(root, folder), { recursive: true })) {
        if (!/\.tsx?$/.test(name) || /\.test\.tsx?$|-for-tests\.ts$/.test(name)) continue
        const text = await readFile(join(root, folder, name), 'utf8')
        if (/import \{[^}]*\bpublish\b[^}]*\} from '[^']*(?:publish\.ts|#modules\/publications)'/.test(text))
          callers.push(`${folder}/${name}`)
      }
    expect(callers.sort()).toEqual([
      'src/app/sample/load-ledger.ts',
      'src/app/sample/load-sample.ts',
      'src/modules/documents/actions/sign-document.ts',
      'src/modules/policies/actions/import-batch.ts',
      'src/modules/publications/actions/review-draft.ts',
    ])
  })

  it('the clearances of the sample and of imports are nobody’s to borrow', async () => {
    const { draft } = await at.caseOf(await at.prepared())
    const item = { publicationId: draft?.publicationId ?? '', revision: draft?.revision ?? 0 }
    for (const person of [at.people.openness, at.people.office, at.people.signer, at.people.drafter])
      for (const clearance of [
        { kind: 'archive-import', run: '1', source: '旧网站' },
        { kind: 'sample', publicAt: at.house.now() },
      ] as const)
        await expect(publish(person, item, clearance)).rejects.toEqual(
          refusedWith('publications.borrowed-clearance'),
        )
  })

  it('a correction begun before anything is public is the same draft, and goes no shorter way', async () => {
    const { draft } = await at.caseOf(await at.prepared())
    const publicationId = draft?.publicationId ?? ''
    const begun = await startEdition(at.people.drafter, publicationId)
    expect(begun.revision).toBe(draft?.revision)
    await expect(submitDraft(at.people.drafter, { publicationId, revision: begun.revision })).rejects.toEqual(
      refusedWith('publications.by-procedure'),
    )
  })

  it('a signed document with an undecided finding stays in, also when it was signed elsewhere (X5)', async () => {
    const input = at.received('OA-finding', '云水〔2026〕801号')
    input.publication.bodyHtml = `<p>联系人身份证号 ${inventedIdentity(1)}。</p>`
    const { documentId } = await receiveSigned(at.people.office, input)
    await expect(publishDocument(at.people.office, await at.seen(documentId))).rejects.toEqual(
      refusedWith('personal-data.undecided'),
    )
  })
})
