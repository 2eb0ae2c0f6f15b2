import { publish, registerKinds, saveDraft, startEdition, takeDown } from '#modules/publications'
import { applicationRole, connect } from '#platform/db/database'
import { kinds } from '../../src/app/kinds.ts'
import { draftInput } from '../../src/modules/publications/actions/draft-input.ts'
import { findDraft } from '../../src/modules/publications/draft-queries.ts'
import { systemContext, type TestGovernment } from './government.ts'
import { makePublic } from './publication.ts'

/**
 * A program that publishes, corrects and takes down until it is killed: `DATABASE_URL` and the government as JSON. It says
 * `ready` when it has done so once.
 */
const [url = '', government = ''] = process.argv.slice(2)
const at = JSON.parse(government, (key, value) =>
  key === 'columns' ? new Map(value) : value,
) as TestGovernment
registerKinds(kinds)
const ctx = systemContext(connect(url, { role: applicationRole, max: 2 }).db)

for (let round = 0; ; round++) {
  const cites = `云政发〔2026〕${(round % 7) + 1}号`
  const item = await makePublic(ctx, at, { title: `第 ${round} 件`, cites })
  if (round % 2 === 0) {
    await startEdition(ctx, item.id)
    const draft = await findDraft(ctx.db, item.id)
    const form = draftInput.parse({ ...draft, changeNote: '更正', title: `更正的第 ${round} 件` })
    await saveDraft(ctx, { ...form, publicationId: item.id, revision: 1 })
    const clearance = { kind: 'review', opinion: '可以公开' } as const
    await publish(ctx, { publicationId: item.id, revision: 2 }, clearance)
  }
  if (round % 3 === 0)
    await takeDown(ctx, { publicationId: item.id, how: 'withdrawn', reason: '有误', to: '' })
  if (round === 0) console.log('ready')
}
