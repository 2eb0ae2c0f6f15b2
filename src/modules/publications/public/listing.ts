import { inChinese } from '#lib/beijing-time'
import { type Listed, publishedDay } from '../public-view.ts'

/** A publication as a line of the shared list (`#ui/components/publication-list`). */
export function listingOf(item: Listed, base: string) {
  const meta = [
    item.docNo,
    item.issuers.length > 0 ? item.issuers.join('、') : item.organName,
    item.validity === 'expired' && item.validUntil ? `有效期至 ${inChinese(item.validUntil)}` : null,
  ]
    .filter(Boolean)
    .join(' · ')
  return {
    href: base + item.address,
    title: item.title,
    date: publishedDay(item),
    meta,
    ...(item.validity ? { validity: item.validity, effectiveFrom: item.effectiveFrom } : {}),
    ...(item.interpretations > 0 ? { links: [{ label: '解读', href: `${base}${item.address}#about` }] } : {}),
  }
}
