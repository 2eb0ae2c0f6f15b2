import { cpus, totalmem } from 'node:os'
import { benchPages } from './pages.ts'
import { benchPublishing } from './publishing.ts'
import { startSite } from './site.ts'

/**
 * Speed as figures and ratios: `npm run bench`. Starts the built site on a data folder of its own with the sample government, so
 * that every machine measures the same thing. Nothing here passes or fails.
 */
const line = (name: string, value: string) => console.log(`${name.padEnd(34)} ${value}`)

console.log(
  `机器：${cpus().length} 核 ${cpus()[0]?.model ?? ''}，${Math.round(totalmem() / 2 ** 30)} GB；Node ${process.version}\n`,
)

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
