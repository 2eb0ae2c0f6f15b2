import type { Days } from '../event-day.ts'
import type { Amendment, Doubt, Repeal } from '../recognised.ts'
import type { Found, FoundAmendment, FoundRepeal } from './found-relations.ts'

/**
 * From which day each is felt: the one said with it; for what ends, the one said of all such documents (`since`);
 * else the day on which the document itself takes effect, or was signed.
 */
export function settle(
  all: readonly (FoundRepeal | FoundAmendment)[],
  days: Days,
  since: string | null | undefined,
): { repeals: Repeal[]; amends: Amendment[]; doubts: Doubt[] } {
  const own = days.effectiveFrom ?? (days.later ? null : days.signedOn)
  const dayOf = (found: Found, ends: boolean) =>
    found.from !== undefined ? found.from : ends && since !== undefined ? since : own
  const repeals: Repeal[] = []
  const amends: Amendment[] = []
  const doubts: Doubt[] = []
  for (const found of all) {
    const { title, docNo } = found
    const from = dayOf(found, found.kind !== 'amends')
    const field = found.kind === 'repeals' ? 'repeals' : 'amends'
    if (found.why) doubts.push({ field, why: `${found.why}。` })
    if (from === null) {
      const why = `${field === 'repeals' ? '废止' : '修改'}“${title ?? docNo}”从哪一天起，文件没有写明，也推算不出。请对照原件填写。`
      doubts.push({ field, why })
    }
    if (found.kind === 'repeals') repeals.push({ docNo, title, from })
    else amends.push({ docNo, title, from, type: found.kind, ...(found.part ? { part: found.part } : {}) })
  }
  return { repeals, amends, doubts }
}

/** The text says how many there are, and they are not all here. */
export function countDoubts(announced: number | null, found: number): Doubt[] {
  if (announced === null || announced === found) return []
  const why =
    found === 0
      ? `正文说有 ${announced} 件文件废止或失效，但没有找到目录，可能在另附的文件里。请对照附件补上。`
      : `正文说废止或失效的文件有 ${announced} 件，认出了 ${found} 件。请对照原件和附件核对。`
  return [{ field: 'repeals', why }]
}
