import { Refused } from '#lib/errors'
import { readForm } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { LinkButton } from '#ui/forms'
import { maskFindings, maskFindingsInput } from '../actions/mask-findings.ts'
import { mayDraft } from '../policy.ts'
import { deskAddress } from './desk-address.ts'
import { type LoadedItem, loadItem } from './load-item.ts'

export const routes: DeskRoute[] = [
  { method: 'POST', path: '/publications/:id/mask', may: actor => mayDraft(actor), handle: mask },
]

/** Masks what was ticked on the page of the findings, and goes back there. */
async function mask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const read = readForm(maskFindingsInput, { ...incoming.form, publicationId: loaded.item.id })
  if (!read.ok) return refused(loaded, Object.values(read.errors).join(''), 422)
  try {
    await maskFindings(ctx, read.value)
    return seeOther(loaded.draft ? `/personal-data/${loaded.draft.id}?done=masked` : deskAddress(loaded.item))
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    return refused(loaded, error.message, error.status)
  }
}

function refused({ item, draft }: LoadedItem, message: string, status: number): Reply {
  return page({
    title: '没有遮盖',
    status,
    crumbs: [
      { label: '发布物', href: '/publications' },
      { label: draft?.title ?? '稿子', href: deskAddress(item) },
    ],
    body: (
      <>
        <PageHead title="没有遮盖" />
        <Notice tone="error" title="没有办成。">
          {message}
        </Notice>
        <p>
          {draft && <LinkButton href={`/personal-data/${draft.id}`}>回到个人信息检查</LinkButton>}{' '}
          <LinkButton href={`${deskAddress(item)}/edit`}>修改稿子</LinkButton>
        </p>
      </>
    ),
  })
}
