import { sql } from 'kysely'
import { z } from 'zod'
import { filesOfEdition } from '#modules/files'
import { listSites } from '#modules/organisations'
import { lookThrough, markPast, publicReadWith, readAlready } from '#modules/personal-data'
import type { Context } from '#platform/context'
import type { Database } from '#platform/db/database'
import type { Job } from '#platform/module'
import type { EditionRow, PublicationRow } from '../draft-queries.ts'
import { listOpenEditions } from '../health-queries.ts'
import { subjectOf } from '../personal-data-subject.ts'

const payload = z.object({}).loose()
const listedAtOnce = 2000

/**
 * Every night: counts personal data in what is public already. Archive imports and the sample came with their own clearance and are
 * not kept back; what is found in them waits on the desk for a decision or a correction (X5). Nothing is read twice.
 */
export const lookThroughStock: Job<z.output<typeof payload>> = {
  name: 'publications.look-through-stock',
  payload,
  schedule: '10 2 * * *',
  async run(ctx) {
    for (const site of await listSites(ctx.db)) {
      const read = await lookThroughSite(ctx, site.id)
      if (read > 0) ctx.log.info({ site: site.key, read }, 'public texts looked through for personal data')
    }
  },
}

/** @returns how many editions were read. */
export async function lookThroughSite(ctx: Context, siteId: string): Promise<number> {
  const known = await readAlready(ctx.db, siteId, await publicReadWith(ctx.db))
  const open = new Set<string>()
  let read = 0
  for (let after: string | null = null; ; ) {
    const listed = await listOpenEditions(ctx.db, ctx.clock.now(), { siteId, after }, listedAtOnce)
    for (const { publicationId, editionId } of listed) {
      open.add(editionId)
      if (known.has(editionId)) continue
      await lookThroughOne(ctx, publicationId, editionId)
      read++
    }
    after = listed.at(-1)?.publicationId ?? null
    if (listed.length < listedAtOnce) break
  }
  await markPast(ctx.db, siteId, open)
  return read
}

async function lookThroughOne(ctx: Context, publicationId: string, editionId: string): Promise<void> {
  const [publication, edition] = await Promise.all([
    one<PublicationRow>(ctx.db, sql`select * from publications where id = ${publicationId}`),
    one<EditionRow>(ctx.db, sql`select * from editions where id = ${editionId}`),
  ])
  if (!publication || !edition) return
  await lookThrough(ctx, subjectOf(publication, edition, await filesOfEdition(ctx.db, editionId), 'public'))
}

async function one<Row>(db: Database, query: ReturnType<typeof sql>): Promise<Row | undefined> {
  const { rows } = await query.execute(db)
  return rows[0] as Row | undefined
}
