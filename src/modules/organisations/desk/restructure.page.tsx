import { inChinese } from '#lib/beijing-time'
import { permit } from '#lib/errors'
import { type FormErrors, type RawForm, readForm, textOf } from '#lib/forms'
import type { DeskContext } from '#platform/context'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Sheet } from '#ui/components/sheet'
import {
  Actions,
  DateField,
  Form,
  HiddenField,
  RadioList,
  SelectField,
  SubmitButton,
  TextArea,
  TextField,
} from '#ui/forms'
import { type Restructure, restructure, restructureInput } from '../actions/restructure.ts'
import { mustNotBeAbolished, type Organ } from '../organ.ts'
import { mayAdminister, mayEditOrgan } from '../policy.ts'
import { getOrganByKey, listOrgans, listRestructurings, organTree } from '../queries.ts'
import { planRestructuring, type RestructuringPlan, restructuringKinds } from '../restructuring.ts'
import type { SiteRow } from '../site.ts'
import { listSites } from '../site-queries.ts'
import { flatten } from '../tree.ts'
import { organCrumbs } from './organ-crumbs.ts'
import { organOptions } from './organ-fields.tsx'
import { errorsOf } from './refusal.ts'

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/organs/:key/restructure', may: mayAdminister, handle: ask },
  { method: 'POST', path: '/organs/:key/restructure', may: mayAdminister, handle: next },
]

const labels = {
  kind: '方式',
  successorId: '承接机构',
  newName: '新名称',
  newShortName: '新简称',
  happenedOn: '最后一天',
  reason: '依据和理由',
}

async function ask(ctx: DeskContext, { params }: Incoming): Promise<Reply> {
  return showForm(ctx, await getOrganByKey(ctx.db, params.key ?? ''), {})
}

/** First shows what will move; only the second button, on that page, does it. */
async function next(ctx: DeskContext, { params, form }: Incoming): Promise<Reply> {
  const organ = await getOrganByKey(ctx.db, params.key ?? '')
  const step = textOf(form, 'step')
  if (step === 'edit') return showForm(ctx, organ, form)
  const read = readForm(restructureInput, { ...form, organId: organ.id })
  if (!read.ok) return showForm(ctx, organ, read.raw, read.errors)
  try {
    if (step !== 'confirm') return await showPlan(ctx, organ, read.value, form)
    await restructure(ctx, read.value)
    return seeOther(`/organs/${organ.key}?done=restructured`)
  } catch (error) {
    return showForm(ctx, organ, form, errorsOf(error, 'kind'))
  }
}

async function showForm(
  ctx: DeskContext,
  organ: Organ,
  values: RawForm,
  errors?: FormErrors,
): Promise<Reply> {
  permit(mayEditOrgan(ctx.actor, organ.id), 'organisations.may-not-restructure')
  mustNotBeAbolished(organ)
  const tree = flatten(await organTree(ctx.db))
  return page({
    title: '登记机构调整',
    status: errors ? 422 : 200,
    crumbs: organCrumbs(organ),
    body: (
      <>
        <PageHead
          title={`登记机构调整：${organ.name}`}
          note="先填写，下一步会列出将要变动的内容，确认以后才生效。"
        />
        <Form action={`/organs/${organ.key}/restructure`} values={values} errors={errors} labels={labels}>
          <RadioList
            name="kind"
            label="方式"
            required
            options={[
              {
                value: 'renamed',
                label: restructuringKinds.renamed,
                hint: '职责不变，只换名称；旧名留作曾用名',
              },
              { value: 'merged', label: restructuringKinds.merged, hint: '本机构不再存在，由另一个机构承接' },
              {
                value: 'abolished',
                label: restructuringKinds.abolished,
                hint: '没有指定承接机构的，由上级机构承接',
              },
            ]}
          />
          <SelectField
            name="successorId"
            label="承接机构"
            hint="并入时必选；合并成的新机构要先新建"
            blank="没有指定"
            options={organOptions(tree, other => other.id === organ.id)}
          />
          <TextField name="newName" label="新名称" hint="更名时填写" maxLength={100} width="full" />
          <TextField name="newShortName" label="新简称" hint="更名时填写；不变的可以留空" maxLength={40} />
          <DateField
            name="happenedOn"
            label="最后一天"
            hint="原机构（或原名称）用到哪一天；自4月1日起调整的，填3月31日"
            required
            max={ctx.clock.today()}
          />
          <TextArea
            name="reason"
            label="依据和理由"
            hint="写明依据的文件和文号。"
            rows={3}
            maxLength={500}
            required
          />
          <Actions
            primary="下一步：看看会变动什么"
            primaryName="step"
            primaryValue="preview"
            cancel={{ label: '返回', href: `/organs/${organ.key}` }}
          />
        </Form>
      </>
    ),
  })
}

async function showPlan(ctx: DeskContext, organ: Organ, input: Restructure, form: RawForm): Promise<Reply> {
  const [organs, restructurings, sites] = await Promise.all([
    listOrgans(ctx.db, { includeAbolished: true }),
    listRestructurings(ctx.db, organ.id),
    listSites(ctx.db),
  ])
  const plan = planRestructuring(organ, input, organs, restructurings.own, ctx.clock.today())
  return page({
    title: '确认机构调整',
    crumbs: organCrumbs(organ),
    body: (
      <>
        <PageHead title={`确认机构调整：${organ.name}`} />
        <Notice tone="warning" title="确认以后不能撤回">
          登记的调整永久留在机构历史里。请逐项核对。
        </Notice>
        <Sheet title="将要变动的内容">
          <Plan
            organ={organ}
            input={input}
            plan={plan}
            sites={sites.filter(site => site.organId === organ.id)}
          />
        </Sheet>
        <Sheet title="不会自动变动的内容">
          <ul>
            <li>已发布的信息仍在原来的地址，发布机构照原样写明；以后由承接机构负责更正和答复。</li>
            <li>工作人员的账号和角色不随机构转移，请到“人员”里办理交接。</li>
            {plan.successor && (
              <li>
                机关代字{organ.docCodes.length > 0 && `（${organ.docCodes.join('、')}）`}
                和承接机构的职能介绍不变；承接的职责请到“{plan.successor.shortName}”的职能里补写。
              </li>
            )}
          </ul>
        </Sheet>
        <Sheet title="确认">
          <Form action={`/organs/${organ.key}/restructure`} label="确认机构调整">
            {Object.keys(labels).map(name => (
              <HiddenField key={name} name={name} value={textOf(form, name)} />
            ))}
            <Actions
              primary="确认登记"
              primaryName="step"
              primaryValue="confirm"
              cancel={{ label: '不办了', href: `/organs/${organ.key}` }}
            >
              <SubmitButton tone="plain" name="step" value="edit">
                返回修改
              </SubmitButton>
            </Actions>
          </Form>
        </Sheet>
      </>
    ),
  })
}

function Plan(props: { organ: Organ; input: Restructure; plan: RestructuringPlan; sites: SiteRow[] }) {
  const { organ, input, plan, sites } = props
  const { successor } = plan
  return (
    <DefinitionList
      items={[
        { term: '方式', value: restructuringKinds[input.kind] },
        { term: '新名称', value: successor ? null : input.newName },
        { term: '曾用名', value: successor ? null : organ.name },
        { term: '承接机构', value: successor?.name ?? null },
        { term: '最后一天', value: inChinese(input.happenedOn) },
        {
          term: '以后',
          value: successor
            ? `不能再以“${organ.name}”的名义发布和办理，原来归它的义务和目录由“${successor.name}”承担`
            : null,
          wide: true,
        },
        {
          term: '下级机构',
          value: successor ? given(plan.movingChildren, successor) : null,
          wide: true,
        },
        {
          term: '位置',
          value:
            plan.successorParentId === undefined
              ? null
              : `“${successor?.name}”原来是下级机构，将升到“${organ.name}”原来的位置`,
          wide: true,
        },
        {
          term: '站点',
          value: successor ? given(sites, successor) : null,
          wide: true,
        },
        { term: '依据和理由', value: input.reason, wide: true },
      ]}
    />
  )
}

function given(things: readonly { name: string }[], successor: Organ): string {
  return things.length === 0 ? '没有' : `${things.map(one => one.name).join('、')}，改归“${successor.name}”`
}
