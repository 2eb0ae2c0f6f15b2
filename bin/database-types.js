// npm run types: writes src/platform/db/tables.ts from a throw-away database with every migration in it, on the server that the
// tests use. `npm run types -- --check` writes nothing and fails when the file is not what it would be.
import { readFileSync, writeFileSync } from 'node:fs'
import { makeTemplate } from '../test/make/template-database.ts'
import { openTestServer } from '../test/make/test-server.ts'
import { say } from './launch/words.js'
import { tablesFile, tablesOf } from './tables-of.ts'

const checks = process.argv.includes('--check')
const tables = await readTables()
if (tables === readFileSync(tablesFile, 'utf8')) say('src/platform/db/tables.ts 与迁移一致')
else if (checks) {
  say('src/platform/db/tables.ts 与迁移不一致，请运行 npm run types')
  process.exitCode = 1
} else {
  writeFileSync(tablesFile, tables)
  say('已写好 src/platform/db/tables.ts')
}

async function readTables() {
  const server = await openTestServer()
  try {
    const template = await makeTemplate(server.url)
    try {
      return await tablesOf(template.url)
    } finally {
      await template.drop()
    }
  } finally {
    await server.stop()
  }
}
