import { Fragment, h } from 'preact'
import { render } from 'preact-render-to-string'
import type { SiteRow } from '#modules/organisations'
import { visitor } from '#platform/actor'
import type { Context, PublicContext } from '#platform/context'
import type { Content, Page, Redirect } from '#platform/http/reply'
import type { PublicRoute } from '#platform/http/route'

/** A reader's context on a site that is reached by its host name. */
export function readerOf(ctx: Context, row: SiteRow, base = ''): PublicContext {
  const { id, key, name, domain, organId } = row
  const site = { id, key, name, domain, organId, base, origin: 'http://www.yunxi.example' }
  return { ...ctx, actor: visitor, site }
}

export interface Visit {
  status: number
  /** What the handler gave, whole. */
  reply: Page | Redirect | Content
  /** The content as HTML or text. */
  html: string
  /** The words a person reads, without markup. */
  words: string
  links: string[]
}

/** Asks a route for an address as the public server does, without the layout around it. */
export async function visit(
  ctx: PublicContext,
  routes: readonly PublicRoute[],
  address: string,
): Promise<Visit> {
  const url = new URL(address, 'http://site.invalid')
  for (const route of routes) {
    const params = paramsOf(route.path, decodeURIComponent(url.pathname))
    if (!params || route.method !== 'GET') continue
    const query: Record<string, string | string[]> = {}
    for (const name of url.searchParams.keys()) {
      const all = url.searchParams.getAll(name)
      query[name] = all.length > 1 ? all : (all[0] ?? '')
    }
    const reply = await route.handle(ctx, {
      method: 'GET',
      url: address,
      params,
      query,
      form: {},
      uploads: [],
      headers: {},
      cookies: {},
      ip: '127.0.0.1',
    })
    const html =
      reply.kind === 'page'
        ? render(h(Fragment, null, reply.body))
        : reply.kind === 'content'
          ? String(reply.body)
          : ''
    return {
      status: reply.status,
      reply,
      html,
      words: html.replace(/<[^>]*>/g, ''),
      links: [...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&')),
    }
  }
  throw new Error(`no route answers ${address}`)
}

function paramsOf(pattern: string, path: string): Record<string, string> | null {
  const names: string[] = []
  const source = pattern
    .replace(/[.]/g, '\\.')
    .replace(/:(\w+)/g, (_, name: string) => {
      names.push(name)
      return '([^/]+)'
    })
    .replace(/\*$/, () => {
      names.push('*')
      return '(.*)'
    })
  const found = new RegExp(`^${source}$`).exec(path)
  return found && Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? '']))
}
