import type { PublicContext } from '#platform/context'
import { json, type Reply } from '#platform/http/reply'
import { type PublicRoute, showsNoPublications } from '#platform/http/route'
import { openApiOf } from './openapi.ts'
import { operations } from './operations.ts'

export const routes: PublicRoute[] = [
  { method: 'GET', path: '/api/openapi.json', rule: showsNoPublications, handle: sendDescription },
]

async function sendDescription({ site }: PublicContext): Promise<Reply> {
  return json(openApiOf(operations, { name: site.name, root: site.origin + site.base }), {
    headers: { 'Access-Control-Allow-Origin': '*' },
    dependsOn: [],
  })
}
