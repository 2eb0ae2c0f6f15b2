import { z } from 'zod'
import { notFound, permit, Refused } from '#lib/errors'
import { type FormErrors, textOf } from '#lib/forms'
import { listSites, type SiteRow } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import type { Incoming } from '#platform/http/route'
import { siteOf, unknownEntry } from '../actions/settled-entry.ts'
import type { Feed } from '../feed.ts'
import { mayReadReposts } from '../policy.ts'
import { type Entry, findEntry, findFeed } from '../queries.ts'

const isId = (text: string | undefined): text is string => z.uuid().safeParse(text).success

/** The sites that the officer looks after, and the one asked for among them. */
export async function chosenSite(
  ctx: DeskContext,
  incoming: Incoming,
): Promise<{ site: SiteRow; sites: SiteRow[] }> {
  const sites = (await listSites(ctx.db)).filter(site => mayReadReposts(ctx.actor, site.organId))
  const asked = queryText(incoming, 'site') ?? (textOf(incoming.form, 'siteId') || undefined)
  const site = sites.find(one => one.key === asked || one.id === asked) ?? sites[0]
  if (!site) throw notFound('reposts.no-site', '您任职的机构没有自己的站点。转载由主办站点的机构办理。')
  return { site, sites }
}

export async function loadEntry(
  ctx: DeskContext,
  incoming: Incoming,
): Promise<{ entry: Entry; site: SiteRow }> {
  const { id } = incoming.params
  const entry = isId(id) ? await findEntry(ctx.db, id) : null
  if (!entry) throw unknownEntry()
  const site = await siteOf(ctx.db, entry.siteId)
  permit(mayReadReposts(ctx.actor, site.organId), 'reposts.may-not-read')
  return { entry, site }
}

export async function loadFeed(ctx: DeskContext, incoming: Incoming): Promise<{ feed: Feed; site: SiteRow }> {
  const { id } = incoming.params
  const feed = isId(id) ? await findFeed(ctx.db, id) : null
  if (!feed) throw notFound('reposts.unknown-feed', '没有这个转载来源。请从列表中重新选择。')
  const site = await siteOf(ctx.db, feed.siteId)
  permit(mayReadReposts(ctx.actor, site.organId), 'reposts.may-not-read')
  return { feed, site }
}

export interface Fault {
  errors: FormErrors
  status: number
}
export const noFault: Fault = { errors: {}, status: 200 }

const fieldOf: Record<string, string> = {
  'reposts.address-taken': 'address',
  'reposts.unknown-column': 'columnId',
}

/** A refusal as errors of the form that was left, so that nothing typed is lost. */
export function asFault(error: unknown): Fault {
  if (!(error instanceof Refused)) throw error
  return { errors: { [fieldOf[error.code] ?? '']: error.message }, status: error.status }
}
