import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { publish, submitDraft } from '#modules/publications'
import { decisionOn } from '../../../test/make/publishing.ts'
import { discardDraft } from '../publications/actions/discard-draft.ts'
import { reviewDraft } from '../publications/actions/review-draft.ts'
import { saveDraft, saveDraftInput } from '../publications/actions/save-draft.ts'
import { prepareDocument, prepareInput } from './actions/prepare-document.ts'
import { receiveSigned } from './actions/receive-signed.ts'
import {
  clearSecrecy,
  confirmInput,
  holdDocument,
  opinionInput,
  recallDocument,
  returnDocument,
  returnInput,
  secrecyInput,
  submitDocument,
} from './actions/review-document.ts'
import {
  coSign,
  publishDocument,
  reassess,
  reassessInput,
  signAndPublish,
  signDocument,
  signInput,
} from './actions/sign-document.ts'
import { makeProcedure, type ProcedureHouse } from './documents-for-tests.ts'

let at: ProcedureHouse
beforeAll(async () => {
  at = await makeProcedure()
})
afterAll(() => at.leave())

const stateOf = async (id: string) => (await at.caseOf(id)).document.state
const refusedWith = (code: string) => expect.objectContaining({ code })

describe('the way of a document (R-SRC-01 to R-SRC-03, R-EXC-13)', () => {
  it('a policy goes from its draft to the public, each step with person, role and opinion', async () => {
    const id = await at.until('signed')
    const { document, draft, steps } = await at.caseOf(id)
    expect(document).toMatchObject({ state: 'signed', signedBy: '罗建平', secrecyOpinion: '不涉密' })
    expect(draft?.text.signedOn).toBe('2026-11-23')
    const { publicId } = await publishDocument(at.people.office, await at.seen(id))
    expect(await stateOf(id)).toBe('published')
    expect(publicId).toBe(draft?.publicId)
    expect(
      steps
        .map(step => [step.act, step.actorRole])
        .reverse()
        .slice(5),
    ).toEqual([
      ['submit', '起草人'],
      ['approve', '部门负责人'],
      ['clear-secrecy', '保密审查员'],
      ['confirm-openness', '政务公开办'],
      ['check', '办公室核稿'],
      ['sign', '签发人'],
    ])
    // Again: nothing
    expect(await publishDocument(at.people.office, await at.seen(id))).toEqual({ publicId: null })
  })

  it('a normative document passes opinions and legality review (R-NOR-04, R-NOR-08, R-NOR-16)', async () => {
    const id = await at.prepared({ kind: 'normative-document' })
    const states = []
    while ((await stateOf(id)) !== 'signed') states.push(await at.forward(id))
    expect(states).toEqual([
      'head-review',
      'opinions',
      'legality-review',
      'secrecy-review',
      'openness-review',
      'office-check',
      'signature',
      'signed',
    ])
  })

  it('R-SRC-02: what is not to be open goes to the openness office first, and is looked at again (R-EXC-12)', async () => {
    const closed = { openness: 'withheld', opennessGround: 'INTERNAL', opennessReason: '内部工作流程' }
    const id = await at.prepared({}, closed)
    expect(await at.forward(id)).toBe('openness-first')
    while ((await stateOf(id)) !== 'withheld') await at.forward(id)
    const rows = await at.db.selectFrom('duties').select('rule').where('subjectId', '=', id).execute()
    expect(rows).toEqual([{ rule: 'R-EXC-12' }])
    const disclose = reassessInput.parse({ outcome: 'disclose', opinion: '情形已经变化，可以公开' })
    await reassess(at.people.openness, await at.seen(id), disclose)
    await expect(publishDocument(at.people.office, await at.seen(id))).rejects.toEqual(
      refusedWith('documents.secrecy-cleared'),
    )
  })

  it('R-SRC-01, R-SRC-03: nothing is handed in without attribute, reason in law, plan or materials', async () => {
    const id = await at.start()
    const hand = async (documentId: string) => submitDocument(at.people.drafter, await at.seen(documentId))
    await expect(hand(id)).rejects.toEqual(refusedWith('documents.attribute-stated'))
    expect(prepareInput.safeParse({ openness: 'withheld', opennessReason: '不想公开' }).success).toBe(false)
    await prepareDocument(at.people.drafter, await at.seen(id), at.attribute())
    await expect(hand(id)).rejects.toEqual(refusedWith('documents.materials-there'))
    await expect(hand(await at.prepared({ fields: {} }))).rejects.toEqual(
      refusedWith('documents.interpretation-planned'),
    )
    await expect(hand(await at.prepared({ bodyHtml: '<p>机密★10年</p><p>正文</p>' }))).rejects.toEqual(
      refusedWith('documents.no-secrecy-mark'),
    )
    await expect(hand(await at.prepared({ bodyHtml: '<p>联系人电话 13812345678。</p>' }))).rejects.toEqual(
      refusedWith('personal-data.undecided'),
    )
  })

  it('is returned with reasons of the rules, or recalled while nobody has acted', async () => {
    const id = await at.prepared()
    await at.forward(id)
    await recallDocument(at.people.drafter, await at.seen(id))
    await at.forward(id)
    await returnDocument(
      at.people.head,
      await at.seen(id),
      returnInput.parse({ reasons: 'no-material', opinion: '请补材料' }),
    )
    expect((await at.caseOf(id)).steps[0]).toMatchObject({ act: 'return', reasons: ['no-material'] })
    await at.forward(id)
    await at.forward(id)
    await expect(recallDocument(at.people.drafter, await at.seen(id))).rejects.toEqual(
      refusedWith('documents.nobody-acted'),
    )
  })

  it('R-EXC-11: what nobody is sure of is held, with its duty, until the authority has determined it', async () => {
    const id = await at.until('secrecy-review')
    await holdDocument(
      at.people.secrecy,
      await at.seen(id),
      opinionInput.parse({ opinion: '报请保密局确定' }),
    )
    const clear = async (determinedBy: string) =>
      clearSecrecy(
        at.people.secrecy,
        await at.seen(id),
        secrecyInput.parse({ opinion: '可以', secrecyChecked: 'yes', determinedBy }),
      )
    await expect(clear('')).rejects.toEqual(refusedWith('documents.not-determined'))
    expect(await clear('县保密局11月25日答复')).toBe('openness-review')
    expect(confirmInput.safeParse({ openness: 'proactive', opennessReason: '理由充分' }).success).toBe(false)
  })

  it('the text lies still on another table, and for ever once it is signed', async () => {
    const id = await at.until('head-review')
    const save = async (documentId: string) => {
      const { draft } = await at.caseOf(documentId)
      return saveDraft(
        at.people.drafter,
        saveDraftInput.parse({
          ...draft?.text,
          columnIds: [at.house.at.columns.get('policies')],
          publicationId: draft?.publicationId,
          revision: draft?.revision,
          title: '改了',
        }),
      )
    }
    await expect(save(id)).rejects.toEqual(refusedWith('documents.not-on-your-table'))
    while ((await stateOf(id)) !== 'signed') await at.forward(id)
    await expect(save(id)).rejects.toEqual(refusedWith('documents.not-on-your-table'))
    const { draft } = await at.caseOf(id)
    await expect(discardDraft(at.people.drafter, draft?.publicationId ?? '')).rejects.toEqual(
      refusedWith('documents.in-hand'),
    )
  })

  it('joint documents are co-signed before the leading organ signs; all issue it, the lead first', async () => {
    const id = await at.until('signature', {}, { coOrganIds: [at.house.at.government.id] })
    await expect(at.forward(id)).rejects.toEqual(refusedWith('documents.others-co-signed'))
    await coSign(at.people.stranger, await at.seen(id), opinionInput.parse({ opinion: '同意' }))
    await at.forward(id)
    expect((await at.caseOf(id)).draft?.text.issuers).toEqual([
      at.house.at.department.name,
      at.house.at.government.name,
    ])
  })
})

describe('numbers (R-LET-01, R-LET-02)', () => {
  it('are given one after the other when documents are signed at once, and never twice', async () => {
    const letterCodeId = crypto.randomUUID()
    await at.db
      .insertInto('letterCodes')
      .values({
        id: letterCodeId,
        organId: at.house.at.department.id,
        code: '云水发',
        changedBy: '文档',
        changedAt: new Date(),
      })
      .execute()
    await receiveSigned(at.people.office, at.received('hand', '云水发〔2026〕3号'))
    const ids = []
    for (let n = 0; n < 3; n++) ids.push(await at.until('signature', {}, { letterCodeId }))
    await Promise.all(
      ids.map(async id =>
        signDocument(at.people.signer, await at.seen(id), signInput.parse({ opinion: '同意' })),
      ),
    )
    const docNos = await Promise.all(ids.map(async id => (await at.caseOf(id)).document.docNo))
    expect(docNos.sort()).toEqual(['云水发〔2026〕4号', '云水发〔2026〕5号', '云水发〔2026〕6号'])
    await expect(receiveSigned(at.people.office, at.received('other', '云水发〔2026〕5号'))).rejects.toEqual(
      refusedWith('documents.number-taken'),
    )
  })
})

describe('what was signed elsewhere', () => {
  it('comes in once, however many bring it at once, and goes out under the same guards', async () => {
    const input = at.received('OA-1', '云水〔2026〕50号')
    const all = await Promise.all(Array.from({ length: 50 }, () => receiveSigned(at.people.office, input)))
    expect(new Set(all.map(one => one.documentId)).size).toBe(1)
    expect(all.filter(one => one.isNew)).toHaveLength(1)
    const id = all[0]?.documentId ?? ''
    const { publicId } = await publishDocument(at.people.office, await at.seen(id))
    expect(publicId).toBe(all[0]?.publicId)
    const bare = at.received('OA-2', '云水〔2026〕51号')
    bare.publication.fields = {}
    const { documentId } = await receiveSigned(at.people.office, bare)
    await expect(publishDocument(at.people.office, await at.seen(documentId))).rejects.toEqual(
      refusedWith('documents.interpretation-settled'),
    )
  })
})

describe('no way around it (R-EXC-09, R-EXC-10)', () => {
  it('each publishing act refuses a policy that has not been signed', async () => {
    const id = await at.prepared()
    const { draft } = await at.caseOf(id)
    const publicationId = draft?.publicationId ?? ''
    const item = { publicationId, revision: draft?.revision ?? 0 }
    const { house } = at
    const tries = [
      () => publish(house.reviewer, item, { kind: 'review', opinion: '可以' }),
      () => publish(house.system, item, { kind: 'review', opinion: '可以' }),
      () =>
        publish(
          house.system,
          { ...item, publicAt: new Date('2026-12-01') },
          { kind: 'review', opinion: '可以' },
        ),
      () => submitDraft(house.drafter, item),
    ]
    for (const attempt of tries)
      await expect(attempt()).rejects.toEqual(refusedWith('publications.by-procedure'))
    await at.db
      .updateTable('editions')
      .set({ submittedAt: house.now() })
      .where('publicationId', '=', publicationId)
      .execute()
    await expect(
      reviewDraft(house.reviewer, decisionOn({ id: publicationId, revision: item.revision })),
    ).rejects.toEqual(refusedWith('publications.by-procedure'))
    for (const state of ['drafting', 'head-review', 'secrecy-review', 'signature'] as const) {
      while ((await stateOf(id)) !== state) await at.forward(id)
      const now = await at.caseOf(id)
      await expect(
        publish(
          house.system,
          { publicationId, revision: now.draft?.revision ?? 0 },
          { kind: 'document', documentId: id, opinion: now.document.secrecyOpinion ?? '编造的' },
        ),
      ).rejects.toEqual(refusedWith('documents.wrong-state'))
    }
    await at.forward(id)
    const signed = await at.caseOf(id)
    const revision = signed.draft?.revision ?? 0
    const clear = (documentId: string, opinion: string) =>
      publish(house.system, { publicationId, revision }, { kind: 'document', documentId, opinion })
    await expect(clear(id, '编造的')).rejects.toEqual(refusedWith('documents.other-opinion'))
    await expect(clear(await at.until('signed'), '不涉密')).rejects.toEqual(
      refusedWith('documents.not-its-case'),
    )
    // Somebody changed the sealed text behind the system's back
    await at.db
      .updateTable('editions')
      .set({ bodyHtml: '<p>换了。</p>' })
      .where('publicationId', '=', publicationId)
      .execute()
    await expect(clear(id, '不涉密')).rejects.toEqual(refusedWith('documents.text-as-signed'))
    expect(
      (
        await at.db
          .selectFrom('publications')
          .select('firstPublicAt')
          .where('id', '=', publicationId)
          .executeTakeFirst()
      )?.firstPublicAt,
    ).toBeFalsy()
  })
})

it('sign and publish: broken in between, the second part is repeated from where the first ended', async () => {
  const ready = await at.until('signature')
  const both = signInput.parse({ opinion: '同意', docNo: '云水〔2026〕900号', effectiveFrom: '2026-12-01' })
  await signDocument(at.people.signer, await at.seen(ready), both)
  await signAndPublish(at.people.signer, await at.seen(ready), both)
  await signAndPublish(at.people.signer, await at.seen(ready), both)
  expect(await stateOf(ready)).toBe('published')
})
