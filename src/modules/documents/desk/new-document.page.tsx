import { invalid, notFound, Refused } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import { listOrgans, listOrgansAbove, listSites } from '#modules/organisations'
import { allKinds, itemsForPlans } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import { Actions, Form, PostButton, SelectField, TextField } from '#ui/forms'
import { startDocument, startDocumentInput, takeUpDraft } from '../actions/start-document.ts'
import { mayStartDocument } from '../policy.ts'

const address = '/documents/new'
export const routes: DeskRoute[] = [
  { method: 'GET', path: address, may: actor => mayStartDocument(actor), handle: ask },
  { method: 'POST', path: address, may: actor => mayStartDocument(actor), handle: start },
]

async function ask(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const draft = queryText(incoming, 'draft')
  return draft ? askToTakeUp(ctx, draft) : show(ctx, { formKey: crypto.randomUUID() })
}

/** A draft that was begun under 发布物: its document begins with it. */
async function askToTakeUp(ctx: DeskContext, draft: string): Promise<Reply> {
  const [item] = await itemsForPlans(ctx.db, ctx.clock.now(), { publicId: draft })
  if (!item || !mayStartDocument(ctx.actor, item.organId))
    throw notFound('documents.no-draft', '没有这份稿子：也许它已经公开，或者已经放弃。')
  return page({
    title: '办理公文',
    crumbs: [{ label: '公文办理', href: '/documents' }, { label: '办理公文' }],
    body: (
      <>
        <PageHead title="办理公文" note={`《${item.title}》要经审核、签发才能公开。`} />
        <PostButton action={address} label="开始办理" tone="primary" hidden={{ draft }} />
      </>
    ),
  })
}

async function start(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const { form } = incoming
  const draft = textOf(form, 'draft')
  if (draft) {
    const [item] = await itemsForPlans(ctx.db, ctx.clock.now(), { publicId: draft })
    if (!item) throw notFound('documents.no-draft', '没有这份稿子。')
    const { documentId } = await takeUpDraft(ctx, item.id)
    return seeOther(`/documents/${documentId}?done=started`)
  }
  const organ = (await listOrgans(ctx.db)).find(one => one.id === textOf(form, 'organId'))
  const site = organ && (await siteFor(ctx, organ.id))
  if (organ && !site) throw invalid('documents.no-site', '还没有站点，不能起草。请系统管理员先新建。')
  const read = readForm(startDocumentInput, {
    ...form,
    siteId: site?.id ?? '',
    source: organ?.name ?? '',
    issuers: organ?.name ?? '',
  })
  if (!read.ok) return show(ctx, form, read.errors, 422)
  try {
    const { documentId } = await startDocument(ctx, read.value)
    return seeOther(`/documents/${documentId}?done=started`)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    return show(ctx, form, { '': error.message }, error.status)
  }
}

/** The organ's own site, else that of the nearest organ above it, else the first. */
export async function siteFor(ctx: DeskContext, organId: string) {
  const sites = await listSites(ctx.db)
  for (const id of [organId, ...(await listOrgansAbove(ctx.db, organId))]) {
    const site = sites.find(one => one.organId === id)
    if (site) return site
  }
  return sites[0]
}

async function show(ctx: DeskContext, raw: RawForm, errors: FormErrors = {}, status = 200): Promise<Reply> {
  const organs = (await listOrgans(ctx.db)).filter(organ => mayStartDocument(ctx.actor, organ.id))
  const own = organs.find(organ => organ.id === ctx.actor.organId) ?? organs[0]
  return page({
    status,
    title: '起草公文',
    crumbs: [{ label: '公文办理', href: '/documents' }, { label: '起草公文' }],
    body: (
      <>
        <PageHead title="起草公文" note="先定种类和标题；正文、附件和公开属性在下一步填写。" />
        <Sheet title="新的公文">
          <Form
            action={address}
            values={{ organId: own?.id, ...raw }}
            errors={errors}
            labels={{ kind: '种类', organId: '发文机关', title: '标题' }}
            formKey={textOf(raw, 'formKey') || crypto.randomUUID()}
          >
            <SelectField
              name="kind"
              label="种类"
              required
              options={allKinds()
                .filter(kind => kind.procedure === 'document')
                .map(kind => ({ value: kind.name, label: kind.label }))}
            />
            <SelectField
              name="organId"
              label="发文机关"
              required
              options={organs.map(organ => ({ value: organ.id, label: organ.name }))}
            />
            <TextField name="title" label="标题" required maxLength={200} width="full" />
            <Actions primary="开始起草" cancel={{ label: '返回', href: '/documents' }} />
          </Form>
        </Sheet>
      </>
    ),
  })
}
