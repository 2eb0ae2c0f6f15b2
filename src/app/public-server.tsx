import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import serveStatic from '@fastify/static'
import underPressure from '@fastify/under-pressure'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { unavailable } from '#lib/errors'
import { problem } from '#modules/open-data'
import type { SiteRow } from '#modules/organisations'
import { visitor } from '#platform/actor'
import type { PublicContext } from '#platform/context'
import { incomingOf } from '#platform/http/incoming'
import { packPage } from '#platform/http/page-cache'
import type { Content, Page, Reply } from '#platform/http/reply'
import type { PublicRoute } from '#platform/http/route'
import { addSecurityHeaders } from '#platform/http/security-headers'
import { sendCached } from '#platform/http/send-cached'
import type { House } from './house.ts'
import { movedAddress } from './moved-address.ts'
import { renderPublicPage } from './public-page.tsx'
import { refusalOf, refusalPage } from './refusal-page.tsx'
import { siteContext, siteOf, splitSitePath } from './sites.ts'

/** The public side: cache, security, limits, pages, not found, errors. Read it from the top. */
export async function publicServer(
  house: House,
  watch: { onRoute?: (method: string | string[], path: string) => void } = {},
): Promise<FastifyInstance> {
  const server = fastify({
    serverFactory: handler =>
      createServer((request, response) => fromCache(house, request, response) || handler(request, response)),
    rewriteUrl: request => splitSitePath(request.url ?? '/').path,
    trustProxy: (_address, hop) => hop < house.config.trustProxy,
    bodyLimit: 1024 * 1024,
    logger: false,
    routerOptions: { maxParamLength: 300 },
  })
  server.addHook('onRoute', route => watch.onRoute?.(route.method, route.url))
  await addSecurityHeaders(server, () => house.origin.public)
  await server.register(underPressure, { maxEventLoopDelay: 2000, retryAfter: 5 })
  await server.register(rateLimit, { global: false })
  await server.register(cookie)
  await server.register(formbody)
  // Logs that ask a witness send plain text, under whatever type their program gives it
  server.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'string' },
    async (_request: FastifyRequest, body: string) => body,
  )
  await server.register(serveStatic, {
    root: house.assets.folder,
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    index: false,
  })
  server.get('/health', async () => ({ ok: true }))
  for (const route of house.publicRoutes) {
    server.route({
      method: route.method,
      url: route.path,
      ...(route.method === 'POST' || asksTheDatabase.test(route.path)
        ? { config: { rateLimit: { max: 3000, timeWindow: '1 minute' } } }
        : {}),
      handler: (request, reply) => answer(house, route, request, reply),
    })
  }
  server.setNotFoundHandler(async (request, reply) => {
    const site = await siteFor(house, request)
    const moved = site && (await movedAddress(house, site, request.url))
    if (moved) return reply.redirect(moved, 301)
    return refuse(house, request, reply, { statusCode: 404 })
  })
  server.setErrorHandler(async (error, request, reply) => {
    // An address of the older site may look like one of ours: /files/2019/form.docx
    const site = refusalOf(error).status === 404 ? await siteFor(house, request) : null
    const moved = site && (await movedAddress(house, site, request.url))
    return moved ? reply.redirect(moved, 301) : refuse(house, request, reply, error)
  })
  return server
}

/** Questions that nobody may have asked before: the database has to work for each. */
const asksTheDatabase = /^\/(search|search\.atom|history|feeds\/history\.atom|api\/v1\/.*)$/

/** Pages in memory answer before anything else is set in motion. */
function fromCache(house: House, request: IncomingMessage, response: ServerResponse): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const kept = house.cache.get(cacheKey(request.headers.host, request.url))
  if (kept) sendCached(request, response, kept)
  return kept !== undefined
}

/** By the address as it was asked for: `/s/{key}/…` and `/…` lead to the same route and to different pages. */
const cacheKey = (host: string | undefined, url: string | undefined) => `${host} ${url}`

function siteFor(house: House, request: FastifyRequest): Promise<SiteRow | null> {
  return siteOf(house, request.headers.host, splitSitePath(request.originalUrl).key)
}

function contextOf(house: House, row: SiteRow, request: FastifyRequest): PublicContext {
  const site = siteContext(house, row, splitSitePath(request.originalUrl).key)
  return { db: house.connection.db, actor: visitor, clock: house.clock, log: house.log, site }
}

async function answer(house: House, route: PublicRoute, request: FastifyRequest, reply: FastifyReply) {
  const row = await siteFor(house, request)
  if (!row) throw unavailable('site.none', '这里还没有建立站点。请管理员先运行 ./bin/mingtang init。')
  const ctx = contextOf(house, row, request)
  const mark = house.cache.mark
  const made = await route.handle(ctx, incomingOf(request))
  if (made.kind === 'redirect') return reply.redirect(made.to, made.status)
  const sent = made.kind === 'page' ? await renderPublicPage(house, ctx, row, made, request) : made
  return made.dependsOn && request.method !== 'POST' && made.status < 400
    ? sendAndKeep(house, request, reply, made, sent, row, mark)
    : sendOnce(reply, made, sent)
}

/** Packs the page, keeps it for the next reader, and sends it. */
async function sendAndKeep(
  house: House,
  request: FastifyRequest,
  reply: FastifyReply,
  made: Page | Content,
  content: Content,
  row: SiteRow,
  mark: number,
) {
  const dependsOn = [...(made.dependsOn ?? []), 'sites', `site:${row.id}`]
  const headers = {
    ...(reply.raw.getHeaders() as Record<string, string>),
    ...content.headers,
    'Cache-Control': 'public, max-age=0, must-revalidate',
    'Surrogate-Key': dependsOn.join(' '),
    Vary: 'Accept-Encoding',
  }
  const packed = packPage(content.status, content.type, content.body as string, headers)
  house.cache.put(
    cacheKey(request.headers.host, request.originalUrl),
    packed,
    dependsOn,
    made.freshUntil,
    mark,
  )
  reply.hijack()
  sendCached(request.raw, reply.raw, packed)
}

function sendOnce(reply: FastifyReply, made: Reply, content: Content) {
  for (const cookie of made.cookies ?? [])
    reply.setCookie(cookie.name, cookie.value, { path: '/', sameSite: 'strict' })
  return reply
    .code(content.status)
    .headers({
      'Cache-Control': 'no-store',
      ...content.headers,
      ...(made.kind === 'page' ? made.headers : {}),
    })
    .type(content.type)
    .send(content.body)
}

async function refuse(house: House, request: FastifyRequest, reply: FastifyReply, error: unknown) {
  const row = await siteFor(house, request).catch(() => null)
  const site = row && siteContext(house, row, splitSitePath(request.originalUrl).key)
  const page = refusalPage(error, site?.base ?? '')
  if (page.status >= 500)
    house.log.error({ err: error, url: request.routeOptions.url }, 'a public page failed')
  if (request.url.startsWith('/api/')) {
    const { status, message } = refusalOf(error)
    const content = problem({ status, detail: message })
    return sendOnce(reply, content, content)
  }
  if (request.url.split('?')[0]?.endsWith('.json'))
    return reply.code(page.status).send({ error: { status: page.status, message: page.title } })
  if (!row)
    return reply
      .code(page.status)
      .type('text/html; charset=utf-8')
      .send(`<!doctype html><title>${page.title}</title><h1>${page.title}</h1>`)
  const content = await renderPublicPage(house, contextOf(house, row, request), row, page, request)
  return sendOnce(reply, page, content)
}
