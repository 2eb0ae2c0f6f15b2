import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { notFound } from '#lib/errors'
import { readForm, textOf, textsOf } from '#lib/forms'
import { pageNumber } from '#lib/paging'
import { readDocument, UnreadableFile } from '#modules/files'
import { listSites } from '#modules/organisations'
import { listColumns } from '#modules/publications'
import type { DeskContext } from '#platform/context'
import { queryText } from '#platform/http/incoming'
import { page, type Reply, seeOther } from '#platform/http/reply'
import type { DeskRoute, Incoming } from '#platform/http/route'
import { DefinitionList } from '#ui/components/definition-list'
import { Figures } from '#ui/components/figures'
import { Notice } from '#ui/components/notice'
import { PageHead } from '#ui/components/page-head'
import { Pager } from '#ui/components/pager'
import { Sheet } from '#ui/components/sheet'
import { Actions, FileField, Form, LinkButton, SelectField, SubmitButton, TextField } from '#ui/forms'
import {
  publishCleanup,
  publishCleanupInput,
  reopenCleanup,
  reopenCleanupInput,
} from '../actions/publish-cleanup.ts'
import {
  cancelCleanup,
  cancelCleanupInput,
  confirmItems,
  confirmItemsInput,
  decideItems,
  decideItemsInput,
  recordDecisions,
} from '../actions/run-cleanup.ts'
import {
  type Cleanup,
  type CleanupDecision,
  cleanupDecisions,
  cleanupState,
  decisionNames,
} from '../cleanup.ts'
import { findCleanup, itemsOf, listItems, progressByOrgan, progressOf } from '../cleanup-queries.ts'
import { cleanupCells, cleanupColumns, readCleanupSheet } from '../cleanup-sheet.ts'
import { mayDecideItem, mayReadNormative, mayRunCleanup } from '../policy.ts'
import { tableFile } from '../write-xlsx.ts'
import { choiceIn, filterIn, hrefOf } from './cleanup-choice.ts'
import { CleanupItems } from './cleanup-items.tsx'
import { type Preview, SheetPreview } from './cleanup-preview.tsx'
import { CleanupResultSheet } from './cleanup-result-sheet.tsx'
import { CleanupTag } from './cleanups.page.tsx'
import { asFault, type Fault, noFault, workbookReply } from './load-document.ts'

const may: DeskRoute['may'] = actor => mayReadNormative(actor)
const mayRun: DeskRoute['may'] = actor => mayRunCleanup(actor)
const mayDecide: DeskRoute['may'] = actor => mayDecideItem(actor)
const largest = 10 * 1024 * 1024

function form<Shape extends z.ZodType>(
  name: string,
  mayPost: DeskRoute['may'],
  schema: Shape,
  run: (ctx: DeskContext, input: z.output<Shape>) => Promise<unknown>,
): DeskRoute {
  return {
    method: 'POST',
    path: `/normative-cleanups/:id/${name}`,
    may: mayPost,
    async handle(ctx, incoming) {
      const { id } = await load(ctx, incoming)
      const publicationId = textsOf(incoming.form, 'publicationId')
      const read = readForm(schema, { ...incoming.form, publicationId, cleanupId: id })
      if (!read.ok) return show(ctx, incoming, { errors: read.errors, status: 422, form: name })
      try {
        await run(ctx, read.value)
      } catch (error) {
        return show(ctx, incoming, asFault(error, name))
      }
      return seeOther(hrefOf(id, choiceIn(incoming), { done: name }))
    },
  }
}

export const routes: DeskRoute[] = [
  { method: 'GET', path: '/normative-cleanups/:id', may, handle: (ctx, incoming) => show(ctx, incoming) },
  { method: 'GET', path: '/normative-cleanups/:id/items.xlsx', may, handle: workbook },
  form('decide', mayDecide, decideItemsInput, decideItems),
  form('confirm', mayRun, confirmItemsInput, confirmItems),
  form('publish', mayRun, publishCleanupInput, publishCleanup),
  form('reopen', mayRun, reopenCleanupInput, reopenCleanup),
  form('cancel', mayRun, cancelCleanupInput, cancelCleanup),
  {
    method: 'POST',
    path: '/normative-cleanups/:id/sheet',
    may: mayDecide,
    uploads: { largest },
    handle: takeSheet,
  },
]

const pageSize = 50
async function load(ctx: DeskContext, incoming: Incoming): Promise<Cleanup> {
  const round = await findCleanup(ctx.db, { id: incoming.params.id ?? '' })
  if (!round) throw notFound('normative.no-cleanup', '没有这次清理。请从列表里重新选择。')
  return round
}

async function workbook(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const round = await load(ctx, incoming)
  const items = await itemsOf(ctx.db, round.id, filterIn(incoming))
  return workbookReply(
    await tableFile(round.name, cleanupColumns, items.map(cleanupCells)),
    `normative-cleanup-${ctx.clock.today()}.xlsx`,
  )
}

const postedDecisions = z
  .array(
    z.object({
      publicationId: z.uuid(),
      decision: z.enum(decisionNames as [CleanupDecision]),
      reason: z.string().max(300),
    }),
  )
  .max(20_000)

/** First every fault and what would change; what was shown without a fault is then taken as it is. */
async function takeSheet(ctx: DeskContext, incoming: Incoming): Promise<Reply> {
  const round = await load(ctx, incoming)
  const fault = (message: string): Promise<Reply> =>
    show(ctx, incoming, { errors: { '': message }, status: 422, form: 'sheet' })
  try {
    const posted = textOf(incoming.form, 'decisions')
    if (posted !== '') {
      const read = postedDecisions.safeParse(JSON.parse(posted))
      if (!read.success) return fault('表格没有收全。请重新上传。')
      await recordDecisions(ctx, round.id, read.data)
      return seeOther(hrefOf(round.id, {}, { done: 'sheet' }))
    }
    const [upload] = incoming.uploads
    if (!upload) return fault('请选择填好的表格。')
    if (upload.tooLarge) return fault('表格最大 10 MB。')
    const document = await readDocument(upload.name, await readFile(upload.path))
    if (document.form !== 'sheets') return fault('这不是表格。请用下载的 .xlsx 填写。')
    const read = readCleanupSheet(
      document.sheets.flatMap(sheet => sheet.rows),
      await itemsOf(ctx.db, round.id),
      item => mayDecideItem(ctx.actor, item.organId, round.organId),
    )
    return show(ctx, incoming, noFault, { name: upload.name, ...read })
  } catch (error) {
    if (error instanceof UnreadableFile || error instanceof SyntaxError) return fault(error.message)
    return show(ctx, incoming, asFault(error, 'sheet'))
  }
}

const done: Record<string, string> = {
  started: '清理已开始，现行的文件都列进来了。',
  decide: '清理意见已记录，等办公室核定。',
  confirm: '已核定。',
  publish: '清理结果已送发布前审查；公布以后，每份文件的有效性按施行日期改变。',
  reopen: '已重新打开，可以再改意见。',
  cancel: '已取消，没有文件受影响。',
  sheet: '表格里的意见已记录。',
}

async function show(
  ctx: DeskContext,
  incoming: Incoming,
  fault: Fault = noFault,
  preview?: Preview,
): Promise<Reply> {
  const { db } = ctx
  const round = await load(ctx, incoming)
  const choice = choiceIn(incoming)
  const state = cleanupState(round)
  const [found, progress, organs, sites] = await Promise.all([
    listItems(db, round.id, filterIn(incoming), {
      page: pageNumber(queryText(incoming, 'page')),
      pageSize,
    }),
    progressOf(db, round.id),
    progressByOrgan(db, round.id),
    listSites(db),
  ])
  const runs = mayRunCleanup(ctx.actor, round.organId)
  const decides = state === 'open' && organs.some(one => mayDecideItem(ctx.actor, one.organId, round.organId))
  const message = done[queryText(incoming, 'done') ?? '']
  const isWhole = progress.total > 0 && progress.confirmed === progress.total
  const columns = state === 'open' && runs && isWhole ? await listColumns(db, round.siteId) : []
  return page({
    title: round.name,
    status: preview && preview.faults.length > 0 ? 422 : fault.status,
    crumbs: [
      { label: '规范性文件', href: '/normative' },
      { label: '清理', href: '/normative-cleanups' },
      { label: round.name },
    ],
    body: (
      <>
        <PageHead
          title={round.name}
          note={round.basis}
          actions={
            <LinkButton href={`/normative-cleanups/${round.id}/items.xlsx`}>下载表格（Excel）</LinkButton>
          }
        />
        {message ? <Notice tone="success" title={message} /> : null}
        {[...new Set(Object.values(fault.errors))].map(text => (
          <Notice key={text} tone="error" title={text} />
        ))}
        <Figures
          items={[
            { value: progress.total, label: '列入' },
            {
              value: progress.total - progress.decided,
              label: '还没有意见',
              late: progress.decided < progress.total,
            },
            { value: progress.confirmed, label: '已核定' },
            ...decisionNames.map(name => ({
              value: progress.byDecision[name],
              label: cleanupDecisions[name],
            })),
          ]}
        />
        <Sheet title="情况">
          <DefinitionList
            items={[
              { term: '状态', value: <CleanupTag round={round} /> },
              { term: '站点', value: sites.find(site => site.id === round.siteId)?.name ?? null },
              { term: '开始', value: `${round.startedOn} ${round.createdBy}` },
              { term: '完成期限', value: round.dueOn },
              { term: '施行日期', value: round.effectiveOn },
              { term: '取消的理由', value: round.cancelledReason },
            ]}
          />
        </Sheet>
        {preview ? <SheetPreview round={round} preview={preview} /> : null}
        <Form
          action={`/normative-cleanups/${round.id}`}
          method="get"
          values={choice}
          label="筛选"
          id="filter"
        >
          <TextField name="q" label="标题或文号" type="search" />
          <SelectField
            name="organ"
            label="制定机关"
            blank="全部"
            options={organs.map(one => ({
              value: one.organId,
              label: `${one.organName}（${one.decided}/${one.total}）`,
            }))}
          />
          <SelectField
            name="decision"
            label="清理意见"
            blank="全部"
            options={[
              { value: 'none', label: '还没有意见' },
              { value: 'unconfirmed', label: '待核定' },
              ...decisionNames.map(name => ({ value: name as string, label: cleanupDecisions[name] })),
            ]}
          />
          <SubmitButton>筛选</SubmitButton>
        </Form>
        <CleanupItems
          form={incoming.form}
          found={found}
          isOpen={state === 'open'}
          decides={decides}
          runs={runs}
          href={act => hrefOf(round.id, choice).replace(round.id, `${round.id}/${act}`)}
        />
        <Pager page={found} href={number => hrefOf(round.id, choice, { page: String(number) })} />
        {decides ? (
          <Sheet title="用表格填写">
            <Form action={`/normative-cleanups/${round.id}/sheet`} uploads id="sheet" label="用表格填写">
              <FileField
                name="file"
                label="填好的表格"
                required
                accept=".xlsx,.csv"
                maxBytes={largest}
                hint="先下载表格，在“清理意见”和“理由”两列里填写，再传回来。先检查、预览，再保存；有错的不保存。"
              />
              <Actions primary="检查并预览" />
            </Form>
          </Sheet>
        ) : null}
        {runs ? (
          <CleanupResultSheet
            round={round}
            isWhole={isWhole}
            columns={columns}
            incoming={incoming}
            fault={fault}
          />
        ) : null}
      </>
    ),
  })
}
