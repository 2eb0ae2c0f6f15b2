import { z } from 'zod'
import { invalid, notFound, permit } from '#lib/errors'
import { uuidv7 } from '#lib/ids'
import { recordAct } from '#modules/audit'
import { actorId, actorName } from '#platform/actor'
import type { Context } from '#platform/context'
import { type Database, inTransaction } from '#platform/db/database'
import { insertMany } from '#platform/db/insert-many'
import { type CheckRow, type FindingRow, findCheck, findingsOf } from '../check-queries.ts'
import { type Decision, decisionLabels, kindLabel } from '../kind-label.ts'
import { mayDecideFindings, mayKeepWord } from '../policy.ts'

export const decideFindingsInput = z.object({
  editionId: z.uuid(),
  /** Hash and kind of place, as the form names a finding. */
  findings: z.preprocess(
    value => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(z.string().max(200)).min(1, '请勾选要决定的几处。').max(2000),
  ),
  decision: z.enum(['not-personal', 'must-be-public', 'looked-at', 'keep-word'], '请选择怎么处理。'),
  reason: z.string().trim().min(4, '请写明理由：它会长期留在记录里。').max(500, '理由最多 500 字。'),
})
export type DecideFindings = z.output<typeof decideFindingsInput>

/** The name of a finding in forms: every place with the same value and kind of place is decided at once. */
export const findingKey = (finding: Pick<FindingRow, 'kind' | 'valueHash' | 'placeKind'>): string =>
  `${finding.kind} ${finding.valueHash} ${finding.placeKind}`

/** Records what a person decided about findings, with the reason. Nothing is ever changed or taken back: the newest counts. */
export async function decideFindings(ctx: Context, input: DecideFindings): Promise<number> {
  return inTransaction(ctx.db, async db => {
    const check = await findCheck(db, input.editionId)
    if (!check) throw notFound('personal-data.unknown', '没有找到这次检查。请回到稿子，重新送审。')
    permit(mayDecideFindings(ctx.actor, check.organId), 'personal-data.may-not-decide')
    const wanted = new Set(input.findings)
    const chosen = (await findingsOf(db, check.editionId)).filter(one => wanted.has(findingKey(one)))
    if (chosen.length === 0)
      throw invalid('personal-data.gone', '勾选的几处已经不在稿子里了。请刷新页面再看。')
    refuseUnfitting(ctx, check, chosen, input)
    await insertDecisions(db, ctx, check, chosen, input)
    await recordAct(db, ctx, {
      act: 'personal-data.decided',
      sentence: `对《${check.title}》里的 ${chosen.length} 处发现作了决定：${decisionLabels[input.decision]}`,
      object: { kind: 'publication', id: check.publicationId, label: check.title },
      details: {
        decision: input.decision,
        revision: check.revision,
        kinds: [...new Set(chosen.map(one => one.kind))],
      },
    })
    return chosen.length
  })
}

function refuseUnfitting(
  ctx: Context,
  check: CheckRow,
  chosen: readonly FindingRow[],
  input: DecideFindings,
): void {
  const word = chosen.some(one => one.kind === 'wrong-word')
  if (word !== (input.decision === 'keep-word') || (word && chosen.some(one => one.kind !== 'wrong-word')))
    throw invalid('personal-data.mixed', '错敏词和个人信息请分开决定：错敏词只能选“用词正确，保留”。')
  if (word)
    permit(
      mayKeepWord(ctx.actor, check.organId),
      'personal-data.may-not-keep-word',
      '拦截的错敏词由审查人员决定是否保留。起草人请先改正。',
    )
  const unread = chosen.some(one => one.kind === 'unread')
  if (unread !== (input.decision === 'looked-at') || (unread && chosen.some(one => one.kind !== 'unread')))
    throw invalid('personal-data.mixed', '机器读不了的文件请单独决定：人工核对过以后，选“已人工核对”。')
  if (input.decision === 'must-be-public' && !/《[^》]+》|第[\d一二三四五六七八九十百]+条/.test(input.reason))
    throw invalid(
      'personal-data.no-ground',
      '依法应当公开的，请在理由里写明依据的法规和条款，例如“《……条例》第十九条”。',
    )
}

/** Also used by masking, which says of each value that it was taken out. */
export async function insertDecisions(
  db: Database,
  ctx: Pick<Context, 'actor' | 'clock'>,
  check: Pick<CheckRow, 'publicationId' | 'editionId' | 'revision'>,
  chosen: readonly FindingRow[],
  said: { decision: Decision; reason: string },
): Promise<void> {
  const unique = new Map(chosen.map(one => [findingKey(one), one]))
  await insertMany(
    db,
    'personalDataDecisions',
    [...unique.values()].map(({ kind, valueHash, placeKind, place, masked }) => ({
      id: uuidv7(ctx.clock.now().getTime()),
      publicationId: check.publicationId,
      editionId: check.editionId,
      revision: check.revision,
      kind,
      valueHash,
      placeKind,
      place: place.slice(0, 300),
      masked: kind === 'wrong-word' ? masked : `${kindLabel(kind)} ${masked}`.slice(0, 300),
      decision: said.decision,
      reason: said.reason,
      decidedBy: actorName(ctx.actor),
      decidedById: actorId(ctx.actor),
      decidedAt: ctx.clock.now(),
    })),
  )
}
