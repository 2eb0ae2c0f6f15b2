import { PgBoss } from 'pg-boss'
import { system } from '#platform/actor'
import type { Context } from '#platform/context'
import type { House } from './house.ts'

/** Runs what happens later and what comes round. Delivered at least once: every job is repeatable. @returns how to stop. */
export async function startWorker(house: House, databaseUrl: string): Promise<() => Promise<void>> {
  const boss = new PgBoss({
    connectionString: databaseUrl,
    schema: 'queue',
    application_name: 'mingtang worker',
    max: 3,
  })
  boss.on('error', error => house.log.error({ err: error }, 'the queue failed'))
  await boss.start()
  for (const job of house.jobs) {
    const ctx: Context = {
      db: house.connection.db,
      actor: system(job.name),
      clock: house.clock,
      log: house.log,
    }
    await boss.createQueue(job.name, { retryLimit: 5, retryBackoff: true })
    await boss.work(job.name, { pollingIntervalSeconds: 10 }, async ([one]) => {
      await job.run(ctx, job.payload.parse(one?.data ?? {}))
    })
    if (job.alsoAtStart) await boss.send(job.name, {}, { singletonKey: 'start', singletonSeconds: 60 })
    if (job.schedule) await boss.schedule(job.name, job.schedule, {}, { tz: 'Asia/Shanghai' })
  }
  return () => boss.stop({ graceful: true, timeout: 5000 })
}
