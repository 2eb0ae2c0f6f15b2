import type { FastifyRequest } from 'fastify'
import type { RawForm } from '#lib/forms'
import type { Incoming, Upload } from '#platform/http/route'

/** A request as plain data. */
export function incomingOf(
  request: FastifyRequest,
  uploads: readonly Upload[] = [],
  fields?: RawForm,
): Incoming {
  return {
    method: request.method,
    url: request.url,
    params: (request.params ?? {}) as Record<string, string>,
    query: (request.query ?? {}) as Record<string, string | string[] | undefined>,
    form: fields ?? ((typeof request.body === 'string' ? {} : (request.body ?? {})) as RawForm),
    text: typeof request.body === 'string' ? request.body : undefined,
    uploads,
    headers: request.headers,
    cookies: request.cookies ?? {},
    ip: request.ip,
  }
}

/** One text of a query that should not repeat. */
export function queryText(incoming: Incoming, name: string): string | undefined {
  const value = incoming.query[name]
  const text = Array.isArray(value) ? value[0] : value
  return text === undefined || text.trim() === '' ? undefined : text.trim().slice(0, 200)
}
