import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { dateInBeijing } from '#lib/beijing-time'
import {
  addMaterial,
  agree,
  materialInput,
  opinionInput,
  prepareDocument,
  prepareInput,
  sayFollows,
  seenNow,
  startDocument,
  startDocumentInput,
  submitDocument,
} from '#modules/documents'
import { structureText } from '#modules/files'
import { consultationInput, determineDocument, determineInput, recordConsultation } from '#modules/normative'
import { staffActor } from '#modules/people'
import type { Context } from '#platform/context'
import { root } from '#platform/root'
import type { FoundedGovernment } from './found-government.ts'

/** Documents on their way, so that whoever looks for the first time finds something on the tables. */
const documentsFile = z.object({
  documents: z.array(
    z.object({
      kind: z.string(),
      organ: z.string(),
      column: z.string(),
      title: z.string(),
      theme: z.string(),
      genre: z.string(),
      effectiveInDays: z.int().optional(),
      body: z.string(),
      by: z.string(),
      approvedBy: z.string().optional(),
      openness: z.looseObject({}),
      interpretationExempt: z.string().optional(),
      interpretationFollows: z.string().optional(),
      definition: z.looseObject({}),
      materials: z.array(z.looseObject({})),
      handedIn: z.boolean(),
      consultation: z.object({ begunDaysAgo: z.int(), days: z.int(), place: z.string() }).optional(),
    }),
  ),
})
type SampleDocument = z.output<typeof documentsFile>['documents'][number]

/** Drafts, states the attribute and hands in through the same acts as the desk. */
export async function loadDocuments(ctx: Context, founded: FoundedGovernment): Promise<void> {
  const text = await readFile(join(root, 'sample', 'documents.json'), 'utf8')
  for (const document of documentsFile.parse(JSON.parse(text)).documents)
    await loadDocument(ctx, founded, document)
}

async function loadDocument(ctx: Context, founded: FoundedGovernment, said: SampleDocument): Promise<void> {
  const as = async (username: string): Promise<Context> => {
    const login = founded.logins.find(one => one.username === username)
    const actor = login && (await staffActor(ctx, login.staffId))
    if (!actor) throw new Error(`样例公文说到没有的人员：${username}`)
    return { ...ctx, actor }
  }
  const dayFromNow = (days: number) => dateInBeijing(new Date(ctx.clock.now().getTime() + days * 86_400_000))
  const organ = founded.organs.get(said.organ)
  const column = founded.columns.get(`yunxi:${said.column}`)
  if (!organ || !column) throw new Error(`样例公文的机构或者栏目不存在：${said.title}`)
  const drafter = await as(said.by)
  const { documentId, publicationId } = await startDocument(
    drafter,
    startDocumentInput.parse({
      ...{ kind: said.kind, title: said.title, theme: said.theme, genre: said.genre },
      organId: organ.id,
      siteId: column.siteId,
      columnIds: [column.id],
      source: organ.name,
      issuers: organ.name,
      bodyHtml: structureText(said.body),
      formKey: crypto.randomUUID(),
      effectiveFrom: said.effectiveInDays ? dayFromNow(said.effectiveInDays) : null,
      validUntil: said.effectiveInDays ? dayFromNow(said.effectiveInDays + 5 * 365) : null,
      fields: said.interpretationExempt ? { interpretationExempt: said.interpretationExempt } : {},
    }),
  )
  const seen = () => seenNow(ctx.db, documentId)
  await prepareDocument(drafter, await seen(), prepareInput.parse(said.openness))
  for (const material of said.materials)
    await addMaterial(drafter, await seen(), materialInput.parse(material), null)
  if (said.interpretationFollows)
    await sayFollows(drafter, await seen(), opinionInput.parse({ opinion: said.interpretationFollows }))
  const answers = { maker: 'yes', exclusion: 'none', market: 'no', ...said.definition }
  await determineDocument(drafter, determineInput.parse({ publicationId, ...answers }))
  if (said.handedIn) await submitDocument(drafter, await seen())
  if (said.approvedBy)
    await agree(
      await as(said.approvedBy),
      'approve',
      await seen(),
      opinionInput.parse({ opinion: '内容可行，同意公开征求意见。' }),
    )
  if (said.consultation) {
    const { begunDaysAgo, days, place } = said.consultation
    const asked = { fromOn: dayFromNow(-begunDaysAgo), untilOn: dayFromNow(days - begunDaysAgo - 1), place }
    await recordConsultation(drafter, consultationInput.parse({ publicationId, ...asked }))
  }
}
