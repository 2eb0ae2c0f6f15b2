import { type Asking, ask, mostRedirects, NotReached, whyNoAnswer } from '#platform/net/ask'

/** How another site's address answered. */
export interface OutsideAnswer {
  outcome: 'answers' | 'fails' | 'not-asked'
  /** In words a person can act on. */
  detail: string
}

/** The name under which links are checked. */
export const agent = 'MingtangLinkCheck'

/** Asks with HEAD, and with GET where that is refused; every redirect is looked at before it is followed. */
export async function askOutside(address: string, asking: Asking): Promise<OutsideAnswer> {
  const end = AbortSignal.timeout(asking.timeoutMs)
  try {
    let url = new URL(address)
    for (let hop = 0; hop <= mostRedirects; hop++) {
      let answer = await ask(url, { method: 'HEAD', agent }, asking.policy, end)
      if (answer.status >= 400) answer = await ask(url, { method: 'GET', agent }, asking.policy, end)
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
    return { outcome: 'fails', detail: whyNoAnswer(error, asking, end) }
  }
}

/** A page that asks for a login, or thinks that it is asked too often, is there. */
function judged(status: number): OutsideAnswer {
  const there = status < 400 || [401, 403, 405, 429, 451].includes(status)
  return { outcome: there ? 'answers' : 'fails', detail: `状态 ${status}` }
}
