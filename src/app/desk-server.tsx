import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import multipart from '@fastify/multipart'
import rateLimit from '@fastify/rate-limit'
import serveStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { notAllowed } from '#lib/errors'
import { recordAct } from '#modules/audit'
import { keepForm, loginRoutes, resolveStaff, type SignedIn, takeKeptForm } from '#modules/people'
import { refuseNamedTimes } from '#modules/publications'
import { visitor } from '#platform/actor'
import type { Context, DeskContext } from '#platform/context'
import { incomingOf, queryText } from '#platform/http/incoming'
import type { Reply } from '#platform/http/reply'
import type { ApiRoute, DeskRoute, Incoming } from '#platform/http/route'
import { addSecurityHeaders } from '#platform/http/security-headers'
import { renderDeskPage, renderPlainPage } from './desk-page.tsx'
import type { House } from './house.ts'
import { refusalOf, refusalPage } from './refusal-page.tsx'
import { receiveUploads } from './uploads.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Called by programs, not by the pages of the desk. */
    forPrograms?: boolean
  }
}

const largestForm = 6 * 1024 * 1024

/** The desk: its own port, own cookie; every page asks who is there and whether they may. Read it from the top. */
export async function deskServer(house: House): Promise<FastifyInstance> {
  const server = fastify({
    trustProxy: (_address, hop) => hop < house.config.trustProxy,
    bodyLimit: largestForm,
    logger: false,
    routerOptions: { maxParamLength: 300 },
  })
  await addSecurityHeaders(server, () => house.origin.desk)
  await server.register(rateLimit, { global: false })
  await server.register(cookie)
  await server.register(formbody, { bodyLimit: largestForm })
  await server.register(multipart, { limits: { files: 200, fields: 500, fieldSize: largestForm } })
  await server.register(serveStatic, {
    root: house.assets.folder,
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    preCompressed: true,
    index: false,
  })
  server.addHook('preValidation', async request => refuseForeignPosts(request))
  server.get('/health', async () => ({ ok: true }))
  for (const route of loginRoutes) {
    server.route({
      method: route.method,
      url: route.path,
      ...(route.method === 'POST' ? { config: { rateLimit: { max: 30, timeWindow: '1 minute' } } } : {}),
      handler: async (request, reply) => {
        const ctx = contextFor(house, visitor, request.ip)
        const made = await route.handle(ctx, incomingOf(request))
        return send(house, reply, made, made.kind === 'page' ? renderPlainPage(house, made) : undefined)
      },
    })
  }
  for (const route of house.apiRoutes) {
    server.route({
      method: route.method,
      url: route.path,
      config: { forPrograms: true, rateLimit: { max: 600, timeWindow: '1 minute' } },
      handler: (request, reply) => answerProgram(house, route, request, reply),
    })
  }
  for (const route of house.deskRoutes) {
    server.route({
      method: route.method,
      url: route.path,
      handler: (request, reply) => answer(house, route, request, reply),
    })
  }
  server.setNotFoundHandler(async (request, reply) => refuse(house, request, reply, { statusCode: 404 }))
  server.setErrorHandler((error, request, reply) => refuse(house, request, reply, error))
  return server
}

/** A post that another site made the browser send is refused: its origin is not ours. */
function refuseForeignPosts(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  // A program brings a key with each call; no browser adds one by itself
  if (request.routeOptions.config.forPrograms) return
  const site = request.headers['sec-fetch-site']
  const { origin, host } = request.headers
  const own =
    site === 'same-origin' ||
    (site === undefined && origin !== undefined && URL.canParse(origin) && new URL(origin).host === host)
  if (!own)
    throw notAllowed(
      'desk.foreign-post',
      '这个请求不是从工作台的页面发出的，没有办理。请回到工作台重新操作。',
    )
}

async function answerProgram(house: House, route: ApiRoute, request: FastifyRequest, reply: FastifyReply) {
  const { form, uploads, forget } = await receiveUploads(request, route.uploads ?? false)
  try {
    const made = await route.handle(
      contextFor(house, visitor, request.ip),
      incomingOf(request, uploads, form),
    )
    return send(house, reply, made, undefined)
  } finally {
    await forget()
  }
}

async function answer(house: House, route: DeskRoute, request: FastifyRequest, reply: FastifyReply) {
  const visit = contextFor(house, visitor, request.ip)
  const { form, uploads, forget } = await receiveUploads(request, route.uploads ?? false)
  try {
    const incoming = incomingOf(request, uploads, form)
    const who = await resolveStaff(visit, incoming)
    if (!who || !('staff' in who)) return toLogin(house, visit, who?.expiredStaffId ?? null, incoming, reply)
    for (const one of who.cookies ?? []) setCookie(house, reply, one)
    const detour = mustFirst(who, incoming)
    if (detour) return reply.redirect(detour, 303)
    const ctx: DeskContext = { ...visit, actor: who.staff, publicOrigin: house.origin.public }
    if (!route.may(who.staff))
      throw notAllowed('desk.not-allowed', '您的角色不能使用这个页面。需要时请联系安全管理员。')
    if (route.method === 'POST') await refuseNamedTimes(ctx, incoming.form, route.path)
    const made = await route.handle(ctx, await withKeptForm(ctx, incoming))
    return send(
      house,
      reply,
      made,
      made.kind === 'page' ? await renderDeskPage(house, ctx, made, incoming) : undefined,
    )
  } finally {
    await forget()
  }
}

/** After a new login the page gets back what was about to be sent when the session had run out. */
async function withKeptForm(ctx: DeskContext, incoming: Incoming): Promise<Incoming> {
  const token = queryText(incoming, 'kept')
  if (incoming.method !== 'GET' || token === undefined) return incoming
  const kept = await takeKeptForm(ctx, ctx.actor.id, token)
  return kept ? { ...incoming, form: kept.form } : incoming
}

const contextFor = (house: House, actor: Context['actor'], ip: string) => ({
  db: house.connection.db,
  actor,
  clock: house.clock,
  log: house.log,
  ip,
})

/** A new password or the second factor come before anything else. */
function mustFirst(who: SignedIn, incoming: Incoming): string | null {
  const [path = ''] = incoming.url.split('?')
  if (['/account/password', '/account/second-factor', '/logout'].some(open => path.startsWith(open)))
    return null
  if (who.mustChangePassword) return '/account/password?first=1'
  return who.mustEnrol ? '/account/second-factor?first=1' : null
}

/** Nobody is there: to the login page, and what a known person was about to send is kept for after it. */
async function toLogin(
  house: House,
  ctx: Context,
  expiredStaffId: string | null,
  incoming: Incoming,
  reply: FastifyReply,
) {
  if (incoming.method === 'POST' && expiredStaffId) {
    const token = await keepForm(ctx, expiredStaffId, formAddress(house, incoming), incoming.form)
    return reply.redirect(`/login?kept=${encodeURIComponent(token)}`, 303)
  }
  const back =
    incoming.method === 'GET' && incoming.url !== '/' ? `?to=${encodeURIComponent(incoming.url)}` : ''
  return reply.redirect(`/login${back}`, 303)
}

/** The page that holds the form: where it was posted to, or, where nothing is shown there, where it came from. */
function formAddress(house: House, incoming: Incoming): string {
  const referer = String(incoming.headers.referer ?? '')
  const from = URL.canParse(referer) ? new URL(referer) : null
  const sameHost = from !== null && from.host === incoming.headers.host
  const [path = ''] = incoming.url.split('?')
  const shown = house.deskRoutes.some(route => route.method === 'GET' && matches(route.path, path))
  return shown || !sameHost ? incoming.url : from.pathname + from.search
}

const matches = (pattern: string, path: string) =>
  new RegExp(`^${pattern.replace(/:[^/]+/g, '[^/]+')}$`).test(path)

function send(house: House, reply: FastifyReply, made: Reply, html: string | undefined) {
  for (const one of made.cookies ?? []) setCookie(house, reply, one)
  reply.header('Cache-Control', 'no-store')
  if (made.kind === 'redirect') return reply.redirect(made.to, made.status)
  if (made.kind === 'content')
    return reply
      .code(made.status)
      .headers(made.headers ?? {})
      .type(made.type)
      .send(made.body)
  return reply.code(made.status).type('text/html; charset=utf-8').send(html)
}

function setCookie(house: House, reply: FastifyReply, one: NonNullable<Reply['cookies']>[number]): void {
  reply.setCookie(one.name, one.value, {
    path: one.path ?? '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: house.origin.desk.startsWith('https:'),
    ...(one.maxAge === undefined ? {} : { maxAge: one.maxAge }),
  })
}

async function refuse(house: House, request: FastifyRequest, reply: FastifyReply, error: unknown) {
  const { status, message } = refusalOf(error)
  const visit = contextFor(house, visitor, request.ip)
  const incoming = incomingOf(request, [], {})
  const who = await resolveStaff(visit, incoming).catch(() => null)
  const ctx: DeskContext | null =
    who && 'staff' in who ? { ...visit, actor: who.staff, publicOrigin: house.origin.public } : null
  if (ctx && status === 403) await recordRefusal(ctx, request.routeOptions.url, message)
  if (status >= 500) house.log.error({ err: error, url: request.routeOptions.url }, 'a desk page failed')
  if (request.routeOptions.config?.forPrograms)
    return reply
      .code(status)
      .type('application/problem+json')
      .send({ title: '没有办成', status, detail: message })
  if (request.headers.accept?.startsWith('application/json'))
    return reply.code(status).send({ error: message })
  const page = refusalPage(error)
  const html = ctx ? await renderDeskPage(house, ctx, page, incoming) : renderPlainPage(house, page)
  return reply.code(status).header('Cache-Control', 'no-store').type('text/html; charset=utf-8').send(html)
}

/** What somebody was not allowed to do stays on record, outside the transaction that the refusal ended (S-SEC-09). */
function recordRefusal(ctx: DeskContext, path: string | undefined, message: string): Promise<void> {
  return recordAct(ctx.db, ctx, {
    act: 'desk.refuse-act',
    sentence: `未获准办理（${path ?? ''}）：${message}`,
    outcome: 'refused',
  })
}
