import { sql } from 'kysely'
import { plainText } from '#lib/plain-text'
import type { SiteRow } from '#modules/organisations'
import { listOpenEditions, type OpenText, openTexts } from '#modules/publications'
import { findWrongWords, type WordList, wordsInUse } from '#modules/wording'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import { linksOf, type OwnHosts } from '../links/text-links.ts'
import { reconcile, resolveGone, type SeenFault } from '../queries.ts'

const listedAtOnce = 5000
const readAtOnce = 100

/**
 * Reads every public text of a site that was not read with the present list of words: its words are looked at, its links noted.
 * What is no longer public is forgotten and its findings end. @returns how many were read.
 */
export async function readTexts(ctx: Context, site: SiteRow): Promise<number> {
  const { db } = ctx
  const now = ctx.clock.now()
  const list = await wordsInUse(db)
  const shown = new Set<string>()
  const editions = new Set<string>()
  let read = 0
  for (let after: string | null = null; ; ) {
    const open = await listOpenEditions(db, now, { siteId: site.id, after }, listedAtOnce)
    for (const one of open) {
      shown.add(one.publicationId)
      editions.add(one.editionId)
    }
    const unread = await unreadOf(
      db,
      open.map(one => one.editionId),
      list.fingerprint,
    )
    for (let from = 0; from < unread.length; from += readAtOnce) {
      const texts = await openTexts(db, now, unread.slice(from, from + readAtOnce))
      await inTransaction(db, one => takeIn(one, now, site, texts, list))
      read += texts.length
    }
    after = open.at(-1)?.publicationId ?? null
    if (open.length < listedAtOnce) break
  }
  await resolveGone(db, now, site.id, id => shown.has(id))
  await forget(db, site.id, id => editions.has(id))
  await sql`insert into site_health_runs (site_id, words, texts, finished_at)
    values (${site.id}, ${list.fingerprint}, ${editions.size}, ${now})
    on conflict (site_id) do update set words = excluded.words, texts = excluded.texts, finished_at = excluded.finished_at`.execute(
    db,
  )
  return read
}

async function unreadOf(db: Database, ids: readonly string[], fingerprint: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select asked.id from unnest(${[...ids]}::uuid[]) as asked (id)
    where not exists (select from read_texts r where r.edition_id = asked.id and r.words = ${fingerprint})`.execute(
    db,
  )
  return rows.map(row => row.id)
}

async function takeIn(
  db: Database,
  now: Date,
  site: SiteRow,
  texts: readonly OpenText[],
  list: WordList,
): Promise<void> {
  if (texts.length === 0) return
  await insertMany(
    db,
    'readTexts',
    texts.map(({ editionId, publicationId }) => ({
      editionId,
      publicationId,
      siteId: site.id,
      words: list.fingerprint,
    })),
    sql`on conflict (edition_id) do update set words = excluded.words`,
  )
  // A sealed text never changes, so its links are noted once
  const own = ownHosts(site)
  const links = texts.flatMap(({ editionId, bodyHtml, address }) =>
    linksOf(bodyHtml, address, own).map(link => ({ editionId, ...link })),
  )
  await insertMany(db, 'textLinks', links, sql`on conflict do nothing`)
  const within = {
    siteId: site.id,
    rules: ['S-CHK-01', 'S-WORD-03'] as const,
    publicationIds: texts.map(text => text.publicationId),
  }
  await reconcile(
    db,
    now,
    within,
    texts.flatMap(text => wordFaults(text, list)),
  )
}

const ownHosts = (site: Pick<SiteRow, 'key' | 'domain' | 'hosts'>): OwnHosts => ({
  hosts: [site.domain, ...site.hosts],
  base: `/s/${site.key}`,
})

function wordFaults(text: OpenText, list: WordList): SeenFault[] {
  const { publicationId, organId, title, address } = text
  const whole = [title, text.summary, plainText(text.bodyHtml), altTexts(text.bodyHtml)].join('\n')
  const byWord = Map.groupBy(findWrongWords(whole, list.words), found => found.word)
  return [...byWord].map(([word, places]) => ({
    rule: word.class === 'spam' ? 'S-CHK-01' : 'S-WORD-03',
    severity: word.severity,
    publicationId,
    organId,
    title,
    address,
    subject: word.text,
    evidence: `“${places[0]?.seen}”${places.length > 1 ? ` ${places.length} 处` : ''}：${places[0]?.excerpt}`,
    remedy: word.replacement
      ? `建议改为“${word.replacement}”，请核对后更正（词表：${word.source}）。`
      : '请马上核查是不是被植入的内容；是的，撤下页面，并报告本单位网络安全负责人。',
  }))
}

const altTexts = (html: string) => [...html.matchAll(/\balt="([^"]*)"/g)].map(([, text]) => text).join('\n')

async function forget(db: Database, siteId: string, isOpen: (editionId: string) => boolean): Promise<void> {
  const rows = await db.selectFrom('readTexts').select('editionId').where('siteId', '=', siteId).execute()
  const gone = rows.map(row => row.editionId).filter(id => !isOpen(id))
  if (gone.length > 0) await sql`delete from read_texts where edition_id = any(${gone}::uuid[])`.execute(db)
}
