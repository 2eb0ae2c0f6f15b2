import { cpus, totalmem } from 'node:os'
import { type Asked, readArguments } from './arguments.ts'
import { benchCorpus } from './corpus-figures.ts'
import { benchDuties } from './duties.ts'
import { benchImport } from './importing.ts'
import { benchGrowth, benchLibrary } from './library.ts'
import { benchLog } from './log.ts'
import { benchPages } from './pages.ts'
import { benchPlan } from './plan.ts'
import { benchPublishing } from './publishing.ts'
import { benchRenditions } from './renditions.ts'
import { startSite } from './site.ts'

/**
 * Speed as figures and ratios: `npm run bench` starts the built site on a data folder of its own with the sample government, so
 * that every machine measures the same thing; `npm run bench -- search --scale 300000` and the like measure a large library of
 * generated documents. Nothing here passes or fails.
 */
const line = (name: string, value: string) => console.log(`${name.padEnd(34)} ${value}`)

try {
  const asked = readArguments(process.argv.slice(2))
  console.log(
    `机器：${cpus().length} 核 ${cpus()[0]?.model ?? ''}，${Math.round(totalmem() / 2 ** 30)} GB；Node ${process.version}\n`,
  )
  await run(asked)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

async function run(asked: Asked): Promise<void> {
  const { bench } = asked
  if (bench === 'pages') return benchSample()
  if (bench === 'plan') return benchPlan(line)
  if (bench === 'renditions') return benchRenditions(line)
  if (bench === 'log') return benchLog(asked, line)
  if (bench === 'corpus' || bench === 'all') benchCorpus(asked, line)
  if (bench === 'import' || bench === 'all') await benchImport(asked, line)
  if (bench === 'search' || bench === 'all') await benchLibrary(asked, line)
  if (bench === 'duties') return benchDuties(asked, line)
  if (bench === 'growth') await benchGrowth(asked, line)
}

async function benchSample(): Promise<void> {
  const first = await startSite({})
  line('首次启动到可用（含装入样例）', `${first.seconds.toFixed(1)} s`)
  await first.stop()
  const site = await startSite({ dataDir: first.dataDir })
  line('再次启动到可用', `${site.seconds.toFixed(1)} s`)
  try {
    await benchPages(site, line)
    await benchPublishing(site, line)
    line('内存（网站进程 RSS）', `${site.rssMegabytes()} MB`)
  } finally {
    await site.stop({ forget: true })
  }
}
