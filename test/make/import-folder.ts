import { registerKinds } from '#modules/publications'
import { applicationRole, connect } from '#platform/db/database'
import { openStorage } from '#platform/storage/storage'
import { kinds } from '../../src/app/kinds.ts'
import { beginImport } from '../../src/modules/policies/actions/begin-import.ts'
import { runImport } from '../../src/modules/policies/actions/run-import.ts'
import { findRun } from '../../src/modules/policies/queries.ts'
import { systemContext } from './government.ts'

/** A process of its own that imports a folder, for tests that kill it: `url folder data [run]`. */
const [url = '', folder = '', data = '', run] = process.argv.slice(2)
registerKinds(kinds)
const connection = connect(url, { role: applicationRole })
const ctx = systemContext(connection.db)
const begun = run
  ? await findRun(ctx.db, run)
  : await beginImport(ctx, { choice: {}, publishes: true, paths: [folder] })
if (!begun) throw new Error('no run')
const told = { document() {}, fault() {}, skipped() {}, progress: () => void process.stdout.write('.') }
await runImport(ctx, begun, { paths: [folder] }, { storage: openStorage(data), report: told, batchSize: 10 })
await connection.close()
