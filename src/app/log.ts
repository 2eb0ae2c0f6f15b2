import pino from 'pino'
import type { Config } from '#platform/config'
import type { Log } from '#platform/context'

/** Structured lines on standard error; addresses with queries, forms and persons never go in. */
export function openLog(config: Config): Log {
  return pino(
    { level: config.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination(2),
  )
}
