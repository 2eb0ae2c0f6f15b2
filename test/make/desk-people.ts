import type { RawForm } from '#lib/forms'
import type { Organ } from '#modules/organisations'
import {
  createStaff,
  givePost,
  loginRoutes,
  requireSecondFactor,
  resolveStaff,
  staffActor,
} from '#modules/people'
import { type Role, system, visitor } from '#platform/actor'
import { type Clock, clockAt } from '#platform/clock'
import type { Context, DeskContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { type County, makeCounty } from './county.ts'

process.env.LOGIN_KEY ??= 'a key for tests, long enough to be taken for one'

const log = { info: () => {}, warn: () => {}, error: () => {} }

export interface Person {
  id: string
  username: string
  password: string
}

/** A county whose people have real accounts, and a clock that the test moves. */
export interface PeopledCounty extends County {
  clock: Clock
  /** Moves the clock. */
  pass(minutes: number): void
  system: Context
  /** Makes an account; its first password stays, unless the test asks otherwise. */
  person(username: string, name: string, organ: Organ, roles?: Role[], must?: boolean): Promise<Person>
  /** The person at the desk. */
  at(person: { id: string }): Promise<DeskContext>
  browser(ip?: string): Browser
}

/** Cookies of one browser, and what it does on the pages of the login. */
export interface Browser {
  cookies: Record<string, string>
  send(method: 'GET' | 'POST', path: string, form?: RawForm, query?: Record<string, string>): Promise<Reply>
  signIn(person: { username: string; password: string }, more?: RawForm): Promise<Reply>
  take(reply: Reply): void
  resolve(): ReturnType<typeof resolveStaff>
}

export async function makePeopledCounty(): Promise<PeopledCounty> {
  const county = await makeCounty()
  const { db } = county.connection
  let passed = 0
  const clock = clockAt(() => new Date(Date.now() + passed))
  const as = (actor: Context['actor']): Context => ({ db, actor, clock, log })
  const bySystem = as(system('测试'))
  await requireSecondFactor(bySystem, 'nobody')
  return {
    ...county,
    clock,
    system: bySystem,
    pass: minutes => {
      passed += minutes * 60_000
    },
    async person(username, name, organ, roles = [], must = false) {
      const made = await createStaff(bySystem, {
        username,
        name,
        organId: organ.id,
        formKey: null,
        mustChangePassword: must,
      })
      for (const role of roles) {
        await givePost(bySystem, {
          staffId: made.staffId,
          role,
          organId: organ.id,
          fromOn: null,
          untilOn: null,
        })
      }
      return { id: made.staffId, username, password: made.password }
    },
    async at(person) {
      const actor = await staffActor({ db, clock }, person.id)
      if (!actor) throw new Error('not at work')
      return { ...as(actor), actor, publicOrigin: 'http://localhost:3000' }
    },
    browser: (ip = '127.0.0.1') => makeBrowser(as(visitor), ip),
  }
}

export function incomingWith(parts: Partial<Incoming>): Incoming {
  return {
    method: 'GET',
    url: '/',
    params: {},
    query: {},
    form: {},
    uploads: [],
    headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' },
    cookies: {},
    ip: '127.0.0.1',
    ...parts,
  }
}

function makeBrowser(ctx: Context, ip: string): Browser {
  const browser: Browser = {
    cookies: {},
    async send(method, path, form = {}, query = {}) {
      const route = loginRoutes.find(one => one.method === method && one.path === path)
      if (!route) throw new Error(`no route ${method} ${path}`)
      const incoming = incomingWith({ method, url: path, form, query, cookies: { ...browser.cookies }, ip })
      const reply = await route.handle(ctx, incoming)
      browser.take(reply)
      return reply
    },
    signIn: (person, more = {}) =>
      browser.send('POST', '/login', { username: person.username, password: person.password, ...more }),
    take(reply) {
      for (const cookie of reply.cookies ?? []) {
        if (cookie.maxAge === 0) delete browser.cookies[cookie.name]
        else browser.cookies[cookie.name] = cookie.value
      }
    },
    resolve: () => resolveStaff(ctx, { cookies: browser.cookies }),
  }
  return browser
}
