import { request as askPlain, type IncomingMessage } from 'node:http'
import { request as askSecure } from 'node:https'
import { isIP } from 'node:net'
import type { ReachPolicy } from './addresses.ts'

/** How another site's address answered. */
export interface OutsideAnswer {
  outcome: 'answers' | 'fails' | 'not-asked'
  /** In words a person can act on. */
  detail: string
}

const agent = 'Mozilla/5.0 (compatible; MingtangLinkCheck/1.0)'
const mostRedirects = 5
const robotsLimit = 100_000

export interface Asking {
  policy: ReachPolicy
  /** For a whole address with its redirects. */
  timeoutMs: number
}

class NotReached extends Error {}

/** Asks with HEAD, and with GET where that is refused; every redirect is looked at before it is followed. */
export async function askOutside(address: string, asking: Asking): Promise<OutsideAnswer> {
  const end = AbortSignal.timeout(asking.timeoutMs)
  try {
    let url = new URL(address)
    for (let hop = 0; hop <= mostRedirects; hop++) {
      let answer = await ask(url, 'HEAD', asking.policy, end)
      if (answer.status >= 400) answer = await ask(url, 'GET', asking.policy, end)
      const { status, location } = answer
      if (status >= 300 && status < 400 && location && URL.canParse(location, url)) {
        url = new URL(location, url)
        if (!/^https?:$/.test(url.protocol)) return { outcome: 'not-asked', detail: '转到了网页以外的地址' }
        continue
      }
      return judged(status)
    }
    return { outcome: 'fails', detail: `转了 ${mostRedirects} 次仍没有到达` }
  } catch (error) {
    if (error instanceof NotReached) return { outcome: 'not-asked', detail: error.message }
    if (end.aborted) return { outcome: 'fails', detail: `${asking.timeoutMs / 1000} 秒内没有应答` }
    return { outcome: 'fails', detail: failures[codeOf(error)] ?? `连接不上（${codeOf(error)}）` }
  }
}

/** A page that asks for a login, or thinks that it is asked too often, is there. */
function judged(status: number): OutsideAnswer {
  const there = status < 400 || [401, 403, 405, 429, 451].includes(status)
  return { outcome: there ? 'answers' : 'fails', detail: `状态 ${status}` }
}

const failures: Record<string, string> = {
  ENOTFOUND: '域名不存在',
  ECONNREFUSED: '对方拒绝连接',
  ECONNRESET: '连接中断',
  CERT_HAS_EXPIRED: '安全证书已过期',
  ERR_TLS_CERT_ALTNAME_INVALID: '安全证书与域名不符',
}

const codeOf = (error: unknown) =>
  error instanceof Error ? String((error as { code?: unknown }).code ?? error.name) : 'unknown'

/** Whether the host lets programs fetch the path; a host without rules lets everybody. */
export async function robotsOf(origin: string, asking: Asking): Promise<(path: string) => boolean> {
  const end = AbortSignal.timeout(asking.timeoutMs)
  try {
    const answer = await ask(new URL('/robots.txt', origin), 'GET', asking.policy, end, robotsLimit)
    return answer.status === 200 ? rulesIn(answer.text) : () => true
  } catch {
    return () => true
  }
}

/** Disallow and Allow of robots.txt for us, or else for all; the longest that fits decides. */
export function rulesIn(text: string): (path: string) => boolean {
  const groups: { agents: string[]; lines: { allow: boolean; path: string }[] }[] = []
  let naming = false
  for (const line of text.split(/\r?\n/)) {
    const [, field = '', value = ''] = /^\s*([a-z-]+)\s*:\s*([^#]*?)\s*(?:#.*)?$/i.exec(line) ?? []
    const name = field.toLowerCase()
    if (name === 'user-agent') {
      if (!naming) groups.push({ agents: [], lines: [] })
      groups.at(-1)?.agents.push(value.toLowerCase())
      naming = true
    } else if (name === 'allow' || name === 'disallow') {
      naming = false
      if (value !== '')
        groups.at(-1)?.lines.push({ allow: name === 'allow', path: value.replace(/\*.*$/, '') })
    }
  }
  const ours =
    groups.find(group => group.agents.some(one => one !== '*' && 'mingtanglinkcheck'.includes(one))) ??
    groups.find(group => group.agents.includes('*'))
  return path => {
    const fitting = (ours?.lines ?? []).filter(line => path.startsWith(line.path))
    const longest = fitting.toSorted((one, other) => other.path.length - one.path.length)[0]
    return longest?.allow ?? true
  }
}

interface Answered {
  status: number
  location: string | undefined
  text: string
}

/** One request to an address that was looked at: the machine that is asked is the one that was judged. */
async function ask(
  url: URL,
  method: 'HEAD' | 'GET',
  policy: ReachPolicy,
  signal: AbortSignal,
  readUpTo = 0,
): Promise<Answered> {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  const addresses = isIP(host) ? [host] : await unless(signal, policy.resolve(host))
  const [address] = addresses
  if (address === undefined) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' })
  // One closed address among them is enough: such a name is set up to lead astray
  if (!addresses.every(one => policy.mayReach(one, port)))
    throw new NotReached('指向内部网络或者不是网页端口，不检查')
  const send = url.protocol === 'https:' ? askSecure : askPlain
  return new Promise((answered, failed) => {
    const asked = send(url, {
      method,
      signal,
      agent: false,
      headers: { 'user-agent': agent, accept: '*/*', 'accept-encoding': 'identity' },
      lookup: (_name, options, done) => {
        const family = isIP(address)
        if (options.all) done(null, [{ address, family }])
        else done(null, address, family)
      },
    })
    asked.on('error', failed)
    asked.on('response', response => {
      readStart(response, readUpTo).then(
        text => answered({ status: response.statusCode ?? 0, location: response.headers.location, text }),
        failed,
      )
    })
    asked.end()
  })
}

/** Name servers have no time-out of their own. */
function unless<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((done, failed) => {
    signal.addEventListener('abort', () => failed(signal.reason), { once: true })
    work.then(done, failed)
  })
}

/** As much of the answer as is wanted; the rest is not waited for. */
async function readStart(response: IncomingMessage, limit: number): Promise<string> {
  let text = ''
  if (limit > 0) {
    response.setEncoding('utf8')
    for await (const chunk of response) {
      text += chunk
      if (text.length >= limit) break
    }
  }
  response.destroy()
  return text
}
