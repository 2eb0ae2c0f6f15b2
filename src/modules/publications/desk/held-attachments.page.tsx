import { readForm } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import { sizeInWords } from '#modules/files'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { EmptyState } from '#ui/components/empty-state'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { CheckboxList, Form, HiddenField, LinkButton, SubmitButton } from '#ui/forms'
import { releaseAttachments, releaseAttachmentsInput } from '../actions/release-attachments.ts'
import { type HeldItem, listHeld } from '../held-queries.ts'
import { mayRelease, reviewReach } from '../policy.ts'
import { deskAddress } from './desk-address.ts'

const may: DeskRoute['may'] = actor => mayRelease(actor)
export const routes: DeskRoute[] = [
  { method: 'GET', path: '/held-attachments', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'POST', path: '/held-attachments', may, handle: release },
]

const pageSize = 20

async function release(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const read = readForm(releaseAttachmentsInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, Object.values(read.errors)[0])
  const opened = await releaseAttachments(ctx, read.value)
  const number = pageNumber(String(incoming.query.page))
  return seeOther(`/held-attachments?opened=${opened}${number > 1 ? `&page=${number}` : ''}`)
}

/** 待核查附件: imported attachments stay closed until somebody has looked through them for personal data (S-PII). */
async function show(ctx: DeskContext, incoming: Incoming, error?: string): Promise<Reply> {
  const number = pageNumber(String(incoming.query.page))
  const found = await listHeld(ctx.db, reviewReach(ctx.actor), { page: number, pageSize })
  const opened = incoming.query.opened === undefined ? null : Number(incoming.query.opened)
  return page({
    status: error ? 422 : 200,
    title: '待核查附件',
    body: (
      <>
        <PageHead
          title="待核查附件"
          note="从旧网站导入的附件，公众还不能下载。请逐个打开，看有没有身份证号、手机号、银行账号、住址等个人信息：没有的勾选开放；有的请先做去标识化的版本，换上以后再公开。"
        />
        {error ? <Notice tone="error" title={error} /> : null}
        {opened !== null && opened > 0 ? (
          <Notice tone="success" title={`已开放 ${opened} 个附件，核查的人和时间记入审计。`} />
        ) : null}
        {found.total === 0 ? (
          <EmptyState title="没有待核查的附件">导入的附件都核查过了。</EmptyState>
        ) : (
          <p role="status">
            <b>{found.total}</b> 件发布物有待核查的附件。
          </p>
        )}
        {found.rows.map(item => (
          <Held
            key={item.id}
            item={item}
            action={`/held-attachments${number > 1 ? `?page=${number}` : ''}`}
          />
        ))}
        <Pager page={found} href={to => `/held-attachments?page=${to}`} />
      </>
    ),
  })
}

function Held({ item, action }: { item: HeldItem; action: string }) {
  return (
    <Sheet
      title={item.title}
      count={item.files.length}
      actions={
        <LinkButton href={deskAddress(item)} small>
          打开
        </LinkButton>
      }
    >
      <ul>
        {item.files.map(file => (
          <li key={file.fileId}>
            <a href={`/files/${file.publicId}/${encodeURIComponent(file.name)}`}>{file.title || file.name}</a>
            （{sizeInWords(file.size)}）
          </li>
        ))}
      </ul>
      <Form action={action} id={`held-${item.id}`} label={`《${item.title}》的附件`}>
        <HiddenField name="publicationId" value={item.id} />
        <CheckboxList
          name="fileIds"
          label="核查过、没有个人信息的"
          options={item.files.map(file => ({ value: file.fileId, label: file.title || file.name }))}
        />
        <SubmitButton tone="plain" small>
          开放勾选的附件
        </SubmitButton>
      </Form>
    </Sheet>
  )
}
