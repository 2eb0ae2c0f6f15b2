import { request as askPlain, type IncomingMessage } from 'node:http'
import { request as askSecure } from 'node:https'
import { isIP } from 'node:net'
import type { ReachPolicy } from './addresses.ts'

export interface Asking {
  policy: ReachPolicy
  /** For a whole address with its redirects. */
  timeoutMs: number
}

export interface Question {
  method: 'HEAD' | 'GET' | 'POST'
  /** By what name we ask, as robots.txt may speak of us. */
  agent: string
  headers?: Readonly<Record<string, string>>
  /** What is sent along with a POST. */
  body?: string
  /** Bytes of the answer that are read; the rest is not waited for. */
  readUpTo?: number
}

export interface Answered {
  status: number
  location: string | undefined
  headers: IncomingMessage['headers']
  bytes: Buffer
  /** There was more than was read. */
  cutOff: boolean
}

/** The address leads to a machine that may not be asked; nobody was asked. */
export class NotReached extends Error {}

/** How many redirects are followed, each looked at before. */
export const mostRedirects = 5

/** One request to an address that was looked at: the machine that is asked is the one that was judged. */
export async function ask(
  url: URL,
  question: Question,
  policy: ReachPolicy,
  signal: AbortSignal,
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
  const { method, agent, headers = {}, body, readUpTo = 0 } = question
  return new Promise((answered, failed) => {
    const asked = send(url, {
      method,
      signal,
      agent: false,
      headers: {
        accept: '*/*',
        ...headers,
        'user-agent': `Mozilla/5.0 (compatible; ${agent}/1.0)`,
        'accept-encoding': 'identity',
      },
      lookup: (_name, options, done) => {
        const family = isIP(address)
        if (options.all) done(null, [{ address, family }])
        else done(null, address, family)
      },
    })
    asked.on('error', failed)
    asked.on('response', response => {
      readStart(response, readUpTo).then(
        read =>
          answered({
            status: response.statusCode ?? 0,
            location: response.headers.location,
            headers: response.headers,
            ...read,
          }),
        failed,
      )
    })
    asked.end(body)
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
async function readStart(
  response: IncomingMessage,
  limit: number,
): Promise<Pick<Answered, 'bytes' | 'cutOff'>> {
  const chunks: Buffer[] = []
  let size = 0
  if (limit > 0)
    for await (const chunk of response) {
      chunks.push(chunk)
      size += chunk.length
      if (size > limit) break
    }
  response.destroy()
  return { bytes: Buffer.concat(chunks).subarray(0, limit), cutOff: size > limit }
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

/** Why nobody answered, in words. */
export function whyNoAnswer(error: unknown, asking: Asking, end: AbortSignal): string {
  if (end.aborted) return `${asking.timeoutMs / 1000} 秒内没有应答`
  return failures[codeOf(error)] ?? `连接不上（${codeOf(error)}）`
}
