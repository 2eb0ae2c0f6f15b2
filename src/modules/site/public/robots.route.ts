import type { PublicContext } from '#platform/context'
import type { Reply } from '#platform/http/reply'
import { type PublicRoute, showsNoPublications } from '#platform/http/route'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/robots.txt', rule: showsNoPublications, handle: sendRobots },
]

/** What is public is there to be found; only questions and ways out are not pages. */
async function sendRobots({ site }: PublicContext): Promise<Reply> {
  const lines = [
    'User-agent: *',
    `Disallow: ${site.base}/search`,
    `Disallow: ${site.base}/leaving`,
    '',
    `Sitemap: ${site.origin}${site.base}/sitemap.xml`,
    '',
  ]
  return {
    kind: 'content',
    status: 200,
    type: 'text/plain; charset=utf-8',
    body: lines.join('\n'),
    dependsOn: [],
  }
}
