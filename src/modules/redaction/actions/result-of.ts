import { permit } from '#lib/errors'
import { recordAct } from '#modules/audit'
import type { Context } from '#platform/context'
import { bytesUnder } from '../keep-bytes.ts'
import { mayRedact } from '../policy.ts'
import { findRedaction, listBoxes, type State } from '../queries.ts'
import { type Reason, reasonsOf } from '../reasons.ts'

export interface Result {
  state: State
  title: string
  /** Only of a proved result. */
  pdf: { name: string; sha256: string; size: number; bytes(): Promise<Buffer> } | null
  reasons: Reason[]
}

/** What came of a redaction, for whoever asked for it. Only a proved result has bytes. Null: no such redaction. */
export async function resultOf(ctx: Context, id: string): Promise<Result | null> {
  const redaction = await findRedaction(ctx.db, id)
  if (!redaction) return null
  permit(mayRedact(ctx.actor, redaction.organId), 'redaction.not-allowed')
  const { state, title, fileName, resultKey, resultSha256, resultSize } = redaction
  const boxes = (await listBoxes(ctx.db, id)).filter(box => box.state === 'accepted')
  const pdf =
    state === 'proved' && resultKey && resultSha256 && resultSize !== null
      ? {
          name: `${fileName.replace(/\.\w+$/, '')}（遮盖后）.pdf`,
          sha256: resultSha256,
          size: resultSize,
          bytes: () => bytesUnder(resultKey),
        }
      : null
  return { state, title, pdf, reasons: reasonsOf(boxes) }
}

/** The closed original was opened: said at its first page, each page would be noise. */
export async function recordReading(ctx: Context, id: string, title: string): Promise<void> {
  await recordAct(ctx.db, ctx, {
    act: 'redaction.original-read',
    sentence: '打开了待遮盖的原件',
    object: { kind: 'redaction', id, label: title },
    personalData: true,
  })
}
