import { isPlainDate, type PlainDate } from '#lib/beijing-time'
import { findOrganByKey } from '#modules/organisations'
import { type HistoryFilter, isHistoryCursor, type PublicAct, publicActs } from '#modules/publications'
import type { PublicContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import type { Incoming } from '#platform/http/route'

/** What a reader may choose in the public history; the whole choice stands in the address. */
export interface HistoryChoice {
  act?: PublicAct | undefined
  organ?: string | undefined
  from?: PlainDate | undefined
  to?: PlainDate | undefined
  before?: string | undefined
}

/** Reads the address; what makes no sense is left out, as if it had not been asked. */
export function readHistoryChoice(incoming: Incoming): HistoryChoice {
  const given = (name: keyof HistoryChoice, isRight: (text: string) => boolean) => {
    const text = queryText(incoming, name)
    return text !== undefined && isRight(text) ? text : undefined
  }
  return {
    act: given('act', text => Object.hasOwn(publicActs, text)) as PublicAct | undefined,
    organ: given('organ', text => /^[a-z][a-z0-9-]{1,39}$/.test(text)),
    from: given('from', isPlainDate),
    to: given('to', isPlainDate),
    before: given('before', isHistoryCursor),
  }
}

/** The choice as a filter; an organ that is not known is as good as none. */
export async function historyFilter(ctx: PublicContext, choice: HistoryChoice): Promise<HistoryFilter> {
  const { organ: key, ...rest } = choice
  const organ = key === undefined ? null : await findOrganByKey(ctx.db, key)
  return { ...rest, siteId: ctx.site.id, organId: organ?.id }
}

export function historyAddress(path: string, choice: HistoryChoice): string {
  const query = new URLSearchParams()
  for (const name of ['act', 'organ', 'from', 'to', 'before'] as const) {
    const value = choice[name]
    if (value !== undefined) query.set(name, value)
  }
  return query.size > 0 ? `${path}?${query}` : path
}
