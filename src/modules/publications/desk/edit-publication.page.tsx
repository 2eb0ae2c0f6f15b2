import { momentInBeijing } from '#lib/beijing-time'
import { conflict, permit } from '#lib/errors'
import { type FormErrors, type RawForm, textOf } from '#lib/forms'
import { filesOfEdition, limits } from '#modules/files'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { LinkButton } from '#ui/forms'
import { draftParts } from '../actions/draft-input.ts'
import { type SaveDraftInput, saveDraft, saveDraftInput } from '../actions/save-draft.ts'
import type { Said } from '../draft-facts.ts'
import { formErrors, formOfEdition, inputOfForm, keptAttachments } from '../draft-form.ts'
import { type EditionRow, textOfEdition } from '../draft-queries.ts'
import { relationsOf } from '../draft-relations.ts'
import { whatReviewMisses } from '../edition.ts'
import { mayDraft } from '../policy.ts'
import { listOthersEditing, noteOpened } from '../presence-queries.ts'
import { listReviewSteps } from '../review-steps.ts'
import { listLocks } from '../section-locks.ts'
import { sectionsOf } from '../sections.ts'
import { afterSaving } from './after-saving.ts'
import type { ColumnChoice } from './column-fields.tsx'
import { deskAddress, loadColumnChoice } from './desk-address.ts'
import { GivenBackNotice, isGivenBack } from './done-notice.tsx'
import { DraftEditor } from './draft-editor.tsx'
import { type EditConflict, EditConflictNotice } from './edit-conflict.tsx'
import { filingFacts, loadFiling } from './filing-fields.tsx'
import { columnNames, type LoadedItem, loadItem, loadSaid } from './load-item.ts'
import { NumberingNotice } from './numbering-notice.tsx'
import { isRefused, refusalAsErrors } from './refusals.ts'
import { rowOf, takeAttachments } from './take-attachments.ts'

export const routes = (storage: FileStorage): DeskRoute[] => [
  { method: 'GET', path: '/publications/:id/edit', may: actor => mayDraft(actor), handle: ask },
  {
    method: 'POST',
    path: '/publications/:id/edit',
    may: actor => mayDraft(actor),
    uploads: { largest: limits.mediaBytes },
    handle: (ctx, incoming) => save(ctx, incoming, storage),
  },
]

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  permit(mayDraft(ctx.actor, loaded.item.organId), 'publications.may-not-draft')
  mayEditByHand(loaded)
  const { draft } = loaded
  if (isGivenBack(incoming)) return show(ctx, incoming, loaded, incoming.form)
  if (!draft) return seeOther(deskAddress(loaded.item))
  await noteOpened(ctx.db, loaded.item.id, ctx.actor, ctx.clock.now())
  const files = (await filesOfEdition(ctx.db, draft.id)).filter(file => file.role === 'attachment')
  const raw = formOfEdition(
    loaded.kind,
    draft,
    await relationsOf(ctx.db, draft.id),
    files.map((file, index) => rowOf(file, String(index + 1))),
  )
  return show(ctx, incoming, loaded, raw, {
    errors: incoming.query.done === 'incomplete' ? await stillMissing(ctx, loaded, draft) : {},
    status: 200,
  })
}

/** What an act writes from its own facts would say something else than they do. */
function mayEditByHand({ kind }: LoadedItem): void {
  if (kind.madeByAct)
    throw conflict(
      'publications.made-by-act',
      `“${kind.label}”由系统根据登记的事实生成，请在原来的事项里修改后重新生成。`,
    )
}

async function stillMissing(ctx: DeskContext, loaded: LoadedItem, draft: EditionRow): Promise<FormErrors> {
  const { columnIds, ...missing } = whatReviewMisses(loaded.kind, textOfEdition(draft), {
    columnIds: draft.columnIds,
    wasPublic: loaded.facts.wasPublic,
    files: await filesOfEdition(ctx.db, draft.id),
  })
  return { ...missing, ...(columnIds ? { mainColumn: columnIds } : {}) }
}

async function save(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const { item, kind } = loaded
  permit(mayDraft(ctx.actor, item.organId), 'publications.may-not-draft')
  mayEditByHand(loaded)
  const { raw, faults } = await takeAttachments(ctx, incoming, { storage, siteId: item.siteId })
  const parsed = saveDraftInput.safeParse({
    ...inputOfForm(kind, raw),
    publicationId: item.id,
    revision: textOf(raw, 'revision'),
  })
  if (!parsed.success || faults.length > 0)
    return show(ctx, incoming, loaded, raw, {
      errors: {
        ...(parsed.success ? {} : formErrors(parsed.error.issues)),
        ...(faults.length > 0 ? { newFiles: faults.join('') } : {}),
      },
      status: 422,
    })
  try {
    const { revision } = await saveDraft(ctx, parsed.data)
    return await afterSaving(ctx, { id: item.id, publicId: item.publicId, revision }, raw)
  } catch (error) {
    if (isRefused(error, 'publications.edited-meanwhile'))
      return showConflict(ctx, incoming, raw, parsed.data)
    return show(ctx, incoming, loaded, raw, refusalAsErrors(error))
  }
}

async function showConflict(
  ctx: DeskContext,
  incoming: Incoming,
  raw: RawForm,
  input: SaveDraftInput,
): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const { draft: saved, item, kind } = loaded
  if (!saved) return seeOther(deskAddress(item))
  const columns = await loadColumnChoice(ctx, item.siteId)
  const conflict: EditConflict = {
    kind,
    saved,
    theirs: await loadSaid(ctx, saved, columns),
    mine: saidByForm(input, raw, columns, ctx.clock.today()),
    discard: `${deskAddress(item)}/edit`,
  }
  // Whoever saves this form again does so in the knowledge of the other text
  return show(
    ctx,
    incoming,
    loaded,
    { ...raw, revision: String(saved.revision) },
    { errors: {}, status: 409 },
    conflict,
  )
}

/** What the form would have saved; an effect without a day begins as saving would have it. */
function saidByForm(input: SaveDraftInput, raw: RawForm, columns: ColumnChoice, today: string): Said {
  const { publicationId: _, revision: __, ...draft } = input
  const parts = draftParts(draft)
  return {
    text: parts.text,
    shownUntil: parts.shownUntil,
    relations: {
      links: parts.relations.links,
      effects: parts.relations.effects.map(({ type, line }) => ({
        type,
        line: { ...line, from: line.from ?? parts.text.effectiveFrom ?? today },
      })),
    },
    columns: columnNames(columns, parts.columnIds),
    attachments: keptAttachments(raw).map(row => row.title),
  }
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  loaded: LoadedItem,
  raw: RawForm,
  fault: { errors: FormErrors; status: number } = { errors: {}, status: 200 },
  conflict?: EditConflict,
): Promise<Reply> {
  const { item, kind, facts } = loaded
  const address = deskAddress(item)
  const name = (loaded.draft ?? loaded.editions[0])?.title ?? ''
  return page({
    title: `修改：${name}`,
    status: fault.status,
    crumbs: [{ label: '发布物', href: '/publications' }, { label: name, href: address }, { label: '修改' }],
    scripts: ['rich-editor', 'autosave'],
    body: (
      <>
        <PageHead
          title={facts.wasPublic ? '写更正稿' : '修改稿子'}
          note={`${kind.label} · ${item.organName} · 站点：${item.siteName}`}
          actions={
            <>
              <LinkButton href={`${address}/sections`}>分节编写</LinkButton>{' '}
              <LinkButton href={`${address}/revisions`}>修订记录</LinkButton>{' '}
              <LinkButton href={`${address}/from-word`}>用 Word 文件替换正文</LinkButton>
            </>
          }
        />
        <GivenBackNotice incoming={incoming} />
        {incoming.query.done === 'saved' && <Notice tone="success" title="已保存，可以接着写。" />}
        {incoming.query.done === 'incomplete' && (
          <Notice tone="warning" title="稿子已经保存，但还不能送审：下面列出的内容还缺" />
        )}
        {conflict ? (
          <EditConflictNotice {...conflict} />
        ) : (
          <Advice ctx={ctx} loaded={loaded} notes={await notesOn(ctx, loaded)} />
        )}
        <DraftEditor
          action={`${address}/edit`}
          kind={kind}
          raw={raw}
          errors={fault.errors}
          siteId={item.siteId}
          columns={await loadColumnChoice(ctx, item.siteId)}
          isCorrection={facts.wasPublic}
          filing={loaded.draft ? await loadFiling(ctx, filingFacts(item, loaded.draft), raw) : []}
          hidden={{ revision: textOf(raw, 'revision') }}
          autosave={
            conflict || fault.status !== 200 || isGivenBack(incoming) || loaded.draft?.submittedAt
              ? null
              : `${address}/autosave`
          }
          primary={conflict ? '以我的为准，保存' : '保存稿子'}
          cancel={
            conflict
              ? { label: '放弃我的，看对方的', href: conflict.discard }
              : { label: '返回', href: address }
          }
        />
      </>
    ),
  })
}

interface Notes {
  others: { name: string; openedAt: Date }[]
  sections: string[]
  returned: { actor: string; actedAt: Date; opinion: string | null } | null
}

async function notesOn(ctx: DeskContext, { item, draft }: LoadedItem): Promise<Notes> {
  const [last] = (await listReviewSteps(ctx.db, item.id)).filter(step => step.editionId === draft?.id)
  return {
    others: await listOthersEditing(ctx.db, item.id, ctx.actor.id, ctx.clock.now()),
    returned: last?.step === 'returned' ? last : null,
    sections: await sectionsHeld(ctx, item.id, draft?.bodyHtml ?? ''),
  }
}

/** Parts that colleagues are writing now. */
async function sectionsHeld(ctx: DeskContext, publicationId: string, bodyHtml: string): Promise<string[]> {
  const locks = (await listLocks(ctx.db, publicationId, ctx.clock.now())).filter(
    lock => lock.staffId !== ctx.actor.id,
  )
  if (locks.length === 0) return []
  const headings = new Map(sectionsOf(bodyHtml).map(one => [one.key, one.heading]))
  return locks.map(lock => `${lock.staffName}（${headings.get(lock.section) ?? '全文'}）`)
}

/** What to know before changing it: who else may be at it, why it came back, that it waits for review. */
function Advice({ ctx, loaded, notes }: { ctx: DeskContext; loaded: LoadedItem; notes: Notes }) {
  const minutes = (at: Date) => Math.max(1, Math.round((ctx.clock.now().getTime() - at.getTime()) / 60_000))
  return (
    <>
      {notes.others.map(other => (
        <Notice
          key={other.name}
          tone="info"
          title={`${other.name} ${minutes(other.openedAt)} 分钟前也打开了这份稿子。`}
        >
          也许正在修改，先打个招呼，免得各改各的。谁后保存，系统会把两边的文字摆在一起，不会丢。
        </Notice>
      ))}
      {notes.sections.length > 0 && (
        <Notice tone="info" title={`正在分节编写：${notes.sections.join('、')}。`}>
          您可以写别的节，互不影响；在这里保存全文，会改动他们打开的那一节时，他们保存时会看到。
        </Notice>
      )}
      {notes.returned && (
        <Notice
          tone="warning"
          title={`${notes.returned.actor}退回了这份稿子：${notes.returned.opinion ?? ''}`}
        >
          {momentInBeijing(notes.returned.actedAt)} 退回。改好后请重新送审。
        </Notice>
      )}
      {loaded.draft?.submittedAt && (
        <Notice tone="warning" title="稿子正在等待审查。">
          保存修改会把它取回，改好后要重新送审。
        </Notice>
      )}
      {loaded.draft && <NumberingNotice bodyHtml={loaded.draft.bodyHtml} />}
    </>
  )
}
