import { defaultSite } from '#modules/organisations'
import { readConfig } from '#platform/config'
import type { Database } from '#platform/db/database'
import { newestHead } from './checkpoint-queries.ts'

/** The name of the log, for good from its first head on. */
export async function originOf(db: Database): Promise<string> {
  const signed = await newestHead(db)
  if (signed) return signed.origin
  const { logOrigin, publicUrl } = readConfig()
  if (logOrigin) return logOrigin
  if (publicUrl) return `${new URL(publicUrl).host}/log`
  const site = await defaultSite(db)
  return `${site?.domain || 'mingtang.invalid'}/log`
}
