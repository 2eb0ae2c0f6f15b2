import { notFound } from '#lib/errors'
import { publicIdPattern } from '#lib/ids'
import { filesOfEdition } from '#modules/files'
import type { DeskContext } from '#platform/context'
import type { Incoming } from '#platform/http/route'
import type { ActFacts } from '../desk-acts.ts'
import { type DeskItem, findDeskItem } from '../desk-queries.ts'
import type { Said } from '../draft-facts.ts'
import { type EditionRow, hasInterval, listEditions, textOfEdition, wasPublic } from '../draft-queries.ts'
import { relationsOf } from '../draft-relations.ts'
import { type Kind, kindOf } from '../kind.ts'
import { procedureOf } from '../procedure.ts'
import { type State, stateOf } from '../state.ts'
import { type ColumnChoice, columnOptions } from './column-fields.tsx'

/** A publication as the pages of the desk need it. */
export interface LoadedItem {
  item: DeskItem
  kind: Kind
  /** The newest first. */
  editions: EditionRow[]
  draft: EditionRow | null
  /** What is public, or last was. */
  current: EditionRow | null
  /** What opens next. */
  next: EditionRow | null
  state: State
  /** Where its document is handled, or begun: it is published from there. */
  caseAddress: string | null
  facts: ActFacts
}

/** @throws notFound when there is no such publication, or only a draft of it that was thrown away. */
export async function loadItem(ctx: DeskContext, incoming: Incoming): Promise<LoadedItem> {
  const id = incoming.params.id ?? ''
  const item = publicIdPattern.test(id) ? await findDeskItem(ctx.db, id) : undefined
  const editions = item ? await listEditions(ctx.db, item.id) : []
  if (!item || editions.length === 0)
    throw notFound('publications.unknown', '没有找到这件发布物：地址也许输错了，也许它的稿子已经放弃。')
  const now = ctx.clock.now()
  const draft = editions.find(edition => !edition.sealedAt) ?? null
  const sealed = editions.filter(hasInterval)
  const opened = sealed.filter(edition => edition.publicFrom && edition.publicFrom <= now)
  const current = opened.sort((a, b) => Number(b.publicFrom) - Number(a.publicFrom))[0] ?? null
  const next = sealed.filter(edition => edition.publicFrom && edition.publicFrom > now).at(-1) ?? null
  const counts = current ?? next
  const procedure = procedureOf(item, now)
  return {
    item,
    kind: kindOf(item.kind),
    editions,
    draft,
    current,
    next,
    state: stateOf(
      {
        leftHow: item.leftHow,
        draftSubmittedAt: draft?.submittedAt ?? null,
        hasDraft: draft !== null,
        publicFrom: counts?.publicFrom ?? null,
        publicUntil: counts?.publicUntil ?? null,
      },
      now,
    ),
    caseAddress: procedure && draft ? await procedure.addressOf(ctx.db) : null,
    facts: {
      organId: item.organId,
      byProcedure: procedure !== null && draft !== null,
      madeByAct: kindOf(item.kind).madeByAct ?? false,
      left: item.leftHow !== null,
      wasPublic: wasPublic(item, now) && current !== null,
      draft: draft && { submitted: draft.submittedAt !== null, editedById: draft.editedById },
      scheduled: next !== null,
      sealed: sealed.length > 0,
    },
  }
}

/** Everything that an edition says, in words. */
export async function loadSaid(ctx: DeskContext, edition: EditionRow, columns: ColumnChoice): Promise<Said> {
  const files = await filesOfEdition(ctx.db, edition.id)
  return {
    text: textOfEdition(edition),
    shownUntil: edition.shownUntil,
    relations: await relationsOf(ctx.db, edition.id),
    columns: columnNames(columns, edition.columnIds),
    attachments: files.filter(file => file.role === 'attachment').map(file => file.title),
  }
}

export function columnNames(choice: ColumnChoice, ids: readonly string[]): string[] {
  const names = new Map<string, string>()
  for (const option of columnOptions(choice.own)) names.set(option.value, option.label)
  for (const { site, columns } of choice.others)
    for (const option of columnOptions(columns)) names.set(option.value, `${site}：${option.label}`)
  return ids.map(id => names.get(id) ?? '（已删去的栏目）')
}
