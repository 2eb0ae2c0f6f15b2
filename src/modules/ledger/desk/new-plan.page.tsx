import { readFile } from 'node:fs/promises'
import { permit } from '#lib/errors'
import { type FormErrors, readForm, textOf } from '#lib/forms'
import { type ReadDocument, readDocument, sizeInWords, UnreadableFile } from '#modules/files'
import { listSites } from '#modules/organisations'
import { addressOf, findPublicView } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { PageHead } from '#ui/components/page-head'
import { Actions, FieldGroup, FileField, Form, SelectField, TextArea, TextField } from '#ui/forms'
import { type HandedIn, takePlan, takePlanInput } from '../actions/take-plan.ts'
import { keepFile } from '../kept-file.ts'
import { ledgerKinds } from '../ledger-kind.ts'
import { mayKeepLedger } from '../policy.ts'
import { asErrors } from './load-plan.ts'

const may: DeskRoute['may'] = actor => mayKeepLedger(actor)
/** A plan of 200 pages is far below; what is larger is a scan. */
const largest = 20 * 1024 * 1024

export const routes = (storage: FileStorage): DeskRoute[] => [
  { method: 'GET', path: '/plans/new', may, handle: (ctx, incoming) => show(ctx, incoming) },
  {
    method: 'POST',
    path: '/plans/new',
    may,
    uploads: { largest },
    handle: (ctx, incoming) => take(ctx, incoming, storage),
  },
]

async function take(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const read = readForm(takePlanInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  const site = (await listSites(ctx.db)).find(one => one.id === read.value.siteId)
  permit(mayKeepLedger(ctx.actor, site?.organId), 'ledger.not-allowed')
  try {
    const handedIn = await handedInBy(ctx, incoming, read.value.siteId, storage)
    if ('errors' in handedIn) return show(ctx, incoming, handedIn.errors)
    const { planId, isNew, tasks } = await takePlan(ctx, read.value, handedIn)
    return seeOther(`/plan-reviews/${planId}?done=${isNew ? 'taken' : 'known'}&tasks=${tasks}`)
  } catch (error) {
    if (error instanceof UnreadableFile) return show(ctx, incoming, { file: error.message })
    return show(ctx, incoming, asErrors(error, 'file'))
  }
}

/** The document: a file, a publication of the library, or pasted text; just one of them. */
async function handedInBy(
  ctx: DeskContext,
  incoming: Incoming,
  siteId: string,
  storage: FileStorage,
): Promise<HandedIn | { errors: FormErrors }> {
  const [upload] = incoming.uploads
  const address = textOf(incoming.form, 'address').trim()
  const text = textOf(incoming.form, 'text').trim()
  const given = [upload !== undefined, address !== '', text !== ''].filter(Boolean).length
  if (given === 0) return { errors: { file: '请选择文件，或者写文件库里的网址，或者粘贴正文。' } }
  if (given > 1) return { errors: { file: '文件、网址和粘贴的正文只用一种。请清空其余的（文件要重新选）。' } }
  if (upload) {
    if (upload.tooLarge)
      return {
        errors: {
          file: `“${upload.name}”超过 ${sizeInWords(largest)}，没有接收。扫描件请先识别成文字，图片多的请另存为不带图片的文件。`,
        },
      }
    const document = await readDocument(upload.name, await readFile(upload.path))
    return { document, name: upload.name, file: await keepFile(storage, upload) }
  }
  if (address !== '') {
    const found = await publicationAt(ctx, siteId, address)
    return (
      found ?? { errors: { address: '文件库里没有这个网址的文件。请打开文件页面，复制地址栏里的网址。' } }
    )
  }
  const document: ReadDocument = { form: 'text', format: 'text', text, doubts: [] }
  return { document, name: '粘贴的正文' }
}

async function publicationAt(ctx: DeskContext, siteId: string, address: string): Promise<HandedIn | null> {
  const [, segment, publicId] = /\/([a-z-]+)\/([2-9a-hjkmnp-z]{10})(?:[/?#.]|$)/.exec(address) ?? []
  if (!segment || !publicId) return null
  const view = await findPublicView(ctx.db, ctx.clock.now(), { siteId, publicId, segment })
  if (!view || !('bodyHtml' in view)) return null
  const html = `<h1>${escaped(view.title)}</h1>${view.bodyHtml}`
  return {
    document: { form: 'html', format: 'html', html, pictures: [], title: view.title, doubts: [] },
    name: addressOf({ kind: view.kind, publicId }),
    publicationId: view.id,
  }
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const labels = {
  siteId: '站点',
  kind: '台账种类',
  year: '年度',
  file: '文件',
  address: '文件库里的网址',
  text: '正文',
}

async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const sites = (await listSites(ctx.db)).filter(site => mayKeepLedger(ctx.actor, site.organId))
  const [first] = sites
  const values = {
    siteId: first?.id ?? '',
    kind: 'openness-plan',
    address: queryText(incoming, 'address') ?? '',
    ...incoming.form,
  }
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '读取文件',
    crumbs: [{ label: '工作台账', href: '/ledger' }, { label: '读取文件' }],
    body: (
      <>
        <PageHead
          title="把文件读成台账"
          note="工作要点、任务分解表、问题清单都可以。先读出任务、由您逐项确认，确认以前什么也不会进台账。"
        />
        <Form action="/plans/new" uploads values={values} errors={errors} labels={labels} label="读取文件">
          <SelectField
            name="siteId"
            label={labels.siteId}
            required
            blank={null}
            options={sites.map(site => ({ value: site.id, label: site.name }))}
          />
          <SelectField
            name="kind"
            label={labels.kind}
            required
            blank={null}
            options={ledgerKinds.map(kind => ({ value: kind.name, label: kind.label }))}
          />
          <TextField
            name="year"
            label={labels.year}
            width="short"
            inputMode="numeric"
            hint="空着就按文件标题里的年份"
          />
          <FieldGroup legend="从哪里读" hint="文件、网址、正文，任选一种">
            <FileField
              name="file"
              label={labels.file}
              accept=".txt,.html,.htm,.docx,.pdf,.xlsx"
              maxBytes={largest}
              hint="PDF 里要有文字。同一份文件再传一次，会带您到已有的那一份。"
            />
            <TextField
              name="address"
              label={labels.address}
              width="full"
              hint="文件已经在本站公开的，写它的网址，例如 /policies/…"
            />
            <TextArea name="text" label={labels.text} rows={8} hint="把正文粘贴在这里" />
          </FieldGroup>
          <Actions primary="读取" cancel={{ label: '返回', href: '/ledger' }} />
        </Form>
      </>
    ),
  })
}
