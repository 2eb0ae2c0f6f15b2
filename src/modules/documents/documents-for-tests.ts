import {
  consultationInput,
  determineDocument,
  determineInput,
  pointsOf,
  recordConsultation,
} from '#modules/normative'
import { registerProcedure, startPublicationInput } from '#modules/publications'
import type { Role } from '#platform/actor'
import type { Context } from '#platform/context'
import { documentFacts, makePublishing, type Publishing } from '../../../test/make/publishing.ts'
import { addMaterial, materialInput, prepareDocument, prepareInput } from './actions/prepare-document.ts'
import {
  agree,
  clearSecrecy,
  confirmInput,
  confirmOpenness,
  opinionInput,
  secrecyInput,
  submitDocument,
} from './actions/review-document.ts'
import { giveLegality, legalityInput } from './actions/review-legality.ts'
import { signDocument, signInput } from './actions/sign-document.ts'
import { startDocument, startDocumentInput } from './actions/start-document.ts'
import type { DocumentState } from './document.ts'
import type { Case } from './guards.ts'
import { documentProcedure } from './procedure.ts'
import { findDocument, gatherCase } from './queries.ts'
import type { Seen } from './take-step.ts'

/** People of an organ who handle documents, and a way to bring one to where a test needs it. */
export async function makeProcedure() {
  const house = await makePublishing()
  registerProcedure(documentProcedure)
  const who = (name: string, role: Role, organ?: { id: string }) => house.as([role], name, organ)
  const people = {
    drafter: who('林晓', 'drafter'),
    head: who('周正', 'department-head'),
    legality: who('许法', 'legality-reviewer'),
    secrecy: who('何敏', 'secrecy-reviewer'),
    openness: who('龚开', 'openness-office'),
    office: who('文档', 'general-office'),
    signer: who('罗建平', 'signer'),
    stranger: who('外人', 'signer', house.at.government),
    administrator: who('管理', 'system-administrator'),
  }
  let serial = 0
  const caseOf = async (documentId: string): Promise<Case> => {
    const document = await findDocument(house.connection.db, { id: documentId })
    if (!document) throw new Error('no document')
    return gatherCase({ db: house.connection.db, clock: house.system.clock }, document)
  }
  const seen = async (documentId: string): Promise<Seen> => {
    const { document, draft } = await caseOf(documentId)
    return { documentId, revision: document.revision, draftRevision: draft?.revision ?? 0 }
  }
  async function start(more: object = {}, ctx: Context = people.drafter): Promise<string> {
    const { column, ...facts } = documentFacts(`供水办法之${++serial}`, {
      kind: 'policy',
      docNo: '',
    }) as Record<string, unknown>
    const { documentId } = await startDocument(
      ctx,
      startDocumentInput.parse({
        ...facts,
        signedOn: '',
        siteId: house.at.site.id,
        organId: house.at.department.id,
        columnIds: [house.at.columns.get(String(column))],
        source: '县水利局',
        bodyHtml: '<p>为了保障供水，制定本办法。</p>',
        formKey: crypto.randomUUID(),
        fields: { interpretationExempt: '例行通知、事务性安排' },
        ...('kind' in more && more.kind === 'normative-document' ? { validUntil: '2031-10-31' } : {}),
        ...more,
      }),
    )
    return documentId
  }
  /** What the register of normative documents asks before the legality review. */
  async function determined(id: string, answers: object = {}): Promise<void> {
    const { document } = await caseOf(id)
    const { publicationId } = document
    const is = document.kind === 'normative-document' ? 'yes' : 'no'
    await determineDocument(
      people.drafter,
      determineInput.parse({
        publicationId,
        ...{ maker: 'yes', rights: is, general: is, repeated: is, exclusion: 'none', market: 'no' },
        ...answers,
      }),
    )
  }
  const notAsked = async (id: string) =>
    recordConsultation(
      people.drafter,
      consultationInput.parse({
        publicationId: (await caseOf(id)).document.publicationId,
        exemptReason: '应对突发事件，须立即施行',
      }),
    )
  const attribute = (more: object = {}) =>
    prepareInput.parse({ openness: 'proactive', opennessReason: '涉及公众用水，应当主动公开', ...more })
  async function prepared(
    more: object = {},
    attributes: object = {},
    does: { determined?: boolean; asked?: boolean } = {},
  ): Promise<string> {
    const id = await start(more)
    await prepareDocument(people.drafter, await seen(id), attribute(attributes))
    for (const type of ['explanation', 'basis', 'opinions'])
      await addMaterial(
        people.drafter,
        await seen(id),
        materialInput.parse({ type, title: '材料', words: '内容' }),
        null,
      )
    if (does.determined !== false) await determined(id)
    if (does.asked !== false && 'kind' in more && more.kind === 'normative-document') await notAsked(id)
    return id
  }
  const allHeld = Object.fromEntries(Object.keys(pointsOf('legality')).map(name => [name, { held: true }]))
  const yes = opinionInput.parse({ opinion: '同意' })
  /** The next step as it is meant to go. */
  async function forward(id: string): Promise<DocumentState> {
    const { document } = await caseOf(id)
    const at = await seen(id)
    switch (document.state) {
      case 'drafting':
        return submitDocument(people.drafter, at)
      case 'openness-first':
        return agree(people.openness, 'agree-first', at, yes)
      case 'head-review':
        return agree(people.head, 'approve', at, yes)
      case 'opinions':
        return agree(people.drafter, 'close-opinions', at, yes)
      case 'legality-review':
        return giveLegality(
          people.legality,
          at,
          legalityInput.parse({ legality: 'legal', points: allHeld, opinion: '经审核，合法。' }),
        )
      case 'secrecy-review':
        return clearSecrecy(
          people.secrecy,
          at,
          secrecyInput.parse({ opinion: '不涉密', secrecyChecked: 'yes' }),
        )
      case 'openness-review':
        return confirmOpenness(
          people.openness,
          at,
          confirmInput.parse({
            openness: document.openness,
            opennessGround: document.opennessGround,
            opennessReason: document.opennessReason,
            opinion: '同意',
          }),
        )
      case 'office-check':
        return agree(people.office, 'check', at, yes)
      default:
        return signDocument(
          people.signer,
          at,
          signInput.parse({
            opinion: '同意签发',
            docNo: `云水〔2026〕${100 + serial}号`,
            effectiveFrom: '2026-12-01',
          }),
        )
    }
  }
  async function until(
    state: DocumentState,
    more: object = {},
    attributes: object = {},
    does: { determined?: boolean; asked?: boolean } = {},
  ): Promise<string> {
    const id = await prepared(more, attributes, does)
    for (let steps = 0; steps < 12 && (await caseOf(id)).document.state !== state; steps++) await forward(id)
    return id
  }
  const received = (originKey: string, docNo: string, more: object = {}) => ({
    originKey,
    publication: startPublicationInput.parse({
      kind: 'policy',
      siteId: house.at.site.id,
      organId: house.at.department.id,
      columnIds: [house.at.columns.get('policies')],
      title: `来文 ${docNo}`,
      docNo,
      issuers: '云溪县水利局',
      theme: '农业、林业、水利',
      source: '县水利局',
      bodyHtml: '<p>正文。</p>',
      fields: { interpretationExempt: '例行通知、事务性安排' },
    }),
    signedOn: '2026-11-20',
    signedBy: '罗建平',
    attribute: attribute(),
    secrecy: { opinion: '不涉密', by: '何敏', on: '2026-11-19' },
    interpretationFollows: '',
    coOrganIds: [],
    ...more,
  })
  return {
    house,
    db: house.connection.db,
    people,
    start,
    prepared,
    determined,
    notAsked,
    attribute,
    forward,
    until,
    caseOf,
    seen,
    received,
    async leave() {
      registerProcedure(null)
      await house.leave()
    },
  }
}
export type ProcedureHouse = Awaited<ReturnType<typeof makeProcedure>> & { house: Publishing }
