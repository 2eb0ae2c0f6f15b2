import type { FindingKind } from './finding.ts'

/**
 * The stricter default of S-PII-04 and 05: an identity number keeps its first six and its last place, never its check
 * digit with the date; a card its last four; an e-mail its first letter; an address ends with the village or the street.
 */
export function mask(kind: FindingKind, value: string): string {
  switch (kind) {
    case 'identity':
      return kept(value, 6, 1)
    case 'mobile':
      return value.length === 11 ? kept(value, 3, 4) : kept(value, 2, 2)
    case 'landline':
      return kept(value, value.startsWith('0') ? 4 : 2, 2)
    case 'bank-card':
      return kept(value, 0, 4)
    case 'email':
      return value.replace(/^(.)[^@]*/, '$1***')
    case 'address':
      return `${villageOf(value)}***`
    case 'plate':
      return kept(value, 2, 2)
    case 'passport':
    case 'medical':
      return kept(value, 1, 2)
    case 'position':
    case 'unread':
      return value
  }
}

const kept = (value: string, head: number, tail: number) =>
  value.slice(0, head) +
  '*'.repeat(Math.max(3, value.length - head - tail)) +
  (tail ? value.slice(-tail) : '')

/** Down to village, community or street; without one, the county. */
function villageOf(address: string): string {
  const known =
    /^.*?(?:村委会|社区|村(?!民)|路|街道|街|巷|镇|乡)/.exec(address)?.[0] ??
    /^.*?[省市县区]/.exec(address)?.[0]
  return known ?? address.slice(0, 2)
}
