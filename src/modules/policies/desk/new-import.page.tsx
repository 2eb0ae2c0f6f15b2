import { Refused } from '#lib/errors'
import { type FormErrors, readForm } from '#lib/forms'
import { readableExtensions } from '#modules/files'
import { listOrgans, listSites } from '#modules/organisations'
import { listColumns } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import type { FileStorage } from '#platform/storage/storage'
import { PageHead } from '#ui/components/page-head'
import { Actions, FileField, Form, SelectField, TextField } from '#ui/forms'
import { previewUpload } from '../actions/preview-upload.ts'
import { largestImport, takeUpload, takeUploadInput } from '../actions/take-upload.ts'
import { mayImport } from '../policy.ts'

const may: DeskRoute['may'] = actor => mayImport(actor)

/** @param storage where the files wait until they are imported */
export const newImportRoutes = (storage: FileStorage): DeskRoute[] => [
  { method: 'GET', path: '/imports/new', may, handle: (ctx, incoming) => show(ctx, incoming) },
  {
    method: 'POST',
    path: '/imports/new',
    may,
    uploads: { largest: largestImport },
    handle: (ctx, incoming) => take(ctx, incoming, storage),
  },
]

async function take(ctx: DeskContext, incoming: Incoming, storage: FileStorage): Promise<Reply> {
  const read = readForm(takeUploadInput, incoming.form)
  if (!read.ok) return show(ctx, incoming, read.errors)
  try {
    const id = await takeUpload(ctx, read.value, incoming.uploads, storage)
    // Goes on after the answer; a process that dies over it is followed by the worker
    void previewUpload(ctx, id, storage)
    return seeOther(`/import-uploads/${id}`)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    return show(ctx, incoming, { files: error.message })
  }
}

const labels = {
  files: '文件',
  site: '站点',
  organ: '默认机构',
  column: '栏目',
  kind: '种类',
  from: '原网站的网址',
}

async function show(ctx: DeskContext, incoming: Incoming, errors: FormErrors = {}): Promise<Reply> {
  const [sites, organs] = await Promise.all([listSites(ctx.db), listOrgans(ctx.db)])
  const columns = await Promise.all(
    sites.map(async site =>
      (await listColumns(ctx.db, site.id)).map(column => ({
        value: column.path,
        label: column.name,
        group: site.name,
      })),
    ),
  )
  return page({
    status: Object.keys(errors).length > 0 ? 422 : 200,
    title: '导入文件',
    crumbs: [{ label: '历史导入', href: '/imports' }, { label: '导入文件' }],
    body: (
      <>
        <PageHead
          title="导入文件"
          note="先上传、看预览，再决定存为草稿还是作为历史存量公开。预览之前什么也不会写进文件库。"
        />
        <Form
          action="/imports/new"
          uploads
          values={incoming.form}
          errors={errors}
          labels={labels}
          label="导入文件"
        >
          <FileField
            name="files"
            label={labels.files}
            multiple
            accept={[...readableExtensions, 'zip']
              .map(extension => `.${extension.replace(/^\./, '')}`)
              .join(',')}
            hint="可以选多个。能读文本、网页、Word、有文字的 PDF、OFD、清单表格；整站另存的文件夹请压成 zip，连同图片和附件一起导入。单个文件最多 2 GB。"
            required
          />
          <SelectField
            name="site"
            label={labels.site}
            blank={null}
            options={sites.map(site => ({ value: site.key, label: site.name }))}
          />
          <TextField
            name="from"
            label={labels.from}
            type="url"
            hint="整站导入时填写，例如 https://www.old.example/：原来的地址会自动转到新页面。网页自己写明网址的可以不填"
          />
          <SelectField
            name="organ"
            label={labels.organ}
            blank="站点的主办机构"
            hint="认不出发文机关的归在它名下"
            options={organs.map(organ => ({ value: organ.key, label: organ.name }))}
          />
          <SelectField name="column" label={labels.column} blank="按种类自动选择" options={columns.flat()} />
          <Actions primary="上传并预览" cancel={{ label: '放弃', href: '/imports' }} />
        </Form>
      </>
    ),
  })
}
