import { notFound, permit } from '#lib/errors'
import { plainText } from '#lib/plain-text'
import { recordAct } from '#modules/audit'
import { fileReply, findClosed } from '#modules/files'
import type { DeskContext } from '#platform/context'
import { inTransaction } from '#platform/db/database'
import { type Content, page, type Reply } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { fileStorage } from '../file-bytes.ts'
import { findOriginal, type OriginalRow } from '../original-queries.ts'
import { mayReadOriginal } from '../policy.ts'

const may: DeskRoute['may'] = actor => mayReadOriginal(actor)
export const routes: DeskRoute[] = [
  { method: 'GET', path: '/personal-data-originals/:id', may, handle: show },
  { method: 'GET', path: '/personal-data-originals/:id/files/:file', may, handle: sendFile },
]

/** The text before masking, as words only. */
async function show(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const found = await open(ctx, incoming)
  await recordReading(ctx, found, `查看了《${found.title}》遮盖以前封存的原文`)
  return page({ title: `封存的原文：${found.title}`, body: <Original found={found} /> })
}

/** An attachment before masking: a download, never shown in place. */
async function sendFile(ctx: DeskContext, incoming: Incoming): Promise<Content> {
  const found = await open(ctx, incoming)
  const kept = found.content.files?.find(file => file.id === incoming.params.file)
  const file = kept && (await findClosed(ctx.db, kept.id))
  const storage = fileStorage()
  if (!file || !storage) throw notFound('personal-data.no-original', '没有找到封存的附件。')
  await recordReading(ctx, found, `下载了《${found.title}》遮盖以前封存的一个附件`)
  return fileReply(storage, file, incoming.headers, 'private, no-store')
}

async function open(ctx: DeskContext, incoming: Incoming): Promise<OriginalRow> {
  const id = incoming.params.id ?? ''
  const found = /^[0-9a-f-]{36}$/.test(id) ? await findOriginal(ctx.db, id) : null
  if (!found) throw notFound('personal-data.no-original', '没有找到封存的原文。')
  permit(
    mayReadOriginal(ctx.actor, found.organId),
    'personal-data.original-closed',
    '封存的原文只有本单位的保密审查员和政务公开办可以查看。',
  )
  return found
}

/** Every reading goes into the audit trail (S-SEC-09). */
const recordReading = (ctx: DeskContext, found: OriginalRow, sentence: string) =>
  inTransaction(ctx.db, db =>
    recordAct(db, ctx, {
      act: 'personal-data.original-read',
      sentence,
      object: { kind: 'publication', id: found.publicationId, label: found.title },
    }),
  )

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
        {(found.content.files ?? []).map(file => (
          <p key={file.id}>
            附件：
            <a href={`/personal-data-originals/${found.id}/files/${file.id}`} download>
              {file.name}
            </a>
          </p>
        ))}
      </Sheet>
    </>
  )
}
