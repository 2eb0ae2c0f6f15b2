import { inChinese, type PlainDate } from '#lib/beijing-time'
import { conflict, invalid } from '#lib/errors'
import type { Organ } from './organ.ts'
import { mustNotBeAbolished } from './organ.ts'
import { idsAbove } from './tree.ts'

/** A restructuring is a dated fact; duties, catalogue and history pass to the successor (A2). */
export const restructuringKinds = {
  renamed: '更名',
  merged: '并入其他机构',
  abolished: '撤销',
} as const
export type RestructuringKind = keyof typeof restructuringKinds

export interface Restructuring {
  id: string
  organId: string
  kind: RestructuringKind
  successorId: string | null
  formerName: string
  /** The last day on which the organ acted as it was. */
  happenedOn: PlainDate
  reason: string
  recordedBy: string
  recordedAt: Date
}

export interface Intended {
  kind: RestructuringKind
  successorId: string | null
  newName: string | null
  happenedOn: PlainDate
}

/** What a restructuring will do to the tree, before it is done. */
export interface RestructuringPlan {
  /** Null for a new name: the organ stays itself. */
  successor: Organ | null
  /** Organs below that will stand below the successor. */
  movingChildren: Organ[]
  /** Set when the successor stood below the organ: it takes the organ's place in the tree. */
  successorParentId: string | null | undefined
}

/**
 * @param organs all organs, abolished ones too
 * @param earlier the organ's restructurings so far
 */
export function planRestructuring(
  organ: Organ,
  intended: Intended,
  organs: readonly Organ[],
  earlier: readonly Pick<Restructuring, 'happenedOn'>[],
  today: PlainDate,
): RestructuringPlan {
  mustNotBeAbolished(organ)
  checkDay(organ, intended.happenedOn, earlier, today)
  if (intended.kind === 'renamed') {
    if (intended.newName === null || intended.newName === organ.name)
      throw invalid('organisations.new-name-missing', '请填写与现名称不同的新名称。')
    return { successor: null, movingChildren: [], successorParentId: undefined }
  }
  const successor = findSuccessor(organ, intended, organs)
  const below = idsAbove(organs, successor.id).includes(organ.id)
  return {
    successor,
    movingChildren: organs.filter(child => child.parentId === organ.id && child.id !== successor.id),
    successorParentId: below ? organ.parentId : undefined,
  }
}

function checkDay(
  organ: Organ,
  happenedOn: PlainDate,
  earlier: readonly Pick<Restructuring, 'happenedOn'>[],
  today: PlainDate,
): void {
  if (happenedOn > today)
    throw invalid('organisations.day-to-come', '机构调整在发生之后登记，最后一天不能晚于今天。')
  if (organ.establishedOn !== null && happenedOn < organ.establishedOn)
    throw invalid(
      'organisations.before-established',
      `最后一天不能早于机构成立的日期（${inChinese(organ.establishedOn)}）。`,
    )
  const last = earlier
    .map(one => one.happenedOn)
    .sort()
    .at(-1)
  if (last !== undefined && happenedOn <= last)
    throw invalid(
      'organisations.before-last-restructuring',
      `这个机构上一次调整登记在${inChinese(last)}，新的调整应当在那以后。`,
    )
}

/** Where nobody is named, what an abolished organ leaves falls to the organ above, so that nothing is without a home. */
function findSuccessor(organ: Organ, intended: Intended, organs: readonly Organ[]): Organ {
  if (intended.successorId === null && intended.kind === 'merged')
    throw invalid('organisations.successor-missing', '请选择并入哪一个机构。')
  const id = intended.successorId ?? organ.parentId
  const successor = organs.find(other => other.id === id)
  if (!successor)
    throw invalid('organisations.successor-missing', '最上级的机构撤销时，请选择承接其职责的机构。')
  if (successor.id === organ.id)
    throw invalid('organisations.own-successor', '机构不能由自己承接，请选择另一个机构。')
  if (successor.abolishedOn !== null)
    throw conflict(
      'organisations.successor-abolished',
      `“${successor.name}”自己已经撤销，不能承接。请选择仍在的机构。`,
    )
  if (successor.establishedOn !== null && successor.establishedOn > dayAfter(intended.happenedOn))
    throw invalid(
      'organisations.successor-too-young',
      `“${successor.name}”成立于${inChinese(successor.establishedOn)}，中间会有无人承接的日子。请核对日期。`,
    )
  return successor
}

function dayAfter(day: PlainDate): PlainDate {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 3600 * 1000).toISOString().slice(0, 10)
}

/** The organ that acts in the place of `id` on a day; follows successors of successors. */
export function follow(organs: ReadonlyMap<string, Organ>, id: string, on: PlainDate): Organ | null {
  const seen = new Set<string>()
  let organ = organs.get(id)
  while (organ && organ.abolishedOn !== null && on > organ.abolishedOn && organ.successorId !== null) {
    if (seen.has(organ.id)) return null
    seen.add(organ.id)
    organ = organs.get(organ.successorId)
  }
  return organ ?? null
}
