import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CachedPage } from '#platform/http/page-cache'

/** Answers from memory with the least work: the reader's own copy if it is still good, else the packed bytes. */
export function sendCached(request: IncomingMessage, response: ServerResponse, page: CachedPage): void {
  const { headers } = request
  if (headers['if-none-match'] === page.etag) {
    response.writeHead(304, { ...page.headers, ETag: page.etag }).end()
    return
  }
  const accepted = headers['accept-encoding'] ?? ''
  const encoding = accepted.includes('br') ? 'br' : accepted.includes('gzip') ? 'gzip' : undefined
  const body = encoding ? page[encoding] : page.plain
  response.writeHead(page.status, {
    ...page.headers,
    'Content-Type': page.type,
    'Content-Length': body.length,
    ETag: page.etag,
    ...(encoding ? { 'Content-Encoding': encoding } : {}),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}
