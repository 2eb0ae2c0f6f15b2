import { momentInBeijing } from '#lib/beijing-time'
import { permit, Refused } from '#lib/errors'
import { textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { json, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { saveDraft, saveDraftInput } from '../actions/save-draft.ts'
import { inputOfForm } from '../draft-form.ts'
import { mayDraft } from '../policy.ts'
import { loadItem } from './load-item.ts'

/** For the editor's script: saves what is typed after a while of rest. Never submits, never takes a draft back from review. */
export const routes: DeskRoute[] = [
  {
    method: 'POST',
    path: '/publications/:id/autosave',
    may: actor => mayDraft(actor),
    uploads: true,
    handle: save,
  },
]

async function save(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { item, kind } = await loadItem(ctx, incoming)
  permit(mayDraft(ctx.actor, item.organId), 'publications.may-not-draft')
  const parsed = saveDraftInput.safeParse({
    ...inputOfForm(kind, incoming.form),
    publicationId: item.id,
    revision: textOf(incoming.form, 'revision'),
  })
  if (!parsed.success || kind.madeByAct)
    return json({ said: '有的栏目还填得不对，没有自动保存' }, { status: 422 })
  try {
    const { revision } = await saveDraft(ctx, parsed.data, 'autosave')
    return json({ revision, said: `已自动保存 ${momentInBeijing(ctx.clock.now()).slice(-5)}` })
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    const said =
      error.code === 'publications.edited-meanwhile'
        ? '同事也保存过这份稿子，自动保存已停；您保存时会看到两边的文字'
        : error.message
    return json({ said, stop: true }, { status: error.status })
  }
}
