import { type Asking, ask, mostRedirects, NotReached, whyNoAnswer } from './ask.ts'

export interface Reading extends Asking {
  /** By what name we ask. */
  agent: string
  /** More than so many bytes are refused. */
  readUpTo: number
  headers?: Readonly<Record<string, string>>
}

export type Outside =
  | {
      outcome: 'read'
      /** Where the redirects ended. */
      address: string
      type: string
      bytes: Buffer
      etag: string | null
      lastModified: string | null
    }
  | { outcome: 'unchanged' }
  | {
      outcome: 'failed'
      /** closed: it may not be asked; packed: compressed although we did not ask for it. */
      fault: 'closed' | 'unreachable' | 'status' | 'too-large' | 'packed'
      words: string
    }

const failed = (
  fault: 'closed' | 'unreachable' | 'status' | 'too-large' | 'packed',
  words: string,
): Outside => ({
  outcome: 'failed',
  fault,
  words,
})

/** Reads what another site shows at an address: public machines only, also after each redirect; size and time are limited. */
export async function readOutside(address: string, reading: Reading): Promise<Outside> {
  const end = AbortSignal.timeout(reading.timeoutMs)
  const { agent, headers = {}, readUpTo } = reading
  try {
    if (!URL.canParse(address)) return failed('closed', '不是完整的网址')
    let url = new URL(address)
    for (let hop = 0; hop <= mostRedirects; hop++) {
      if (!/^https?:$/.test(url.protocol)) return failed('closed', '不是网页地址（http、https）')
      const answer = await ask(url, { method: 'GET', agent, headers, readUpTo }, reading.policy, end)
      const { status, location } = answer
      if (status === 304) return { outcome: 'unchanged' }
      if (status >= 300 && status < 400 && location && URL.canParse(location, url)) {
        url = new URL(location, url)
        continue
      }
      if (status !== 200) return failed('status', `对方回答：状态 ${status}`)
      if (answer.cutOff) return failed('too-large', `超过 ${readUpTo / 1_000_000} MB，没有读完`)
      const packed = answer.headers['content-encoding']
      if (packed && packed !== 'identity') return failed('packed', `对方发来压缩的内容（${packed}）`)
      return {
        outcome: 'read',
        address: url.href,
        type: answer.headers['content-type'] ?? '',
        bytes: answer.bytes,
        etag: answer.headers.etag ?? null,
        lastModified: answer.headers['last-modified'] ?? null,
      }
    }
    return failed('unreachable', `转了 ${mostRedirects} 次仍没有到达`)
  } catch (error) {
    if (error instanceof NotReached) return failed('closed', '指向内部网络，或者不是网页端口')
    return failed('unreachable', whyNoAnswer(error, reading, end))
  }
}
