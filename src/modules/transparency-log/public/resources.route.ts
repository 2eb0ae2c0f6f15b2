import { notFound } from '#lib/errors'
import { readTilePath, tileWidth, widthOf, writeBundle, writeTile } from '#lib/tlog/tiles'
import type { PublicContext } from '#platform/context'
import type { Content } from '#platform/http/reply'
import { type Incoming, type PublicRoute, showsNoPublications } from '#platform/http/route'
import { hasHeadBetween, newestHead } from '../checkpoint-queries.ts'
import { entriesFrom } from '../entry-queries.ts'
import { tilesAt } from '../tile-queries.ts'

/**
 * The log for programs (C2SP tlog-tiles). Its entries name only ids and hashes, also of what is scheduled or has left: that there
 * was such an act is public from the moment it is done, what it says is not.
 */
export const routes: PublicRoute[] = [
  {
    method: 'GET',
    path: '/log/checkpoint',
    rule: showsNoPublications,
    handle: sendHead,
  },
  {
    method: 'GET',
    path: '/log/tile/*',
    rule: showsNoPublications,
    handle: sendTile,
  },
]

async function sendHead(ctx: PublicContext): Promise<Content> {
  const head = await newestHead(ctx.db)
  if (!head) throw notFound('transparency-log.not-signed', '公开日志还没有签署过，一分钟内会有第一次。')
  return {
    kind: 'content',
    status: 200,
    type: 'text/plain; charset=utf-8',
    body: head.note,
    headers: { 'Cache-Control': 'public, max-age=5', ...forEverybody },
  }
}

async function sendTile(ctx: PublicContext, incoming: Incoming): Promise<Content> {
  const asked = readTilePath(incoming.params['*'] ?? '')
  const body = asked && (await bytesOf(ctx, asked))
  if (!body) throw notFound('transparency-log.no-tile', '没有这个区块，或者还没有签署到这里。')
  return {
    kind: 'content',
    status: 200,
    type: 'application/octet-stream',
    body,
    headers: { 'Cache-Control': 'public, max-age=31536000, immutable', ...forEverybody },
  }
}

/** Monitors and witnesses may be pages of others. */
const forEverybody = { 'Access-Control-Allow-Origin': '*' }

type Asked = NonNullable<ReturnType<typeof readTilePath>>

/** Of what is signed: whole tiles, and parts as wide as some signed head has them. */
async function bytesOf(ctx: PublicContext, { level, index, width }: Asked): Promise<Uint8Array | null> {
  const head = await newestHead(ctx.db)
  const at = { level: level === 'entries' ? 0 : level, index }
  if (!head || widthOf(at, head.size) < width) return null
  if (width < tileWidth) {
    const unit = tileWidth ** at.level
    const from = (index * tileWidth + width) * unit
    if (!(await hasHeadBetween(ctx.db, from, from + unit))) return null
  }
  if (level === 'entries') {
    const entries = await entriesFrom(ctx.db, index * tileWidth, width)
    return writeBundle(entries.map(({ entry }) => entry))
  }
  const [tile] = await tilesAt(ctx.db, [{ level, index }])
  return tile ? writeTile(tile.hashes.slice(0, width)) : null
}
