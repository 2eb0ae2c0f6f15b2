import type { Around, Finding } from './finding.ts'
import { findAddresses } from './kinds/address.ts'
import { findBankCards } from './kinds/bank-card.ts'
import { findEmails } from './kinds/email.ts'
import { findIdentity } from './kinds/identity.ts'
import { findMedical, findPassports, findPlates } from './kinds/papers.ts'
import { findPhones } from './kinds/phone.ts'
import { readingOf } from './reading.ts'

/** In this order: what a check digit proves holds its place against what only looks alike. */
const searches = [
  findIdentity,
  findBankCards,
  findPassports,
  findPhones,
  findEmails,
  findPlates,
  findMedical,
  findAddresses,
]

/** Every place of a text that holds personal data (S-PII-06), in its order; places never overlap. Pure. */
export function findPersonalData(text: string, around: Around = {}): Finding[] {
  if (!/[\d０-９@＠一二三四五六七八九十]/.test(text)) return []
  const reading = readingOf(text, around)
  const found: Finding[] = []
  for (const search of searches)
    for (const one of search(reading))
      if (!found.some(other => one.at < other.end && other.at < one.end)) found.push(one)
  return found.sort((one, other) => one.at - other.at)
}

/** The name that stands beside, masked (张**), where the text says that it is one; null: none seen. */
export function nameBeside(
  text: string,
  around: Around & { row?: readonly string[] | undefined } = {},
): string | null {
  const column = (around.heads ?? []).findIndex(head => /姓\s*名|户主|申请人|当事人/.test(head))
  const name =
    (column >= 0 ? around.row?.[column] : undefined) ??
    /(?:姓\s*名|户主|联系人|申请人|当事人|被处罚人)\s*[:：为]?\s*([\u4e00-\u9fa5·]{2,4})(?![\u4e00-\u9fa5])/.exec(
      text,
    )?.[1]
  return name && /^[\u4e00-\u9fa5·]{2,6}$/.test(name) ? `${name.slice(0, 1)}**` : null
}
