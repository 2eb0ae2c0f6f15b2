import { invalid, Refused } from '#lib/errors'
import { textOf } from '#lib/forms'
import { recordAct } from '#modules/audit'
import { documentStates, findDocument } from '#modules/documents'
import { refuseNamedTimes } from '#modules/publications'
import type { Context } from '#platform/context'
import type { Content } from '#platform/http/reply'
import type { ApiRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { takeDocument } from '../actions/take-document.ts'
import { type FieldFault, Unfit } from '../api-document.ts'
import { findToken } from '../queries.ts'
import { callerOf, digestOfKey, type IntakeToken, whyNotUsable } from '../token.ts'

const path = '/api/v1/documents'

export const apiRoutes = (storage: FileStorage): ApiRoute[] => [
  {
    method: 'POST',
    path,
    uploads: true,
    handle: (ctx, incoming) =>
      answered(ctx, incoming, (within, token) => take(within, token, incoming, storage)),
  },
  {
    method: 'GET',
    path: `${path}/:id`,
    handle: (ctx, incoming) =>
      answered(ctx, incoming, (within, token) => tell(within, token, incoming.params.id ?? '')),
  },
]

/** Who calls, then the call; whatever is refused is told as problem details (RFC 9457). */
async function answered(
  ctx: Context,
  incoming: Incoming,
  call: (within: Context, token: IntakeToken) => Promise<Content>,
): Promise<Content> {
  const bearer = /^Bearer\s+(mtk_[\w-]{20,100})$/.exec(String(incoming.headers.authorization ?? ''))?.[1]
  const token = bearer === undefined ? null : await findToken(ctx.db, { digest: digestOfKey(bearer) })
  const why = token
    ? whyNotUsable(token, ctx.clock.today())
    : '没有带接入密钥，或者密钥不对。请求头应为 Authorization: Bearer mtk_…'
  if (!token || why !== null) return problem(401, 'intake.no-key', why ?? '')
  const within = { ...ctx, actor: callerOf(token) }
  try {
    return await call(within, token)
  } catch (error) {
    if (error instanceof Unfit) return problem(422, 'intake.unfit', '内容有误，没有登记。', error.faults)
    if (!(error instanceof Refused)) throw error
    if (error.refusal === 'not-allowed') await recordRefusal(within, error.message)
    return problem(error.status, error.code, error.message)
  }
}

async function take(
  ctx: Context,
  token: IntakeToken,
  incoming: Incoming,
  storage: FileStorage,
): Promise<Content> {
  const idempotencyKey = String(incoming.headers['idempotency-key'] ?? '').trim()
  if (!/^[\x21-\x7e]{8,200}$/.test(idempotencyKey))
    throw invalid(
      'intake.no-idempotency-key',
      '请求头要有 Idempotency-Key：8 至 200 个字母、数字或符号，每份公文一个，重发时不变。',
    )
  const body = bodyOf(incoming)
  await refuseNamedTimes(ctx, body, path)
  const { answer, isNew } = await takeDocument(ctx, storage, {
    token,
    idempotencyKey,
    body,
    uploads: incoming.uploads,
  })
  return json(
    isNew ? 201 : 200,
    { ...answer, stateLabel: labelOf(answer.state) },
    { Location: `${path}/${answer.id}` },
  )
}

/** The JSON of the call itself, or of the part `document` beside the files. @throws invalid where it cannot be read */
function bodyOf({ form, headers }: Incoming): unknown {
  if (!/^multipart\//i.test(String(headers['content-type'] ?? ''))) return form
  try {
    return JSON.parse(textOf(form, 'document'))
  } catch {
    throw invalid('intake.no-json', '表单里要有 document 一项，内容是 JSON；文件放在 file 项，可以有多个。')
  }
}

/** What became of a document, for the system that sent it; nobody else's. */
async function tell(ctx: Context, token: IntakeToken, id: string): Promise<Content> {
  const document = /^[0-9a-f-]{36}$/.test(id) ? await findDocument(ctx.db, { id }) : null
  if (!document || document.organId !== token.organId)
    return problem(404, 'intake.no-document', '没有这件公文。')
  const { docNo, signedOn, state } = document
  return json(200, { id, docNo, signedOn, state, stateLabel: labelOf(state) })
}

const labelOf = (state: string): string => (documentStates as Record<string, string>)[state] ?? state

function problem(status: number, code: string, detail: string, errors?: readonly FieldFault[]): Content {
  const title = errors ? '内容有误' : status === 401 ? '密钥不能用' : '没有办成'
  return {
    ...json(status, { title, status, code, detail, ...(errors ? { errors } : {}) }),
    type: 'application/problem+json; charset=utf-8',
  }
}

const json = (status: number, value: object, headers: Record<string, string> = {}): Content => ({
  kind: 'content',
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(value),
  headers,
})

const recordRefusal = (ctx: Context, message: string) =>
  recordAct(ctx.db, ctx, { act: 'intake.refuse', sentence: `公文接入未获准：${message}`, outcome: 'refused' })
