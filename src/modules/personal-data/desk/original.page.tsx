import { notFound, permit } from '#lib/errors'
import { plainText } from '#lib/plain-text'
import { recordAct } from '#modules/audit'
import type { DeskContext } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { findOriginal, type OriginalRow } from '../original-queries.ts'
import { mayReadOriginal } from '../policy.ts'

const may: DeskRoute['may'] = actor => mayReadOriginal(actor)
export const routes: DeskRoute[] = [
  { method: 'GET', path: '/personal-data-originals/:id', may, handle: show },
]

/** The text before masking, as words only. Every reading goes into the audit trail (S-SEC-09). */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const id = incoming.params.id ?? ''
  const found = /^[0-9a-f-]{36}$/.test(id) ? await findOriginal(ctx.db, id) : null
  if (!found) throw notFound('personal-data.no-original', '没有找到封存的原文。')
  permit(
    mayReadOriginal(ctx.actor, found.organId),
    'personal-data.original-closed',
    '封存的原文只有本单位的保密审查员和政务公开办可以查看。',
  )
  await inTransaction(ctx.db, db =>
    recordAct(db, ctx, {
      act: 'personal-data.original-read',
      sentence: `查看了《${found.title}》遮盖以前封存的原文`,
      object: { kind: 'publication', id: found.publicationId, label: found.title },
    }),
  )
  return page({ title: `封存的原文：${found.title}`, body: <Original found={found} /> })
}

function Original({ found }: { found: OriginalRow }) {
  return (
    <>
      <PageHead
        title="封存的原文"
        note={`《${found.title}》遮盖以前的文字。只供核对，不得外传；这次查看已经记入审计。`}
      />
      <Sheet title={found.content.title}>
        {found.content.facts.map(({ label, value }) => (
          <p key={label}>
            {label}：{value}
          </p>
        ))}
        {plainText(found.content.bodyHtml)
          .split('\n')
          .map((line, at) => (
            <p key={at}>{line}</p>
          ))}
      </Sheet>
    </>
  )
}
