import { momentInBeijing } from '#lib/beijing-time'
import { type DutyRow, StandingTag } from '#modules/duties'
import type { Entry } from '../queries.ts'

/** By which hour it must be reposted, and how that stands. */
export function DueMoment({ duty, now }: { duty: DutyRow | undefined; now: Date }) {
  if (!duty) return <>—</>
  return (
    <>
      <a class="whitespace-nowrap" href={`/duties/${duty.id}`}>
        {duty.dueAt ? momentInBeijing(duty.dueAt) : '期限暂停'}
      </a>{' '}
      <StandingTag duty={duty} now={now} />
    </>
  )
}

/** When its source published it, as far as the source says so. */
export const publishedWords = (entry: Pick<Entry, 'publishedAt' | 'publishedOn'>): string =>
  entry.publishedAt ? momentInBeijing(entry.publishedAt) : (entry.publishedOn ?? '来源没有注明')
