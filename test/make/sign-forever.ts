import { registerKinds, registerProcedure } from '#modules/publications'
import type { Staff } from '#platform/actor'
import { clockAt } from '#platform/clock'
import { applicationRole, connect } from '#platform/db/database'
import { kinds } from '../../src/app/kinds.ts'
import { signAndPublish, signInput } from '../../src/modules/documents/actions/sign-document.ts'
import { documentProcedure } from '../../src/modules/documents/procedure.ts'
import { findDocument, gatherCase } from '../../src/modules/documents/queries.ts'
import { systemContext } from './government.ts'

/**
 * A program that signs and publishes one document after the other until it is killed or done: `DATABASE_URL`, the signer, the day
 * and the documents as JSON. It says `done` after each.
 */
const [url = '', given = ''] = process.argv.slice(2)
const { signer, at, ids } = JSON.parse(given) as { signer: Staff; at: string; ids: string[] }
registerKinds(kinds)
registerProcedure(documentProcedure)
const connection = connect(url, { role: applicationRole, max: 2 })
const ctx = {
  ...systemContext(
    connection.db,
    clockAt(() => new Date(at)),
  ),
  actor: signer,
}

for (const id of ids) {
  const document = await findDocument(ctx.db, { id })
  if (document?.state !== 'signature' && document?.state !== 'signed') continue
  const { draft } = await gatherCase(ctx, document)
  const seen = { documentId: id, revision: document.revision, draftRevision: draft?.revision ?? 0 }
  await signAndPublish(ctx, seen, signInput.parse({ opinion: '同意', effectiveFrom: '2026-12-01' }))
  console.log('done')
}
await connection.close()
