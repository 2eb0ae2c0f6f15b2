import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { readConfig } from '#platform/config'
import type { Database } from '#platform/db/database'
import { emptyDatabase } from '#platform/db/empty-database'
import type { Command } from '#platform/module'

/** Removes the sample government, so that a real one can be founded. */
export const sampleCommand: Command = {
  name: 'sample',
  usage: 'sample remove [--yes] [--with-everything]',
  summary: '清除样例政府，腾出空的系统',
  async run(ctx, args, out) {
    const [verb, ...flags] = args
    if (verb !== 'remove') {
      out.error('用法：./bin/mingtang sample remove [--yes] [--with-everything]')
      return 2
    }
    const installation = await ctx.db.selectFrom('installation').select('foundedAs').executeTakeFirst()
    if (installation?.foundedAs !== 'sample') {
      out.error('这里没有样例政府，什么也没有改动。')
      return 2
    }
    const own = await ownWork(ctx.db)
    if (own > 0 && !flags.includes('--with-everything')) {
      out.error(
        `样例之外还有 ${own} 件你们自己的发布物或稿子，会一起被清除。确认不要它们时，加上 --with-everything。`,
      )
      return 2
    }
    if (!flags.includes('--yes')) {
      out.error(
        '将清除样例的全部机构、站点、人员和发布物，不能恢复。请先停止正在运行的明堂；确认时加上 --yes。',
      )
      return 2
    }
    await emptyDatabase(ctx.db)
    const { dataDir } = readConfig()
    await rm(join(dataDir, 'files'), { recursive: true, force: true })
    await rm(join(dataDir, 'sample-logins.json'), { force: true })
    out.print('样例已经清除。下一步：./bin/mingtang init')
    return 0
  },
}

/** Publications that somebody made here and that the sample did not bring. */
async function ownWork(db: Database): Promise<number> {
  const { rows } = await sql<{ own: number }>`
    select count(*)::int as own from publications p where not exists (
      select 1 from editions e join clearances c on c.id = e.clearance_id
      where e.publication_id = p.id and c.kind = 'sample')`.execute(db)
  return rows[0]?.own ?? 0
}
