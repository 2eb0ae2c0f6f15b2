import { Refused } from '#lib/errors'
import { type FormErrors, type RawForm, textOf } from '#lib/forms'
import { listOrgans } from '#modules/organisations'
import { allKinds, kindOf, listColumns } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { PageHead } from '#ui/components/page-head'
import { Actions, DateField, FieldGroup, Form, RadioList, SelectField, TextArea, TextField } from '#ui/forms'
import { receiveSigned, receiveSignedInput } from '../actions/receive-signed.ts'
import { isDocumentKind } from '../actions/start-document.ts'
import { grounds, opennesses } from '../document.ts'
import { mayReceiveSigned } from '../policy.ts'
import { siteFor } from './new-document.page.tsx'

const address = '/documents/received/new'
export const routes: DeskRoute[] = [
  { method: 'GET', path: address, may: actor => mayReceiveSigned(actor), handle: ask },
  { method: 'POST', path: address, may: actor => mayReceiveSigned(actor), handle: save },
]

function ask(ctx: DeskContext): Promise<Reply> {
  return show(ctx, { originKey: `desk-${crypto.randomUUID()}` })
}

/** The fields of one flat form, as the act wants them. */
async function inputOf(ctx: DeskContext, form: RawForm) {
  const text = (name: string) => textOf(form, name)
  const site = text('organId') ? await siteFor(ctx, text('organId')) : undefined
  const exempt = text('interpretationExemptNote')
  return {
    originKey: text('originKey'),
    publication: {
      kind: text('kind'),
      organId: text('organId'),
      siteId: site?.id ?? '',
      columnIds: [text('columnId')],
      title: text('title'),
      docNo: text('docNo'),
      issuers: text('issuers'),
      signedOn: text('signedOn'),
      effectiveFrom: text('effectiveFrom'),
      theme: text('theme'),
      source: text('source'),
      bodyHtml: paragraphs(text('words')),
      fields: exempt ? { interpretationExempt: '其他', interpretationExemptNote: exempt } : {},
    },
    signedOn: text('signedOn'),
    signedBy: text('signedBy'),
    attribute: {
      openness: text('openness'),
      opennessGround: text('opennessGround'),
      opennessReason: text('opennessReason'),
    },
    secrecy: { opinion: text('secrecyOpinion'), by: text('secrecyBy'), on: text('secrecyOn') },
    interpretationFollows: text('interpretationFollows'),
  }
}

const paragraphs = (text: string) =>
  text
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
    .map(line => `<p>${line.trim().replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`)
    .join('')

/** Names of the form for the paths of the act's input. */
const fieldOf: Record<string, string> = {
  'publication.columnIds.0': 'columnId',
  'publication.bodyHtml': 'words',
  'secrecy.opinion': 'secrecyOpinion',
  'secrecy.by': 'secrecyBy',
  'secrecy.on': 'secrecyOn',
}

async function save(ctx: DeskContext, { form }: Incoming): Promise<Reply> {
  const input = await inputOf(ctx, form)
  const parsed = receiveSignedInput.safeParse(input)
  if (!parsed.success) {
    const errors: FormErrors = {}
    for (const { path, message } of parsed.error.issues)
      errors[fieldOf[path.join('.')] ?? String(path.at(-1))] ??= message
    return show(ctx, form, errors, 422)
  }
  try {
    const { documentId } = await receiveSigned(ctx, parsed.data)
    return seeOther(`/documents/${documentId}?done=received`)
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal === 'not-allowed') throw error
    return show(ctx, form, { '': error.message }, error.status)
  }
}

const labels = {
  kind: '种类',
  organId: '发文机关',
  columnId: '栏目',
  title: '标题',
  docNo: '文号',
  theme: '主题分类',
  words: '正文',
  signedOn: '签发日期',
  signedBy: '签发人',
  openness: '公开属性',
  opennessGround: '法律依据',
  opennessReason: '理由',
  secrecyOpinion: '保密审查意见',
  secrecyBy: '审查人',
  secrecyOn: '审查日期',
}

async function show(ctx: DeskContext, raw: RawForm, errors: FormErrors = {}, status = 200): Promise<Reply> {
  const organs = (await listOrgans(ctx.db)).filter(organ => mayReceiveSigned(ctx.actor, organ.id))
  const site = organs[0] && (await siteFor(ctx, organs[0].id))
  const columns = site ? await listColumns(ctx.db, site.id) : []
  const kinds = allKinds().filter(kind => isDocumentKind(kind.name))
  const optionsOf = (words: Readonly<Record<string, string>>) =>
    Object.entries(words).map(([value, label]) => ({ value, label }))
  return page({
    status,
    title: '登记已签发公文',
    crumbs: [{ label: '公文办理', href: '/documents' }, { label: '登记已签发公文' }],
    body: (
      <>
        <PageHead
          title="登记已签发公文"
          note="在别的系统或者纸上签发的，登记签发、公开属性和保密审查的情况；登记以后文字封存，核对无误再公开。"
        />
        <Form
          action={address}
          values={{ organId: organs[0]?.id, source: organs[0]?.name, ...raw }}
          errors={errors}
          labels={labels}
        >
          <input type="hidden" name="originKey" value={textOf(raw, 'originKey')} />
          <FieldGroup legend="公文">
            <SelectField
              name="kind"
              label="种类"
              required
              options={kinds.map(kind => ({ value: kind.name, label: kind.label }))}
            />
            <SelectField
              name="organId"
              label="发文机关"
              required
              options={organs.map(organ => ({ value: organ.id, label: organ.name }))}
            />
            <SelectField
              name="columnId"
              label="栏目"
              required
              options={columns.map(column => ({ value: column.id, label: column.name }))}
            />
            <TextField name="title" label="标题" required maxLength={200} width="full" />
            <TextField name="docNo" label="文号" required maxLength={60} />
            <TextField
              name="issuers"
              label="发文机关署名"
              hint="几个单位用顿号隔开，主办的在前"
              required
              width="full"
            />
            <SelectField
              name="theme"
              label="主题分类"
              required
              options={(kinds[0] ? (kindOf(kinds[0].name).choices?.theme ?? []) : []).map(value => ({
                value,
                label: value,
              }))}
            />
            <TextField name="source" label="信息来源" required maxLength={100} />
            <DateField name="effectiveFrom" label="施行日期" />
            <TextArea name="words" label="正文" hint="一段一行" required rows={16} />
          </FieldGroup>
          <FieldGroup legend="签发">
            <DateField name="signedOn" label="签发日期" required />
            <TextField name="signedBy" label="签发人" required maxLength={50} />
          </FieldGroup>
          <FieldGroup legend="公开属性">
            <RadioList name="openness" label="公开属性" required options={optionsOf(opennesses)} />
            <SelectField name="opennessGround" label="法律依据" blank="没有" options={optionsOf(grounds)} />
            <TextArea name="opennessReason" label="理由" required rows={2} maxLength={500} />
          </FieldGroup>
          <FieldGroup legend="保密审查">
            <TextArea name="secrecyOpinion" label="保密审查意见" required rows={2} maxLength={1000} />
            <TextField name="secrecyBy" label="审查人" required maxLength={50} />
            <DateField name="secrecyOn" label="审查日期" required />
          </FieldGroup>
          <FieldGroup legend="解读">
            <TextField name="interpretationExemptNote" label="不作解读的理由" maxLength={100} width="full" />
            <TextField name="interpretationFollows" label="随后解读的说明" maxLength={500} width="full" />
          </FieldGroup>
          <Actions primary="登记" cancel={{ label: '返回', href: '/documents' }} />
        </Form>
      </>
    ),
  })
}
