import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { root } from '#platform/root'

/** Where the types of all tables are kept, written by `npm run types`. */
export const tablesFile = join(root, 'src', 'platform', 'db', 'tables.ts')

const flags = [
  '--dialect=postgres',
  '--camel-case',
  '--date-parser=string',
  '--type-mapping={"int8":"number"}',
  '--exclude-pattern={schema_migrations,queue.*}',
  '--default-schema=public',
  '--print',
  '--log-level=error',
]

/** The types of all tables and views of a migrated database, as the file should read. */
export async function tablesOf(url: string): Promise<string> {
  const raw = await run('kysely-codegen/dist/cli/bin.js', [...flags, `--url=${url}`])
  return run('@biomejs/biome/bin/biome', ['format', `--stdin-file-path=${tablesFile}`], raw)
}

async function run(program: string, args: readonly string[], input = ''): Promise<string> {
  const done = promisify(execFile)(process.execPath, [join(root, 'node_modules', program), ...args], {
    cwd: root,
    maxBuffer: 16 * 1024 * 1024,
  })
  done.child.stdin?.end(input)
  return (await done).stdout
}
