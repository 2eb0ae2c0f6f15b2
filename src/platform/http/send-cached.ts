import type { IncomingMessage, ServerResponse } from 'node:http'
import { type CachedPage, compress, type Encoding } from '#platform/http/page-cache'

/** Answers from memory with the least work: the reader's own copy if it is still good, else the packed bytes. */
export function sendCached(request: IncomingMessage, response: ServerResponse, page: CachedPage): void {
  if (has(request, page)) {
    response.writeHead(304, { ...page.headers, ETag: page.etag }).end()
    return
  }
  const encoding = encodingFor(request)
  const ready = encoding ? page[encoding] : page.plain
  if (ready) send(request, response, page, ready, encoding)
  else if (encoding)
    compress(page, encoding).then(
      body => send(request, response, page, body, encoding),
      () => send(request, response, page, page.plain, undefined),
    )
}

/** A proxy that packs pages itself makes the tag a weak one (`W/"…"`); it names the same text. */
function has(request: IncomingMessage, page: CachedPage): boolean {
  const known = request.headers['if-none-match']?.split(',').map(tag => tag.trim().replace(/^W\//, ''))
  return known?.some(tag => tag === page.etag || tag === '*') ?? false
}

function encodingFor(request: IncomingMessage): Encoding | undefined {
  const accepted = request.headers['accept-encoding'] ?? ''
  const takes = (encoding: Encoding) =>
    new RegExp(`\\b${encoding}\\b(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted)
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : undefined
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  page: CachedPage,
  body: Buffer,
  encoding: Encoding | undefined,
): void {
  response.writeHead(page.status, {
    ...page.headers,
    'Content-Type': page.type,
    'Content-Length': body.length,
    ETag: page.etag,
    ...(encoding ? { 'Content-Encoding': encoding } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
