import type { PlainDate } from '#lib/beijing-time'
import { conflict, invalid } from '#lib/errors'
import { mustStand, type Organ } from './organ.ts'
import { wouldCycle } from './tree.ts'

/** Rules between organs, checked inside the locked transaction. `organs`: all of them, abolished ones too. */

export function checkKeyFree(organs: readonly Organ[], key: string): void {
  const taken = organs.find(organ => organ.key === key)
  if (taken) throw conflict('organisations.key-taken', `代码“${key}”已由“${taken.name}”使用，请换一个。`)
}

export function checkParent(organs: readonly Organ[], parentId: string | null, today: PlainDate): void {
  if (parentId === null) return
  const parent = organs.find(organ => organ.id === parentId)
  if (!parent) throw invalid('organisations.no-such-parent', '没有找到所选的上级机构，请重新选择。')
  mustStand(parent, today)
}

export function checkMove(organs: readonly Organ[], organ: Organ, parentId: string | null): void {
  if (wouldCycle(organs, organ.id, parentId))
    throw invalid(
      'organisations.cycle',
      `不能把“${organ.name}”放到它自己或它的下级机构之下，请选择另一个上级机构。`,
    )
}

/** A document code names one issuer; two standing organs with the same one could not be told apart by number. */
export function checkDocCodes(
  organs: readonly Organ[],
  codes: readonly string[],
  ownId: string | null,
): void {
  for (const code of codes) {
    const other = organs.find(
      organ => organ.id !== ownId && organ.abolishedOn === null && organ.docCodes.includes(code),
    )
    if (other)
      throw conflict(
        'organisations.doc-code-taken',
        `机关代字“${code}”已由“${other.name}”使用。请核对，或先从那个机构去掉。`,
      )
  }
}
