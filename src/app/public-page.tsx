import type { FastifyRequest } from 'fastify'
import { render } from 'preact-render-to-string'
import { nextMidnight } from '#lib/beijing-time'
import type { SiteRow } from '#modules/organisations'
import type { PublicContext } from '#platform/context'
import type { Content, Page } from '#platform/http/reply'
import { PublicLayout } from '#ui/public-layout'
import { readView } from '#ui/view'
import type { House } from './house.ts'
import { modules } from './modules.ts'
import { navigationTags } from './sites.ts'

/** Puts the layout around a page: masthead, navigation, footer, page tags. */
export async function renderPublicPage(
  house: House,
  ctx: PublicContext,
  row: SiteRow,
  page: Page,
  request: FastifyRequest,
): Promise<Content> {
  const open = await openDoors(house, ctx)
  const [path = ''] = request.url.split('?')
  const frame = {
    site: { ...row, base: ctx.site.base, origin: ctx.site.origin },
    doors: open
      .filter((door, at) => open.findIndex(other => other.key === door.key) === at)
      .map(door => ({
        label: door.label,
        href: ctx.site.base + door.href,
        current: door.key === page.door,
      })),
    sections: open
      .filter(door => door.key === page.door && door.section !== undefined)
      .map(door => ({
        label: door.section ?? door.label,
        href: ctx.site.base + door.href,
        current: path === door.href || path.startsWith(`${door.href}/`),
      })),
    today: ctx.clock.today(),
    assets: house.assets.address,
    view: readView((request.query as { view?: unknown }).view),
    address: ctx.site.base + request.url,
    // The home page has its own, larger one
    search: path !== '/',
    footerLinks: [
      { label: '公开动态', href: `${ctx.site.base}/history` },
      { label: '订阅与接口', href: `${ctx.site.base}/feeds` },
    ],
    feeds: [{ title: `${row.name}：最新公开`, href: `${ctx.site.base}/feeds/newest.atom` }],
  }
  const html = `<!doctype html>${render(<PublicLayout frame={frame} page={page} />)}`
  // The date in the masthead, and with it validity, changes at midnight
  const midnight = nextMidnight(ctx.clock.now())
  if (page.dependsOn && (!page.freshUntil || page.freshUntil > midnight)) page.freshUntil = midnight
  return { kind: 'content', status: page.status, type: 'text/html; charset=utf-8', body: html }
}

const doors = modules.flatMap(module => module.doors ?? []).sort((a, b) => a.order - b.order)

/** The doors that have something behind them. */
function openDoors(house: House, ctx: PublicContext) {
  return house.remembered.get(
    `doors:${ctx.site.id}`,
    navigationTags(ctx.site.id),
    async () => {
      const open = await Promise.all(doors.map(door => door.opens(ctx)))
      return doors.filter((_, index) => open[index])
    },
    Date.now() + 60_000,
  )
}
