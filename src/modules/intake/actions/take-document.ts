import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { sql } from 'kysely'
import { canonical } from '#lib/canonical-json'
import { conflict, Refused } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { receiveSigned, receiveSignedInput } from '#modules/documents'
import { storeUpload } from '#modules/files'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import type { Upload } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { type ApiAnswer, type ApiDocument, apiDocument, faultsOf, Unfit } from '../api-document.ts'
import { acceptedCall } from '../queries.ts'
import type { IntakeToken } from '../token.ts'
import { placesOf } from './places-of.ts'

export interface Taken {
  answer: ApiAnswer
  /** False: it was there already, by this call or another. */
  isNew: boolean
}

export interface Call {
  token: IntakeToken
  idempotencyKey: string
  body: unknown
  uploads: readonly Upload[]
}

/**
 * Takes a signed document in, once for each idempotency key, and once for each origin key of the organ. The caller acts as the
 * organ's office. A refusal is kept with the calls; the key may then be used again.
 * @throws Unfit with every fault of the fields; Refused where an act says no
 */
export async function takeDocument(ctx: Context, storage: FileStorage, call: Call): Promise<Taken> {
  const digest = await digestOf(call)
  try {
    return await takeOnce(ctx, storage, call, digest)
  } catch (error) {
    if (error instanceof Unfit || error instanceof Refused)
      await keepRefusal(ctx, call, digest, error.message)
    throw error
  }
}

async function takeOnce(ctx: Context, storage: FileStorage, call: Call, digest: string): Promise<Taken> {
  const before = await answeredBefore(ctx.db, call, digest)
  if (before) return before
  const parsed = apiDocument.safeParse(call.body)
  if (!parsed.success) throw new Unfit(faultsOf(parsed.error))
  const { siteId, columnId, coOrganIds, issuer } = await placesOf(ctx, call.token, parsed.data)
  mustMatchFiles(parsed.data, call.uploads)
  const attachments = await keepFiles(ctx, storage, siteId, parsed.data, call.uploads)
  return inTransaction(ctx.db, async db => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`intake ${call.token.id} ${call.idempotencyKey}`}, 0))`.execute(
      db,
    )
    const meanwhile = await answeredBefore(db, call, digest)
    if (meanwhile) return meanwhile
    const within = { ...ctx, db }
    const input = receiveSignedInput.safeParse({
      ...inputOf(parsed.data, { organId: call.token.organId, siteId, columnId, issuer, attachments }),
      coOrganIds,
    })
    if (!input.success)
      throw new Unfit(faultsOf(input.error).map(fault => ({ ...fault, field: fieldOf(fault.field) })))
    const { documentId: id, publicId, state, isNew } = await receiveSigned(within, input.data)
    const answer = { id, publicId, state }
    await insertCall(db, ctx, call, digest, { documentId: id, answer: JSON.stringify(answer), refusal: null })
    await db
      .updateTable('intakeTokens')
      .set({ lastUsedAt: ctx.clock.now() })
      .where('id', '=', call.token.id)
      .execute()
    return { answer, isNew }
  })
}

async function answeredBefore(db: Database, call: Call, digest: string): Promise<Taken | null> {
  const known = await acceptedCall(db, call.token.id, call.idempotencyKey)
  if (!known) return null
  if (known.contentDigest !== digest)
    throw conflict(
      'intake.key-used',
      '这个 Idempotency-Key 已经用于另一份内容。同一份公文重发时内容要一样，另一份公文请用新的 Idempotency-Key。',
    )
  return { answer: known.answer, isNew: false }
}

/** Of everything that was sent: fields in any order, and the files. */
async function digestOf({ body, uploads }: Call): Promise<string> {
  const hash = createHash('sha256').update(canonical(body ?? null))
  for (const { name, path } of uploads) hash.update(`\n${name}\n`).update(await readFile(path))
  return hash.digest('hex')
}

function mustMatchFiles({ attachments }: ApiDocument, uploads: readonly Upload[]): void {
  if (attachments.length <= uploads.length) return
  throw new Unfit([
    {
      field: 'attachments',
      message: `写了 ${attachments.length} 个附件名称，只收到 ${uploads.length} 个文件。请把文件一起发来，顺序与名称一致。`,
    },
  ])
}

/** Before the transaction: bytes cannot be undone, but a file that nothing uses is purged. */
async function keepFiles(
  ctx: Context,
  storage: FileStorage,
  siteId: string,
  document: ApiDocument,
  uploads: readonly Upload[],
): Promise<{ fileId: string; title: string }[]> {
  const attachments: { fileId: string; title: string }[] = []
  for (const [at, upload] of uploads.entries()) {
    const file = await storeUpload(ctx, upload, { siteId, storage })
    attachments.push({ fileId: file.id, title: document.attachments[at] ?? file.name })
  }
  return attachments
}

interface Placed {
  organId: string
  siteId: string
  columnId: string
  issuer: string
  attachments: { fileId: string; title: string }[]
}

/** As the act of the page wants it. */
function inputOf(document: ApiDocument, { organId, siteId, columnId, issuer, attachments }: Placed) {
  const { unifiedNo, interpretationExempt } = document
  return {
    originKey: document.originKey,
    publication: {
      kind: document.kind,
      organId,
      siteId,
      columnIds: [columnId],
      title: document.title,
      docNo: document.docNo,
      issuers: document.issuers.length > 0 ? document.issuers : [issuer],
      signedOn: document.signedOn,
      effectiveFrom: document.effectiveFrom,
      validUntil: document.validUntil,
      theme: document.theme || null,
      genre: document.genre || null,
      summary: document.summary,
      keywords: document.keywords,
      source: issuer,
      bodyHtml: document.bodyHtml || paragraphs(document.text),
      attachments,
      fields: {
        ...(unifiedNo ? { unifiedNo } : {}),
        ...(interpretationExempt
          ? { interpretationExempt: '其他', interpretationExemptNote: interpretationExempt }
          : {}),
      },
    },
    signedOn: document.signedOn,
    signedBy: document.signedBy,
    attribute: {
      openness: document.openness,
      opennessGround: document.opennessGround,
      opennessReason: document.opennessReason,
    },
    secrecy: document.secrecy,
    interpretationFollows: document.interpretationFollows,
  }
}

/** The path of the act's input, as the caller knows it. */
const fieldOf = (path: string) =>
  path.replace(/^(?:publication|attribute)\./, '').replace(/^columnIds.*/, 'column')

const paragraphs = (text: string) =>
  text
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(line => line !== '')
    .map(line => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`)
    .join('')

type Outcome =
  | { documentId: string; answer: string; refusal: null }
  | { documentId: null; answer: null; refusal: string }

const insertCall = (
  db: Database,
  ctx: Pick<Context, 'clock'>,
  call: Call,
  contentDigest: string,
  outcome: Outcome,
) =>
  db
    .insertInto('intakeCalls')
    .values({
      id: uuidv7(ctx.clock.now().getTime()),
      tokenId: call.token.id,
      idempotencyKey: call.idempotencyKey,
      contentDigest,
      title: titleIn(call.body),
      cameAt: ctx.clock.now(),
      ...outcome,
    })
    .execute()

const keepRefusal = (ctx: Context, call: Call, digest: string, message: string) =>
  insertCall(ctx.db, ctx, call, digest, { documentId: null, answer: null, refusal: message.slice(0, 2000) })

function titleIn(body: unknown): string {
  const title = typeof body === 'object' && body !== null && 'title' in body ? body.title : null
  return typeof title === 'string' && title.trim() !== ''
    ? [...title.trim()].slice(0, 200).join('')
    : '（没有标题）'
}
