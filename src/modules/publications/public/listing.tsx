import { inChinese } from '#lib/beijing-time'
import { type Listed, publishedDay, type WorkRef } from '../public-view.ts'
import { WorkLink } from './work-link.tsx'

/** A publication as a line of the shared list (`#ui/components/publication-list`); with what repealed it, where that is known. */
export function listingOf(item: Listed, base: string, repealedBy?: WorkRef | undefined) {
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
    ...(item.validity === 'repealed' && repealedBy
      ? {
          note: (
            <>
              {repealedBy.effectiveFrom ? `${inChinese(repealedBy.effectiveFrom)}起` : ''}被
              <WorkLink work={repealedBy} base={base} />
              废止
            </>
          ),
        }
      : {}),
    ...(item.interpretations > 0 ? { links: [{ label: '解读', href: `${base}${item.address}#about` }] } : {}),
  }
}
