/** What the document itself tells of its days; the days of others are reckoned from them. */
export type Days = {
  signedOn: string | null
  publishedOn: string | null
  effectiveFrom: string | null
  /** It takes effect later than it was signed, on a day that it does not tell. */
  later?: boolean
}

/** 印发 is the day of signing; 发布 and 公布 are the day it was made public, which an old page may not tell. */
export function dayOfEvent(event: string, days: Omit<Days, 'effectiveFrom'>): string | null {
  return isPublishing(event, days) ? days.publishedOn : days.signedOn
}

export function isPublishing(event: string, days: Omit<Days, 'effectiveFrom'>): boolean {
  const { signedOn, publishedOn } = days
  const open = event === '发布' || event === '公布' || event === '公开' || event === '颁布'
  return open && publishedOn !== null && (signedOn === null || isSoonAfter(signedOn, publishedOn))
}

/** A page that shows a document months later is a copy; its date is not the day the document was made public. */
function isSoonAfter(signedOn: string, publishedOn: string): boolean {
  const days = (Date.parse(publishedOn) - Date.parse(signedOn)) / 86_400_000
  return days >= 0 && days <= 60
}
