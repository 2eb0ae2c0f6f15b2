import { readFile } from 'node:fs/promises'
import type { DocxPicture } from '#lib/docx-blocks'
import { notFound, permit, Refused } from '#lib/errors'
import { mustRead, textOf } from '#lib/forms'
import { plainText } from '#lib/plain-text'
import { fileHref, filesOfEdition, readDocument, UnreadableFile } from '#modules/files'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { Diff } from '#ui/components/diff'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, FileField, Form, HiddenField, LinkButton } from '#ui/forms'
import { readWordBody, takeWord, takeWordInput } from '../actions/take-word.ts'
import { compareTexts } from '../comparison.ts'
import { mayDraft, mayRead } from '../policy.ts'
import { deskAddress } from './desk-address.ts'
import { type LoadedItem, loadItem } from './load-item.ts'

/** .docx in and out; pictures are read from and kept in the storage. */
export const routes = (storage: FileStorage): DeskRoute[] => [
  {
    method: 'GET',
    path: '/publications/:id/draft.docx',
    may: mayRead,
    handle: (ctx, incoming) => give(ctx, incoming, storage),
  },
  { method: 'GET', path: '/publications/:id/from-word', may: actor => mayDraft(actor), handle: ask },
  {
    method: 'POST',
    path: '/publications/:id/from-word',
    may: actor => mayDraft(actor),
    uploads: true,
    handle: (ctx, incoming) => take(ctx, incoming, storage),
  },
]

async function give(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const { draft, current, next } = await loadItem(ctx, incoming)
  const edition = draft ?? current ?? next
  if (!edition) throw notFound('publications.no-draft', '没有可以导出的文字。')
  const pictures = new Map<string, DocxPicture>()
  for (const file of await filesOfEdition(ctx.db, edition.id)) {
    const type = { 'image/png': 'png', 'image/jpeg': 'jpg', 'image/gif': 'gif' }[file.mediaType]
    if (file.role !== 'picture' || !type) continue
    const chunks: Buffer[] = []
    for await (const chunk of await storage.read(file.storageKey)) chunks.push(chunk as Buffer)
    pictures.set(fileHref(file), {
      bytes: Buffer.concat(chunks),
      type: type as DocxPicture['type'],
      width: file.width ?? 400,
      height: file.height ?? 300,
    })
  }
  const { wordOfDraft } = await import('../draft-word.ts')
  const name = encodeURIComponent(`${edition.title.replace(/[\\/:*?"<>|\r\n]/g, '')}.docx`)
  return {
    kind: 'content',
    status: 200,
    type: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    body: await wordOfDraft(edition, pictures, ctx.publicOrigin),
    headers: { 'content-disposition': `attachment; filename*=UTF-8''${name}`, 'cache-control': 'no-store' },
  }
}

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  permit(mayDraft(ctx.actor, loaded.item.organId), 'publications.may-not-draft')
  if (!loaded.draft || loaded.kind.madeByAct) return seeOther(deskAddress(loaded.item))
  return choose(loaded)
}

async function take(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const { item, draft } = loaded
  permit(mayDraft(ctx.actor, item.organId), 'publications.may-not-draft')
  if (!draft || loaded.kind.madeByAct) return seeOther(deskAddress(item))
  try {
    const [upload] = incoming.uploads
    if (textOf(incoming.form, 'act') === 'take') {
      await takeWord(ctx, mustRead(takeWordInput, { ...incoming.form, publicationId: item.id }))
      return seeOther(`${deskAddress(item)}/edit?done=saved`)
    }
    if (!upload) return choose(loaded, '请选择 .docx 文件。')
    if (upload.tooLarge) return choose(loaded, '文件太大。请把附表作为附件上传，正文单独存一个文件。')
    const read = await readDocument(upload.name, await readFile(upload.path))
    return preview(loaded, upload.name, await readWordBody(ctx, read, { siteId: item.siteId, storage }))
  } catch (error) {
    if (error instanceof UnreadableFile || (error instanceof Refused && error.refusal !== 'not-allowed'))
      return choose(loaded, error.message)
    throw error
  }
}

const crumbsOf = ({ item, draft }: LoadedItem) => [
  { label: '发布物', href: '/publications' },
  { label: draft?.title ?? '', href: deskAddress(item) },
  { label: '用 Word 文件替换正文' },
]

function choose(loaded: LoadedItem, fault?: string): Reply {
  const address = deskAddress(loaded.item)
  return page({
    title: '用 Word 文件替换正文',
    status: fault ? 422 : 200,
    crumbs: crumbsOf(loaded),
    body: (
      <>
        <PageHead
          title="用 Word 文件替换正文"
          note="先看哪里会变，再决定换不换。标题、文号和附件不动，现在的正文留在修订记录里。"
          actions={<LinkButton href={`${address}/draft.docx`}>下载现在的稿子（.docx）</LinkButton>}
        />
        <Form
          action={`${address}/from-word`}
          uploads
          label="选择文件"
          labels={{ wordFile: 'Word 文件' }}
          errors={fault ? { wordFile: fault } : {}}
        >
          <FileField name="wordFile" label="Word 文件" accept=".docx" />
          <Actions primary="读取并对照" cancel={{ label: '返回', href: `${address}/edit` }} />
        </Form>
      </>
    ),
  })
}

function preview(loaded: LoadedItem, file: string, read: { bodyHtml: string; doubts: string[] }): Reply {
  const { draft } = loaded
  const address = deskAddress(loaded.item)
  return page({
    title: '对照：用 Word 文件替换正文',
    crumbs: crumbsOf(loaded),
    body: (
      <>
        <PageHead title="哪里会变" note={`“${file}”里的文字还没有进稿子。`} />
        {read.doubts.length > 0 && (
          <Notice tone="warning" title="读取时拿不准的地方">
            <ul>
              {read.doubts.map(doubt => (
                <li key={doubt}>{doubt}</li>
              ))}
            </ul>
          </Notice>
        )}
        <Sheet title="正文对照">
          <Diff
            {...compareTexts(plainText(draft?.bodyHtml ?? ''), plainText(read.bodyHtml))}
            before="现在的稿子"
            after="Word 文件"
          />
        </Sheet>
        <Form action={`${address}/from-word`} uploads label="替换">
          <HiddenField name="act" value="take" />
          <HiddenField name="file" value={file.slice(0, 200)} />
          <HiddenField name="revision" value={String(draft?.revision ?? 1)} />
          <HiddenField name="bodyHtml" value={read.bodyHtml} />
          <Actions primary="替换正文" cancel={{ label: '不换', href: `${address}/edit` }} />
        </Form>
      </>
    ),
  })
}
