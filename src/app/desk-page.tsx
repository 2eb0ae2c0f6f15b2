import { render } from 'preact-render-to-string'
import { getOrgan } from '#modules/organisations'
import type { DeskContext } from '#platform/context'
import type { Page } from '#platform/http/reply'
import type { Incoming } from '#platform/http/route'
import { type MenuGroup, menuGroups } from '#platform/module'
import { DeskLayout, PlainDeskLayout } from '#ui/desk-layout'
import type { House } from './house.ts'
import { modules } from './modules.ts'

const product = '明堂'
const groups = Object.keys(menuGroups) as MenuGroup[]
const menu = modules
  .flatMap(module => module.menu ?? [])
  .sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || a.order - b.order)

/** Puts the desk's rail around a page: only what this person may use. */
export async function renderDeskPage(
  house: House,
  ctx: DeskContext,
  page: Page,
  incoming: Incoming,
): Promise<string> {
  const lit = litEntry(incoming, page)
  const [organ, entries] = await Promise.all([
    getOrgan(ctx.db, ctx.actor.organId),
    Promise.all(
      menu
        .filter(entry => entry.may(ctx.actor))
        .map(async entry => ({
          group: menuGroups[entry.group],
          label: entry.label,
          href: entry.href,
          current: entry.href === lit,
          ...(await entry.waiting?.(ctx)),
        })),
    ),
  ])
  const frame = {
    assets: house.assets.address,
    menu: entries,
    user: { name: ctx.actor.name, organ: organ.shortName },
    publicHref: ctx.publicOrigin,
    product,
    accountHref: '/account',
    logoutHref: '/logout',
    deputyFor: [...new Set(ctx.actor.posts.flatMap(post => post.deputyFor ?? []))],
  }
  return `<!doctype html>${render(<DeskLayout frame={frame} page={page} />)}`
}

/** The entry that the page lies within: by its address, or else by the first of its crumbs. */
function litEntry(incoming: Incoming, page: Page): string | undefined {
  const [path = ''] = incoming.url.split('?')
  const within = (where: string) => menu.find(entry => isWithin(where, entry.href))?.href
  const [above = ''] = page.crumbs?.[0]?.href?.split('?') ?? []
  return within(path) ?? within(above)
}

const isWithin = (path: string, href: string) =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)

/** Pages for people who are not signed in. */
export function renderPlainPage(house: House, page: Page): string {
  return `<!doctype html>${render(<PlainDeskLayout frame={{ assets: house.assets.address, product }} page={page} />)}`
}
