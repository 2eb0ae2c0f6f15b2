import type { VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import type { RawForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import type { Page, Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'

/** Opens the pages of a module as a member of staff would, without a server or a browser. */
export function deskVisit(routes: readonly DeskRoute[] | undefined) {
  /** What a person gets at an address of this module. */
  async function ask(
    ctx: DeskContext,
    method: 'GET' | 'POST',
    path: string,
    params: Record<string, string> = {},
    more: Partial<Incoming> = {},
  ): Promise<Reply> {
    const route = routes?.find(one => one.method === method && one.path === path)
    if (!route) throw new Error(`no route ${method} ${path}`)
    if (!route.may(ctx.actor)) throw new Error(`${ctx.actor.name} may not open ${path}`)
    const incoming: Incoming = {
      method,
      url: path,
      params,
      query: {},
      form: {},
      uploads: [],
      headers: {},
      cookies: {},
      ip: '127.0.0.1',
      ...more,
    }
    return route.handle(ctx, incoming)
  }

  async function show(...asked: Parameters<typeof ask>): Promise<{ page: Page; html: string }> {
    const reply = await ask(...asked)
    if (reply.kind !== 'page') throw new Error(`not a page: ${JSON.stringify(reply)}`)
    return { page: reply, html: htmlOf(reply) }
  }

  return { ask, show }
}

export const htmlOf = (page: Page): string => renderToString(page.body as VNode)

/** What a browser would send back from the form of a page, as it was filled. */
export function formOf(html: string): RawForm {
  const form: RawForm = {}
  const unescaped = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  for (const [tag] of html.matchAll(/<input [^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(tag)?.[1]
    const offered = /type="(checkbox|radio)"/.test(tag) ? / checked/.test(tag) : true
    if (name && offered) form[name] = unescaped(/value="([^"]*)"/.exec(tag)?.[1] ?? '')
  }
  for (const [, name, text] of html.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>([^<]*)</g))
    form[name as string] = unescaped(text ?? '')
  for (const [, name, options] of html.matchAll(/<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs))
    form[name as string] = /<option[^>]*value="([^"]*)"[^>]* selected/.exec(options ?? '')?.[1] ?? ''
  return form
}
