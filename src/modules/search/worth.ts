import { type RawBuilder, sql } from 'kysely'
import type { PlainDate } from '#lib/beijing-time'
import type { Worth } from './entry-filter.ts'

/** The rule of `validityOn` (publications) over the columns of an entry; that the two agree is tested there. */
export const worthIn = (day: PlainDate, kindsWithWorth: readonly string[]): RawBuilder<Worth | null> => sql`
  case when s.kind <> all(${[...kindsWithWorth]}) then null
    when s.archive and coalesce(s.signed_on, s.effective_from, s.valid_until, s.repealed_from, s.partly_from, s.amended_from) is null then null
    when coalesce(s.repealed_from <= ${day}, false) then 'repealed'
    when coalesce(s.valid_until < ${day}, false) then 'expired'
    when coalesce(coalesce(s.effective_from, s.signed_on) > ${day}, false) then 'not-yet'
    when coalesce(s.partly_from <= ${day}, false) then 'partly-lapsed'
    when coalesce(s.amended_from <= ${day}, false) then 'amended' else 'in-force' end`
