import { mkdirSync } from 'node:fs'
import { ZodError } from 'zod'
import { Refused } from '#lib/errors'
import { system } from '#platform/actor'
import { readConfig } from '#platform/config'
import { migrate } from '#platform/db/migrate'
import { openServer } from '#platform/db/server'
import type { Command, Out } from '#platform/module'
import { looksLikeArchive } from './archive/check-archive.ts'
import { exportCommand } from './commands/export.command.ts'
import { initCommand } from './commands/init.command.ts'
import { restoreCommand } from './commands/restore.command.ts'
import { sampleCommand } from './commands/sample.command.ts'
import { openHouse } from './house.ts'
import { openLog } from './log.ts'
import { modules } from './modules.ts'

/** Commands that every module adds, and those that need to know all of them. */
const commands: readonly Command[] = [
  initCommand,
  sampleCommand,
  exportCommand,
  restoreCommand,
  ...modules.flatMap(module => module.commands ?? []),
]

/** Those that need no installation: a proof is checked, a plan is read, without a database. */
const loneCommands = modules.flatMap(module => module.loneCommands ?? [])

// Whoever reads our output may stop reading: `… | head`
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const out: Out = {
  print: line => process.stdout.write(`${line}\n`),
  error: line => process.stderr.write(`${line}\n`),
}

/** `./bin/mingtang NAME …`. @returns 0 done, 1 found faults, 2 could not run. */
export async function runCommand(args: readonly string[]): Promise<0 | 1 | 2> {
  const [name, ...rest] = args
  const alone = loneCommands.find(one => one.name === name)
  if (alone) return runSafely(() => alone.runAlone(rest, out))
  const command = commands.find(one => one.name === name)
  if (!command) return explain(name)
  if (command.name === 'import')
    for (const path of rest)
      if (await looksLikeArchive(path)) {
        out.error(
          `${path} 是 export 导出的整套公开记录，不是一份份文件。请在空的系统里运行：./bin/mingtang restore ${path}`,
        )
        return 2
      }
  const config = readConfig()
  mkdirSync(config.dataDir, { recursive: true, mode: 0o711 })
  const server = await openServer({
    databaseUrl: config.databaseUrl,
    dataDir: config.dataDir,
    say: out.error,
  })
  try {
    return await runSafely(async () => {
      await migrate(server.url)
      const house = await openHouse({ config, databaseUrl: server.url, log: openLog(config) })
      try {
        const ctx = {
          db: house.connection.db,
          actor: system(`命令 ${command.name}`),
          clock: house.clock,
          log: house.log,
        }
        return await command.run(ctx, rest, out)
      } finally {
        await house.close()
      }
    })
  } finally {
    await server.stop()
  }
}

async function runSafely(run: () => Promise<0 | 1 | 2>): Promise<0 | 1 | 2> {
  try {
    return await run()
  } catch (error) {
    out.error(faultOf(error))
    return 2
  }
}

function explain(name: string | undefined): 0 | 2 {
  const list = [...commands, ...loneCommands]
    .map(one => `  ${one.usage.padEnd(52)} ${one.summary}`)
    .join('\n')
  const asked = name === undefined || name === 'help' || name === '--help'
  const text = `用法：./bin/mingtang 命令 …\n\n${list}`
  if (asked) out.print(text)
  else out.error(`没有“${name}”这个命令。\n\n${text}`)
  return asked ? 0 : 2
}

function faultOf(error: unknown): string {
  if (error instanceof Refused) return error.message
  if (error instanceof ZodError)
    return error.issues.map(issue => `${issue.path.join('.')}：${issue.message}`).join('\n')
  return (error as Error).message
}
