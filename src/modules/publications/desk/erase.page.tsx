import { momentInBeijing } from '#lib/beijing-time'
import { notFound } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import { type EditionFile, filesOfEdition } from '#modules/files'
import { fileStorage } from '#modules/personal-data'
import { actorId } from '#platform/actor'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, CheckboxList, Form, HiddenField, PostButton, RadioList, TextArea } from '#ui/forms'
import { askErasure, askErasureInput } from '../actions/ask-erasure.ts'
import { confirmErasure, declineErasure } from '../actions/confirm-erasure.ts'
import { type ErasureGround, erasureGrounds } from '../erasure.ts'
import { type ErasureRow, listErasures } from '../erasure-queries.ts'
import { mayConfirmErasure, mayErase } from '../policy.ts'
import { deskAddress } from './desk-address.ts'
import { type LoadedItem, loadItem } from './load-item.ts'
import { refusalAsErrors } from './refusals.ts'

const may = (actor: DeskContext['actor']) => mayErase(actor) || mayConfirmErasure(actor)

/** 依法删除个人信息: one person asks, another confirms. */
export const routes: DeskRoute[] = [
  {
    method: 'GET',
    path: '/publications/:id/erase',
    may,
    handle: async (ctx, incoming) => show(ctx, await loadItem(ctx, incoming), {}),
  },
  { method: 'POST', path: '/publications/:id/erase', may, handle: act },
]

const labels = { passages: '要删除的文字', fileIds: '要删除的附件', ground: '依据', reason: '理由' }

async function act(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const loaded = await loadItem(ctx, incoming)
  const { form } = incoming
  const here = `${deskAddress(loaded.item)}/erase`
  try {
    const step = textOf(form, 'step')
    if (step === 'ask') {
      const read = readForm(askErasureInput, { ...form, publicationId: loaded.item.id })
      if (!read.ok) return show(ctx, loaded, form, { errors: read.errors, status: 422 })
      await askErasure(ctx, read.value)
      return seeOther(here)
    }
    const asked = (await listErasures(ctx.db, loaded.item.id)).find(one => one.id === textOf(form, 'erasure'))
    if (!asked) throw notFound('publications.no-erasure', '没有这一项依法删除。')
    if (step === 'confirm') await confirmAndRemove(ctx, asked.id)
    else await declineErasure(ctx, asked.id)
    return seeOther(here)
  } catch (error) {
    return show(ctx, loaded, form, refusalAsErrors(error))
  }
}

/** Bytes go when the act holds; should that fail, nothing leads to them any more. */
async function confirmAndRemove(ctx: DeskContext, erasureId: string): Promise<void> {
  const { freed } = await confirmErasure(ctx, erasureId)
  for (const key of freed)
    await fileStorage()
      ?.remove(key)
      .catch(err => ctx.log.error({ err, key }, 'the bytes of an erased file are still there'))
}

async function show(
  ctx: DeskContext,
  loaded: LoadedItem,
  raw: RawForm,
  fault: { errors: FormErrors; status: number } = { errors: {}, status: 200 },
): Promise<Reply> {
  const { item, current, editions } = loaded
  const address = deskAddress(item)
  const title = current?.title ?? editions[0]?.title ?? ''
  const erasures = await listErasures(ctx.db, item.id)
  const open = erasures.find(one => one.entry === null && one.declinedAt === null)
  const done = erasures.filter(one => one !== open)
  const sealed = editions.filter(edition => edition.sealedAt)
  const files = (await Promise.all(sealed.map(edition => filesOfEdition(ctx.db, edition.id)))).flat()
  return page({
    title: `依法删除：${title}`,
    status: fault.status,
    crumbs: [
      { label: '发布物', href: '/publications' },
      { label: title, href: address },
      { label: '依法删除' },
    ],
    body: (
      <>
        <PageHead
          title="依法删除个人信息"
          note={`《${title}》。从历次版本、检索、缓存、副本和留存的原文里永久删去，不能恢复；公开日志记下删过，从前的存证仍然有效。`}
        />
        {fault.errors[''] && <Notice tone="error" title={fault.errors['']} />}
        {open && (
          <OpenErasure ctx={ctx} asked={open} address={address} organId={item.organId} files={files} />
        )}
        {!open && sealed.length > 0 && mayErase(ctx.actor, item.organId) && (
          <Sheet title="提出删除">
            <Form
              action={`${address}/erase`}
              values={{ ...raw, step: 'ask' }}
              errors={fault.errors}
              labels={labels}
              label="依法删除"
            >
              <HiddenField name="step" value="ask" />
              <TextArea
                name="passages"
                label={labels.passages}
                rows={5}
                hint="一行一处，从公开页面上原样复制。正文、标题和各项说明里所有相同的文字都会删去，原处写明“个人信息已依法删除”。"
              />
              {files.length > 0 && (
                <CheckboxList
                  name="fileIds"
                  label={labels.fileIds}
                  options={[
                    ...new Map(
                      files.map(file => [file.id, { value: file.id, label: file.title || file.name }]),
                    ).values(),
                  ]}
                  hint="附件整个删去。需要继续公开的，另传一份遮盖过的，用“更正”换上。"
                />
              )}
              <RadioList
                name="ground"
                label={labels.ground}
                required
                options={Object.entries(erasureGrounds).map(([value, label]) => ({ value, label }))}
              />
              <TextArea
                name="reason"
                label={labels.reason}
                required
                rows={2}
                maxLength={500}
                hint="只留在工作台，不公开。不要写个人信息。"
              />
              <Actions primary="提出，等另一人确认" cancel={{ label: '返回', href: address }} />
            </Form>
          </Sheet>
        )}
        {done.length > 0 && (
          <Sheet title="办过的">
            <ul>
              {done.map(one => (
                <li key={one.id}>
                  {momentInBeijing(one.askedAt)} {one.askedBy}提出，{groundOf(one)}：
                  {one.entry === null ? '没有删除' : `${one.confirmedBy}确认，公开日志第 ${one.entry} 条`}
                </li>
              ))}
            </ul>
          </Sheet>
        )}
      </>
    ),
  })
}

const groundOf = (one: ErasureRow): string => erasureGrounds[one.ground as ErasureGround] ?? one.ground

function OpenErasure(props: {
  ctx: DeskContext
  asked: ErasureRow
  address: string
  organId: string
  files: readonly EditionFile[]
}) {
  const { ctx, asked, address, organId, files } = props
  const titles = new Map(files.map(file => [file.id, file.title || file.name]))
  const hidden = { erasure: asked.id }
  const second = mayConfirmErasure(ctx.actor, organId)
  return (
    <Sheet title="等待确认">
      <p>
        {asked.askedBy}于 {momentInBeijing(asked.askedAt)} 提出。依据：{groundOf(asked)}。理由：{asked.reason}
      </p>
      <ul>
        {(asked.passages ?? []).map(words => (
          <li key={words}>文字：{words}</li>
        ))}
        {asked.fileIds.map(id => (
          <li key={id}>附件：{titles.get(id) ?? '（已经不在）'}</li>
        ))}
      </ul>
      {second && actorId(ctx.actor) !== asked.askedById && (
        <PostButton
          action={`${address}/erase`}
          label="确认删除，不能恢复"
          tone="danger"
          hidden={{ ...hidden, step: 'confirm' }}
        />
      )}
      {second && (
        <PostButton action={`${address}/erase`} label="不予删除" hidden={{ ...hidden, step: 'decline' }} />
      )}
      {actorId(ctx.actor) === asked.askedById && (
        <p class="field-hint">须由另一位同事确认：政务公开办、保密审查员或者部门负责人。</p>
      )}
    </Sheet>
  )
}
