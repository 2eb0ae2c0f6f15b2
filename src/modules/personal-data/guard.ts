import { conflict, invalid } from '#lib/errors'
import type { Context } from '#platform/context'
import { kindLabel } from './kind-label.ts'
import { lookThrough, undecidedOf } from './look-through.ts'
import type { Subject } from './subject.ts'

/**
 * The gate (X5): an edition with an undecided finding goes no further, whoever asks and by whatever way.
 * @throws invalid `personal-data.undecided` that names every place; conflict `personal-data.still-reading`.
 */
export async function guardPersonalData(ctx: Pick<Context, 'db' | 'clock'>, subject: Subject): Promise<void> {
  const looked = await lookThrough(ctx, subject)
  if (looked.waiting.length > 0)
    throw conflict(
      'personal-data.still-reading',
      `附件${looked.waiting.map(name => `《${name}》`).join('、')}还在检查有没有个人信息，请过一两分钟再试。`,
    )
  const open = undecidedOf(looked)
  if (open.length === 0) return
  const named = open.slice(0, 10).map(({ kind, place, masked }) => `${place}：${kindLabel(kind)} ${masked}`)
  throw invalid(
    'personal-data.undecided',
    `发现 ${open.length} 处个人信息或者错敏词，还没有决定怎么办，不能往下走：${named.join('；')}${
      open.length > named.length ? '……' : ''
    }。请打开“个人信息检查”，逐处遮盖，或者写明理由。`,
  )
}
