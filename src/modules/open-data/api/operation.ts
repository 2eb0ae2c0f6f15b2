import { createHash } from 'node:crypto'
import type { z } from 'zod'
import { nextMidnight } from '#lib/beijing-time'
import { Refused } from '#lib/errors'
import { listsTag, nextBoundary } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import type { Content, Reply } from '#platform/http/reply'
import type { Incoming, PublicRoute, PublicRule } from '#platform/http/route'
import { badParameter, problemOf } from './problem.ts'

export const apiRoot = '/api/v1'

/** What an operation answers; `next` and `previous` are paths within the site and stand in the body and in `Link`. */
export interface Answer<Body> {
  body: Body
  next?: string | undefined
  previous?: string | undefined
  /** Further things it was made from, beside the lists of the site. */
  dependsOn?: readonly string[]
  /** A piece of a harvest is asked for once: it must not push pages that many read out of the memory. */
  once?: boolean
  /** Leads elsewhere: a path within the site. */
  movedTo?: string
}

/** One thing the API can be asked: its schemas check the question, document it, and check the answer in the tests. */
export interface Operation {
  /** After `/api/v1`, with names in braces. */
  path: string
  name: string
  summary: string
  description?: string
  params: z.ZodObject
  query: z.ZodObject
  answer: z.ZodType
  rule: PublicRule
  answers: (ctx: PublicContext, params: unknown, query: unknown) => Promise<Answer<unknown>>
}

/** Keeps the types of question and answer together. */
export function operation<P extends z.ZodObject, Q extends z.ZodObject, A extends z.ZodType>(
  parts: Omit<Operation, 'params' | 'query' | 'answer' | 'answers'> & {
    params: P
    query: Q
    answer: A
    answers: (ctx: PublicContext, params: z.output<P>, query: z.output<Q>) => Promise<Answer<z.output<A>>>
  },
): Operation {
  return parts as unknown as Operation
}

export const routeOf = (one: Operation): PublicRoute => ({
  method: 'GET',
  path: apiRoot + one.path.replace(/\{(\w+)\}/g, ':$1'),
  rule: one.rule,
  handle: (ctx, incoming) => answer(one, ctx, incoming),
})

async function answer(one: Operation, ctx: PublicContext, incoming: Incoming): Promise<Reply> {
  try {
    const params = read(one.params, incoming.params)
    const query = read(one.query, incoming.query)
    const given = await one.answers(ctx, params, query)
    if (given.movedTo !== undefined)
      return { kind: 'redirect', to: ctx.site.base + given.movedTo, status: 301 }
    return given.once ? sendOnce(ctx, incoming, given) : sendKept(ctx, given)
  } catch (error) {
    if (error instanceof Refused) return problemOf(error)
    throw error
  }
}

/** Unknown parameters are refused: an answer to another question than the one that was asked does harm unseen. */
function read(schema: z.ZodObject, given: Incoming['query']): unknown {
  for (const [name, value] of Object.entries(given))
    if (Array.isArray(value)) throw badParameter(name, `参数“${name}”写了不止一次。`, '每个参数只写一次。')
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (issue?.code === 'unrecognized_keys') {
    const [name = ''] = issue.keys
    const known = Object.keys(schema.shape)
    throw badParameter(
      name,
      `没有参数“${name.slice(0, 60)}”。`,
      known.length > 0 ? `可用的参数：${known.join('、')}。` : '这个接口没有参数，请去掉问号后面的部分。',
    )
  }
  const name = String(issue?.path[0] ?? '')
  const fault = given[name] === undefined ? `缺少参数“${name}”。` : `参数“${name}”不对。`
  throw badParameter(name, fault, issue?.message ?? '请对照 /api 里的说明。')
}

async function sendKept(ctx: PublicContext, given: Answer<unknown>): Promise<Content> {
  const now = ctx.clock.now()
  const boundary = await nextBoundary(ctx.db, now)
  const midnight = nextMidnight(now)
  return {
    ...contentOf(ctx, given),
    dependsOn: [listsTag(ctx.site.id), ...(given.dependsOn ?? [])],
    // Validity is that of today
    freshUntil: boundary && boundary < midnight ? boundary : midnight,
  }
}

function sendOnce(ctx: PublicContext, incoming: Incoming, given: Answer<unknown>): Content {
  const content = contentOf(ctx, given)
  const etag = `"${createHash('sha256')
    .update(content.body as string)
    .digest('base64url')
    .slice(0, 22)}"`
  const known = [incoming.headers['if-none-match']].flat().join(',')
  const headers = { ...content.headers, ETag: etag, 'Cache-Control': 'public, max-age=0, must-revalidate' }
  return known.includes(etag) ? { ...content, headers, status: 304, body: '' } : { ...content, headers }
}

function contentOf({ site }: PublicContext, given: Answer<unknown>): Content {
  const root = site.origin + site.base
  const links = [
    ...(given.next === undefined ? [] : [`<${root}${given.next}>; rel="next"`]),
    ...(given.previous === undefined ? [] : [`<${root}${given.previous}>; rel="prev"`]),
  ]
  return {
    kind: 'content',
    status: 200,
    type: 'application/json; charset=utf-8',
    body: JSON.stringify(given.body),
    headers: {
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers': 'ETag, Link',
      ...(links.length > 0 ? { Link: links.join(', ') } : {}),
    },
  }
}
